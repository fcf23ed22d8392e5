import { offsetOf, type UserTable } from "./user-table.ts";

/**
 * Finds users by a text of theirs, compared byte by byte, without regard to the case of ASCII letters or with it: a hash
 * table of positions in a {@link UserTable}. Nearly every key has one holder; the others are kept besides.
 *
 * An address on very many objects is one key; to add it again, or to look it up, takes no longer for that.
 */
export class KeyIndex {
  readonly #table: UserTable;
  readonly #fold: boolean;
  #heads: Int32Array;
  #next: Int32Array;
  #positions: Uint32Array;
  #lengths: Uint32Array;
  #users: Uint32Array;
  #marks: Uint8Array;
  #size = 0;
  /** Further holders of a key, with their marks. */
  readonly #others = new Map<number, { readonly user: number; readonly mark: number }[]>();

  /** `fold`: whether the case of letters does not count. `expected`: how many keys will come at most, if that is known. */
  constructor(table: UserTable, { fold, expected = 0 }: { readonly fold: boolean; readonly expected?: number }) {
    this.#table = table;
    this.#fold = fold;
    const capacity = Math.max(FEWEST, expected);
    this.#heads = new Int32Array(2 ** Math.ceil(Math.log2(capacity))).fill(-1);
    this.#next = new Int32Array(capacity);
    this.#positions = new Uint32Array(capacity);
    this.#lengths = new Uint32Array(capacity);
    this.#users = new Uint32Array(capacity);
    this.#marks = new Uint8Array(capacity);
  }

  /** How many different keys there are. */
  get size(): number {
    return this.#size;
  }

  /** How many bytes the index takes. */
  get byteLength(): number {
    return [this.#heads, this.#next, this.#positions, this.#lengths, this.#users, this.#marks].reduce(
      (sum, numbers) => sum + numbers.byteLength,
      0,
    );
  }

  /** Adds a key of a user. The same user may add a key again; that changes nothing. */
  add(position: number, length: number, user: number, mark: number): void {
    const bytes = this.#table.bytesAt(position);
    const start = offsetOf(position);
    const hash = this.#hash(bytes, start, start + length);
    const known = this.#findHashed(bytes, start, length, hash);
    if (known >= 0) {
      this.addHolder(known, user, mark);
      return;
    }
    if (this.#size === this.#next.length) this.#grow();
    const bucket = hash & (this.#heads.length - 1);
    const key = this.#size++;
    this.#next[key] = this.#heads[bucket] ?? -1;
    this.#heads[bucket] = key;
    this.#positions[key] = position;
    this.#lengths[key] = length;
    this.#users[key] = user;
    this.#marks[key] = mark;
  }

  /** Adds a key that nobody has yet; tells whether that was so, and leaves it alone if it was not. */
  addNew(position: number, length: number, user: number): boolean {
    const start = offsetOf(position);
    if (this.find(this.#table.bytesAt(position), start, start + length) >= 0) return false;
    this.add(position, length, user, 0);
    return true;
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
    if (user === (others?.at(-1)?.user ?? -1) || user === this.#users[key]) return;
    if (others === undefined) this.#others.set(key, [{ user, mark }]);
    else others.push({ user, mark });
  }

  /** Finds a key; -1 if nobody has it. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#findHashed(bytes, start, end - start, this.#hash(bytes, start, end));
  }

  /** The first holder of a key. */
  holder(key: number): number {
    return this.#users[key] ?? -1;
  }

  /** What was noted with the first holder. */
  mark(key: number): number {
    return this.#marks[key] ?? 0;
  }

  /** Further holders, in the order in which they were added. */
  others(key: number): readonly { readonly user: number; readonly mark: number }[] {
    return this.#others.get(key) ?? NOBODY;
  }

  /** The keys that several users have. */
  shared(): IterableIterator<number> {
    return this.#others.keys();
  }

  /** A key as it was first added. */
  textOf(key: number): string {
    const position = this.#positions[key] ?? 0;
    const start = offsetOf(position);
    return new TextDecoder().decode(this.#table.bytesAt(position).subarray(start, start + (this.#lengths[key] ?? 0)));
  }

  #findHashed(bytes: Uint8Array, start: number, length: number, hash: number): number {
    for (let key = this.#heads[hash & (this.#heads.length - 1)] ?? -1; key >= 0; key = this.#next[key] ?? -1) {
      if (this.#lengths[key] === length && this.#isEqual(key, bytes, start, length)) return key;
    }
    return -1;
  }

  #isEqual(key: number, bytes: Uint8Array, start: number, length: number): boolean {
    const position = this.#positions[key] ?? 0;
    const own = this.#table.bytesAt(position);
    const from = offsetOf(position);
    for (let index = 0; index < length; index++) {
      const one = own[from + index] ?? 0;
      const other = bytes[start + index] ?? 0;
      if (one !== other && !(this.#fold && toLower(one) === toLower(other))) return false;
    }
    return true;
  }

  /** FNV-1a. */
  #hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    if (this.#fold) for (let at = start; at < end; at++) hash = Math.imul(hash ^ toLower(bytes[at] ?? 0), 0x01000193);
    else for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    return hash ^ (hash >>> 15);
  }

  #grow(): void {
    const size = 2 * this.#next.length;
    this.#positions = copy(this.#positions, new Uint32Array(size));
    this.#lengths = copy(this.#lengths, new Uint32Array(size));
    this.#users = copy(this.#users, new Uint32Array(size));
    this.#marks = copy(this.#marks, new Uint8Array(size));
    this.#heads = new Int32Array(2 ** Math.ceil(Math.log2(size))).fill(-1);
    this.#next = new Int32Array(size);
    for (let key = 0; key < this.#size; key++) {
      const position = this.#positions[key] ?? 0;
      const start = offsetOf(position);
      const hash = this.#hash(this.#table.bytesAt(position), start, start + (this.#lengths[key] ?? 0));
      const bucket = hash & (this.#heads.length - 1);
      this.#next[key] = this.#heads[bucket] ?? -1;
      this.#heads[bucket] = key;
    }
  }
}

const NOBODY: readonly { readonly user: number; readonly mark: number }[] = [];

const FEWEST = 1024;

/** Makes an ASCII capital small. */
function toLower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte | 32 : byte;
}

function copy<Numbers extends Uint8Array | Uint32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
