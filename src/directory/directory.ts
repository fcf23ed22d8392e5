import equal from "fast-deep-equal";
import { addressKey } from "../model/address.ts";
import { type Diagnostic, diagnose } from "../model/diagnostic.ts";
import type { User, UserField } from "../model/user.ts";
import { type AddressIndex, indexAddresses } from "./address-index.ts";

/** All objects of one side. An object is known by its index, from 0, in the order of reading. */
export interface Directory {
  readonly size: number;
  /** Gives the object at an index. */
  readonly user: (index: number) => User;
  /** The fields that at least one of its sources has. */
  readonly fields: ReadonlySet<UserField>;
  /** Which objects claim which address. */
  readonly addresses: AddressIndex;
}

/** The objects of one source, as a directory takes them in. */
export interface DirectoryPart {
  readonly users: readonly User[];
  /** The fields that the source has. */
  readonly fields: readonly UserField[];
  /** Fields whose values were lost; they are not blank but unknown. */
  readonly lostFields?: readonly UserField[];
}

const BLANKS: readonly (readonly [UserField, "" | readonly []])[] = [
  ["displayName", ""],
  ["immutableId", ""],
  ["mail", ""],
  ["mailNickname", ""],
  ["objectId", ""],
  ["proxyAddresses", []],
  ["samAccountName", ""],
  ["sipAddress", ""],
  ["sourceAnchor", ""],
  ["targetAddress", ""],
  ["userPrincipalName", ""],
];

/**
 * Makes one directory of the sources of a side.
 *
 * LDIF does not write attributes without a value: only when a source has been read to its end is it known which
 * attributes were exported, and an object's missing ones become blank here. An object that occurs twice is taken once,
 * with the fields of both; where the two contradict each other the first counts, and a diagnostic says so.
 */
export function createDirectory(
  parts: readonly DirectoryPart[],
  onDuplicate: (user: User, diagnostic: Diagnostic) => void = () => undefined,
): Directory {
  const users: User[] = [];
  const seen = new Map<string, number>();
  for (const { users: read, fields, lostFields = [] } of parts) {
    const exported = new Set(fields);
    for (const field of lostFields) exported.delete(field);
    const blanks = BLANKS.filter(([field]) => exported.has(field));
    for (const found of read) {
      const user = fillBlanks(found, blanks);
      const key = identityOf(user);
      const index = seen.get(key);
      const earlier = index === undefined ? undefined : users[index];
      if (index === undefined || earlier === undefined) {
        seen.set(key, users.length);
        users.push(user);
        continue;
      }
      // What is taken from the earlier record wins; the later one adds the fields that its export had besides.
      const merged = { ...user, ...earlier };
      users[index] = merged;
      if (!equal(merged, { ...merged, ...user, origin: merged.origin })) {
        const detail = `${earlier.origin.name}:${earlier.origin.line}`;
        onDuplicate(user, diagnose("duplicate-object", { line: user.origin.line, detail }));
      }
    }
  }
  return {
    size: users.length,
    user: (index) => {
      const user = users[index];
      if (user === undefined) throw new RangeError(`no object ${index} in a directory of ${users.length}`);
      return user;
    },
    fields: new Set(
      parts.flatMap(({ fields, lostFields = [] }) => fields.filter((field) => !lostFields.includes(field))),
    ),
    addresses: indexAddresses(users),
  };
}

function fillBlanks(user: User, blanks: readonly (readonly [UserField, "" | readonly []])[]): User {
  const missing = blanks.filter(([field]) => user[field] === undefined);
  return missing.length === 0 ? user : { ...user, ...Object.fromEntries(missing) };
}

/** The same object has the same distinguished name on-premises and the same object id, or sign-in name, online. */
function identityOf(user: User): string {
  return addressKey(user.id);
}
