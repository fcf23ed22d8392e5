import { addressKey } from "../model/address.ts";
import { fieldCodes, UserView } from "../model/user-view.ts";
import { KeyIndex } from "./key-index.ts";
import type { UserTable } from "./user-table.ts";

/** The fields by which an object of several sources may be known again, besides its id. */
const FURTHER_IDENTITIES = [fieldCodes.sourceAnchor, fieldCodes.userPrincipalName];

/**
 * Tells whether a name by which objects are known again occurs twice; where that is not sure, that it does. The names are
 * those of `identitiesOf`.
 */
export function hasRepeats(table: UserTable, isOneOfSeveral: boolean): boolean {
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
  readonly #ids: KeyIndex;
  readonly #anchors: KeyIndex;
  /** Those with other letters than ASCII, in lower case. */
  readonly #exotic = new Set<string>();

  constructor(table: UserTable) {
    this.#ids = new KeyIndex(table, { fold: true, expected: table.size });
    this.#anchors = new KeyIndex(table, { fold: false });
  }

  /** Notes a name; tells whether somebody had it before. */
  isKnown(index: number, view: UserView, entry: number): boolean {
    const isAnchor = view.codes[entry] === fieldCodes.sourceAnchor;
    if (isAnchor || view.isAscii) return !(isAnchor ? this.#anchors : this.#ids).addNew(view, entry, index);
    const [start = 0, end = 0] = [view.starts[entry], view.starts[entry + 1]];
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
