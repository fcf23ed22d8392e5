import type { Diagnostic } from "../model/diagnostic.ts";
import type { ExportedField, User, UserField } from "../model/user.ts";
import { UserView } from "../model/user-view.ts";
import { AddressIndex } from "./address-index.ts";
import { areTwoObjects, identitiesOf, mergeRecords } from "./repeated-object.ts";
import { hasRepeats } from "./repeats.ts";
import { UserTable } from "./user-table.ts";

/** All objects of one side. An object is known by its index, from 0, in the order of reading. */
export interface Directory {
  readonly size: number;
  /** Makes the object at an index. */
  readonly user: (index: number) => User;
  /** Shows the object at an index as bytes, in a view that is good until the next call. */
  readonly view: (index: number) => UserView;
  /** The packed objects. */
  readonly table: UserTable;
  /** The fields that at least one of its sources has. */
  readonly fields: ReadonlySet<ExportedField>;
  /** Which objects claim which address. */
  readonly addresses: AddressIndex;
}

/** What a source has, and what it lost. */
interface PartFields {
  /** The fields that the source has. */
  readonly fields: readonly ExportedField[];
  /** Fields whose values were lost; they are not blank but unknown. */
  readonly lostFields?: readonly ExportedField[];
}

/** The objects of one source, as a directory takes them in. */
export interface DirectoryPart extends PartFields {
  readonly users: readonly User[];
}

/** The objects of one source, packed. */
export interface PackedPart extends PartFields {
  readonly name: string;
  readonly table: UserTable;
  /** What was found out about its objects already, if it is the only source of its side. */
  readonly alone?: PartAlone | undefined;
}

/** A source that is a directory of its own. */
export interface PartAlone {
  /** The addresses of its objects; `undefined` if an object occurs twice. */
  readonly addresses: AddressIndex | undefined;
}

type OnRepeat = (user: User, diagnostic: Diagnostic | undefined) => void;
type Blanks = readonly (readonly [UserField, "" | readonly []])[];

const BLANKS: Blanks = [
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
export function createDirectory(parts: readonly DirectoryPart[], onRepeat: OnRepeat = () => undefined): Directory {
  const users: User[] = [];
  const seen = new Map<string, number>();
  for (const part of parts) {
    const blanks = blanksOf(part);
    for (const found of part.users) {
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
  const table = new UserTable();
  const names: string[] = [];
  const scratch = new UserView();
  for (const user of users) {
    let part = names.indexOf(user.origin.name);
    if (part < 0) part = names.push(user.origin.name) - 1;
    table.addUser(user, part, scratch);
  }
  return makeDirectory(table, names, [], fieldsOf(parts), AddressIndex.of(table));
}

/** Looks at the objects of a directory: the costly part of making it. */
export function lookAtObjects(table: UserTable, isOneOfSeveral: boolean): PartAlone {
  return { addresses: hasRepeats(table, isOneOfSeveral) ? undefined : AddressIndex.of(table) };
}

/** Makes one directory of packed sources: see {@link createDirectory}. Objects are made only where some occur twice. */
export function combineParts(parts: readonly PackedPart[], onRepeat: OnRepeat): Directory {
  const [only, ...others] = parts;
  const names = parts.map(({ name }) => name);
  const isAlone = only !== undefined && others.length === 0;
  const table = isAlone ? only.table : joinTables(parts);
  const { addresses } = (isAlone ? only.alone : undefined) ?? lookAtObjects(table, !isAlone);
  if (addresses !== undefined) return makeDirectory(table, names, parts.map(blanksOf), fieldsOf(parts), addresses);
  const view = new UserView();
  return createDirectory(
    parts.map(({ table: own, name, ...fields }) => ({
      ...fields,
      users: Array.from({ length: own.size }, (_, index) => own.user(index, [name], view)),
    })),
    onRepeat,
  );
}

function makeDirectory(
  table: UserTable,
  names: readonly string[],
  blanks: readonly Blanks[],
  fields: ReadonlySet<ExportedField>,
  addresses: AddressIndex,
): Directory {
  const shown = new UserView();
  const read = new UserView();
  return {
    size: table.size,
    user: (index) => {
      const user = table.user(index, names, read);
      const own = blanks[read.part];
      return own === undefined ? user : fillBlanks(user, own);
    },
    view: (index) => table.show(index, shown),
    table,
    fields,
    addresses,
  };
}

function joinTables(parts: readonly PackedPart[]): UserTable {
  const table = new UserTable();
  const view = new UserView();
  parts.forEach((part, number) => {
    for (let index = 0; index < part.table.size; index++) {
      part.table.show(index, view).part = number;
      table.add(view);
    }
  });
  return table;
}

function fieldsOf(parts: readonly PartFields[]): ReadonlySet<ExportedField> {
  return new Set(parts.flatMap(({ fields, lostFields = [] }) => fields.filter((field) => !lostFields.includes(field))));
}

function blanksOf({ fields, lostFields = [] }: PartFields): Blanks {
  const exported = new Set(fields);
  for (const field of lostFields) exported.delete(field);
  return BLANKS.filter(([field]) => exported.has(field));
}

function fillBlanks(user: User, blanks: Blanks): User {
  let filled: { -readonly [Field in keyof User]: User[Field] } | undefined;
  for (const [field, blank] of blanks) {
    if (user[field] !== undefined) continue;
    filled ??= { ...user };
    filled[field] = blank as never;
  }
  return filled ?? user;
}
