import { addressKey, sortAddresses } from "../model/address.ts";
import { markedPrimaries, smtpAddresses, type User } from "../model/user.ts";
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
  const userPrincipalName = computeUpn(name, tenant);
  return problems.every(isAboutSuffix)
    ? { userPrincipalName, reason: "suffix-not-verified", rules: [...stands, "upn-suffix-not-verified"] }
    : { userPrincipalName, reason: "invalid-value", rules: [...stands, "upn-invalid"] };
}

/** Whether a value is only in a domain that no tenant can verify, or this one has not. */
function isAboutSuffix({ rule }: ValueProblem): boolean {
  return rule === "not-routable" || rule === "unverified-domain";
}

/** Makes a sign-in name in the initial domain; what cannot be computed has a placeholder. */
function computeUpn(name: string, { initialDomain }: Tenant): string {
  return `${toComputedName(name, "userPrincipalName") ?? UNKNOWN_NAME}@${initialDomain ?? UNKNOWN_INITIAL_DOMAIN}`;
}

/** Tells whether a sign-in name could be computed: no part of it is a placeholder. */
export function isComputed(userPrincipalName: string): boolean {
  return !userPrincipalName.includes(UNKNOWN_NAME) && !userPrincipalName.includes(UNKNOWN_INITIAL_DOMAIN);
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
