import type { GrowingBytes } from "./bytes.ts";

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

/** The beginning of an attribute line: a fold may stand in the name, between the colons and before the value. */
interface OpenLine {
  readonly kind: "open";
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

/** Whether bytes may all stand in a name: behind the beginning of a name they tell nothing new. */
export function isPartOfName(bytes: Uint8Array): boolean {
  return bytes.every((byte) => DESCRIPTION[byte] === 1);
}

/** Takes what is known of an attribute line apart, as far as that tells anything: what follows may be folded. */
export function parseLdifBeginning(
  bytes: Uint8Array,
  wanted: ReadonlySet<string> | undefined,
): LdifLine | MalformedLine | OpenLine {
  const parsed = parseLdifLine(bytes, wanted);
  if (parsed.kind === "malformed") {
    const isName = isLetterOrDigit(bytes[0]) && !parsed.hasColon && endOfName(bytes) === bytes.length;
    return isName ? { kind: "open" } : parsed;
  }
  return parsed.valueStart < bytes.length ? parsed : { kind: "open" };
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
