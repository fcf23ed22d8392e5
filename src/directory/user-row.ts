import { fieldCodes, RAW_ADDRESS, SMTP_ALIAS, SMTP_PRIMARY, type UserView } from "../model/user-view.ts";
import { NO_ADDRESS } from "./address-index.ts";
import { type NumberReader, writeNumber } from "./byte-store.ts";

/** What is told of a row without its texts: flags, and of each text what it is, and the number of the address that it is. */
export class UserOutline {
  /** Index in user, group, contact, unknown. */
  type = 0;
  /** What is true and false: `stateOf`. */
  states = 0;
  hasAddresses = false;
  entries = 0;
  /** What each text is: the code of a field, or of an address. */
  codes: Uint8Array = new Uint8Array(64);
  /** The number of each text in the directory's addresses, or why it has none: NO_ADDRESS, BLANK, EXOTIC. */
  numbers: Int32Array = new Int32Array(64);
  /** How each text is kept. */
  kinds: Uint8Array = new Uint8Array(64);
  /** The bytes that the row is in, and where its texts begin. */
  row: Uint8Array = new Uint8Array(0);
  textsAt = 0;
}

/** Whether a text of an object is an SMTP address of it. */
export function isSmtpAddress({ codes }: Pick<UserOutline, "codes">, entry: number): boolean {
  return codes[entry] === SMTP_ALIAS || codes[entry] === SMTP_PRIMARY;
}

/** The number of the first text of a code; NO_ADDRESS if the object has none. */
export function numberOf({ codes, numbers, entries }: UserOutline, code: number): number {
  for (let entry = 0; entry < entries; entry++) if (codes[entry] === code) return numbers[entry] ?? NO_ADDRESS;
  return NO_ADDRESS;
}

/**
 * A row is a head (flags, source, record, line), for each text a head of its own, the numbers of addresses, and what is left
 * of the texts. The head of a text is one byte: below, what it is; in the upper three bits, how it is kept.
 */
const HEAD_MASK = 31;
/** Codes of fields that nearly everybody has are below this, and stand in the head. */
const FIRST_FURTHER = 15;
/** Addresses stand in the head from here on. */
const FIRST_ADDRESS_HEAD = 15;
/** A field that few have: its code is a byte before its text. */
export const FURTHER = 31;

/** What stands in the head of a text for its code. */
export function headOf(code: number): number {
  if (code < FIRST_FURTHER) return code;
  return code < RAW_ADDRESS ? FURTHER : code - RAW_ADDRESS + FIRST_ADDRESS_HEAD;
}

/** The code that a head stands for; {@link FURTHER} if it is told before the text. */
export function codeOf(head: number): number {
  return CODES_OF_HEADS[head & HEAD_MASK] ?? FURTHER;
}

const CODES_OF_HEADS = Uint8Array.from({ length: HEAD_MASK + 1 }, (_, short) =>
  short < FIRST_ADDRESS_HEAD || short === FURTHER ? short : short - FIRST_ADDRESS_HEAD + RAW_ADDRESS,
);

/** A set of codes: 1 at the place of each. */
export type CodeSet = Uint8Array;
export const EVERY_CODE: CodeSet = new Uint8Array(256).fill(1);

/** Makes a set of the texts to show of a row. A display name may be kept as what it has besides the distinguished name. */
export function codeSet(codes: readonly number[]): CodeSet {
  const set = new Uint8Array(256);
  for (const code of codes) set[code] = 1;
  if (set[fieldCodes.displayName] === 1) set[fieldCodes.distinguishedName] = 1;
  return set;
}

/** As it is: length and bytes. */
export const RAW = 0;
/** As the number of an address. */
export const NUMBER = 1;
/** Not at all: it has no letter. */
export const EMPTY = 2;
/** As what it has besides a beginning that it shares with another text of the row. */
export const AFTER = 3;
/** As the bytes that it stands for. */
export const BINARY = 4;
/** As the number of a part that very many have, and the rest. */
export const PART = 5;
/** As the number of an address, and as it is: its letter case is another one. */
export const RESPELLED = 6;
/** As it is; it may be an address all the same. */
export const STRANGE = 7;

/** `CN=` */
export const NAME_PREFIX = 3;

const IS_ASCII = 4;
const HAS_SLICE = 8;
const HAS_ADDRESSES = 16;
export const IS_ORDINARY = 32;
/** More is known to be true or false than one byte tells. */
const HAS_FURTHER_STATES = 64;

/** Writes what a view says of a user besides texts and origin; gives the offset behind it: two bytes further, for most. */
export function writeFlags(view: UserView, to: Uint8Array, offset: number): number {
  const { states } = view;
  const further = states >>> 8;
  to[offset] =
    view.type |
    (view.isAscii ? IS_ASCII : 0) |
    (view.hasSlice ? HAS_SLICE : 0) |
    (view.hasAddresses ? HAS_ADDRESSES : 0) |
    (further === 0 ? 0 : HAS_FURTHER_STATES);
  to[offset + 1] = states & 255;
  return further === 0 ? offset + 2 : writeNumber(to, offset + 2, further);
}

/** Reads those of the flags that outlines have too, from where `numbers` stand. */
export function readOutlineFlags(numbers: NumberReader, to: UserOutline | UserView): number {
  const row = numbers.bytes;
  const flags = row[numbers.at] ?? 0;
  let states = row[numbers.at + 1] ?? 0;
  numbers.at += 2;
  if ((flags & HAS_FURTHER_STATES) !== 0) states |= numbers.next() << 8;
  to.type = typeOf(flags);
  to.hasAddresses = (flags & HAS_ADDRESSES) !== 0;
  to.states = states;
  return flags;
}

/** Reads what {@link writeFlags} wrote. */
export function readFlags(numbers: NumberReader, view: UserView): void {
  const flags = readOutlineFlags(numbers, view);
  view.isAscii = (flags & IS_ASCII) !== 0;
  view.hasSlice = (flags & HAS_SLICE) !== 0;
}

/** The type of a row that begins with a byte. */
export function typeOf(first: number): number {
  return first & 3;
}

/** Whether a row that begins with a byte is of a person of whom, taken alone, there is nothing to say. */
export function isOrdinary(first: number): boolean {
  return (first & IS_ORDINARY) !== 0;
}

/** Makes a small number without a sign of one with a sign. */
export function fold(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** What {@link fold} was given. */
export function unfold(value: number): number {
  return (value & 1) === 1 ? -((value + 1) / 2) : value / 2;
}
