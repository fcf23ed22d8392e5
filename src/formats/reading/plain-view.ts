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
import { isValidUtf8 } from "../../text/utf8.ts";

const QUESTION_MARK = 63;
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
  /** For each field, the number of the user who had it last. */
  readonly #seen = new Float64Array(RAW_ADDRESS);
  #number = 0;

  clear(): void {
    this.view.clear();
    this.hasSmtp = this.hasMark = false;
    this.#number++;
  }

  /** Appends the text of a field as it is. A field that occurs again is not plain. */
  text(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#seen[code] === this.#number) return false;
    this.#seen[code] = this.#number;
    if (start === end) return true;
    const isAscii = this.#append(code, bytes, start, end);
    if (!isAscii && !isValidUtf8(bytes, start, end)) return false;
    return LOOKED_AT[code] === 0 || hasNoLoss(bytes, start, end);
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
    return this.#append(code, bytes, colon + 1, end) || isValidUtf8(bytes, colon + 1, end);
  }

  /** Copies a text into the view; tells whether it is ASCII. */
  #append(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { view } = this;
    view.reserve(end - start);
    const own = view.bytes;
    let to = view.starts[view.entries] ?? 0;
    let all = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      all |= byte;
      own[to++] = byte;
    }
    view.codes[view.entries] = code;
    view.starts[++view.entries] = to;
    if (all > 127) view.isAscii = false;
    return all <= 127;
  }
}

/** Question marks, and the letters that UTF-8 shows when it is read as Windows-1252, are looked at more closely elsewhere. */
function hasNoLoss(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUESTION_MARK) return false;
    const second = bytes[at + 1] ?? 0;
    // Ã, Ä or Å with another letter beyond ASCII behind it.
    if (byte === 0xc3 && second >= 0x83 && second <= 0x85 && at + 2 < end && (bytes[at + 2] ?? 0) > 127) return false;
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
