import { GrowingBytes } from "./bytes.ts";

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
/** A longer one is no plain record. */
const LONGEST = 64 * 1024;

/** The record that the end of a chunk cuts, held until the rest of it has come: so it can be read in one piece. */
export class CutRecord {
  readonly #held = new GrowingBytes();

  /** What is held; empty if no record is cut. */
  get bytes(): Uint8Array {
    return this.#held.bytes();
  }

  /** Holds what is left of a chunk if it is not all of a record; tells whether it does. */
  hold(chunk: Uint8Array, start: number): boolean {
    const length = chunk.length - start;
    if (length === 0 || length > LONGEST || endOfBlankLine(chunk, start) >= 0) return false;
    this.#held.append(chunk.subarray(start));
    return true;
  }

  /**
   * Takes what follows. Gives the record with its blank line and how many bytes of the chunk are in it; nothing if it is
   * still cut. What is too long is given as far as it was held.
   */
  join(chunk: Uint8Array): { readonly record: Uint8Array; readonly taken: number } | undefined {
    const { length } = this.#held;
    // The line end before the blank line may be held, and a carriage return besides.
    const edge = Math.max(0, length - 2);
    this.#held.append(chunk.subarray(0, 3));
    let end = endOfBlankLine(this.#held.bytes(), edge);
    if (end < 0) end = length + endOfBlankLine(chunk, 0);
    this.#held.truncate(length);
    if (end < length) {
      if (length + chunk.length <= LONGEST) {
        this.#held.append(chunk);
        return undefined;
      }
      end = length;
    }
    this.#held.append(chunk.subarray(0, end - length));
    const record = this.#held.bytes();
    this.#held.truncate(0);
    return { record, taken: end - length };
  }

  /** Gives what is held, and holds nothing. */
  release(): Uint8Array {
    const record = this.#held.bytes();
    this.#held.truncate(0);
    return record;
  }
}

/** The offset behind the first blank line that has a line before it; -1 if there is none. */
function endOfBlankLine(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(NEWLINE, start); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    if (bytes[at + 1] === NEWLINE) return at + 2;
    if (bytes[at + 1] === CARRIAGE_RETURN && bytes[at + 2] === NEWLINE) return at + 3;
  }
  return -1;
}
