import * as z from "zod/mini";
import type { Directory } from "../directory/directory.ts";
import { codeSet } from "../directory/user-row.ts";
import { addressKey, domainOf, isReservedDomain } from "../model/address.ts";
import { isNotRouted } from "../model/mailbox-rules.ts";
import { ownsAddress, type Side, smtpAddresses, type User } from "../model/user.ts";
import { fieldCodes, PERSON, readView, UserView } from "../model/user-view.ts";
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
  /** Whether `mail` links them if it counts beside values of proxyAddresses that are no SMTP addresses: that is documented nowhere. */
  readonly mayLink: boolean;
}

/** The keys under which a user of each likeness is looked up. */
const KEYS: Readonly<Record<Likeness, (user: User) => readonly string[]>> = {
  userPrincipalName: ({ userPrincipalName }) => (userPrincipalName ? [addressKey(userPrincipalName)] : []),
  localPart: (user) => namesOf(user).map((name) => addressKey(name.slice(0, name.lastIndexOf("@")))),
  displayName: (user) => fullNameOf(user).flatMap((name) => domainsOf(user).map((domain) => `${name} ${domain}`)),
};

/** The display name, if it has more than one word. */
function fullNameOf({ displayName = "" }: User): readonly string[] {
  const name = addressKey(displayName).replace(/\s+/g, " ").trim();
  return name.includes(" ") ? [name] : [];
}

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
 * the same display name in the same domain, or, of somebody who has nothing in a domain that is routed, a display name that
 * nobody else has. For them the run makes a second account.
 *
 * A likeness counts only between one user of each side: names that several people share tell nothing. Guests are left
 * out.
 */
export function findUnlinkedPairs(
  onPremises: Directory,
  online: Directory,
  alignment: Alignment,
): readonly UnlinkedPair[] {
  const open = findOpen(online, alignment);
  const pairs: UnlinkedPair[] = [];
  for (const { likeness, ...keys } of STEPS) {
    const left = indexByKey(open.onPremises, onPremises, keys.onPremises);
    const right = left.size === 0 ? left : indexByKey(open.online, online, keys.online);
    const common = [...left.keys()].filter((key) => right.has(key)).sort();
    const names = keys.online === fullNameOf ? new Set(notShared(common, [onPremises, online])) : undefined;
    // In the order of names, so that the order of records changes nothing where a user is like several.
    for (const key of common) {
      const [first = -1, ...others] = left.get(key) ?? [];
      const [candidate = -1, ...rivals] = right.get(key) ?? [];
      if (others.length + rivals.length > 0 || names?.has(key) === false) continue;
      if (!open.onPremises.has(first) || !open.online.has(candidate)) continue;
      open.onPremises.delete(first);
      open.online.delete(candidate);
      const [one, other] = [onPremises.user(first), online.user(candidate)];
      const mayLink = hasMaskedMail(one) && ownsAddress(other, one.mail ?? "");
      pairs.push({ onPremises: first, online: candidate, likeness: compare(one, other, likeness), mayLink });
    }
  }
  return pairs;
}

/** The people who have nobody yet, and of whom it is not told elsewhere why. */
function findOpen(online: Directory, alignment: Alignment): Readonly<Record<Side, Set<number>>> {
  const open = {
    onPremises: new Set(alignment.unmatchedOnPremises),
    online: new Set(alignment.unmatchedOnline.filter((index) => online.user(index).isGuest !== true)),
  };
  for (const { onPremises: index } of alignment.restored) open.onPremises.delete(index);
  for (const pair of alignment.barred) {
    open.onPremises.delete(pair.onPremises);
    open.online.delete(pair.online);
  }
  return open;
}

/** By what people are compared, one after another. */
const STEPS: readonly ({ readonly likeness: Likeness } & Readonly<Record<Side, (user: User) => readonly string[]>>)[] =
  [
    ...likenessSchema.options.map((likeness) => ({ likeness, onPremises: KEYS[likeness], online: KEYS[likeness] })),
    {
      likeness: "displayName",
      // Whoever has no address but in networks of a company's own can be known by the name alone.
      onPremises: (user) => (domainsOf(user).every(isNotRouted) ? fullNameOf(user) : []),
      online: fullNameOf,
    },
  ];

/** Whether proxyAddresses has values, none of them an SMTP address, beside `mail`. */
function hasMaskedMail({ mail, proxyAddresses = [] }: User): boolean {
  return Boolean(mail) && proxyAddresses.length > 0 && proxyAddresses.every(({ type }) => type !== "SMTP");
}

function indexByKey(
  indexes: ReadonlySet<number>,
  directory: Directory,
  keysOf: (user: User) => readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const index of indexes) {
    for (const key of new Set(keysOf(directory.user(index)))) {
      const holders = found.get(key);
      if (holders === undefined) found.set(key, [index]);
      else holders.push(index);
    }
  }
  return found;
}

/** The names that nobody has twice on one side, whoever is matched already among them. */
function notShared(names: readonly string[], directories: readonly Directory[]): readonly string[] {
  const wanted = codeSet([fieldCodes.displayName]);
  const view = new UserView();
  return directories.reduce((left, { size, table }) => {
    const counts = new Map(left.map((name) => [name, 0]));
    for (let index = 0; index < size && counts.size > 0; index++) {
      if (table.typeOf(index) !== PERSON) continue;
      for (const name of fullNameOf(readView(table.showOnly(index, wanted, view), ""))) {
        const count = counts.get(name);
        if (count !== undefined) counts.set(name, count + 1);
      }
    }
    return left.filter((name) => counts.get(name) === 1);
  }, names);
}

/** Lists everything that two users have in common, besides what is known. */
function compare(one: User, other: User, known: Likeness): readonly Likeness[] {
  return likenessSchema.options.filter((likeness) => {
    if (likeness === known) return true;
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
