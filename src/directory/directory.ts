import type { Diagnostic } from "../model/diagnostic.ts";
import { blanks, type TextField } from "../model/fields.ts";
import type { ExportedField, User } from "../model/user.ts";
import { type Blanks, fieldCodes, readView, UserView } from "../model/user-view.ts";
import type { AddressIndex } from "./address-index.ts";
import { areTwoObjects, identitiesOf, mergeRecords, Slices } from "./repeated-object.ts";
import { Repeats } from "./repeats.ts";
import { codeSet, UserOutline } from "./user-row.ts";
import { UserTable } from "./user-table.ts";

/** All objects of one side. An object is known by its index, from 0, in the order of reading. */
export interface Directory {
  readonly size: number;
  /** Makes the object at an index. */
  readonly user: (index: number) => User;
  /** Makes of the object at an index no more than what it is called. */
  readonly identity: (index: number) => Pick<User, "id" | "userPrincipalName">;
  /** Shows the object at an index as bytes, in a view that is good until the next call. */
  readonly view: (index: number) => UserView;
  /** Tells what the object at an index is, without its texts, in an outline that is good until the next call. */
  readonly outline: (index: number) => UserOutline;
  /** The packed objects. */
  readonly table: UserTable;
  /** The fields that are the source anchor of a person, the first of them that is not blank. */
  readonly anchorFields: readonly TextField[];
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
  /** Whether an object of it occurs twice, or may. */
  readonly hasRepeats: boolean;
}

type OnRepeat = (user: User, diagnostic: Diagnostic | undefined) => void;

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
  const slices = new Slices();
  const seen = new Map<string, number>();
  for (const part of parts) {
    const own = blanksOf(part);
    for (const found of part.users) {
      const user = fillBlanks(forgetLost(found, part.lostFields), own);
      const keys = identitiesOf(user, parts.length > 1);
      const index = keys.map((key) => seen.get(key)).find((at) => at !== undefined);
      const earlier = index === undefined ? undefined : users[index];
      if (index === undefined || earlier === undefined || areTwoObjects(earlier, user)) {
        for (const key of keys) seen.set(key, users.length);
        users.push(user);
        continue;
      }
      slices.join(index, earlier, user);
      const { merged, diagnostic } = mergeRecords(earlier, user);
      users[index] = merged;
      onRepeat(user, diagnostic);
    }
  }
  const table = new UserTable();
  const names: string[] = [];
  const scratch = new UserView();
  users.forEach((user, index) => {
    let part = names.indexOf(user.origin.name);
    if (part < 0) part = names.push(user.origin.name) - 1;
    table.addUser(slices.fill(index, user), part, scratch);
  });
  return makeDirectory(table, names, { blanks: [], lost: [] }, fieldsOf(parts));
}

/** Makes one directory of packed sources: see {@link createDirectory}. Objects are made only where some occur twice. */
export function combineParts(parts: readonly PackedPart[], onRepeat: OnRepeat): Directory {
  const [only, ...others] = parts;
  const names = parts.map(({ name }) => name);
  const isAlone = only !== undefined && others.length === 0;
  const table = isAlone ? only.table : joinTables(parts);
  const hasRepeats = isAlone ? only.hasRepeats : Repeats.isIn(table, true);
  if (!hasRepeats) {
    const lost = parts.map(({ fields, lostFields = [] }) => lostFields.filter((field) => fields.includes(field)));
    return makeDirectory(table, names, { blanks: parts.map(blanksOf), lost }, fieldsOf(parts));
  }
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
  { blanks, lost }: { readonly blanks: readonly Blanks[]; readonly lost: readonly (readonly ExportedField[])[] },
  fields: ReadonlySet<ExportedField>,
): Directory {
  const shown = new UserView();
  const outlined = new UserOutline();
  const read = new UserView();
  let lastIndex = -1;
  let last: User | undefined;
  return {
    size: table.size,
    user: (index) => {
      // Whoever says something of somebody asks for whom several times.
      if (index === lastIndex && last !== undefined) return last;
      last = forgetLost(table.user(index, names, read, blanks), lost[read.part]);
      lastIndex = index;
      return last;
    },
    identity: (index) => readView(table.showOnly(index, IDENTITY, shown), ""),
    view: (index) => table.show(index, shown),
    outline: (index) => table.outline(index, outlined),
    table,
    fields,
    anchorFields: ["sourceAnchor"],
    addresses: table.addresses,
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
  const exported = new Set<string>(fields);
  for (const field of lostFields) exported.delete(field);
  return Object.fromEntries(Object.entries(blanks).filter(([field]) => exported.has(field)));
}

/** What was lost is not blank, but unknown: be it that a record has it without a value. */
function forgetLost(user: User, lostFields: readonly ExportedField[] = []): User {
  const lost = lostFields.filter((field) => user[field as keyof User] === "");
  if (lost.length === 0) return user;
  return Object.fromEntries(Object.entries(user).filter(([field]) => !lost.some((one) => one === field))) as User;
}

function fillBlanks(user: User, blanks: Blanks): User {
  const missing = Object.entries(blanks).filter(([field]) => user[field as keyof User] === undefined);
  return missing.length === 0 ? user : { ...user, ...Object.fromEntries(missing) };
}

/** The texts by which an object is known. */
const IDENTITY = codeSet([
  fieldCodes.id,
  fieldCodes.distinguishedName,
  fieldCodes.objectId,
  fieldCodes.userPrincipalName,
]);
