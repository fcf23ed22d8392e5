import { addressKey } from "../model/address.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ExportedField, User, UserField } from "../model/user.ts";
import { fieldCodes, UserView } from "../model/user-view.ts";
import { AddressIndex } from "./address-index.ts";
import { KeyIndex } from "./key-index.ts";
import { areTwoObjects, identitiesOf, mergeRecords } from "./repeated-object.ts";
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
  return makeDirectory(table, names, [], fieldsOf(parts));
}

/** Makes one directory of packed sources: see {@link createDirectory}. Objects are made only where some occur twice. */
export function combineParts(parts: readonly PackedPart[], onRepeat: OnRepeat): Directory {
  const [only, ...others] = parts;
  const names = parts.map(({ name }) => name);
  const table = only !== undefined && others.length === 0 ? only.table : joinTables(parts);
  if (!hasRepeats(table, parts.length > 1)) return makeDirectory(table, names, parts.map(blanksOf), fieldsOf(parts));
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
    addresses: new AddressIndex(table),
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

/** The fields by which an object of several sources may be known again, besides its id. */
const FURTHER_IDENTITIES = [fieldCodes.sourceAnchor, fieldCodes.userPrincipalName];

/**
 * Tells whether a name by which objects are known again occurs twice; where that is not sure, that it does. The names are
 * those of {@link identitiesOf}.
 */
function hasRepeats(table: UserTable, isOneOfSeveral: boolean): boolean {
  const names = new Names(table);
  const view = new UserView();
  for (let index = 0; index < table.size; index++) {
    table.show(index, view);
    const idCode = idCodeOf(view);
    for (let entry = 0; entry < view.entries; entry++) {
      const code = view.codes[entry] ?? 0;
      const isName = code === idCode || (isOneOfSeveral && FURTHER_IDENTITIES.includes(code));
      if (isName && view.starts[entry] !== view.starts[entry + 1] && names.isKnown(index, view, entry)) return true;
    }
  }
  return names.areMixed();
}

/** The names by which objects are known again, as they come. */
class Names {
  readonly #table: UserTable;
  readonly #ids: KeyIndex;
  readonly #anchors: KeyIndex;
  /** Those with other letters than ASCII, in lower case. */
  readonly #exotic = new Set<string>();

  constructor(table: UserTable) {
    this.#table = table;
    this.#ids = new KeyIndex(table, { fold: true, expected: table.size });
    this.#anchors = new KeyIndex(table, { fold: false });
  }

  /** Notes a name; tells whether somebody had it before. */
  isKnown(index: number, view: UserView, entry: number): boolean {
    const [start = 0, end = 0] = [view.starts[entry], view.starts[entry + 1]];
    const isAnchor = view.codes[entry] === fieldCodes.sourceAnchor;
    if (isAnchor || view.isAscii) {
      const keys = isAnchor ? this.#anchors : this.#ids;
      return !keys.addNew(this.#table.positionOf(index, view, entry), end - start, index);
    }
    const key = addressKey(new TextDecoder().decode(view.bytes.subarray(start, end)));
    const isKnown = this.#exotic.has(key);
    this.#exotic.add(key);
    return isKnown;
  }

  /** Whether a name of an object with other letters is that of one without: of one directory hardly any is. */
  areMixed(): boolean {
    return [...this.#exotic].some((key) => this.#ids.has(key));
  }
}

/** The code of the text by which an object is known. */
function idCodeOf({ codes, entries, starts }: UserView): number {
  let best = -1;
  for (let entry = 0; entry < entries; entry++) {
    const code = codes[entry] ?? 0;
    if (starts[entry] === starts[entry + 1]) continue;
    if (code === fieldCodes.id) return code;
    const rank = ID_RANK[code] ?? 0;
    if (rank > (ID_RANK[best] ?? 0)) best = code;
  }
  return best;
}

const ID_RANK: Readonly<Record<number, number>> = {
  [fieldCodes.distinguishedName]: 3,
  [fieldCodes.objectId]: 2,
  [fieldCodes.userPrincipalName]: 1,
};

function fieldsOf(parts: readonly PartFields[]): ReadonlySet<ExportedField> {
  return new Set(parts.flatMap(({ fields, lostFields = [] }) => fields.filter((field) => !lostFields.includes(field))));
}

function blanksOf({ fields, lostFields = [] }: PartFields): Blanks {
  const exported = new Set(fields);
  for (const field of lostFields) exported.delete(field);
  return BLANKS.filter(([field]) => exported.has(field));
}

function fillBlanks(user: User, blanks: Blanks): User {
  const missing = blanks.filter(([field]) => user[field] === undefined);
  return missing.length === 0 ? user : { ...user, ...Object.fromEntries(missing) };
}
