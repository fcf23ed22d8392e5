import { isAscii } from "../text/bytes.ts";
import { formatProxyAddress, type ProxyAddress, parseProxyAddress } from "./address.ts";
import { type BooleanField, booleanFields, ID_CODE, type TextField, textFields } from "./fields.ts";
import type { User } from "./user.ts";

/** The code of each text of a user in a {@link UserView}: of its fields, and of an id that is none of them. */
export const fieldCodes = {
  ...(Object.fromEntries(textFields.map(({ field, code }) => [field, code])) as Readonly<Record<TextField, number>>),
  id: ID_CODE,
};

/** An address whose type has no code of its own: the whole value of proxyAddresses. All codes below are of fields. */
export const RAW_ADDRESS = 127;
/** Addresses of the types below begin here: twice the type, and 1 more for a primary one. */
export const FIRST_ADDRESS = 128;
const ADDRESS_TYPES = ["SMTP", "SIP", "X500", "X400", "EUM"] as const;
export const SMTP_ALIAS = 128;
export const SMTP_PRIMARY = 129;
export const SIP_ALIAS = 130;
export const SIP_PRIMARY = 131;
export const X500_ALIAS = 132;
export const X500_PRIMARY = 133;

/** The field of each code. */
const fieldOfCode: readonly (TextField | "id" | undefined)[] = Array.from({ length: RAW_ADDRESS }, (_, code) =>
  code === ID_CODE ? "id" : textFields.find((rule) => rule.code === code)?.field,
);

const USER_TYPES = ["user", "group", "contact", "unknown"] as const satisfies readonly User["type"][];

/** The type of a person in a view. */
export const PERSON = 0;
/** The type of a contact in a view. */
export const CONTACT = 2;

/** What is known of a field that is true or false. */
export const [NOT_EXPORTED, NO, YES] = [0, 1, 2] as const;

/** What is known of a field that is true or false, by its code: {@link NOT_EXPORTED}, {@link NO} or {@link YES}. */
export function stateOf(states: number, code: number): number {
  return (states >> (2 * code)) & 3;
}

function toStates(user: User): number {
  let states = NOT_EXPORTED as number;
  for (const { field, code } of booleanFields) {
    const value = user[field];
    if (value !== undefined) states |= (value ? YES : NO) << (2 * code);
  }
  return states;
}

/**
 * One user as bytes: texts in UTF-8 one behind the other, and what each of them is. Very many users are read, kept and
 * compared in this form without a string or an object each; {@link readView} makes a `User` of it.
 *
 * A view is used again and again: what it shows is good until it is filled with the next user.
 */
export class UserView {
  /** Holds the texts; they need not begin at 0. */
  bytes: Uint8Array = new Uint8Array(4096);
  /** How many texts there are. */
  entries = 0;
  /** What each text is: the code of a field, or of an address. */
  codes: Uint8Array = new Uint8Array(64);
  /** Where each text begins in `bytes`; the last one ends at `starts[entries]`. */
  starts: Uint32Array = new Uint32Array(65);
  /** Index in user, group, contact, unknown. */
  type = 0;
  /** What is true and false, two bits for each such field: {@link stateOf}. */
  states = 0;
  /** Whether proxyAddresses was exported, be it without a value. */
  hasAddresses = false;
  hasSlice = false;
  isAscii = true;
  /** Which source of its side the user is from. */
  part = 0;
  record = 0;
  line = 0;

  /** Empties the view, to be filled anew. */
  clear(): void {
    this.entries = 0;
    this.starts[0] = 0;
    this.type = 0;
    this.states = 0;
    this.hasAddresses = this.hasSlice = false;
    this.isAscii = true;
  }

  /** Makes room for so many texts, their bytes aside. */
  allow(entries: number): void {
    if (entries < this.codes.length) return;
    this.codes = grow(this.codes, new Uint8Array(2 * entries));
    this.starts = grow(this.starts, new Uint32Array(2 * entries + 1));
  }

  /** Makes room for a further text of so many bytes. */
  reserve(length: number): void {
    this.allow(this.entries + 1);
    const needed = (this.starts[this.entries] ?? 0) + length;
    if (needed > this.bytes.length) this.bytes = grow(this.bytes, new Uint8Array(2 * needed));
  }

  /** Appends a text. */
  append(code: number, text: string): void {
    this.reserve(3 * text.length);
    const start = this.starts[this.entries] ?? 0;
    const { written } = encoder.encodeInto(text, this.bytes.subarray(start));
    if (written !== text.length) this.isAscii = false;
    this.codes[this.entries] = code;
    this.starts[++this.entries] = start + written;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** Makes a character of each byte; what is not ASCII may be wrong. */
const byteDecoder = new TextDecoder("windows-1252");

function grow<Numbers extends Uint8Array | Uint32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

/** Fills a view with a user; the source, and the record in it, are the caller's to say. */
export function fillView(view: UserView, user: User): void {
  view.clear();
  view.type = USER_TYPES.indexOf(user.type);
  view.states = toStates(user);
  view.hasSlice = user.slices !== undefined;
  view.record = user.origin.record;
  view.line = user.origin.line;
  for (const { field, code } of textFields) {
    const text = user[field];
    if (text !== undefined) view.append(code, text);
  }
  if (user.id !== usualId(user)) view.append(fieldCodes.id, user.id);
  if (user.proxyAddresses !== undefined) {
    view.hasAddresses = true;
    for (const entry of user.proxyAddresses) appendAddress(view, entry);
  }
}

function appendAddress(view: UserView, entry: ProxyAddress): void {
  const type = ADDRESS_TYPES.indexOf(entry.type as (typeof ADDRESS_TYPES)[number]);
  if (type < 0) view.append(RAW_ADDRESS, formatProxyAddress(entry));
  else view.append(FIRST_ADDRESS + 2 * type + (entry.primary ? 1 : 0), entry.address);
}

/** What an object is known by if nothing else is said. */
function usualId({ distinguishedName, objectId, userPrincipalName }: Partial<User>): string {
  return distinguishedName || objectId || userPrincipalName || "";
}

/** What a user has where its export has a field, and nothing in it. */
export type Blanks = Readonly<Partial<Omit<User, "type" | "id" | "origin">>>;

function readStates(states: number, user: { -readonly [Field in BooleanField]?: User[Field] }): void {
  let code = 0;
  for (let left = states; left !== 0; left >>>= 2) {
    const field = stateFields[code++];
    const state = stateOf(left, 0);
    if (state !== NOT_EXPORTED && field !== undefined) user[field] = state === YES;
  }
}

/** The field of each code of those that are true or false. */
const stateFields: readonly (BooleanField | undefined)[] = Array.from(
  { length: 16 },
  (_, code) => booleanFields.find((rule) => rule.code === code)?.field,
);

/** Makes a user of a view; `name` is that of its source, `blanks` are what it has where the view has nothing. */
export function readView(view: UserView, name: string, blanks: Blanks = {}): User {
  const { bytes, codes, starts, entries } = view;
  const first = starts[0] ?? 0;
  // One call decodes all texts, with as many characters as bytes; those that are not ASCII are then decoded again, as UTF-8.
  const whole = byteDecoder.decode(bytes.subarray(first, starts[entries]));
  const textAt = (index: number): string => {
    const start = starts[index] ?? 0;
    const end = starts[index + 1] ?? 0;
    const isPlain = view.isAscii || isAscii(bytes, start, end);
    return isPlain ? whole.slice(start - first, end - first) : decoder.decode(bytes.subarray(start, end));
  };
  const user: { -readonly [Field in keyof User]: User[Field] } = {
    type: USER_TYPES[view.type] ?? "unknown",
    id: "",
    origin: { name, record: view.record, line: view.line },
    ...blanks,
  };
  const proxyAddresses: ProxyAddress[] = [];
  for (let index = 0; index < entries; index++) {
    const code = codes[index] ?? 0;
    if (code < RAW_ADDRESS) {
      const field = fieldOfCode[code];
      if (field !== undefined) user[field] = textAt(index);
    } else if (code === RAW_ADDRESS) proxyAddresses.push(parseProxyAddress(textAt(index)));
    else {
      const type = ADDRESS_TYPES[(code - FIRST_ADDRESS) >> 1] ?? "SMTP";
      proxyAddresses.push({ type, address: textAt(index), primary: (code & 1) === 1 });
    }
  }
  if (user.id === "") user.id = usualId(user);
  if (view.hasAddresses) user.proxyAddresses = proxyAddresses;
  readStates(view.states, user);
  if (view.hasSlice) user.slices = ["proxyAddresses"];
  return user;
}
