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
const LONGEST_NAME = 40;
/** Many more than there are names, so that hardly any other name looks like one of them. */
const PLACES = 1024;

/** Characters of attribute names, without options; letters in lower case, 0 for what no name has. */
const NAME = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = byte < 128 ? String.fromCharCode(byte) : "";
  return /[A-Za-z0-9-]/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

const BASE64 = new Int8Array(256).fill(-1);
for (const [value, character] of Array.from(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
).entries()) {
  BASE64[character.charCodeAt(0)] = value;
}

/** A name that the scanner knows. */
interface KnownName {
  readonly bytes: Uint8Array;
  /** Place in the caller's list, or one of those below. */
  readonly meaning: number;
}

const DN = -1;
const CHANGETYPE = -2;
/** Names that begin something else than a record, or tell that it is none. */
const STRANGE = -3;
const STRANGE_NAMES = ["version", "control", "ref", "search", "result"];

/**
 * Reads plain LDIF records from bytes, without an object for a line or a value: `dn:` first, attributes with names of
 * letters and digits, values in text or base64, folded or not, a blank line at the end, all within one chunk.
 *
 * It knows no faults. Whatever is not plain it leaves to `LdifReader`, which finds the record untouched.
 */
export class LdifScanner {
  /** The names, each behind the others with the same last bits of its hash. */
  readonly #names: (readonly KnownName[] | undefined)[] = Array.from({ length: PLACES }, () => undefined);
  /** Lines of the record that was read last, the blank one included. */
  lines = 0;
  /** Whether that record said `changetype: add`. */
  isAddition = false;
  #scratch = new Uint8Array(4096);
  #nameHash = 0;
  /** Where the value ends, without its line end; and where the next line begins. */
  #valueEnd = 0;
  #next = 0;

  /** Knows the attributes that are wanted, in the spelling of anybody. */
  constructor(wanted: readonly string[]) {
    for (const [index, name] of wanted.entries()) this.#know(name, index);
    this.#know("dn", DN);
    this.#know("changetype", CHANGETYPE);
    for (const name of STRANGE_NAMES) this.#know(name, STRANGE);
  }

  #know(name: string, meaning: number): void {
    const bytes = new TextEncoder().encode(name.toLowerCase());
    let hash = 0;
    for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
    const place = hash & (PLACES - 1);
    this.#names[place] = [...(this.#names[place] ?? []), { bytes, meaning }];
  }

  /** Reads the record that begins at `start`; gives the offset behind its blank line, or -1 if it is not plain. */
  scan(chunk: Uint8Array, start: number, dn: number, taker: AttributeTaker): number {
    const { length } = chunk;
    this.lines = 0;
    this.isAddition = false;
    let at = start;
    while (at >= 0 && at < length) {
      if (chunk[at] === NEWLINE || (chunk[at] === CARRIAGE_RETURN && chunk[at + 1] === NEWLINE)) {
        this.lines++;
        return this.lines < 2 ? -1 : at + (chunk[at] === NEWLINE ? 1 : 2);
      }
      at = this.#readLine(chunk, at, dn, taker);
    }
    return -1;
  }

  /** Reads a line with its folds; gives the next one, or -1. */
  #readLine(chunk: Uint8Array, start: number, dn: number, taker: AttributeTaker): number {
    const colon = this.#readName(chunk, start);
    if (colon < 0) return -1;
    const meaning = this.#meaningOf(chunk, start, colon);
    // A dn stands at the beginning, and nothing else does.
    if (meaning === STRANGE || (meaning === DN) !== (this.lines === 0)) return -1;
    if (meaning === undefined) return this.#passOver(chunk, colon);
    return this.#takeValue(chunk, colon, meaning === DN ? dn : meaning, taker) ? this.#next : -1;
  }

  /** Finds the colon behind a name; -1 if there is no plain name. Leaves the hash of the name. */
  #readName(chunk: Uint8Array, start: number): number {
    let hash = 0;
    let at = start;
    for (;;) {
      const character = NAME[chunk[at] ?? 0] ?? 0;
      if (character === 0) break;
      hash = (Math.imul(hash, 31) + character) | 0;
      at++;
    }
    this.#nameHash = hash;
    return chunk[at] === COLON && at > start && at - start <= LONGEST_NAME && chunk[start] !== 45 ? at : -1;
  }

  #meaningOf(chunk: Uint8Array, start: number, end: number): number | undefined {
    const candidates = this.#names[this.#nameHash & (PLACES - 1)];
    if (candidates === undefined) return undefined;
    for (const { bytes, meaning } of candidates) {
      if (bytes.length !== end - start) continue;
      let index = 0;
      while (index < bytes.length && bytes[index] === NAME[chunk[start + index] ?? 0]) index++;
      if (index === bytes.length) return meaning;
    }
    return undefined;
  }

  /** Passes over the value of an attribute that nobody wants, and its folds; gives the next line, or -1. */
  #passOver(chunk: Uint8Array, colon: number): number {
    if (chunk[colon + 1] === LESS_THAN) return -1;
    let start = colon;
    do {
      const newline = endOfLine(chunk, start);
      // A line of white space is no fold: it separates records.
      if (newline < 0 || (start > colon && isBlank(chunk, start, endOfText(chunk, newline)))) return -1;
      this.lines++;
      start = newline + 1;
    } while (chunk[start] === SPACE);
    return start;
  }

  #takeValue(chunk: Uint8Array, colon: number, meaning: number, taker: AttributeTaker): boolean {
    const isBase64 = chunk[colon + 1] === COLON;
    if (chunk[colon + 1] === LESS_THAN) return false;
    let start = colon + (isBase64 ? 2 : 1);
    while (chunk[start] === SPACE) start++;
    const newline = endOfLine(chunk, start);
    if (newline < 0) return false;
    this.lines++;
    this.#next = newline + 1;
    this.#valueEnd = endOfText(chunk, newline);
    let bytes = chunk;
    let end = this.#valueEnd;
    if (chunk[this.#next] === SPACE) {
      end = this.#unfold(chunk, start, end);
      if (end < 0) return false;
      bytes = this.#scratch;
      start = 0;
    }
    if (isBase64) {
      end = this.#decode(bytes, start, end);
      bytes = this.#scratch;
      start = 0;
    }
    if (end <= start) return false; // blank, or no base64
    if (meaning !== CHANGETYPE) return taker.take(meaning, bytes, start, end);
    this.isAddition = end - start === 3 && bytes[start] === 97 && bytes[start + 1] === 100 && bytes[start + 2] === 100;
    return this.isAddition;
  }

  /** Joins the folds of a value in the scratch; gives its length, or -1. */
  #unfold(chunk: Uint8Array, start: number, end: number): number {
    let length = this.#copy(chunk, start, end, 0);
    while (chunk[this.#next] === SPACE) {
      const newline = endOfLine(chunk, this.#next);
      if (newline < 0) return -1;
      this.lines++;
      const last = endOfText(chunk, newline);
      if (isBlank(chunk, this.#next, last)) return -1; // separates records
      length = this.#copy(chunk, this.#next + 1, last, length);
      this.#next = newline + 1;
    }
    return length;
  }

  #copy(from: Uint8Array, start: number, end: number, to: number): number {
    const needed = to + end - start;
    if (needed > this.#scratch.length) {
      const larger = new Uint8Array(2 * needed);
      larger.set(this.#scratch.subarray(0, to));
      this.#scratch = larger;
    }
    this.#scratch.set(from.subarray(start, end), to);
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

/** Finds the line end at or behind an offset; -1 if it is not in the chunk. Short lines are quicker without a call. */
function endOfLine(chunk: Uint8Array, start: number): number {
  const near = Math.min(chunk.length, start + 64);
  for (let at = start; at < near; at++) if (chunk[at] === NEWLINE) return at;
  return chunk.indexOf(NEWLINE, near);
}

/** Where the text of a line ends, before the carriage return if there is one. */
function endOfText(chunk: Uint8Array, newline: number): number {
  return chunk[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE && bytes[at] !== 9) return false;
  return true;
}
