import { addressKey, sortAddresses } from "../model/address.ts";
import { hasAddress, markedPrimaries, smtpAddresses, type User } from "../model/user.ts";
import { NO_PROBLEMS, type ValueProblem } from "../model/value-problem.ts";
import { findValueProblems, toComputedName } from "../model/value-rules.ts";
import type { RuleName } from "./rules.ts";
import type { Tenant } from "./tenant.ts";

/** Why the online UPN becomes what it becomes. */
export type UpnReason = "flows" | "suffix-not-verified" | "invalid-value" | "kept";

/** What the service makes of the UPN of one user. */
export interface CalculatedUpn {
  /** The UPN after the run. */
  readonly userPrincipalName: string;
  readonly reason: UpnReason;
  /** The rules that had an effect, in their order. */
  readonly rules: readonly RuleName[];
}

/** Stands for the initial domain where it is not known. */
export const UNKNOWN_INITIAL_DOMAIN = "<initial domain>";
/** Stands for the name that the service makes of a mailNickname that cannot be one. */
const UNKNOWN_NAME = "<mailNickname>";

/**
 * Calculates the UPN of an online user from the on-premises one.
 *
 * With a suffix that is verified in the tenant and a valid value the on-premises UPN flows; otherwise it is replaced by
 * `mailNickname@initial domain`, in which characters that are not allowed become `_`. What is valid says `model/value-rules.ts`. Source: entra-docs, plan-connect-userprincipalname. For a licensed user who is not
 * federated the service of 2012 left the UPN as it was (KB 2523192): `upnFlow: "unlicensed-only"`; the licence must be known.
 */
export function calculateUpn(onPremises: User, online: User | undefined, tenant: Tenant): CalculatedUpn | undefined {
  if (onPremises.userPrincipalName === undefined) return undefined; // not exported: nothing can be said
  // Of whom no licence is known the article of June 2012 says that the UPN flows.
  if (online?.userPrincipalName && online.isLicensed === true && tenant.upnFlow === "unlicensed-only") {
    return { userPrincipalName: online.userPrincipalName, reason: "kept", rules: ["upn-kept"] };
  }
  const own = onPremises.userPrincipalName;
  const upn = own || defaultUpn(onPremises);
  const stands = own === "" && upn !== undefined ? (["upn-from-account-name"] as const) : [];
  const problems = upn === undefined ? NO_PROBLEMS : findValueProblems("userPrincipalName", upn, tenant);
  if (upn !== undefined && problems.length === 0) {
    return { userPrincipalName: upn, reason: "flows", rules: [...stands, "upn-flows"] };
  }
  if (online?.userPrincipalName && (online.isSynchronized === true || online.lastSyncTime)) {
    return { userPrincipalName: online.userPrincipalName, reason: "kept", rules: ["upn-not-recalculated"] };
  }
  const name = calculateMailNickname(onPremises);
  if (name === undefined) return undefined; // an object without any name
  const { address: userPrincipalName, rules } = makeUnique(computeUpn(name, tenant), online, tenant);
  return problems.every(isAboutSuffix)
    ? { userPrincipalName, reason: "suffix-not-verified", rules: [...stands, "upn-suffix-not-verified", ...rules] }
    : { userPrincipalName, reason: "invalid-value", rules: [...stands, "upn-invalid", ...rules] };
}

/** Whether a value is only in a domain that no tenant can verify, or this one has not. */
function isAboutSuffix({ rule }: ValueProblem): boolean {
  return rule === "not-routable" || rule === "unverified-domain";
}

/** Makes a sign-in name in the initial domain; what cannot be computed has a placeholder. */
function computeUpn(name: string, { initialDomain }: Tenant): string {
  return `${toComputedName(name, "userPrincipalName") ?? UNKNOWN_NAME}@${initialDomain ?? UNKNOWN_INITIAL_DOMAIN}`;
}

/** Stands for the four digits that the service appends. */
export const DIGITS = "####";

/** A name as the service makes it unique: `kim####@contoso.onmicrosoft.com`. */
export function withDigits(localPart: string, initialDomain: string): string {
  return `${localPart}${DIGITS}@${initialDomain}`;
}

/** Tells whether a name is as it was predicted: digits are whatever they are, and one of several who would get it has none. */
export function isAsPredicted(predicted: string, found: string): boolean {
  const [before = "", behind] = predicted.split(`${DIGITS}@`);
  if (predicted === found || behind === undefined) return predicted === found;
  const end = `@${behind}`;
  if (!found.startsWith(before) || !found.endsWith(end)) return false;
  return /^(?:[0-9]{4})?$/.test(found.slice(before.length, found.length - end.length));
}

/**
 * Appends four digits to a name that the service makes up, where another object has it, or several would get it (KB 3190357, scenario 6;
 * entra-docs, how-to-connect-syncservice-duplicate-attribute-resiliency). Whoever has it already keeps it.
 */
export function makeUnique(
  address: string,
  online: User | undefined,
  { takenNames }: Tenant,
): { readonly address: string; readonly rules: readonly RuleName[] } {
  const key = addressKey(address);
  const taken = takenNames?.get(key);
  if (taken === undefined || (online !== undefined && hasAddress(online, key))) return { address, rules: [] };
  const at = address.lastIndexOf("@");
  return {
    address: withDigits(address.slice(0, at), address.slice(at + 1)),
    rules: [taken.holders.length > 0 ? "computed-name-taken" : "computed-name-shared"],
  };
}

/** Tells whether a sign-in name could be computed: no part of it is a placeholder. */
export function isComputed(userPrincipalName: string): boolean {
  return ![UNKNOWN_NAME, UNKNOWN_INITIAL_DOMAIN, `${DIGITS}@`].some((unknown) => userPrincipalName.includes(unknown));
}

/**
 * Calculates mailNickname: the first of on-premises mailNickname and the part before `@` of the primary SMTP address,
 * `mail`, the UPN and a secondary address. Source: entra-docs, plan-connect-userprincipalname.
 */
export function calculateMailNickname(onPremises: User): string | undefined {
  if (onPremises.mailNickname) return onPremises.mailNickname;
  const candidates = [
    // Of several the first in the alphabet: nothing tells which one the service sees first.
    sortAddresses(markedPrimaries(onPremises))[0],
    onPremises.mail,
    onPremises.userPrincipalName,
    sortAddresses(smtpAddresses(onPremises).map(({ address }) => address))[0],
  ];
  const address = candidates.find((candidate) => candidate !== undefined && candidate.indexOf("@") > 0);
  return address?.slice(0, address.indexOf("@")) ?? (onPremises.samAccountName || undefined);
}

/** A user without a UPN is known by `sAMAccountName@` the DNS name of its domain, which its DN tells. */
function defaultUpn({ samAccountName, distinguishedName = "" }: User): string | undefined {
  if (!samAccountName) return undefined;
  const labels = Array.from(distinguishedName.matchAll(/(?:^|,)\s*DC=([^,]+)/gi), ([, label = ""]) => label.trim());
  return labels.length === 0 ? undefined : `${samAccountName}@${addressKey(labels.join("."))}`;
}
