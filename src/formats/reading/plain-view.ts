import { shapeOf } from "../../model/address-shape.ts";
import {
  FIRST_ADDRESS,
  fieldCodes,
  NO,
  NOT_EXPORTED,
  RAW_ADDRESS,
  SMTP_ALIAS,
  SMTP_PRIMARY,
  stateOf,
  UserView,
  YES,
} from "../../model/user-view.ts";
import { fourOf, HIGHEST_BITS, marksOf, Words } from "../../text/find-byte.ts";
import { isValidUtf8 } from "../../text/utf8.ts";

const QUESTION_MARK = 63;
const QUESTION_MARKS = fourOf(QUESTION_MARK);
const WHITE = 32;
const COLON = 58;

/** The codes of the fields whose letters are looked at for losses. */
const LOOKED_AT = Uint8Array.from({ length: RAW_ADDRESS }, (_, code) =>
  code === fieldCodes.displayName || code === fieldCodes.userPrincipalName || code === fieldCodes.mail ? 1 : 0,
);

/**
 * A user that is put together from the bytes of a plain record. Each method tells whether what it was given is so plain
 * that the record can be read this way; if not, the record is left to those who read anything.
 */
export class PlainView {
  readonly view = new UserView();
  /** Whether it has an SMTP address that is one, and one that is marked as the primary. */
  hasSmtp = false;
  hasMark = false;
  /** For each field, the number of the user who had it last; one of 32 bits: who has it again after all of them is not plain. */
  readonly #seen = new Int32Array(RAW_ADDRESS);
  #number = 1;
  /** Where most of its values stand: these are copied four bytes at once. */
  #chunk: Uint8Array = NO_BYTES;
  readonly #wordsOfChunk = new Words();
  readonly #wordsOfView = new Words();

  /** Begins with the next user, whose values stand in a chunk, or anywhere else. */
  begin(chunk: Uint8Array): void {
    this.view.clear();
    this.hasSmtp = this.hasMark = false;
    this.#number = (this.#number + 1) | 0;
    this.#chunk = chunk;
  }

  /** Appends the text of a field as it is. A field that occurs again is not plain. */
  text(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#seen[code] === this.#number) return false;
    this.#seen[code] = this.#number;
    if (start === end) return true;
    const found = this.#append(code, bytes, start, end);
    if (found === 0) return true;
    if ((found & BEYOND_ASCII) !== 0 && !isValidUtf8(bytes, start, end)) return false;
    return LOOKED_AT[code] === 0 || ((found & QUESTION) === 0 && isNotDoubleEncoded(bytes, start, end));
  }

  /** Appends the text of a field that is read without the white space around it; there is none. */
  trimmed(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    return !hasWhiteEdge(bytes, start, end) && this.text(code, bytes, start, end);
  }

  /** Notes that a field is true or false, if nothing is known of it. */
  state(code: number, value: boolean): boolean {
    const { view } = this;
    if (stateOf(view.states, code) !== NOT_EXPORTED) return false;
    view.states |= (value ? YES : NO) << (2 * code);
    return true;
  }

  /** Appends one value of proxyAddresses, of a type that has a code. */
  address(bytes: Uint8Array, start: number, end: number): boolean {
    const colon = indexOf(bytes, start, Math.min(end, start + 6), COLON);
    if (colon < 0 || colon + 1 >= end || hasWhiteEdge(bytes, start, end)) return false;
    const code = codeOfPrefix(bytes, start, colon);
    if (code < 0) return false;
    if (code === SMTP_ALIAS || code === SMTP_PRIMARY) {
      if (code === SMTP_PRIMARY) this.hasMark = true;
      const shape = shapeOf(bytes, colon + 1, end);
      if (shape === "exotic") return false;
      if (shape === "address") this.hasSmtp = true;
    }
    this.view.hasAddresses = true;
    const found = this.#append(code, bytes, colon + 1, end);
    return (found & BEYOND_ASCII) === 0 || isValidUtf8(bytes, colon + 1, end);
  }

  /** Copies a text into the view; tells what is in it: {@link BEYOND_ASCII} and {@link QUESTION}. */
  #append(code: number, bytes: Uint8Array, start: number, end: number): number {
    const { view } = this;
    view.reserve(end - start);
    const to = view.starts[view.entries] ?? 0;
    const found =
      bytes === this.#chunk
        ? copyInWords(this.#wordsOfChunk.of(bytes), start, end, this.#wordsOfView.of(view.bytes), to)
        : copyBytes(bytes, start, end, view.bytes, to);
    view.codes[view.entries] = code;
    view.starts[++view.entries] = to + end - start;
    if ((found & BEYOND_ASCII) !== 0) view.isAscii = false;
    return found;
  }
}

const NO_BYTES = new Uint8Array(0);

/** What a text has: letters beyond ASCII, and a question mark. Question marks may be lost letters: letter-losses.ts. */
const [BEYOND_ASCII, QUESTION] = [1, 2];

function copyInWords(from: DataView, start: number, end: number, own: DataView, offset: number): number {
  let all = 0;
  let marks = 0;
  let at = start;
  let to = offset;
  for (; at <= end - 4; at += 4, to += 4) {
    const word = from.getInt32(at, true);
    all |= word;
    marks |= marksOf(word, QUESTION_MARKS);
    own.setInt32(to, word, true);
  }
  for (; at < end; at++, to++) {
    const byte = from.getInt8(at);
    all |= byte;
    if (byte === QUESTION_MARK) marks = 1;
    own.setInt8(to, byte);
  }
  return ((all & HIGHEST_BITS) === 0 ? 0 : BEYOND_ASCII) | (marks === 0 ? 0 : QUESTION);
}

function copyBytes(from: Uint8Array, start: number, end: number, own: Uint8Array, offset: number): number {
  let all = 0;
  let hasMark = false;
  let to = offset;
  for (let at = start; at < end; at++) {
    const byte = from[at] ?? 0;
    all |= byte;
    if (byte === QUESTION_MARK) hasMark = true;
    own[to++] = byte;
  }
  return (all <= 127 ? 0 : BEYOND_ASCII) | (hasMark ? QUESTION : 0);
}

/** Letters that UTF-8 shows when it is read as Windows-1252 are looked at more closely elsewhere. */
function isNotDoubleEncoded(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end - 2; at++) {
    if (bytes[at] !== 0xc3) continue;
    const second = bytes[at + 1] ?? 0;
    // Ã, Ä or Å with another letter beyond ASCII behind it.
    if (second >= 0x83 && second <= 0x85 && (bytes[at + 2] ?? 0) > 127) return false;
  }
  return true;
}

/** White space, or what may be some, at one of the ends. */
function hasWhiteEdge(bytes: Uint8Array, start: number, end: number): boolean {
  const [first = 0, last = 0] = [bytes[start], bytes[end - 1]];
  return start < end && (first <= WHITE || last <= WHITE || first > 127 || last > 127);
}

function indexOf(bytes: Uint8Array, start: number, end: number, wanted: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === wanted) return at;
  return -1;
}

/** The codes of addresses by their prefix, written all in capitals or all in small letters. */
const PREFIXES: ReadonlyMap<number, number> = new Map(
  ["SMTP", "SIP", "X500", "X400", "EUM"].flatMap((name, type) => {
    const bytes = [name, name.toLowerCase()].map((text) => new TextEncoder().encode(text));
    return bytes.map(
      (prefix, index) => [pack(prefix, 0, prefix.length), FIRST_ADDRESS + 2 * type + 1 - index] as const,
    );
  }),
);

/** The code of an address by its prefix; -1 for any other. */
function codeOfPrefix(bytes: Uint8Array, start: number, colon: number): number {
  if (colon - start > 4) return -1;
  const prefix = pack(bytes, start, colon);
  if (prefix === SMTP_SMALL) return SMTP_ALIAS;
  if (prefix === SMTP_CAPITALS) return SMTP_PRIMARY;
  return PREFIXES.get(prefix) ?? -1;
}

const SMTP_SMALL = 0x736d7470;
const SMTP_CAPITALS = 0x534d5450;

/** Up to four bytes as one number. */
function pack(bytes: Uint8Array, start: number, end: number): number {
  let packed = 0;
  for (let at = start; at < end; at++) packed = (packed << 8) | (bytes[at] ?? 0);
  return packed;
}
