import { type ProxyAddress, parseProxyAddress } from "../../model/address.ts";
import { diagnose } from "../../model/diagnostic.ts";
import { sourceAnchorFromBytes, sourceAnchorFromText } from "../../model/source-anchor.ts";
import { readTimestamp } from "../../model/timestamp.ts";
import { decodeBase64, encodeBase64 } from "../../text/base64.ts";
import { toLower } from "../../text/bytes.ts";
import { excerpt } from "../../text/fault.ts";
import { isValidUtf8 } from "../../text/utf8.ts";
import { readBoolean, readState } from "./boolean-cell.ts";
import { isLostCollection } from "./lost-collection.ts";
import type { PlainView } from "./plain-view.ts";
import type { RecordContext } from "./record-context.ts";

/** One value of an attribute: text, or the bytes of an attribute that is not text. */
export type AttributeValue = string | Uint8Array;

/** Where a value stands, and whom to tell what is wrong with it. */
export interface ValuePlace {
  readonly context: RecordContext;
  readonly line: number;
}

/**
 * A kind of values, with its two readings. Whatever `strict` takes it takes as `tolerant` would: a law holds every kind to
 * that. So a record may be read by the strict ones, and is read again by the tolerant ones if one of them refuses.
 */
export interface ValueKind<Value> {
  /** Whether a value of LDIF is read as bytes, and not as text. */
  readonly isBinary?: true;
  /** Reads any values; none is an attribute or cell that was exported and is blank. */
  readonly tolerant: (values: readonly AttributeValue[], place: ValuePlace) => Value | undefined;
  /** Adds one plain value, or a blank one, as the field of a code; `false` if it is not plain. Absent where none is plain. */
  readonly strict?: StrictReading;
}

/** Adds one value of a field to a user, or says that it is not so plain that this can be done. */
export type StrictReading = (user: PlainView, code: number, bytes: Uint8Array, start: number, end: number) => boolean;

/** Text as it is. Several values are not plain; the first one counts. */
export const text: ValueKind<string> & Required<Pick<ValueKind<string>, "strict">> = {
  tolerant: (values) => firstText(values),
  strict: (user, code, bytes, start, end) => user.text(code, bytes, start, end),
};

/** Text without the white space around it. */
export const trimmed: ValueKind<string> & Required<Pick<ValueKind<string>, "strict">> = {
  tolerant: (values) => firstText(values).trim(),
  strict: (user, code, bytes, start, end) => user.trimmed(code, bytes, start, end),
};

const HASH = 35;

/** A sign-in name of the service; a guest's holds `#EXT#`, which says more than a name. */
export const onlineName: ValueKind<string> = {
  tolerant: trimmed.tolerant,
  strict: (user, code, bytes, start, end) => !has(bytes, start, end, HASH) && user.trimmed(code, bytes, start, end),
};

const COLON = 58;

/** A chat address in Active Directory: without its prefix. */
export const sip: ValueKind<string> = {
  tolerant: (values) => firstText(values).replace(/^sip:/i, ""),
  strict: (user, code, bytes, start, end) =>
    user.text(code, bytes, hasSipPrefix(bytes, start, end) ? start + 4 : start, end),
};

/** A chat address in a cell: without its prefix and the white space around it. */
export const sipCell: ValueKind<string> = {
  tolerant: (values) => firstText(values).trim().replace(/^sip:/i, ""),
  strict: (user, code, bytes, start, end) => !has(bytes, start, end, COLON) && user.trimmed(code, bytes, start, end),
};

/** A whole number, of any size: its digits. Anything else says nothing. */
export const number: ValueKind<string> = {
  tolerant: (values) => {
    const digits = firstText(values).trim();
    return digits === "" || /^-?\d{1,19}$/.test(digits) ? digits : undefined;
  },
  strict: (user, code, bytes, start, end) => areDigits(bytes, start, end, 19) && user.text(code, bytes, start, end),
};

/** A GUID, in bytes (ldifde, ldapsearch, csvde) or in text (ldbsearch, PowerShell): base64 of its bytes. */
export const guid: ValueKind<string> = {
  isBinary: true,
  tolerant: ([value = ""], place) => {
    if (value.length === 0) return "";
    const anchor =
      typeof value === "string"
        ? (sourceAnchorFromText(value) ?? writtenAnchor(value))
        : (sourceAnchorFromBytes(value) ?? sourceAnchorFromText(place.context.text.decode(value)));
    if (anchor === undefined) {
      const detail = typeof value === "string" ? excerpt(value) : `${value.length} bytes`;
      place.context.diagnose(diagnose("invalid-object-guid", { line: place.line, detail }));
    }
    return anchor;
  },
  strict: (user, code, bytes, start, end) => {
    if (start === end) return true;
    if (end - start !== 16) return false;
    for (let group = 0; group < 6; group++) {
      const at = start + 3 * group;
      // Sixteen bytes are five groups of three and one byte more, which two digits and `==` stand for.
      const isWhole = group < 5;
      const bits = ((bytes[at] ?? 0) << 16) | (isWhole ? ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0) : 0);
      ANCHOR_BYTES[4 * group] = DIGITS[bits >> 18] ?? 0;
      ANCHOR_BYTES[4 * group + 1] = DIGITS[(bits >> 12) & 63] ?? 0;
      ANCHOR_BYTES[4 * group + 2] = isWhole ? (DIGITS[(bits >> 6) & 63] ?? 0) : EQUALS;
      ANCHOR_BYTES[4 * group + 3] = isWhole ? (DIGITS[bits & 63] ?? 0) : EQUALS;
    }
    return user.text(code, ANCHOR_BYTES, 0, ANCHOR_BYTES.length);
  },
};

/** An anchor that a script has computed already. */
function writtenAnchor(text: string): string | undefined {
  return decodeBase64(text.trim())?.length === 16 ? text.trim() : undefined;
}

/** A GUID that may be another program's, or lost: what is none is not read. */
export const otherGuid: ValueKind<string> = {
  isBinary: true,
  tolerant: ([value = ""], { context }) => {
    if (value.length === 0) return "";
    if (typeof value === "string") return sourceAnchorFromText(value);
    return sourceAnchorFromBytes(value) ?? sourceAnchorFromText(context.text.decode(value));
  },
  ...(guid.strict === undefined ? {} : { strict: guid.strict }),
};

/** Any attribute that an option names: text as it is, and bytes that are no text as base64. */
export const anchor: ValueKind<string> = {
  isBinary: true,
  tolerant: ([value = ""], { context }) => {
    if (typeof value !== "string") return isWritten(value) ? context.text.decode(value) : encodeBase64(value);
    return isLostCollection(value) ? undefined : value;
  },
};

/** Whether bytes are text: letters of UTF-8, and no control characters. */
function isWritten(bytes: Uint8Array): boolean {
  return isValidUtf8(bytes, 0, bytes.length) && bytes.every((byte) => byte >= 32 && byte !== 127);
}

/** A security identifier, in bytes (MS-DTYP 2.4.2.2) or in text: `S-1-5-21-…`. */
export const sid: ValueKind<string> = {
  isBinary: true,
  tolerant: ([value = ""], { context }) => {
    if (typeof value === "string") return value.trim();
    return value[0] === 1 ? sidFromBytes(value) : context.text.decode(value).trim();
  },
  strict: (user, code, bytes, start, end) => {
    if (bytes[start] !== 1) return user.trimmed(code, bytes, start, end);
    const written = sidFromBytes(bytes.subarray(start, end));
    if (written === undefined) return false;
    const encoded = encoder.encode(written);
    return user.text(code, encoded, 0, encoded.length);
  },
};

function sidFromBytes(bytes: Uint8Array): string | undefined {
  const count = bytes[1] ?? 0;
  if (bytes[0] !== 1 || bytes.length !== 8 + 4 * count) return undefined;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const authority = data.getUint16(2) * 2 ** 32 + data.getUint32(4);
  const parts = Array.from({ length: count }, (_, index) => data.getUint32(8 + 4 * index, true));
  return ["S-1", authority, ...parts].join("-");
}

/** A moment as Active Directory writes it: `20260101000000.0Z` becomes `2026-01-01T00:00:00Z`. Any other says nothing. */
export const time: ValueKind<string> = {
  tolerant: (values) => readTimestamp(firstText(values)),
  strict: (user, code, bytes, start, end) => {
    if (start === end) return true;
    if (end - start !== 17 || bytes[end - 1] !== 90 || bytes[start + 14] !== 46) return false;
    if (!isDigit(bytes[start + 15])) return false;
    for (let digit = 0; digit < TIME_PLACES.length; digit++) {
      const byte = bytes[start + digit] ?? 0;
      if (!isDigit(byte)) return false;
      TIME_BYTES[TIME_PLACES[digit] ?? 0] = byte;
    }
    return user.text(code, TIME_BYTES, 0, TIME_BYTES.length);
  },
};

/** A moment of which it counts that there is one: in UTC where that is beyond doubt, else as it is written. */
export const moment: ValueKind<string> = {
  tolerant: (values) => {
    const written = firstText(values).trim();
    return readTimestamp(written) ?? written;
  },
  strict: (user, code, bytes, start, end) =>
    // What ends in Z may be a moment in UTC.
    (start === end || (bytes[end - 1] ?? 0) !== 90) && user.trimmed(code, bytes, start, end),
};

/** Several texts, each on a line of its own; the name of a type says that they were lost. */
export const lines: ValueKind<string> = {
  tolerant: (values) => {
    const texts = values.filter((value) => typeof value === "string");
    return texts.some(isLostCollection) ? undefined : texts.join("\n");
  },
  strict: (user, code, bytes, start, end) =>
    start === end || (isNoType(bytes, start) && user.text(code, bytes, start, end)),
};

/** True or false, in the words of Excel's languages too; anything else says nothing. */
export const boolean: ValueKind<boolean> = {
  tolerant: (values) => readBoolean(firstText(values)) ?? readState(firstText(values)),
  strict: (user, code, bytes, start, end) => takeWord(user, code, bytes, start, end, TRUE, FALSE),
};

/** The opposite of true or false; a word for the state of an account says it as it is. */
export const negated: ValueKind<boolean> = {
  tolerant: (values) => {
    const value = readBoolean(firstText(values));
    return value === undefined ? readState(firstText(values)) : !value;
  },
  strict: (user, code, bytes, start, end) => takeWord(user, code, bytes, start, end, FALSE, TRUE),
};

/** Whether a user type is that of a guest; 2 is the number that the MSOnline module has for one. */
export const guest: ValueKind<boolean> = {
  tolerant: (values) => GUESTS.has(firstText(values).trim().toLowerCase()),
  strict: (user, code, bytes, start, end) =>
    start === end ? user.state(code, false) : takeWord(user, code, bytes, start, end, GUEST, MEMBER),
};

const GUESTS = new Set(["guest", "2", "gast", "invité", "invitado", "ospite"]);

const ACCOUNT_DISABLED = 2;

/** Whether an account is enabled, by its userAccountControl. */
export const accountControl: ValueKind<boolean> = {
  tolerant: (values) => {
    const control = firstText(values);
    return control === "" ? undefined : (Number(control) & ACCOUNT_DISABLED) === 0;
  },
  strict: (user, code, bytes, start, end) => {
    if (start === end) return true;
    if (!areDigits(bytes, start, end, 9)) return false;
    let value = 0;
    for (let at = start; at < end; at++) value = 10 * value + (bytes[at] ?? 0) - ZERO;
    return user.state(code, (value & ACCOUNT_DISABLED) === 0);
  },
};

/** Any licences that are listed; the name of a type says that they were lost. */
export const licenses: ValueKind<boolean> = {
  tolerant: (values) => {
    const texts = values.filter((value) => typeof value === "string");
    if (texts.some(isLostCollection)) return undefined;
    return texts.some((license) => license.trim() !== "" && !/^unlicensed$/i.test(license.trim()));
  },
};

/** `isCloudManaged` itself, or the object of Microsoft Graph that has it. */
export const cloudManaged: ValueKind<boolean> = {
  tolerant: (values) => {
    const text = firstText(values);
    const [, said] = text.startsWith("{") ? (/"isCloudManaged":(true|false)/.exec(text) ?? []) : [];
    return readBoolean(said ?? text);
  },
};

/** Values of proxyAddresses, one by one. */
export const addresses: ValueKind<readonly ProxyAddress[]> = {
  tolerant: (values) => values.filter((value) => typeof value === "string").map(parseProxyAddress),
  strict: (user, _code, bytes, start, end) => {
    user.view.hasAddresses = true;
    return start === end || user.address(bytes, start, end);
  },
};

/** Reads a value with a strict reading. Most are text, and this call is quicker than one by way of the reading. */
export function readStrictly(
  read: StrictReading,
  user: PlainView,
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (read === text.strict) return user.text(code, bytes, start, end);
  if (read === trimmed.strict) return user.trimmed(code, bytes, start, end);
  return read(user, code, bytes, start, end);
}

/** Every kind of values. */
export const valueKinds = {
  text,
  trimmed,
  onlineName,
  sip,
  sipCell,
  number,
  guid,
  otherGuid,
  anchor,
  sid,
  time,
  moment,
  lines,
  boolean,
  negated,
  guest,
  accountControl,
  licenses,
  cloudManaged,
  addresses,
} as const;

/** The first value that is a text; `""` if there is none. */
function firstText(values: readonly AttributeValue[]): string {
  return values.find((value) => typeof value === "string") ?? "";
}

const encoder = new TextEncoder();
const ZERO = 48;
const EQUALS = 61;
const DIGITS = encoder.encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const ANCHOR_BYTES = new Uint8Array(24);
const TIME_BYTES = encoder.encode("0000-00-00T00:00:00Z");
/** Where each digit of a moment stands in it. */
const TIME_PLACES = Uint8Array.of(0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18);

/** In small letters; their case does not count. */
const [TRUE, FALSE, MEMBER, GUEST] = ["true", "false", "member", "guest"].map((word) => encoder.encode(word));

/** Takes one of two words; a blank cell says nothing. */
function takeWord(
  user: PlainView,
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  yes: Uint8Array | undefined,
  no: Uint8Array | undefined,
): boolean {
  if (start === end) return true;
  if (isWord(bytes, start, end, yes)) return user.state(code, true);
  return isWord(bytes, start, end, no) && user.state(code, false);
}

function isWord(bytes: Uint8Array, start: number, end: number, word: Uint8Array | undefined): boolean {
  if (word === undefined || end - start !== word.length) return false;
  for (let index = 0; index < word.length; index++)
    if (toLower(bytes[start + index] ?? 0) !== word[index]) return false;
  return true;
}

function has(bytes: Uint8Array, start: number, end: number, wanted: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === wanted) return true;
  return false;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}

function areDigits(bytes: Uint8Array, start: number, end: number, most: number): boolean {
  if (end - start > most) return false;
  for (let at = start; at < end; at++) if (!isDigit(bytes[at])) return false;
  return true;
}

function hasSipPrefix(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= 4 &&
    bytes[start + 3] === COLON &&
    toLower(bytes[start] ?? 0) === 115 &&
    toLower(bytes[start + 1] ?? 0) === 105 &&
    toLower(bytes[start + 2] ?? 0) === 112
  );
}

/** Whether a text is surely no name of a type: it begins with none of `System`, `Microsoft`, `Deserialized`, nor white space. */
function isNoType(bytes: Uint8Array, start: number): boolean {
  const first = toLower(bytes[start] ?? 0);
  return first > 32 && first < 127 && first !== 115 && first !== 109 && first !== 100;
}
