import { GrowingBytes } from "./bytes.ts";

/** How a value is written: `attr: text`, `attr:: base64`, `attr:< URL` (RFC 2849, `value-spec`). */
type LineKind = "text" | "base64" | "url";

/** The parts of an attribute line. */
export interface LdifLine {
  readonly kind: LineKind;
  /** The name as written, without options. */
  readonly name: string;
  readonly options: readonly string[];
  readonly wanted: boolean;
  /** Where the value begins. */
  readonly valueStart: number;
}

/** An attribute line being put together from its folded parts. */
export interface LogicalLine {
  readonly kind: LineKind;
  readonly name: string;
  readonly options: readonly string[];
  readonly line: number;
  /** Whether the value is to be kept. */
  readonly kept: boolean;
  readonly value: GrowingBytes;
  length: number;
}

/** A line that is no attribute line. */
export interface MalformedLine {
  readonly kind: "malformed";
  readonly hasColon: boolean;
}

const SPACE = 32;
const TAB = 9;
const CARRIAGE_RETURN = 13;
const COLON = 58;
const SEMICOLON = 59;
const LESS_THAN = 60;

/**
 * Characters of an attribute description: RFC 4512 section 1.4 (`keystring`, `numericoid`) and its options, with what
 * Windows adds: `=` and `*` in `range=0-*`, and `_`.
 */
const DESCRIPTION = Uint8Array.from({ length: 256 }, (_, code) =>
  code < 128 && /[A-Za-z0-9.;=*_-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** What comes before a value is shorter than this. */
const LONGEST_BEGINNING = 64 * 1024;

/** Takes what is known of an attribute line apart; `undefined` if what follows in a fold may say what it is. */
export function parseLdifBeginning(
  bytes: Uint8Array,
  wanted: ReadonlySet<string> | undefined,
): LdifLine | MalformedLine | undefined {
  const parsed = parseLdifLine(bytes, wanted);
  if (parsed.kind !== "malformed") return parsed.valueStart < bytes.length ? parsed : undefined;
  const isName = isLetterOrDigit(bytes[0]) && !parsed.hasColon && endOfName(bytes) === bytes.length;
  return isName ? undefined : parsed;
}

/** The beginning of an attribute line: a fold may stand in the name, between the colons and before the value. */
export class LdifBeginning {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #bytes: GrowingBytes;

  constructor(bytes: Uint8Array, line: number, wanted: ReadonlySet<string> | undefined) {
    this.#bytes = startingWith(bytes);
    this.line = line;
    this.#wanted = wanted;
  }

  get bytes(): Uint8Array {
    return this.#bytes.bytes();
  }

  /** Puts a fold behind it, and takes apart what is known, if that tells what it is. */
  append(fold: Uint8Array): LdifLine | MalformedLine | undefined {
    // Behind the beginning of a name more of the name tells nothing new.
    const isName = isPartOfName(fold) && isPartOfName(this.bytes.subarray(-1));
    this.#bytes.append(fold);
    if (this.#bytes.length >= LONGEST_BEGINNING) return this.end();
    return isName ? undefined : parseLdifBeginning(this.bytes, this.#wanted);
  }

  /** Takes it apart when nothing follows: a name without a colon, or an attribute without a value. */
  end(): LdifLine | MalformedLine {
    return parseLdifLine(this.bytes, this.#wanted);
  }
}

function isPartOfName(bytes: Uint8Array): boolean {
  return bytes.every((byte) => DESCRIPTION[byte] === 1);
}

/** Bytes that grow, with what they begin with. */
export function startingWith(bytes: Uint8Array | undefined): GrowingBytes {
  const value = new GrowingBytes();
  if (bytes !== undefined) value.append(bytes);
  return value;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
/** Ctrl-Z: with it DOS and CP/M ended a text. */
const END_OF_TEXT = 26;

/** How much of a line is byte order marks, which stand where files were joined, and Ctrl-Z. */
export function marksBefore(line: Uint8Array): { readonly length: number; readonly hasEndMark: boolean } {
  let length = 0;
  let hasEndMark = false;
  for (;;) {
    if (line[length] === END_OF_TEXT) {
      hasEndMark = true;
      length++;
    } else if (BYTE_ORDER_MARK.every((byte, index) => line[length + index] === byte)) length += BYTE_ORDER_MARK.length;
    else return { length, hasEndMark };
  }
}

/** The offset behind the name with which a line begins, and the spaces behind it. */
function endOfName(bytes: Uint8Array): number {
  let end = 0;
  while (DESCRIPTION[bytes[end] ?? 0] === 1) end++;
  while (bytes[end] === SPACE || bytes[end] === TAB) end++;
  return end;
}

/** Takes an attribute line apart (RFC 2849, `attrval-spec`); spaces before the colon are passed over, as OpenLDAP does. */
export function parseLdifLine(bytes: Uint8Array, wanted: ReadonlySet<string> | undefined): LdifLine | MalformedLine {
  let end = 0;
  while (DESCRIPTION[bytes[end] ?? 0] === 1) end++;
  let colon = end;
  while (bytes[colon] === SPACE || bytes[colon] === TAB) colon++;
  if (bytes[colon] !== COLON || !isLetterOrDigit(bytes[0])) {
    return { kind: "malformed", hasColon: bytes.includes(COLON) };
  }
  const marker = bytes[colon + 1];
  const kind = marker === COLON ? "base64" : marker === LESS_THAN ? "url" : "text";
  let valueStart = kind === "text" ? colon + 1 : colon + 2;
  while (bytes[valueStart] === SPACE) valueStart++;

  const nameEnd = Math.min(end, indexOrEnd(bytes.indexOf(SEMICOLON), end));
  const name = asciiText(bytes, 0, nameEnd);
  const isWanted = wanted === undefined || wanted.has(name.toLowerCase());
  const options = isWanted && nameEnd < end ? asciiText(bytes, nameEnd + 1, end).split(";") : [];
  return { kind, name, options, wanted: isWanted, valueStart };
}

/** Tells whether a line holds white space only. */
export function isBlankLine(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === SPACE || byte === TAB || byte === CARRIAGE_RETURN);
}

function isLetterOrDigit(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return (lower >= 97 && lower <= 122) || (byte >= 48 && byte <= 57);
}

function indexOrEnd(index: number, end: number): number {
  return index < 0 ? end : index;
}

/** Shows bytes as text, each as the character of its number. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let index = start; index < end; index++) text += String.fromCharCode(bytes[index] ?? 0);
  return text;
}
