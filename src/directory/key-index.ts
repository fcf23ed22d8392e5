import type { UserView } from "../model/user-view.ts";
import type { UserTable } from "./user-table.ts";

/** A {@link KeyIndex} as plain data: what a thread hands over. */
export interface PackedKeys {
  readonly fold: boolean;
  readonly seed: number;
  readonly size: number;
  readonly slots: Uint32Array<ArrayBuffer>;
  readonly records: Uint32Array<ArrayBuffer>;
  readonly longLengths: ReadonlyMap<number, number>;
  readonly others: ReadonlyMap<number, readonly OtherHolder[]>;
}

/** Who has a key besides the first, and what was noted with it. */
interface OtherHolder {
  readonly user: number;
  readonly mark: number;
}

/**
 * Finds users by a text of theirs, compared byte by byte, without regard to the case of ASCII letters or with it: a hash
 * table of texts in a {@link UserTable}, of 12 bytes a key and 4 a slot, so that a look needs the memory at few places. Nearly
 * every key has one holder; the others are kept besides.
 *
 * An address on very many objects is one key; to add it again, or to look it up, takes no longer for that.
 */
export class KeyIndex {
  readonly #table: UserTable;
  readonly #fold: boolean;
  /** Where hashes begin: another number in each index, so that no file can be made of keys that all have one hash. */
  #seed = Math.floor(Math.random() * 2 ** 32) | 0;
  /** The number of a key, and 1; 0 where there is none. What does not fit is in the next free slot. */
  #slots: Uint32Array<ArrayBuffer>;
  /**
   * Of each key three numbers: its first holder, where the text begins in the segment of that, and length, segment and mark
   * in one.
   */
  #records: Uint32Array<ArrayBuffer>;
  /** Lengths that have not the place there. */
  #longLengths = new Map<number, number>();
  #size = 0;
  /** Further holders of a key, with their marks. */
  #others = new Map<number, OtherHolder[]>();

  /** `fold`: whether the case of letters does not count. `expected`: how many keys will come at most, if that is known. */
  constructor(table: UserTable, { fold, expected = 0 }: { readonly fold: boolean; readonly expected?: number }) {
    this.#table = table;
    this.#fold = fold;
    const capacity = Math.max(FEWEST, expected);
    this.#slots = new Uint32Array(slotsFor(capacity));
    this.#records = new Uint32Array(RECORD * capacity);
  }

  /** Gives the keys as plain data; the index is not to be used any more if they are handed to another thread. */
  pack(): PackedKeys {
    return {
      fold: this.#fold,
      seed: this.#seed,
      size: this.#size,
      slots: this.#slots,
      records: this.#records,
      longLengths: this.#longLengths,
      others: this.#others,
    };
  }

  /** Makes an index of what {@link pack} gave, without copying it; the table must be the same. */
  static unpack(table: UserTable, packed: PackedKeys): KeyIndex {
    const index = new KeyIndex(table, { fold: packed.fold });
    index.#seed = packed.seed;
    index.#size = packed.size;
    index.#slots = packed.slots;
    index.#records = packed.records;
    index.#longLengths = new Map(packed.longLengths);
    index.#others = new Map(Array.from(packed.others, ([key, holders]) => [key, [...holders]]));
    return index;
  }

  /** How many different keys there are. */
  get size(): number {
    return this.#size;
  }

  /** How many bytes the index takes. */
  get byteLength(): number {
    return this.#slots.byteLength + this.#records.byteLength;
  }

  /** Adds a text of a user, the entry of a view of it. The same user may add a key again; that changes nothing. */
  add(view: UserView, entry: number, user: number, mark: number): void {
    const start = view.starts[entry] ?? 0;
    const length = (view.starts[entry + 1] ?? 0) - start;
    const slot = this.#slotOf(view.bytes, start, length);
    const known = (this.#slots[slot] ?? 0) - 1;
    if (known >= 0) this.addHolder(known, user, mark);
    else this.#addKey(slot, start, length, user, mark);
  }

  /** Adds a text that nobody has yet; tells whether that was so, and leaves it alone if it was not. */
  addNew(view: UserView, entry: number, user: number): boolean {
    const start = view.starts[entry] ?? 0;
    const length = (view.starts[entry + 1] ?? 0) - start;
    const slot = this.#slotOf(view.bytes, start, length);
    if (this.#slots[slot] !== 0) return false;
    this.#addKey(slot, start, length, user, 0);
    return true;
  }

  #addKey(slot: number, start: number, length: number, user: number, mark: number): void {
    if (RECORD * this.#size === this.#records.length) {
      const bytes = this.#table.segment(this.#table.segmentOf(user));
      this.#grow();
      this.#addKey(this.#slotOf(bytes, start, length), start, length, user, mark);
      return;
    }
    const key = this.#size++;
    this.#slots[slot] = key + 1;
    const at = RECORD * key;
    this.#records[at] = user;
    this.#records[at + 1] = start;
    this.#records[at + 2] =
      Math.min(length, LONG) | (this.#table.segmentOf(user) << SEGMENT_SHIFT) | (mark << MARK_SHIFT);
    if (length >= LONG) this.#longLengths.set(key, length);
  }

  /** Finds a key that is at hand as text; -1 if nobody has it. */
  findText(text: string): number {
    const bytes = new TextEncoder().encode(text);
    return this.find(bytes, 0, bytes.length);
  }

  /** Tells whether somebody has a text. */
  has(text: string): boolean {
    return this.findText(text) >= 0;
  }

  /** All holders of a key, in the order in which they were added. */
  holdersOf(key: number): readonly number[] {
    return [this.holder(key), ...this.others(key).map(({ user }) => user)];
  }

  /** Adds a holder to a key that is known; one that it has already changes nothing. */
  addHolder(key: number, user: number, mark: number): void {
    const others = this.#others.get(key);
    // Users come one after the other, so a holder that is known is the last one; the first may come again at the end.
    if (user === (others?.at(-1)?.user ?? -1) || user === this.holder(key)) return;
    if (others === undefined) this.#others.set(key, [{ user, mark }]);
    else others.push({ user, mark });
  }

  /** Finds a key; -1 if nobody has it. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return (this.#slots[this.#slotOf(bytes, start, end - start)] ?? 0) - 1;
  }

  /** The first holder of a key. */
  holder(key: number): number {
    return this.#records[RECORD * key] ?? -1;
  }

  /** What was noted with the first holder. */
  mark(key: number): number {
    return (this.#records[RECORD * key + 2] ?? 0) >>> MARK_SHIFT;
  }

  /** Further holders, in the order in which they were added. */
  others(key: number): readonly OtherHolder[] {
    return this.#others.get(key) ?? NOBODY;
  }

  /** The keys that several users have. */
  shared(): IterableIterator<number> {
    return this.#others.keys();
  }

  /** A key as it was first added. */
  textOf(key: number): string {
    const start = this.#startOf(key);
    return new TextDecoder().decode(this.#segmentOf(key).subarray(start, start + this.#lengthOf(key)));
  }

  #segmentOf(key: number): Uint8Array {
    return this.#table.segment(((this.#records[RECORD * key + 2] ?? 0) >>> SEGMENT_SHIFT) & SEGMENT_MASK);
  }

  #startOf(key: number): number {
    return this.#records[RECORD * key + 1] ?? 0;
  }

  #lengthOf(key: number): number {
    const length = (this.#records[RECORD * key + 2] ?? 0) & LONG;
    return length === LONG ? (this.#longLengths.get(key) ?? 0) : length;
  }

  /** The slot of a text: that of its key, or the free one where it belongs. */
  #slotOf(bytes: Uint8Array, start: number, length: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hash(bytes, start, start + length) & mask;
    for (let key = slots[slot] ?? 0; key !== 0; key = slots[slot] ?? 0) {
      if (this.#lengthOf(key - 1) === length && this.#isEqual(key - 1, bytes, start, length)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isEqual(key: number, bytes: Uint8Array, start: number, length: number): boolean {
    const own = this.#segmentOf(key);
    const from = this.#startOf(key);
    for (let index = 0; index < length; index++) {
      const one = own[from + index] ?? 0;
      const other = bytes[start + index] ?? 0;
      if (one !== other && !(this.#fold && toLower(one) === toLower(other))) return false;
    }
    return true;
  }

  /** FNV-1a, from a beginning of its own. */
  #hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.#seed;
    if (this.#fold) for (let at = start; at < end; at++) hash = Math.imul(hash ^ toLower(bytes[at] ?? 0), 0x01000193);
    else for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    return hash ^ (hash >>> 15);
  }

  #grow(): void {
    const records = new Uint32Array(2 * this.#records.length);
    records.set(this.#records);
    this.#records = records;
    this.#slots = new Uint32Array(slotsFor(records.length / RECORD));
    const mask = this.#slots.length - 1;
    for (let key = 0; key < this.#size; key++) {
      const start = this.#startOf(key);
      let slot = this.#hash(this.#segmentOf(key), start, start + this.#lengthOf(key)) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = key + 1;
    }
  }
}

const NOBODY: readonly OtherHolder[] = [];

const FEWEST = 1024;
/** How many numbers there are of a key. */
const RECORD = 3;
/** Stands for this length, and any larger one. */
const LONG = 2 ** 21 - 1;
const SEGMENT_SHIFT = 21;
const SEGMENT_MASK = 511;
const MARK_SHIFT = 30;

/** How many slots so many keys need: a power of two, of which six of seven are taken at most. */
function slotsFor(keys: number): number {
  return 2 ** Math.ceil(Math.log2((keys * 7) / 6));
}

/** Makes an ASCII capital small. */
function toLower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte | 32 : byte;
}
