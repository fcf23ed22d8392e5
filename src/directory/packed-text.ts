import { textFields } from "../model/fields.ts";
import { RAW_ADDRESS } from "../model/user-view.ts";

/** A text that stands for bytes, and is kept as those. */
interface Packing {
  readonly byteLength: number;
  /** Writes the bytes; tells whether the text is one that `unpack` gives back to the letter. */
  readonly pack: (bytes: Uint8Array, start: number, end: number, to: Uint8Array, offset: number) => boolean;
  /** Writes the text; gives the offset behind it. */
  readonly unpack: (bytes: Uint8Array, start: number, to: Uint8Array, offset: number) => number;
}

/** How many bytes a GUID has, be it written as one or as an anchor. */
const GUID_BYTES = 16;
const GUID_LENGTH = 36;
const ANCHOR_LENGTH = 24;
/** How many bytes a time has. */
const TIME_BYTES = 7;
const EQUALS = 61;

/** The anchor of a GUID: base64 of sixteen bytes. */
function packAnchor(bytes: Uint8Array, start: number, end: number, to: Uint8Array, offset: number): boolean {
  if (end - start !== ANCHOR_LENGTH || bytes[end - 1] !== EQUALS || bytes[end - 2] !== EQUALS) return false;
  for (let group = 0; group < 6; group++) {
    const from = start + 4 * group;
    const at = offset + 3 * group;
    const one = VALUES[bytes[from] ?? 0] ?? -1;
    const two = VALUES[bytes[from + 1] ?? 0] ?? -1;
    if ((one | two) < 0) return false;
    to[at] = (one << 2) | (two >> 4);
    if (group === 5) return (two & 15) === 0;
    const three = VALUES[bytes[from + 2] ?? 0] ?? -1;
    const four = VALUES[bytes[from + 3] ?? 0] ?? -1;
    if ((three | four) < 0) return false;
    to[at + 1] = (two << 4) | (three >> 2);
    to[at + 2] = (three << 6) | four;
  }
  return false;
}

function unpackAnchor(bytes: Uint8Array, start: number, to: Uint8Array, offset: number): number {
  for (let group = 0; group < 5; group++) {
    const from = start + 3 * group;
    const at = offset + 4 * group;
    const bits = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    to[at] = BASE64[bits >> 18] ?? 0;
    to[at + 1] = BASE64[(bits >> 12) & 63] ?? 0;
    to[at + 2] = BASE64[(bits >> 6) & 63] ?? 0;
    to[at + 3] = BASE64[bits & 63] ?? 0;
  }
  const last = bytes[start + 15] ?? 0;
  to[offset + 20] = BASE64[last >> 2] ?? 0;
  to[offset + 21] = BASE64[(last & 3) << 4] ?? 0;
  to[offset + 22] = to[offset + 23] = EQUALS;
  return offset + ANCHOR_LENGTH;
}

const DASH = 45;
/** Where the two digits of each byte stand. */
const DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const DASHES = [8, 13, 18, 23];

/** A GUID as the service writes it: small digits, in the order in which they stand. */
function packGuid(bytes: Uint8Array, start: number, end: number, to: Uint8Array, offset: number): boolean {
  if (end - start !== GUID_LENGTH) return false;
  for (const dash of DASHES) if (bytes[start + dash] !== DASH) return false;
  for (let index = 0; index < GUID_BYTES; index++) {
    const from = start + (DIGITS[index] ?? 0);
    const high = HEX_VALUES[bytes[from] ?? 0] ?? -1;
    const low = HEX_VALUES[bytes[from + 1] ?? 0] ?? -1;
    if ((high | low) < 0) return false;
    to[offset + index] = (high << 4) | low;
  }
  return true;
}

function unpackGuid(bytes: Uint8Array, start: number, to: Uint8Array, offset: number): number {
  for (const dash of DASHES) to[offset + dash] = DASH;
  for (let index = 0; index < GUID_BYTES; index++) {
    const byte = bytes[start + index] ?? 0;
    const at = offset + (DIGITS[index] ?? 0);
    to[at] = HEX[byte >> 4] ?? 0;
    to[at + 1] = HEX[byte & 15] ?? 0;
  }
  return offset + GUID_LENGTH;
}

const TIME = new TextEncoder().encode("0000-00-00T00:00:00Z");
/** Where two digits stand in it. */
const PAIRS = [0, 2, 5, 8, 11, 14, 17];

/** A time such as `2026-01-01T00:00:00Z`. */
function packTime(bytes: Uint8Array, start: number, end: number, to: Uint8Array, offset: number): boolean {
  if (end - start !== TIME.length) return false;
  for (let index = 0; index < TIME.length; index++) {
    const byte = bytes[start + index] ?? 0;
    if (TIME[index] === ZERO ? byte < ZERO || byte > ZERO + 9 : byte !== TIME[index]) return false;
  }
  for (let pair = 0; pair < TIME_BYTES; pair++) {
    const from = start + (PAIRS[pair] ?? 0);
    to[offset + pair] = 10 * ((bytes[from] ?? 0) - ZERO) + (bytes[from + 1] ?? 0) - ZERO;
  }
  return true;
}

function unpackTime(bytes: Uint8Array, start: number, to: Uint8Array, offset: number): number {
  for (let index = 0; index < TIME.length; index++) to[offset + index] = TIME[index] ?? 0;
  for (let pair = 0; pair < TIME_BYTES; pair++) {
    const value = bytes[start + pair] ?? 0;
    const at = offset + (PAIRS[pair] ?? 0);
    const tens = Math.floor(value / 10);
    to[at] = ZERO + tens;
    to[at + 1] = ZERO + value - 10 * tens;
  }
  return offset + TIME.length;
}

const ZERO = 48;
const encoder = new TextEncoder();
const BASE64 = encoder.encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const VALUES = valuesOf(BASE64);
const HEX = encoder.encode("0123456789abcdef");
const HEX_VALUES = valuesOf(HEX);

function valuesOf(digits: Uint8Array): Int8Array {
  const values = new Int8Array(256).fill(-1);
  digits.forEach((digit, value) => {
    values[digit] = value;
  });
  return values;
}

const packingOfValue: Readonly<Record<(typeof textFields)[number]["value"], Packing | undefined>> = {
  text: undefined,
  guid: { byteLength: GUID_BYTES, pack: packGuid, unpack: unpackGuid },
  anchor: { byteLength: GUID_BYTES, pack: packAnchor, unpack: unpackAnchor },
  time: { byteLength: TIME_BYTES, pack: packTime, unpack: unpackTime },
};

/** For each code the packing of its field, if it has one. */
export const packings: readonly (Packing | undefined)[] = Array.from({ length: RAW_ADDRESS }, (_, code) => {
  const rule = textFields.find((one) => one.code === code);
  return rule && packingOfValue[rule.value];
});
