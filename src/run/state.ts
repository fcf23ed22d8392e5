import { addressKey, formatProxyAddress } from "../model/address.ts";
import { primarySmtpAddress, type User } from "../model/user.ts";
import type { Tenant } from "../predict/tenant.ts";
import { withDigits } from "../predict/upn-calculation.ts";
import type { HeldBack, State } from "./outcome.ts";

/** What of a user would have a contested address: an entry of proxyAddresses, the sign-in name, or both. */
export function heldBackOf(user: User, address: string, holder: string): readonly HeldBack[] {
  const entry = user.proxyAddresses?.find(({ type, address: own }) => type === "SMTP" && addressKey(own) === address);
  const name = user.userPrincipalName;
  return [
    ...(entry === undefined
      ? []
      : [{ attribute: "proxyAddresses", value: formatProxyAddress(entry), holder } as const]),
    ...(name !== undefined && addressKey(name) === address
      ? [{ attribute: "userPrincipalName", value: name, holder } as const]
      : []),
  ];
}

/** A user as it arrives without what is held back. A sign-in name is then made of its first part, four digits and the initial domain. */
export function withhold(user: User, heldBack: readonly HeldBack[], { initialDomain }: Tenant): User {
  const values = new Set(heldBack.map(({ value }) => value));
  const { userPrincipalName, proxyAddresses, mail, ...rest } = user;
  const hasName = heldBack.every(({ attribute }) => attribute !== "userPrincipalName");
  const local = userPrincipalName?.slice(0, userPrincipalName.lastIndexOf("@"));
  const made = initialDomain && local ? withDigits(local, initialDomain) : undefined;
  const name = hasName ? userPrincipalName : made;
  const kept = proxyAddresses?.filter((entry) => !values.has(formatProxyAddress(entry)));
  return {
    ...rest,
    ...(name === undefined ? {} : { userPrincipalName: name }),
    ...(kept === undefined ? {} : { proxyAddresses: kept }),
    ...(mail === undefined || heldBack.some(({ value }) => value.endsWith(`:${mail}`)) ? {} : { mail }),
  };
}

/** What an export shows of a user. */
export function stateOf(user: User): State {
  const primary = primarySmtpAddress(user);
  return {
    ...(user.userPrincipalName === undefined ? {} : { userPrincipalName: user.userPrincipalName }),
    ...(primary === undefined ? {} : { primarySmtpAddress: primary }),
    ...(user.proxyAddresses === undefined ? {} : { proxyAddresses: user.proxyAddresses.map(formatProxyAddress) }),
    ...(user.isEnabled === undefined ? {} : { isEnabled: user.isEnabled }),
  };
}
