import { GrowingBytes } from "./bytes.ts";
import { findLineBreak, wordsOf } from "./find-byte.ts";

/** Takes lines without their ends. */
export interface LineTaker {
  readonly takeLine: (line: Uint8Array, hasNul: boolean) => void;
  /** Takes the beginning of a line that is too long; the rest of it is passed over, and then ended. */
  readonly takeBeginning: (beginning: Uint8Array) => void;
  readonly endBeginning: (hasNul: boolean) => void;
}

const NUL = 0;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
/** Ctrl-Z: with it DOS and CP/M ended a text. */
const END_OF_TEXT = 26;
const NO_BYTES = new Uint8Array(0);

/**
 * Finds the lines in bytes that come in chunks of any size. A line ends with LF, CR LF, several CRs before an LF (a text that was
 * converted twice), or a CR alone. NULs, which stand in no text, are noted.
 */
export class PhysicalLines {
  readonly #taker: LineTaker;
  readonly #longest: number;
  /** The beginning of a line whose end has not come yet. */
  #partial = new GrowingBytes();
  /** Whether the rest of the current line is passed over. */
  #passing = false;
  /** Carriage returns at the end of the last chunk: what follows tells which lines they end. */
  #returns = 0;
  #hasNul = false;

  constructor(longest: number, taker: LineTaker) {
    this.#longest = longest;
    this.#taker = taker;
  }

  /** Whether the next byte begins a line. */
  get isAtBeginning(): boolean {
    return this.#partial.length === 0 && this.#returns === 0 && !this.#passing;
  }

  /** Begins a chunk: ends what the last one left open if it can be ended; gives the offset behind that. */
  begin(chunk: Uint8Array): number {
    return this.#returns === 0 ? 0 : this.#endReturns(chunk, 0);
  }

  /** Takes the line that begins at an offset; gives the offset behind its end, or -1 if that has not come yet. */
  take(chunk: Uint8Array, words: DataView, start: number): number {
    let end = findLineBreak(words, start);
    while (end >= 0 && chunk[end] === NUL) {
      this.#hasNul = true;
      end = findLineBreak(words, end + 1);
    }
    if (end < 0) {
      if (start < chunk.length) this.#keep(chunk.subarray(start));
      return -1;
    }
    const isPlainEnd = chunk[end] === NEWLINE;
    if (isPlainEnd || chunk[end + 1] === NEWLINE) {
      this.#endLine(chunk.subarray(start, end));
      return end + (isPlainEnd ? 1 : 2);
    }
    this.#keep(chunk.subarray(start, end));
    return this.#endReturns(chunk, end);
  }

  /** Ends the file; tells whether it ended within a line. A Ctrl-Z says that it did not. */
  end(): boolean {
    if (this.#returns > 0) this.#endLines(this.#returns);
    const { length } = this.#partial;
    const bytes = this.#partial.bytes();
    let end = length;
    while (bytes[end - 1] === END_OF_TEXT) end--;
    this.#partial.truncate(end);
    if (end === 0 && !this.#passing) return false;
    this.#endLine(NO_BYTES);
    return end === length;
  }

  /** Looks at what follows carriage returns: they end a line with the line feed behind them, or each a line by itself. */
  #endReturns(chunk: Uint8Array, start: number): number {
    let at = start;
    while (chunk[at] === CARRIAGE_RETURN) at++;
    this.#returns += at - start;
    if (at === chunk.length) return at;
    const isOneEnd = chunk[at] === NEWLINE;
    this.#endLines(isOneEnd ? 1 : this.#returns);
    return isOneEnd ? at + 1 : at;
  }

  #endLines(count: number): void {
    this.#returns = 0;
    for (let line = 0; line < count; line++) this.#endLine(NO_BYTES);
  }

  #keep(bytes: Uint8Array): void {
    if (this.#passing) return;
    this.#partial.append(bytes);
    if (this.#partial.length <= this.#longest) return;
    this.#passing = true;
    this.#taker.takeBeginning(this.#takePartial());
  }

  #takePartial(): Uint8Array {
    const bytes = this.#partial.bytes();
    this.#partial = new GrowingBytes();
    return bytes;
  }

  #endLine(bytes: Uint8Array): void {
    const hasNul = this.#hasNul;
    this.#hasNul = false;
    if (this.#passing) {
      this.#passing = false;
      this.#taker.endBeginning(hasNul);
      return;
    }
    let line = bytes;
    if (this.#partial.length > 0) {
      this.#partial.append(bytes);
      line = this.#takePartial();
    }
    this.#taker.takeLine(line, hasNul);
  }
}

/** Counts the lines that end in bytes, as {@link PhysicalLines} finds them: what returns at the end of the bytes end, what follows tells. */
export function countLines(bytes: Uint8Array): number {
  const words = wordsOf(bytes);
  let lines = 0;
  for (let next = 0; ; ) {
    const at = findLineBreak(words, next);
    let end = Math.max(at, 0);
    while (end < bytes.length && bytes[end] === CARRIAGE_RETURN) end++;
    if (at < 0 || end === bytes.length) return lines;
    const endsInNewline = bytes[end] === NEWLINE;
    lines += endsInNewline ? 1 : end - at;
    next = endsInNewline || end === at ? end + 1 : end;
  }
}
