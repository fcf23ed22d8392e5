import * as z from "zod/mini";
import type { Directory } from "../directory/directory.ts";
import { addressKey, domainOf, isReservedDomain } from "../model/address.ts";
import { smtpAddresses, type User } from "../model/user.ts";
import type { Alignment } from "./alignment.ts";

/** What two users have in common who share no linking address. */
export const likenessSchema = z.enum(["userPrincipalName", "localPart", "displayName"]);

/** What two users have in common who share no linking address. */
export type Likeness = z.infer<typeof likenessSchema>;

/** Two unmatched users who look like one person. */
export interface UnlinkedPair {
  readonly onPremises: number;
  readonly online: number;
  /** Everything that they have in common, the surest first. */
  readonly likeness: readonly Likeness[];
}

/** The keys under which a user of each likeness is looked up. */
const KEYS: Readonly<Record<Likeness, (user: User) => readonly string[]>> = {
  userPrincipalName: ({ userPrincipalName }) => (userPrincipalName ? [addressKey(userPrincipalName)] : []),
  localPart: (user) => namesOf(user).map((name) => addressKey(name.slice(0, name.lastIndexOf("@")))),
  displayName: (user) => {
    const name = addressKey(user.displayName ?? "")
      .replace(/\s+/g, " ")
      .trim();
    return name.includes(" ") ? domainsOf(user).map((domain) => `${name} ${domain}`) : [];
  },
};

/** Local parts that are no name of a person. */
const COMMON_LOCAL_PARTS = new Set([
  "admin",
  "administrator",
  "contact",
  "info",
  "mail",
  "office",
  "sales",
  "support",
  "test",
]);

/**
 * Finds unmatched users of both sides who look like one person: the same UPN, the same local part of UPN or address, or
 * the same display name in the same domain. For them the run makes a second account.
 *
 * A likeness counts only between one user of each side: names that several people share tell nothing. Guests are left
 * out.
 */
export function findUnlinkedPairs(
  onPremises: Directory,
  online: Directory,
  alignment: Alignment,
): readonly UnlinkedPair[] {
  const open = {
    onPremises: new Set(alignment.unmatchedOnPremises),
    online: new Set(alignment.unmatchedOnline.filter((index) => online.user(index).isGuest !== true)),
  };
  for (const { onPremises: index } of alignment.restored) open.onPremises.delete(index);
  for (const pair of alignment.barred) {
    open.onPremises.delete(pair.onPremises);
    open.online.delete(pair.online);
  }
  const pairs: UnlinkedPair[] = [];
  for (const likeness of likenessSchema.options) {
    const left = indexByKey(open.onPremises, onPremises, likeness);
    const right = indexByKey(open.online, online, likeness);
    // In the order of names, so that the order of records changes nothing where a user is like several.
    for (const key of [...left.keys()].sort()) {
      const [first, ...others] = left.get(key) ?? [];
      const [candidate, ...rivals] = right.get(key) ?? [];
      if (first === undefined || candidate === undefined || others.length > 0 || rivals.length > 0) continue;
      if (!open.onPremises.delete(first)) continue;
      if (!open.online.delete(candidate)) {
        open.onPremises.add(first);
        continue;
      }
      const common = compare(onPremises.user(first), online.user(candidate));
      pairs.push({ onPremises: first, online: candidate, likeness: common });
    }
  }
  return pairs;
}

function indexByKey(
  indexes: ReadonlySet<number>,
  directory: Directory,
  likeness: Likeness,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const index of indexes) {
    for (const key of new Set(KEYS[likeness](directory.user(index)))) {
      const holders = found.get(key);
      if (holders === undefined) found.set(key, [index]);
      else holders.push(index);
    }
  }
  return found;
}

/** Lists everything that two users have in common. */
function compare(one: User, other: User): readonly Likeness[] {
  return likenessSchema.options.filter((likeness) => {
    const keys = new Set(KEYS[likeness](one));
    return KEYS[likeness](other).some((key) => keys.has(key));
  });
}

/** The UPN, mail and SMTP addresses whose local part may be a person's name. */
function namesOf({ userPrincipalName = "", mail = "", ...user }: User): readonly string[] {
  const names = [userPrincipalName, mail, ...smtpAddresses(user).map(({ address }) => address)];
  return names.filter((name) => {
    const local = addressKey(name.slice(0, Math.max(0, name.lastIndexOf("@"))));
    return local.length >= 3 && !COMMON_LOCAL_PARTS.has(local);
  });
}

function domainsOf({ userPrincipalName = "", mail = "", ...user }: User): readonly string[] {
  const domains = [domainOf(userPrincipalName), domainOf(mail), ...smtpAddresses(user).map(({ domain }) => domain)];
  return [...new Set(domains)].filter((domain) => domain !== "" && !isReservedDomain(domain));
}
