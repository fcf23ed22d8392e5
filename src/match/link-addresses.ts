import { BLANK } from "../directory/address-index.ts";
import type { UserOutline } from "../directory/user-row.ts";
import { addressKey, isDiscardedDomain, parseSmtpAddress } from "../model/address.ts";
import { primarySmtpAddress, smtpAddresses, type User } from "../model/user.ts";
import { fieldCodes, RAW_ADDRESS, SMTP_ALIAS, SMTP_PRIMARY, type UserView } from "../model/user-view.ts";
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
  return [...links].filter((key) => !isDiscardedDomain(key.slice(key.indexOf("@") + 1)));
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
  if (primary === undefined) return undefined;
  // Only `mail` is trimmed: a value of proxyAddresses with white space behind its colon is discarded, and links nobody.
  return parseSmtpAddress(user.proxyAddresses?.length ? primary : primary.trim())?.key;
}

/** Gives the UPN for comparison. */
export function upnKey(user: User): string | undefined {
  return user.userPrincipalName ? addressKey(user.userPrincipalName) : undefined;
}

/**
 * Calls back for each text that {@link onPremisesLinks} has an address of, as it stands in an outline. An address may come
 * twice, and one that links nobody may come.
 */
export function forEachLink(outline: UserOutline, softMatch: SoftMatch, visit: (entry: number) => void): void {
  const { codes, numbers, entries } = outline;
  const primary = primaryEntry(outline, (entry) => numbers[entry] === BLANK);
  for (let entry = 0; entry < entries; entry++) {
    const code = codes[entry] ?? 0;
    const isAddress = code === SMTP_ALIAS || code === SMTP_PRIMARY;
    if (entry === primary || (isAddress && softMatch === "any-smtp")) visit(entry);
  }
}

/** The entry of the primary SMTP address: the one that is marked, or `mail` where proxyAddresses holds nothing; -1 if none. */
export function primaryEntry(
  { codes, entries }: Pick<UserView, "codes" | "entries">,
  isBlank: (entry: number) => boolean,
): number {
  let marked = -1;
  let mail = -1;
  let count = 0;
  let hasAddress = false;
  for (let entry = 0; entry < entries; entry++) {
    const code = codes[entry] ?? 0;
    if (code >= RAW_ADDRESS) hasAddress = true;
    if (code === SMTP_PRIMARY) {
      marked = entry;
      count++;
    } else if (code === fieldCodes.mail && !isBlank(entry)) mail = entry;
  }
  return hasAddress ? (count === 1 ? marked : -1) : mail;
}
