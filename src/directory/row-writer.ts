import { isOrdinaryPerson } from "../model/ordinary-person.ts";
import { fieldCodes, type UserView, X500_ALIAS, X500_PRIMARY } from "../model/user-view.ts";
import { attributeOf, BLANK, CLAIMED_AS_ADDRESS, EXOTIC, NO_ADDRESS, type TableAddresses } from "./address-index.ts";
import { writeNumber } from "./byte-store.ts";
import { packings } from "./packed-text.ts";
import type { TextPool } from "./text-pool.ts";
import {
  AFTER,
  BINARY,
  EMPTY,
  FURTHER,
  fold,
  headOf,
  IS_ORDINARY,
  NAME_PREFIX,
  NUMBER,
  PART,
  RAW,
  RESPELLED,
  STRANGE,
  writeFlags,
} from "./user-row.ts";

const AT = 64;
const COMMA = 44;
const BACKSLASH = 92;
const EQUALS = 61;

/** Writes rows. */
export class RowWriter {
  readonly #addresses: TableAddresses;
  readonly #parts: TextPool;
  readonly #isGood: (number: number) => boolean;
  /** How each text is kept, and the number of its address. */
  #kinds = new Uint8Array(64);
  #numbers = new Int32Array(64);
  /** The text that others may share their beginning with, up to its `@`, and where the DN begins behind `CN=`. */
  #baseStart = 0;
  #baseEnd = 0;
  #nameStart = 0;
  #nameEnd = 0;
  #at = 0;

  constructor(addresses: TableAddresses, parts: TextPool) {
    this.#addresses = addresses;
    this.#parts = parts;
    this.#isGood = (number) => addresses.isGood(number);
  }

  /** How many bytes a row takes at most. */
  static bound({ entries, starts }: UserView): number {
    return 32 + 32 * entries + (starts[entries] ?? 0) - (starts[0] ?? 0);
  }

  /** Writes the user that a view shows, of an index; gives the offset behind the row. */
  write(view: UserView, index: number, to: Uint8Array, offset: number): number {
    const { codes, entries } = view;
    const hasRespelled = this.#numberTexts(view, index);
    const isOrdinaryRow = !hasRespelled && isOrdinaryPerson(view, this.#numbers, this.#isGood);
    let at = writeFlags(view, to, offset);
    if (isOrdinaryRow) to[offset] = (to[offset] ?? 0) | IS_ORDINARY;
    at = writeNumber(to, at, view.part);
    at = writeNumber(to, at, view.record);
    at = writeNumber(to, at, fold(view.line - view.record));
    at = writeNumber(to, at, entries);
    const heads = at;
    at += entries;
    let previous = 0;
    for (let entry = 0; entry < entries; entry++) {
      const kind = this.#kinds[entry];
      if (kind !== NUMBER && kind !== RESPELLED) continue;
      const number = this.#numbers[entry] ?? 0;
      at = writeNumber(to, at, fold(number - previous));
      previous = number;
    }
    this.#at = at;
    this.#nameStart = this.#nameEnd = 0;
    for (let entry = 0; entry < entries; entry++) {
      let kind = this.#kinds[entry] ?? RAW;
      const code = codes[entry] ?? 0;
      const head = headOf(code);
      if (head === FURTHER) to[this.#at++] = code;
      if (kind === RAW) kind = this.#writeText(view, entry, to);
      else if (kind === RESPELLED || kind === STRANGE) this.#writeRaw(view, entry, to);
      to[heads + entry] = head | (kind << 5);
    }
    return this.#at;
  }

  /** Finds the numbers of the texts that are addresses; tells whether one of proxyAddresses is written differently. */
  #numberTexts(view: UserView, index: number): boolean {
    const { codes, starts, entries } = view;
    if (entries > this.#kinds.length) {
      this.#kinds = new Uint8Array(2 * entries);
      this.#numbers = new Int32Array(2 * entries);
    }
    const kinds = this.#kinds;
    this.#addresses.begin();
    let hasRespelled = false;
    // How an address is written there counts; mail and sign-in name come after.
    for (let entry = 0; entry < entries; entry++) {
      const isBlank = starts[entry] === starts[entry + 1];
      kinds[entry] = isBlank ? EMPTY : RAW;
      this.#numbers[entry] = isBlank ? BLANK : NO_ADDRESS;
      if (isBlank || attributeOf(codes[entry] ?? 0) !== CLAIMED_AS_ADDRESS) continue;
      this.#takeAddress(view, entry, index, CLAIMED_AS_ADDRESS);
      if (kinds[entry] === RESPELLED) hasRespelled = true;
    }
    for (let entry = 0; entry < entries; entry++) {
      if (kinds[entry] !== RAW) continue;
      const code = codes[entry] ?? 0;
      const attribute = attributeOf(code);
      if (attribute > CLAIMED_AS_ADDRESS) this.#takeAddress(view, entry, index, attribute);
      else if (code === fieldCodes.sipAddress) this.#findAddress(view, entry);
    }
    this.#setBase(view);
    return hasRespelled;
  }

  #takeAddress({ bytes, starts }: UserView, entry: number, index: number, attribute: number): void {
    const number = this.#addresses.take(bytes, starts[entry] ?? 0, starts[entry + 1] ?? 0, index, attribute);
    this.#numbers[entry] = number;
    if (number >= 0) this.#kinds[entry] = this.#addresses.isExact ? NUMBER : RESPELLED;
    else if (number === EXOTIC) this.#kinds[entry] = STRANGE;
  }

  /** A chat address claims nothing, but is nearly always one of the others. */
  #findAddress({ bytes, starts }: UserView, entry: number): void {
    const number = this.#addresses.findExact(bytes, starts[entry] ?? 0, starts[entry + 1] ?? 0);
    this.#numbers[entry] = number;
    if (number >= 0) this.#kinds[entry] = NUMBER;
  }

  /** Finds the text that account name and nickname begin as: the first address, up to its `@`. */
  #setBase({ bytes, starts, entries }: UserView): void {
    this.#baseStart = this.#baseEnd = 0;
    for (let entry = 0; entry < entries; entry++) {
      if (this.#kinds[entry] !== NUMBER) continue;
      const end = starts[entry + 1] ?? 0;
      this.#baseStart = this.#baseEnd = starts[entry] ?? 0;
      while (this.#baseEnd < end && bytes[this.#baseEnd] !== AT) this.#baseEnd++;
      return;
    }
  }

  /** Writes a text in as few bytes as are known for it; gives how it is kept. */
  #writeText(view: UserView, entry: number, to: Uint8Array): number {
    const { bytes, starts } = view;
    const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
    switch (view.codes[entry]) {
      case fieldCodes.distinguishedName:
        this.#nameStart = start + NAME_PREFIX;
        this.#nameEnd = end;
        return this.#writeName(bytes, start, end, to);
      case X500_ALIAS:
      case X500_PRIMARY:
        return this.#writeX500(bytes, start, end, to);
      case fieldCodes.displayName:
        return this.#writeAfter(this.#nameStart, this.#nameEnd, bytes, start, end, to);
      case fieldCodes.samAccountName:
      case fieldCodes.mailNickname:
        return this.#writeAfter(this.#baseStart, this.#baseEnd, bytes, start, end, to);
      default: {
        const packing = packings[view.codes[entry] ?? 0];
        if (packing?.pack(bytes, start, end, to, this.#at) === true) {
          this.#at += packing.byteLength;
          return BINARY;
        }
        this.#writeBytes(bytes, start, end, to);
        return RAW;
      }
    }
  }

  /** A DN: what is behind the first comma that stands for itself is that of a folder. */
  #writeName(bytes: Uint8Array, start: number, end: number, to: Uint8Array): number {
    let comma = start;
    while (comma < end && !(bytes[comma] === COMMA && bytes[comma - 1] !== BACKSLASH)) comma++;
    const part = comma === end ? 0 : this.#parts.add(bytes, comma, end);
    if (part > 0) this.#at = writeNumber(to, this.#at, part);
    this.#writeBytes(bytes, start, part > 0 ? comma : end, to);
    return part > 0 ? PART : RAW;
  }

  /** An X.500 address: what is before the last name is that of an organization. */
  #writeX500(bytes: Uint8Array, start: number, end: number, to: Uint8Array): number {
    let from = end;
    while (from > start && bytes[from - 1] !== EQUALS) from--;
    const part = from === start ? 0 : this.#parts.add(bytes, start, from);
    if (part === 0) {
      this.#writeBytes(bytes, start, end, to);
      return RAW;
    }
    this.#at = writeNumber(to, this.#at, part);
    const shared = countShared(bytes, this.#baseStart, this.#baseEnd, from, end);
    this.#at = writeNumber(to, this.#at, shared);
    this.#writeBytes(bytes, from + shared, end, to);
    return PART;
  }

  #writeAfter(from: number, until: number, bytes: Uint8Array, start: number, end: number, to: Uint8Array): number {
    const shared = countShared(bytes, from, until, start, end);
    if (shared > 1) this.#at = writeNumber(to, this.#at, shared);
    this.#writeBytes(bytes, shared > 1 ? start + shared : start, end, to);
    return shared > 1 ? AFTER : RAW;
  }

  #writeRaw({ bytes, starts }: UserView, entry: number, to: Uint8Array): void {
    this.#writeBytes(bytes, starts[entry] ?? 0, starts[entry + 1] ?? 0, to);
  }

  #writeBytes(bytes: Uint8Array, start: number, end: number, to: Uint8Array): void {
    let at = writeNumber(to, this.#at, end - start);
    for (let from = start; from < end; from++) to[at++] = bytes[from] ?? 0;
    this.#at = at;
  }
}

function countShared(bytes: Uint8Array, from: number, until: number, start: number, end: number): number {
  const most = Math.min(until - from, end - start);
  let shared = 0;
  while (shared < most && bytes[from + shared] === bytes[start + shared]) shared++;
  return shared;
}
