import type { TextField } from "../model/fields.ts";
import { fieldCodes, UserView } from "../model/user-view.ts";
import type { Directory } from "./directory.ts";
import { type CodeSet, codeSet } from "./user-row.ts";

/** Compares texts of two users as bytes, before anybody is made a user. */
export class OverwrittenTexts {
  readonly #onPremises: Directory;
  readonly #online: Directory;
  readonly #fields: readonly number[];
  readonly #codes: CodeSet;
  readonly #left = new UserView();
  readonly #right = new UserView();

  constructor(onPremises: Directory, online: Directory, compared: readonly TextField[]) {
    this.#onPremises = onPremises;
    this.#online = online;
    // A text that nobody has online is overwritten for nobody.
    this.#fields = compared.map((field) => fieldCodes[field]).filter((code) => online.table.countOf(code) > 0);
    this.#codes = codeSet(this.#fields);
  }

  /** Whether all that the online user has of the texts is to the letter what the on-premises one has. */
  stay(onPremisesIndex: number, onlineIndex: number): boolean {
    if (this.#fields.length === 0) return true;
    const left = this.#onPremises.table.showOnly(onPremisesIndex, this.#codes, this.#left);
    const right = this.#online.table.showOnly(onlineIndex, this.#codes, this.#right);
    for (const code of this.#fields) {
      const present = entryOf(right, code);
      if (present >= 0 && !isSame(left, entryOf(left, code), right, present)) return false;
    }
    return true;
  }
}

/** The entry of a text in a view; -1 if there is none, or it is blank. */
function entryOf({ codes, starts, entries }: UserView, code: number): number {
  for (let entry = 0; entry < entries; entry++) {
    if (codes[entry] === code) return starts[entry] === starts[entry + 1] ? -1 : entry;
  }
  return -1;
}

function isSame(left: UserView, one: number, right: UserView, other: number): boolean {
  if (one < 0) return false;
  const [start = 0, end = 0] = [left.starts[one], left.starts[one + 1]];
  const [from = 0, to = 0] = [right.starts[other], right.starts[other + 1]];
  if (end - start !== to - from) return false;
  for (let at = 0; at < end - start; at++) if (left.bytes[start + at] !== right.bytes[from + at]) return false;
  return true;
}
