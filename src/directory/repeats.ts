import { fieldCodes, UserView } from "../model/user-view.ts";
import { Fingerprints } from "./fingerprints.ts";
import type { UserTable } from "./user-table.ts";

/** The fields by which an object of several sources may be known again, besides its id. */
const FURTHER_IDENTITIES = [fieldCodes.sourceAnchor, fieldCodes.userPrincipalName];

/**
 * Tells whether a name by which objects are known again occurs twice; where that is not sure, that it does. The names are
 * those of `identitiesOf`.
 */
export class Repeats {
  readonly #isOneOfSeveral: boolean;
  readonly #names = new Fingerprints();
  readonly #anchors = new Fingerprints();
  #hasSome = false;

  constructor(isOneOfSeveral: boolean) {
    this.#isOneOfSeveral = isOneOfSeveral;
  }

  /** Whether an object of a table occurs twice, or may. */
  static isIn(table: UserTable, isOneOfSeveral: boolean): boolean {
    const repeats = new Repeats(isOneOfSeveral);
    const view = new UserView();
    for (let index = 0; index < table.size && !repeats.hasSome; index++) repeats.note(table.show(index, view));
    return repeats.hasSome;
  }

  /** Whether an object that was noted occurs twice, or may. */
  get hasSome(): boolean {
    return this.#hasSome;
  }

  /** Notes the names of the object that a view shows. */
  note(view: UserView): void {
    if (this.#hasSome) return;
    const { bytes, codes, starts, entries } = view;
    const idCode = idCodeOf(view);
    for (let entry = 0; entry < entries; entry++) {
      const code = codes[entry] ?? 0;
      const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
      const isName = code === idCode || (this.#isOneOfSeveral && FURTHER_IDENTITIES.includes(code));
      if (!isName || start === end) continue;
      const isAnchor = code === fieldCodes.sourceAnchor;
      if ((isAnchor ? this.#anchors : this.#names).note(bytes, start, end, !isAnchor)) this.#hasSome = true;
    }
  }
}

/** The code of the text by which an object is known; -1 if it has none. */
function idCodeOf({ codes, entries, starts }: UserView): number {
  let best = -1;
  let highest = 0;
  for (let entry = 0; entry < entries; entry++) {
    const code = codes[entry] ?? 0;
    const rank = ID_RANKS[code] ?? 0;
    if (rank <= highest || starts[entry] === starts[entry + 1]) continue;
    best = code;
    highest = rank;
  }
  return best;
}

/** For each code how far it goes before others as the one by which an object is known; 0 for those by which none is. */
const ID_RANKS = new Uint8Array(256);
[fieldCodes.userPrincipalName, fieldCodes.objectId, fieldCodes.distinguishedName, fieldCodes.id].forEach(
  (code, place) => {
    ID_RANKS[code] = place + 1;
  },
);
