import { addressKey, isReservedDomain, parseSmtpAddress } from "../model/address.ts";
import { primarySmtpAddress, smtpAddresses, type User } from "../model/user.ts";
import type { SoftMatch } from "./match.ts";

/**
 * Lists the addresses by which an on-premises user can be soft-matched, for comparison.
 *
 * `mail` stands in where proxyAddresses holds nothing. Addresses in the service's own domains are discarded from Active
 * Directory before anything is matched, and link nobody (KB 3190357).
 */
export function onPremisesLinks(user: User, softMatch: SoftMatch): readonly string[] {
  const primary = primaryKey(user);
  const aliases = softMatch === "any-smtp" ? smtpAddresses(user).map(({ key }) => key) : [];
  const links = new Set(primary === undefined ? aliases : [primary, ...aliases]);
  return [...links].filter((key) => !isReservedDomain(key.slice(key.indexOf("@") + 1)));
}

/** Lists the addresses by which an online user can be found: all it has, or `mail` where the export has nothing else. */
export function onlineLinks(user: User): readonly string[] {
  const primary = primaryKey(user);
  const addresses = smtpAddresses(user).map(({ key }) => key);
  return [...new Set(primary === undefined ? addresses : [primary, ...addresses])];
}

/** Gives the primary SMTP address for comparison. */
export function primaryKey(user: User): string | undefined {
  const primary = primarySmtpAddress(user);
  return primary === undefined ? undefined : parseSmtpAddress(primary.trim())?.key;
}

/** Gives the UPN for comparison. */
export function upnKey(user: User): string | undefined {
  return user.userPrincipalName ? addressKey(user.userPrincipalName) : undefined;
}
