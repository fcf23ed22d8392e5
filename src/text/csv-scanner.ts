import { isValidUtf8 } from "./utf8.ts";

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const LAST_SPECIAL = 59;

/**
 * Reads plain rows of delimited text from bytes (RFC 4180), without an object for a row or a cell: as many cells as the
 * header, within one chunk; a cell in quotation marks holds neither one of those nor a line end.
 *
 * It knows no faults. Whatever is not plain it leaves to `CsvRecordSplitter` and csv-parse, which find the row untouched.
 */
export class CsvScanner {
  readonly #delimiter: number;
  readonly #width: number;
  /** For each column its place among those that are wanted, or -1. */
  readonly #places: Int32Array;
  /** Where the cells that are wanted begin and end, in the order in which they were named. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** All bits of the cells: a row that is all ASCII needs no look at its letters. */
  #all = 0;

  constructor(delimiter: string, width: number, wanted: readonly number[]) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#width = width;
    this.#places = new Int32Array(width).fill(-1);
    wanted.forEach((column, place) => {
      this.#places[column] = place;
    });
    this.starts = new Uint32Array(wanted.length);
    this.ends = new Uint32Array(wanted.length);
  }

  /** Reads the row that begins at `start`; gives the offset behind its line end, or -1 if it is not plain. */
  scan(bytes: Uint8Array, start: number): number {
    const last = this.#width - 1;
    this.#all = 0;
    let at = start;
    for (let column = 0; column <= last; column++) {
      // Most cells of most exports are blank.
      if (bytes[at] === this.#delimiter) this.#note(column, at, at);
      else at = this.#readCell(bytes, at, column);
      if (at < 0 || (column < last && bytes[at++] !== this.#delimiter)) return -1;
    }
    if (bytes[at] === CARRIAGE_RETURN) at++;
    if (bytes[at] !== NEWLINE) return -1;
    return this.#all <= 127 || isValidUtf8(bytes, start, at) ? at + 1 : -1;
  }

  /** Reads a cell; gives the offset behind it, or -1. */
  #readCell(bytes: Uint8Array, start: number, column: number): number {
    const isQuoted = bytes[start] === QUOTE;
    const from = isQuoted ? start + 1 : start;
    const to = isQuoted ? this.#endOfQuoted(bytes, from) : this.#endOfCell(bytes, from);
    if (to < 0) return -1;
    this.#note(column, from, to);
    return isQuoted ? to + 1 : to;
  }

  #note(column: number, start: number, end: number): void {
    const place = this.#places[column] ?? -1;
    if (place < 0) return;
    this.starts[place] = start;
    this.ends[place] = end;
  }

  /** Finds the closing quotation mark of a cell; -1 if a line end or the chunk's comes first. */
  #endOfQuoted(bytes: Uint8Array, start: number): number {
    const { length } = bytes;
    let all = 0;
    for (let at = start; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        this.#all |= all;
        return at;
      }
      if (byte === NEWLINE) return -1;
      all |= byte;
    }
    return -1;
  }

  /** Finds the end of a cell without quotation marks; -1 if it holds one, or the chunk's end comes first. */
  #endOfCell(bytes: Uint8Array, start: number): number {
    const { length } = bytes;
    const delimiter = this.#delimiter;
    let all = 0;
    for (let at = start; at < length; at++) {
      const byte = bytes[at] ?? 0;
      // Letters and digits, nearly everything, are above all the others but `|`.
      if (byte > LAST_SPECIAL && byte !== delimiter) {
        all |= byte;
        continue;
      }
      if (byte === delimiter || byte === NEWLINE || byte === CARRIAGE_RETURN) {
        this.#all |= all;
        return at;
      }
      if (byte === QUOTE) return -1;
    }
    return -1;
  }
}
