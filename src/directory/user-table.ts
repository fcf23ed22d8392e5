import type { User } from "../model/user.ts";
import { fillView, readView, type UserView } from "../model/user-view.ts";

/** A segment holds whole rows; 2^25 bytes each, so that a position tells segment and offset. */
const SEGMENT_BITS = 25;
const SEGMENT_SIZE = 2 ** SEGMENT_BITS;
const OFFSET_MASK = SEGMENT_SIZE - 1;
/** Rows begin at multiples of four bytes: 32 bits tell where, in up to 16 GiB. */
const ALIGNMENT_BITS = 2;
const ROW_SEGMENT_BITS = SEGMENT_BITS - ALIGNMENT_BITS;

/** A {@link UserTable} as plain data: what a thread hands over. */
export interface PackedUsers {
  readonly segments: readonly Uint8Array<ArrayBuffer>[];
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly size: number;
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly end: number;
}

/**
 * Very many users in little memory: each a row of bytes, from which a `User` is made when it is looked at.
 *
 * A row is a head (flags, source, record, line, and for each text its code and length) and the texts in UTF-8. It is a
 * fifth of what the same user takes as an object with strings, and moves between threads without being copied.
 */
export class UserTable {
  #segments: Uint8Array<ArrayBuffer>[] = [];
  /** Where each row begins, in units of four bytes: the number of its segment and the offset in it. */
  #rows = new Uint32Array(1024);
  #size = 0;
  /** How many texts of each code the rows have. */
  #counts = new Uint32Array(256);
  #end = SEGMENT_SIZE;
  /** How far the row that is shown was read. */
  #at = 0;

  /** Gives the rows as plain data; the table is not to be used any more if they are handed to another thread. */
  pack(): PackedUsers {
    return { segments: this.#segments, rows: this.#rows, size: this.#size, counts: this.#counts, end: this.#end };
  }

  /** Makes a table of what {@link pack} gave, without copying it. */
  static unpack({ segments, rows, size, counts, end }: PackedUsers): UserTable {
    const table = new UserTable();
    table.#segments = [...segments];
    table.#rows = rows;
    table.#size = size;
    table.#counts = counts;
    table.#end = end;
    return table;
  }

  get size(): number {
    return this.#size;
  }

  /** How many bytes the rows take. */
  get byteLength(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.length, 0) + this.#rows.byteLength;
  }

  /** How many texts of a code the rows have. */
  countOf(code: number): number {
    return this.#counts[code] ?? 0;
  }

  /** Appends the user that a view shows. */
  add(view: UserView): void {
    const { bytes, codes, starts, entries } = view;
    const first = starts[0] ?? 0;
    const last = starts[entries] ?? 0;
    // The head takes at most 2 + 4 * 5 bytes and 6 for each text.
    const segment = this.#reserve(32 + 6 * entries + (last - first));
    let at = this.#end;
    segment[at++] = view.type | (view.isAscii ? 4 : 0) | (view.hasSlice ? 8 : 0) | (view.hasAddresses ? 16 : 0);
    segment[at++] = view.isLicensed | (view.isEnabled << 2) | (view.isGuest << 4);
    at = writeNumber(segment, at, view.part);
    at = writeNumber(segment, at, view.record);
    at = writeNumber(segment, at, view.line);
    at = writeNumber(segment, at, entries);
    for (let index = 0; index < entries; index++) {
      const code = codes[index] ?? 0;
      segment[at++] = code;
      this.#counts[code] = (this.#counts[code] ?? 0) + 1;
      at = writeNumber(segment, at, (starts[index + 1] ?? 0) - (starts[index] ?? 0));
    }
    for (let from = first; from < last; from++) segment[at++] = bytes[from] ?? 0;
    this.#end = at;
  }

  /** Appends a user that is at hand as an object. */
  addUser(user: User, part: number, scratch: UserView): void {
    fillView(scratch, user);
    scratch.part = part;
    this.add(scratch);
  }

  /** Shows a row in a view. */
  show(index: number, view: UserView): UserView {
    if (index < 0 || index >= this.#size) throw new RangeError(`no object ${index} in a directory of ${this.#size}`);
    const row = this.#rows[index] ?? 0;
    // A row that is longer than a segment has a segment of its own.
    const segment = this.#segments[row >>> ROW_SEGMENT_BITS] ?? NO_BYTES;
    let at = (row << ALIGNMENT_BITS) & OFFSET_MASK;
    const flags = segment[at++] ?? 0;
    const booleans = segment[at++] ?? 0;
    view.type = flags & 3;
    view.isAscii = (flags & 4) !== 0;
    view.hasSlice = (flags & 8) !== 0;
    view.hasAddresses = (flags & 16) !== 0;
    view.isLicensed = (booleans & 3) as 0 | 1 | 2;
    view.isEnabled = ((booleans >> 2) & 3) as 0 | 1 | 2;
    view.isGuest = ((booleans >> 4) & 3) as 0 | 1 | 2;
    this.#at = at;
    view.part = this.#readNumber(segment);
    view.record = this.#readNumber(segment);
    view.line = this.#readNumber(segment);
    const entries = this.#readNumber(segment);
    if (entries + 1 > view.codes.length) {
      view.codes = new Uint8Array(2 * entries);
      view.starts = new Uint32Array(2 * entries + 1);
    }
    const { codes, starts } = view;
    let length = 0;
    for (let index = 0; index < entries; index++) {
      codes[index] = segment[this.#at++] ?? 0;
      starts[index] = length;
      length += this.#readNumber(segment);
    }
    const first = this.#at;
    for (let index = 0; index < entries; index++) starts[index] = (starts[index] ?? 0) + first;
    starts[entries] = length + first;
    view.entries = entries;
    view.bytes = segment;
    return view;
  }

  /** Reads what `writeNumber` wrote. */
  #readNumber(segment: Uint8Array): number {
    let byte = segment[this.#at++] ?? 0;
    let value = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = segment[this.#at++] ?? 0;
      value |= (byte & 127) << shift;
    }
    return value;
  }

  /** Makes the user of a row; `names` are those of the sources. */
  user(index: number, names: readonly string[], view: UserView): User {
    this.show(index, view);
    return readView(view, names[view.part] ?? "");
  }

  /** The segment in which the row of an index lies; the texts of a view of it are at its `starts`. */
  segmentOf(index: number): number {
    return (this.#rows[index] ?? 0) >>> ROW_SEGMENT_BITS;
  }

  /** The bytes of a segment. */
  segment(number: number): Uint8Array {
    return this.#segments[number] ?? NO_BYTES;
  }

  #reserve(length: number): Uint8Array {
    if (this.#size === this.#rows.length) {
      const rows = new Uint32Array(2 * this.#rows.length);
      rows.set(this.#rows);
      this.#rows = rows;
    }
    this.#end = (this.#end + 3) & ~3;
    let segment = this.#segments.at(-1);
    // What is left of a segment of one long row is too far in for a position.
    if (segment === undefined || this.#end + length > segment.length || this.#end >= SEGMENT_SIZE) {
      // Small directories take little: the first segment begins small and is replaced by larger ones.
      const known = segment?.length ?? 0;
      if (
        segment !== undefined &&
        this.#segments.length === 1 &&
        known < SEGMENT_SIZE &&
        this.#end + length <= SEGMENT_SIZE
      ) {
        const larger = new Uint8Array(Math.min(SEGMENT_SIZE, Math.max(4 * known, this.#end + length)));
        larger.set(segment);
        segment = larger;
        this.#segments[0] = larger;
      } else {
        if (this.#segments.length === MOST_SEGMENTS) throw new RangeError("one directory cannot hold more than 16 GiB");
        segment = new Uint8Array(Math.max(length, this.#segments.length === 0 ? 64 * 1024 : SEGMENT_SIZE));
        this.#segments.push(segment);
        this.#end = 0;
      }
    }
    this.#rows[this.#size++] = ((this.#segments.length - 1) << ROW_SEGMENT_BITS) | (this.#end >>> ALIGNMENT_BITS);
    return segment;
  }
}

/** As many as the bits of a row can tell apart. */
const MOST_SEGMENTS = 2 ** (32 - ROW_SEGMENT_BITS);
const NO_BYTES = new Uint8Array(0);

/** Writes a number below 2^31, seven bits a byte; gives the offset behind it. */
function writeNumber(bytes: Uint8Array, offset: number, value: number): number {
  let at = offset;
  let rest = value;
  while (rest > 127) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}
