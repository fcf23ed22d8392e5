import { findAny } from "./find-byte.ts";

const TAB = 9;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** What in a string says more than that it goes on. */
const ENDS_OF_STRING_RUN = [QUOTE, BACKSLASH, NEWLINE] as const;

/** Brackets deeper than this are a fault: whoever prints or walks what they hold would run out of stack. */
const DEEPEST = 512;

/** What became of an object while its bytes were followed. */
export type NestingOutcome = "open" | "closed" | "page" | "invalid" | "too-deep";

/**
 * Follows the strings and brackets of one object of JSON (RFC 8259) to where it ends, or to where it can be none any more: at
 * a bracket that closes another one, an object where JSON allows none, a line break in a string.
 */
export class JsonNesting {
  #outcome: NestingOutcome = "open";
  #lines = 0;
  #names = 0;
  readonly #brackets = new Uint8Array(DEEPEST + 1);
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The last character that is neither white space nor in a string. */
  #last = COLON;
  #mayBePage = false;
  /** Whether the list of what may be a page was opened just now. */
  #isListOfPage = false;

  /** What became of the object so far. */
  get outcome(): NestingOutcome {
    return this.#outcome;
  }

  /** How many names of its own the object has, those that repeat another included. */
  get names(): number {
    return this.#names;
  }

  /**
   * Begins at the brace of an object, or, with `isInside`, behind a list in it. An object that `mayBePage` ends as a page where
   * its property `value` turns out to be a list of objects.
   */
  begin({ isInside = false, mayBePage = false }): void {
    this.#outcome = "open";
    this.#names = 0;
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    this.#last = COLON;
    this.#mayBePage = mayBePage;
    this.#isListOfPage = false;
    if (isInside) {
      this.#push(OPEN_BRACE);
      this.#last = CLOSE_BRACKET;
    }
  }

  /** The line ends that were passed since this was asked for. */
  takeLines(): number {
    const lines = this.#lines;
    this.#lines = 0;
    return lines;
  }

  /**
   * Reads on from an offset; gives the offset behind what belongs to the object as far as it was read. What came before must
   * stand before it in the same bytes.
   */
  scan(bytes: Uint8Array, words: DataView, start: number): number {
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#inString) {
        at = this.#passString(bytes, words, at);
        if (this.#outcome === "invalid") return at;
      } else if (byte === NEWLINE) this.#lines++;
      else if (byte !== SPACE && byte !== TAB && byte !== CARRIAGE_RETURN) {
        const end = this.#takeMark(byte, bytes, at);
        if (end >= 0) return end;
      }
    }
    return bytes.length;
  }

  /** Passes over a string, to the quotation mark that closes it; a line break in it is a fault (section 7). */
  #passString(bytes: Uint8Array, words: DataView, start: number): number {
    for (let at = start; ; at++) {
      if (!this.#escaped) at = findAny(words, ENDS_OF_STRING_RUN, at);
      if (at >= bytes.length) return at;
      const byte = bytes[at];
      if (byte === NEWLINE) return this.#end("invalid", at);
      if (byte === QUOTE && !this.#escaped) {
        this.#inString = false;
        return at;
      }
      this.#escaped = byte === BACKSLASH && !this.#escaped;
    }
  }

  /** Takes a byte outside strings; gives the offset behind the object if it ends here, else -1. */
  #takeMark(byte: number, bytes: Uint8Array, at: number): number {
    const isOpening = byte === OPEN_BRACE || byte === OPEN_BRACKET;
    if (isOpening && !this.#allowsValue()) return this.#end("invalid", at);
    if (byte === OPEN_BRACE && this.#isListOfPage) return this.#end("page", at);
    this.#isListOfPage = this.#mayBePage && byte === OPEN_BRACKET && this.#depth === 1 && isValue(bytes, at);
    this.#last = byte;
    if (isOpening) return this.#depth === DEEPEST ? this.#end("too-deep", at + 1) : this.#push(byte);
    if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) return this.#pop(byte, at);
    if (byte === QUOTE) this.#inString = true;
    else if (byte === COLON && this.#depth === 1) this.#names++;
    return -1;
  }

  #pop(byte: number, at: number): number {
    const opening = byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET;
    if (this.#brackets[this.#depth] !== opening) return this.#end("invalid", at + 1);
    this.#depth--;
    return this.#depth === 0 ? this.#end("closed", at + 1) : -1;
  }

  #end(outcome: NestingOutcome, at: number): number {
    this.#outcome = outcome;
    return at;
  }

  #push(bracket: number): -1 {
    this.#depth++;
    this.#brackets[this.#depth] = bracket;
    return -1;
  }

  /** Whether JSON allows an object or a list here: behind a name, at the beginning of a list, and there behind a comma. */
  #allowsValue(): boolean {
    return (
      this.#last === COLON ||
      this.#last === OPEN_BRACKET ||
      (this.#last === COMMA && this.#brackets[this.#depth] === OPEN_BRACKET)
    );
  }
}

const VALUE = new TextEncoder().encode('"value"');

/** Whether the bracket at an offset opens the value of `"value"`. */
function isValue(bytes: Uint8Array, bracket: number): boolean {
  const colon = lastBefore(bytes, bracket);
  if (bytes[colon] !== COLON) return false;
  const start = lastBefore(bytes, colon) - VALUE.length + 1;
  return VALUE.every((byte, index) => bytes[start + index] === byte);
}

/** The offset of the last character before an offset that is no white space. */
export function lastBefore(bytes: Uint8Array, end: number): number {
  let at = end - 1;
  while (isWhiteSpace(bytes[at])) at--;
  return at;
}

export function isWhiteSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === NEWLINE || byte === CARRIAGE_RETURN || byte === TAB;
}
