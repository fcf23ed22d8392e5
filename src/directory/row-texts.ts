import { FIRST_ADDRESS, fieldCodes } from "../model/user-view.ts";
import { NumberReader } from "./byte-store.ts";
import { packings } from "./packed-text.ts";
import { AFTER, BINARY, EMPTY, FURTHER, NAME_PREFIX, NUMBER, PART, type UserOutline } from "./user-row.ts";

/**
 * Where the texts of some fields stand in a row, so that they are compared there without being copied. The fields are those
 * that are kept as they are, and the display name, which may be kept as what it has besides the distinguished name.
 */
export class RowTexts {
  readonly #numbers = new NumberReader();
  /** For each code its place among the fields, from 1; 0 for what is passed over. */
  readonly #slots = new Uint8Array(256);
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;
  /** Where the distinguished name stands, behind `CN=`, and how much of the display name begins there. */
  #nameStart = 0;
  #nameEnd = 0;
  #shared = 0;
  readonly #nameSlot: number;
  #row: Uint8Array = new Uint8Array(0);

  constructor(codes: readonly number[]) {
    for (const [slot, code] of codes.entries()) this.#slots[code] = slot + 1;
    this.#starts = new Int32Array(codes.length);
    this.#lengths = new Int32Array(codes.length);
    this.#nameSlot = codes.indexOf(fieldCodes.displayName);
  }

  /** Finds the texts of a row of which an outline was made; `false` if one of them is not kept in a way that it knows. */
  locate({ row, textsAt, entries, codes, kinds }: UserOutline): boolean {
    const numbers = this.#numbers;
    numbers.bytes = this.#row = row;
    numbers.at = textsAt;
    this.#lengths.fill(0);
    this.#shared = this.#nameStart = this.#nameEnd = 0;
    for (let entry = 0; entry < entries; entry++) {
      const kind = kinds[entry] ?? 0;
      const told = codes[entry] ?? 0;
      const code = told === FURTHER ? (row[numbers.at++] ?? 0) : told;
      if (kind === EMPTY) continue;
      if (kind === NUMBER) {
        if (this.#slots[code] !== 0) return false;
      } else if (kind === BINARY) numbers.at += packings[code]?.byteLength ?? 0;
      else if (!this.#take(code, kind)) return false;
    }
    return true;
  }

  /** Takes a text, or passes over it. */
  #take(code: number, kind: number): boolean {
    const numbers = this.#numbers;
    const before = kind === PART || kind === AFTER ? numbers.next() : 0;
    if (kind === PART && code >= FIRST_ADDRESS) numbers.next();
    const length = numbers.next();
    const start = numbers.at;
    numbers.at += length;
    if (code === fieldCodes.distinguishedName) {
      this.#nameStart = start + NAME_PREFIX;
      this.#nameEnd = start + length;
    }
    const slot = (this.#slots[code] ?? 0) - 1;
    if (slot < 0) return true;
    this.#starts[slot] = start;
    this.#lengths[slot] = length;
    if (kind !== AFTER) return true;
    this.#shared = before;
    // What it shares with the name of a folder stands elsewhere.
    return slot === this.#nameSlot && this.#nameStart + before <= this.#nameEnd;
  }

  /** How many bytes the text of a field has: 0 if there is none, or it is blank. */
  lengthOf(slot: number): number {
    return (this.#lengths[slot] ?? 0) + (slot === this.#nameSlot ? this.#shared : 0);
  }

  /** Whether the text of a field is that of another row, byte by byte. */
  isSame(slot: number, other: RowTexts): boolean {
    const length = this.lengthOf(slot);
    if (length !== other.lengthOf(slot)) return false;
    const [own, theirs] = [this.#row, other.#row];
    const [shared, otherShared] = slot === this.#nameSlot ? [this.#shared, other.#shared] : [0, 0];
    const start = (this.#starts[slot] ?? 0) - shared;
    const otherStart = (other.#starts[slot] ?? 0) - otherShared;
    for (let at = 0; at < length; at++) {
      const one = own[at < shared ? this.#nameStart + at : start + at];
      if (one !== theirs[at < otherShared ? other.#nameStart + at : otherStart + at]) return false;
    }
    return true;
  }
}
