import { byteAt } from "./bytes.ts";
import { copyWords, findLineEnd, Words } from "./find-byte.ts";
import { LdifNames } from "./ldif-names.ts";

/**
 * Takes the attributes of a record as they are found, and says whether the record is still a plain one. The bytes are good
 * until it returns.
 */
export interface AttributeTaker {
  /** `attribute` is the place of the name in the list that the scanner was given. */
  readonly take: (attribute: number, bytes: Uint8Array, start: number, end: number) => boolean;
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const COLON = 58;
const LESS_THAN = 60;
const EQUALS = 61;
const BASE64 = new Int8Array(256).fill(-1);
for (const [value, character] of Array.from(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
).entries()) {
  BASE64[character.charCodeAt(0)] = value;
}

const DN = -2;
const CHANGETYPE = -3;
/** What nobody wants. */
const UNWANTED = -4;

/**
 * Reads plain LDIF records from bytes, without an object for a line or a value: `dn:` first, attributes with names of
 * letters and digits, values in text or base64, folded or not, a blank line at the end, all within one chunk. A carriage
 * return without a line feed, or a NUL, is in no plain record.
 *
 * It knows no faults. Whatever is not plain it leaves to `LdifReader`, which finds the record untouched.
 */
export class LdifScanner {
  readonly #names: LdifNames;
  /** Lines of the record that was read last, the blank one included. */
  lines = 0;
  /** Whether that record said `changetype: add`. */
  isAddition = false;
  #scratch: Uint8Array = new Uint8Array(4096);
  readonly #wordsOf = new Words();
  readonly #wordsOfScratch = new Words();
  #words: DataView = this.#wordsOf.of(this.#scratch);
  /** Where the line behind the value begins. */
  #next = 0;

  /** Knows the attributes that are wanted, in the spelling of anybody. */
  constructor(wanted: readonly string[]) {
    this.#names = new LdifNames(
      new Map([
        ...wanted.map((name, index) => [name.toLowerCase(), index] as const),
        ["dn", DN],
        ["changetype", CHANGETYPE],
      ]),
      UNWANTED,
    );
  }

  /** Reads the record that begins at `start`; gives the offset behind its blank line, or -1 if it is not plain. */
  scan(chunk: Uint8Array, start: number, dn: number, taker: AttributeTaker): number {
    const { length } = chunk;
    this.#words = this.#wordsOf.of(chunk);
    this.lines = 0;
    this.isAddition = false;
    let at = start;
    while (at >= 0 && at < length) {
      const first = chunk[at];
      if (first === NEWLINE || (first === CARRIAGE_RETURN && byteAt(chunk, at + 1) === NEWLINE)) {
        this.lines++;
        return this.lines < 2 ? -1 : at + (first === NEWLINE ? 1 : 2);
      }
      at = this.#readLine(chunk, at, dn, taker);
    }
    return -1;
  }

  /** Reads a line with its folds; gives the next one, or -1. */
  #readLine(chunk: Uint8Array, start: number, dn: number, taker: AttributeTaker): number {
    const meaning = this.#names.read(this.#words, start);
    // A dn stands at the beginning, and nothing else does.
    if (meaning === -1 || (meaning === DN) !== (this.lines === 0)) return -1;
    const { colon } = this.#names;
    if (meaning === UNWANTED) return this.#passOver(chunk, colon);
    return this.#takeValue(chunk, colon, meaning === DN ? dn : meaning, taker) ? this.#next : -1;
  }

  /** Passes over the value of an attribute that nobody wants, and its folds; gives the next line, or -1. */
  #passOver(chunk: Uint8Array, colon: number): number {
    if (byteAt(chunk, colon + 1) === LESS_THAN) return -1;
    let start = colon;
    do {
      const newline = findLineEnd(this.#words, start);
      // A line of white space is no fold: it separates records.
      if (newline < 0 || (start > colon && isBlank(chunk, start, endOfText(chunk, newline)))) return -1;
      this.lines++;
      start = newline + 1;
    } while (byteAt(chunk, start) === SPACE);
    return start;
  }

  #takeValue(chunk: Uint8Array, colon: number, meaning: number, taker: AttributeTaker): boolean {
    const marker = byteAt(chunk, colon + 1);
    const isBase64 = marker === COLON;
    if (marker === LESS_THAN) return false;
    let start = colon + (isBase64 ? 2 : 1);
    while (byteAt(chunk, start) === SPACE) start++;
    const newline = findLineEnd(this.#words, start);
    if (newline < 0) return false;
    this.lines++;
    this.#next = newline + 1;
    let bytes = chunk;
    let end = endOfText(chunk, newline);
    if (byteAt(chunk, this.#next) === SPACE) {
      const isBegun = start < end;
      end = this.#unfold(chunk, start, end);
      if (end < 0) return false;
      bytes = this.#scratch;
      // A fold may stand before the second colon of base64, and among the spaces before the value.
      if (!isBegun && isMarker(bytes[0])) return false;
      start = 0;
      while (!isBegun && start < end && bytes[start] === SPACE) start++;
    }
    if (isBase64) {
      end = this.#decode(bytes, start, end);
      bytes = this.#scratch;
      start = 0;
    }
    if (end <= start) return false; // blank, or no base64
    if (meaning === CHANGETYPE && this.isAddition) return false;
    if (meaning !== CHANGETYPE) return taker.take(meaning, bytes, start, end);
    this.isAddition = end - start === 3 && bytes[start] === 97 && bytes[start + 1] === 100 && bytes[start + 2] === 100;
    return this.isAddition;
  }

  /** Joins the folds of a value in the scratch; gives its length, or -1. */
  #unfold(chunk: Uint8Array, start: number, end: number): number {
    let length = this.#copy(start, end, 0);
    while (byteAt(chunk, this.#next) === SPACE) {
      const newline = findLineEnd(this.#words, this.#next);
      if (newline < 0) return -1;
      this.lines++;
      const last = endOfText(chunk, newline);
      if (isBlank(chunk, this.#next, last)) return -1; // separates records
      length = this.#copy(this.#next + 1, last, length);
      this.#next = newline + 1;
    }
    return length;
  }

  /** Copies from the chunk into the scratch; gives the offset behind the copy. */
  #copy(start: number, end: number, to: number): number {
    const needed = to + end - start;
    if (needed > this.#scratch.length) {
      const larger = new Uint8Array(2 * needed);
      larger.set(this.#scratch.subarray(0, to));
      this.#scratch = larger;
    }
    copyWords(this.#words, start, end, this.#wordsOfScratch.of(this.#scratch), to);
    return needed;
  }

  /** Decodes base64 into the scratch, be it from there; gives the length, or -1. Only the usual form with its padding. */
  #decode(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length === 0 || length % 4 !== 0) return -1;
    if (length > this.#scratch.length && bytes !== this.#scratch) this.#scratch = new Uint8Array(2 * length);
    const padding = bytes[end - 1] === EQUALS ? (bytes[end - 2] === EQUALS ? 2 : 1) : 0;
    const scratch = this.#scratch;
    const whole = padding === 0 ? end : end - 4;
    let to = 0;
    let invalid = 0;
    for (let at = start; at < whole; at += 4) {
      const group =
        (digitOf(bytes, at) << 18) |
        (digitOf(bytes, at + 1) << 12) |
        (digitOf(bytes, at + 2) << 6) |
        digitOf(bytes, at + 3);
      invalid |= group;
      scratch[to++] = group >> 16;
      scratch[to++] = (group >> 8) & 255;
      scratch[to++] = group & 255;
    }
    if (invalid < 0) return -1;
    return padding === 0 ? to : this.#decodeEnd(bytes, whole, padding, to);
  }

  /** Decodes the last four characters, with their padding. Bits behind the last byte must be zero. */
  #decodeEnd(bytes: Uint8Array, start: number, padding: number, to: number): number {
    const [first, second] = [digitOf(bytes, start), digitOf(bytes, start + 1)];
    const third = padding === 1 ? digitOf(bytes, start + 2) : 0;
    const group = (first << 18) | (second << 12) | (third << 6);
    if (group < 0 || (group & (padding === 2 ? 0xffff : 0xff)) !== 0) return -1;
    this.#scratch[to] = group >> 16;
    if (padding === 1) this.#scratch[to + 1] = (group >> 8) & 255;
    return to + 3 - padding;
  }
}

/** The value of a base64 digit; a negative number for anything else. */
function digitOf(bytes: Uint8Array, at: number): number {
  return BASE64[bytes[at] ?? 0] ?? -1;
}

function isMarker(byte: number | undefined): boolean {
  return byte === COLON || byte === LESS_THAN;
}

/** Where the text of a line ends, before the carriage return if there is one. */
function endOfText(chunk: Uint8Array, newline: number): number {
  return chunk[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE && bytes[at] !== 9) return false;
  return true;
}
