import type { Diagnostic } from "../model/diagnostic.ts";
import type { ExportedField, User, UserField } from "../model/user.ts";
import { type AddressIndex, indexAddresses } from "./address-index.ts";
import { areTwoObjects, identitiesOf, mergeRecords } from "./repeated-object.ts";

/** All objects of one side. An object is known by its index, from 0, in the order of reading. */
export interface Directory {
  readonly size: number;
  /** Gives the object at an index. */
  readonly user: (index: number) => User;
  /** The fields that at least one of its sources has. */
  readonly fields: ReadonlySet<ExportedField>;
  /** Which objects claim which address. */
  readonly addresses: AddressIndex;
}

/** The objects of one source, as a directory takes them in. */
export interface DirectoryPart {
  readonly users: readonly User[];
  /** The fields that the source has. */
  readonly fields: readonly ExportedField[];
  /** Fields whose values were lost; they are not blank but unknown. */
  readonly lostFields?: readonly ExportedField[];
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
 * with the fields of both; where the two contradict each other the newer counts, or the first where that cannot be told.
 * `onRepeat` is called for each repetition, with a diagnostic if it contradicts.
 */
export function createDirectory(
  parts: readonly DirectoryPart[],
  onRepeat: (user: User, diagnostic: Diagnostic | undefined) => void = () => undefined,
): Directory {
  const users: User[] = [];
  const seen = new Map<string, number>();
  for (const { users: read, fields, lostFields = [] } of parts) {
    const exported = new Set(fields);
    for (const field of lostFields) exported.delete(field);
    const blanks = BLANKS.filter(([field]) => exported.has(field));
    for (const found of read) {
      const user = fillBlanks(found, blanks);
      const keys = identitiesOf(user, parts.length > 1);
      const index = keys.map((key) => seen.get(key)).find((at) => at !== undefined);
      const earlier = index === undefined ? undefined : users[index];
      if (index === undefined || earlier === undefined || areTwoObjects(earlier, user)) {
        for (const key of keys) seen.set(key, users.length);
        users.push(user);
        continue;
      }
      const { merged, diagnostic } = mergeRecords(earlier, user);
      users[index] = merged;
      onRepeat(user, diagnostic);
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
