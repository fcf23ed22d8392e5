import { isValidUtf8 } from "./utf8.ts";

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;

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
    const { length } = bytes;
    const delimiter = this.#delimiter;
    let at = start;
    // Of a row that is all ASCII nothing has to be decoded to know that it is text.
    let all = 0;
    for (let column = 0; column < this.#width; column++) {
      let from = at;
      let to: number;
      if (bytes[at] === QUOTE) {
        from = ++at;
        for (;;) {
          const byte = bytes[at];
          if (byte === QUOTE || byte === NEWLINE || byte === undefined) break;
          all |= byte;
          at++;
        }
        to = at;
        if (bytes[at++] !== QUOTE) return -1;
      } else {
        for (;;) {
          const byte = bytes[at];
          if (byte === delimiter || byte === NEWLINE || byte === CARRIAGE_RETURN || byte === undefined) break;
          if (byte === QUOTE) return -1;
          all |= byte;
          at++;
        }
        to = at;
      }
      const place = this.#places[column] ?? -1;
      if (place >= 0) {
        this.starts[place] = from;
        this.ends[place] = to;
      }
      if (column < this.#width - 1) {
        if (bytes[at++] !== delimiter) return -1;
      } else {
        if (bytes[at] === CARRIAGE_RETURN) at++;
        if (at >= length || bytes[at] !== NEWLINE) return -1;
        return all <= 127 || isValidUtf8(bytes, start, at) ? at + 1 : -1;
      }
    }
    return -1;
  }
}
