import { addressKey, domainOf, parseSmtpAddress, sortAddresses } from "../model/address.ts";
import { markedPrimaries, smtpAddresses, type User } from "../model/user.ts";
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

/**
 * Calculates the UPN of an online user from the on-premises one.
 *
 * With a suffix that is verified in the tenant and a valid value the on-premises UPN flows; otherwise it is replaced by
 * `mailNickname@initial domain`. Source: entra-docs, plan-connect-userprincipalname. For a licensed user who is not
 * federated the service of 2012 left the UPN as it was (KB 2523192): `upnFlow: "unlicensed-only"`.
 */
export function calculateUpn(
  onPremises: User,
  online: User | undefined,
  { tenant, licensed }: { readonly tenant: Tenant; readonly licensed: boolean },
): CalculatedUpn | undefined {
  if (onPremises.userPrincipalName === undefined) return undefined; // not exported: nothing can be said
  if (online?.userPrincipalName && licensed && tenant.upnFlow === "unlicensed-only") {
    return { userPrincipalName: online.userPrincipalName, reason: "kept", rules: ["upn-kept"] };
  }
  const own = onPremises.userPrincipalName;
  const upn = own || defaultUpn(onPremises);
  const stands = own === "" && upn !== undefined ? (["upn-from-account-name"] as const) : [];
  const valid = upn !== undefined && isValidUpn(upn);
  if (valid && tenant.verifiedDomains.has(domainOf(upn))) {
    return { userPrincipalName: upn, reason: "flows", rules: [...stands, "upn-flows"] };
  }
  const name = calculateMailNickname(onPremises);
  if (name === undefined) return undefined; // an object without any name
  const replaced = `${name}@${tenant.initialDomain ?? UNKNOWN_INITIAL_DOMAIN}`;
  return valid || upn === undefined
    ? { userPrincipalName: replaced, reason: "suffix-not-verified", rules: [...stands, "upn-suffix-not-verified"] }
    : { userPrincipalName: replaced, reason: "invalid-value", rules: [...stands, "upn-invalid"] };
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

const LONGEST_LOCAL_PART = 64;
const LONGEST_DOMAIN = 48;

/**
 * Tells whether a value can be a UPN online: at most 64 characters before and 48 after `@`, letters, digits and
 * `' . - _ ! # ^ ~`, no dot before `@`. Source: microsoft-365-docs, prepare-for-directory-synchronization.
 */
function isValidUpn(upn: string): boolean {
  const parsed = parseSmtpAddress(upn);
  if (parsed === undefined) return false;
  const { localPart, domain } = parsed;
  return (
    localPart.length <= LONGEST_LOCAL_PART &&
    domain.length <= LONGEST_DOMAIN &&
    /^[A-Za-z0-9'._!#^~-]+$/.test(localPart) &&
    !localPart.endsWith(".") &&
    /^[a-z0-9.-]+$/.test(domain)
  );
}
