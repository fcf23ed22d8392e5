import { addressKey, domainOf, parseSmtpAddress } from "../model/address.ts";
import { shapeOf } from "../model/address-shape.ts";
import { FIRST_ADDRESS, fieldCodes, SMTP_ALIAS, SMTP_PRIMARY } from "../model/user-view.ts";
import { AddressTexts, type PackedAddressTexts } from "./address-texts.ts";
import { KeyIndex, type PackedKeys } from "./key-index.ts";

/** By which attribute an object claims an address, the surest first. */
const ATTRIBUTES = ["proxyAddresses", "mail", "userPrincipalName"] as const;

/** By which attribute an object claims an address. */
export type AddressAttribute = (typeof ATTRIBUTES)[number];

/** One object's claim to an address. */
export interface AddressClaim {
  /** Index of the object in its directory. */
  readonly index: number;
  readonly attribute: AddressAttribute;
}

/** {@link TableAddresses} as plain data: what a thread hands over. */
export interface PackedAddresses {
  readonly texts: PackedAddressTexts;
  readonly keys: PackedKeys;
  readonly exotic: readonly ExoticClaim[];
}

/** A claim to an address that is not ASCII, or has white space around it. */
interface ExoticClaim {
  readonly text: string;
  readonly index: number;
  readonly attribute: number;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Stands for the number of a text that is no address. */
export const NO_ADDRESS = -1;
/** Stands for the number of a text without a letter. */
export const BLANK = -2;
/** Stands for the number of a text that may be an address, and has none of its own: {@link AddressIndex.findText} tells. */
export const EXOTIC = -3;

/** The addresses of a directory, each with a number below `size`, and which objects claim which. Letter case does not count. */
export interface AddressIndex {
  readonly size: number;
  /** The claims to an address, one for each object, in the order of the objects; none if nobody has it. */
  readonly claims: (address: string) => readonly AddressClaim[];
  /** Every address that more than one object claims. */
  readonly shared: () => Iterable<readonly [address: string, claims: readonly AddressClaim[]]>;
  /** The number of an address; -1 if nobody has it. */
  readonly findText: (address: string) => number;
  /** The number of an address in bytes; -1 if nobody has it. */
  readonly find: (bytes: Uint8Array, start: number, end: number) => number;
  /** Whether an address in bytes is to the letter the one that has a number. */
  readonly isWritten: (number: number, bytes: Uint8Array, start: number, end: number) => boolean;
  /** Calls back for each object that claims the address of a number, with the index of its attribute. */
  readonly forEachHolder: (number: number, visit: (index: number, attribute: number) => void) => void;
  /** Whether the address of a number is claimed by no other object than one. */
  readonly isHeldOnlyBy: (number: number, index: number) => boolean;
  /** The number of an address's domain, the same for all letter cases; 0 if it has none, because there are too many. */
  readonly domainOf: (number: number) => number;
  /** The domain of an address in ASCII, in small letters. */
  readonly domainTextOf: (number: number) => string;
  /** The domains of all addresses, in small letters. */
  readonly domains: () => ReadonlySet<string>;
  /**
   * Tells for each number of an address in ASCII that of the same address in another index: twice that number, and 1 more
   * where the two are the same to the letter; -1 where it has none.
   */
  readonly translateTo: (other: AddressIndex) => Int32Array;
  /** Frees what `translateTo` has worked out; it is worked out again if it is asked for. */
  readonly forgetTranslations: () => void;
}

/**
 * The addresses of a table, each with a number, and which objects claim which, over all classes of objects: users, groups
 * and contacts together with the users' UPNs, for an address may occur once among them all, and a UPN that is another's
 * address costs mail (Microsoft's BPOS transition planning guide).
 *
 * Of the attributes by which one object claims an address the first of proxyAddresses, mail, userPrincipalName is kept.
 * Addresses in ASCII, nearly all, are compared as bytes; others by {@link addressKey}.
 */
export class TableAddresses implements AddressIndex {
  readonly #texts: AddressTexts;
  readonly #keys: KeyIndex;
  /** The claims to addresses that are not found as bytes, in the order in which they came. */
  readonly #exotic: ExoticClaim[];
  /** Addresses that are not found as bytes: their number behind those of the keys, and who claims them. */
  #exoticNumbers: Map<string, number> | undefined;
  #exoticClaims: AddressClaim[][] = [];
  #isExact = true;
  #translations = new WeakMap<AddressIndex, Int32Array>();

  constructor(packed?: PackedAddresses) {
    this.#texts = new AddressTexts(packed?.texts);
    this.#keys = packed === undefined ? new KeyIndex(this.#texts) : KeyIndex.unpack(this.#texts, packed.keys);
    this.#exotic = [...(packed?.exotic ?? [])];
  }

  /** Gives the addresses as plain data; they are not to be used any more if they are handed to another thread. */
  pack(): PackedAddresses {
    return { texts: this.#texts.pack(), keys: this.#keys.pack(), exotic: this.#exotic };
  }

  /** Tells that the addresses so far are such a part of all that will come: above 0, at most 1. */
  expect(part: number): void {
    this.#keys.expect(part);
  }

  /** The addresses that come now are another object's. */
  begin(): void {
    this.#texts.begin();
  }

  /**
   * Takes a text, not a blank one, by which an object claims an address, of the attribute of this index in {@link attributeOf}. Gives the
   * address's number, or one of {@link NO_ADDRESS} and {@link EXOTIC}.
   */
  take(bytes: Uint8Array, start: number, end: number, index: number, attribute: number): number {
    const shape = shapeOf(bytes, start, end);
    if (shape === "none") return NO_ADDRESS;
    if (shape === "exotic") {
      this.#exotic.push({ text: decoder.decode(bytes.subarray(start, end)), index, attribute });
      return EXOTIC;
    }
    const { size } = this.#keys;
    const number = this.#keys.add(bytes, start, end, index, attribute);
    this.#isExact =
      number === size
        ? this.#texts.isKeptExactly
        : this.#texts.isExactlyAt(this.#keys.position(number), bytes, start, end);
    return number;
  }

  /** Whether the address that was taken last stands there to the letter as its number has it. */
  get isExact(): boolean {
    return this.#isExact;
  }

  /** The number of a text that claims nothing; {@link NO_ADDRESS} unless it is kept to the letter. */
  findExact(bytes: Uint8Array, start: number, end: number): number {
    if (shapeOf(bytes, start, end) !== "address") return NO_ADDRESS;
    const number = this.#keys.find(bytes, start, end);
    if (number < 0) return NO_ADDRESS;
    return this.#texts.isExactlyAt(this.#keys.position(number), bytes, start, end) ? number : NO_ADDRESS;
  }

  /** Opens the text of a number: `AddressTexts` is then asked for it. */
  open(number: number): AddressTexts {
    this.#texts.open(this.#keys.position(number));
    return this.#texts;
  }

  /** Whether an address is valid in every attribute; false where that is not sure. */
  isGood(number: number): boolean {
    return this.#texts.isGoodAt(this.#keys.position(number));
  }

  domainOf(number: number): number {
    return this.open(number).domain;
  }

  domainTextOf(number: number): string {
    return domainOf(this.#textOf(number));
  }

  domains(): ReadonlySet<string> {
    const known: boolean[] = [];
    const domains = new Set<string>(Array.from(this.#numbersOfExotic().keys(), domainOf));
    for (let number = 0; number < this.#keys.size; number++) {
      const domain = this.domainOf(number);
      if (known[domain] === true) continue;
      // Where there are too many domains those that came last have no number.
      if (domain > 0) known[domain] = true;
      domains.add(this.domainTextOf(number));
    }
    return domains;
  }

  /** How many bytes the index takes, with the texts of the addresses. */
  get byteLength(): number {
    return this.#keys.byteLength + this.#texts.byteLength;
  }

  get size(): number {
    return this.#keys.size + this.#claimsOfExotic().length;
  }

  translateTo(other: AddressIndex): Int32Array {
    const known = this.#translations.get(other);
    if (known !== undefined) return known;
    const numbers = new Int32Array(this.#keys.size);
    let text = new Uint8Array(256);
    for (let number = 0; number < numbers.length; number++) {
      const opened = this.open(number);
      if (opened.wholeLength > text.length) text = new Uint8Array(2 * opened.wholeLength);
      const end = opened.copy(text, 0);
      const found = other.find(text, 0, end);
      const isAlike = found >= 0 && other.isWritten(found, text, 0, end);
      numbers[number] = found < 0 ? -1 : 2 * found + (isAlike ? 1 : 0);
    }
    this.#translations.set(other, numbers);
    return numbers;
  }

  forgetTranslations(): void {
    this.#translations = new WeakMap();
  }

  isWritten(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    return number < this.#keys.size && this.#texts.isExactlyAt(this.#keys.position(number), bytes, start, end);
  }

  find(bytes: Uint8Array, start: number, end: number): number {
    const found = this.#keys.find(bytes, start, end);
    if (found >= 0 || this.#exotic.length === 0) return found;
    return this.findText(decoder.decode(bytes.subarray(start, end)));
  }

  findText(address: string): number {
    const key = addressKey(address);
    const plain = this.#findPlain(key);
    if (plain >= 0) return plain;
    const exotic = this.#numbersOfExotic().get(key);
    return exotic === undefined ? -1 : this.#keys.size + exotic;
  }

  #findPlain(key: string): number {
    const bytes = encoder.encode(key);
    return this.#keys.find(bytes, 0, bytes.length);
  }

  /** Numbers the addresses that are not found as bytes, when all have come. */
  #numbersOfExotic(): ReadonlyMap<string, number> {
    if (this.#exoticNumbers !== undefined) return this.#exoticNumbers;
    const numbers = new Map<string, number>();
    this.#exoticNumbers = numbers;
    for (const { text, index, attribute } of this.#exotic) {
      const key = parseSmtpAddress(attribute === 0 ? text : text.trim())?.key;
      if (key === undefined) continue;
      const plain = this.#findPlain(key);
      if (plain >= 0) {
        this.#keys.addHolder(plain, index, attribute);
        continue;
      }
      const number = numbers.get(key) ?? this.#exoticClaims.push([]) - 1;
      numbers.set(key, number);
      const claims = this.#exoticClaims[number];
      const last = claims?.at(-1);
      const claim = { index, attribute: ATTRIBUTES[attribute] ?? "mail" };
      if (last?.index !== index) claims?.push(claim);
      else if (attribute < ATTRIBUTES.indexOf(last.attribute)) claims?.splice(-1, 1, claim);
    }
    return numbers;
  }

  #claimsOfExotic(): readonly (readonly AddressClaim[])[] {
    this.#numbersOfExotic();
    return this.#exoticClaims;
  }

  isHeldOnlyBy(number: number, index: number): boolean {
    const exotic = this.#claimsOfExotic();
    if (number >= this.#keys.size) {
      return (exotic[number - this.#keys.size] ?? []).every((claim) => claim.index === index);
    }
    return this.#keys.holder(number) === index && this.#keys.others(number).length === 0;
  }

  forEachHolder(number: number, visit: (index: number, attribute: number) => void): void {
    const exotic = this.#claimsOfExotic();
    if (number < this.#keys.size) {
      visit(this.#keys.holder(number), this.#keys.mark(number));
      for (const { user, mark } of this.#keys.others(number)) visit(user, mark);
    } else {
      for (const { index, attribute } of exotic[number - this.#keys.size] ?? []) {
        visit(index, ATTRIBUTES.indexOf(attribute));
      }
    }
  }

  claims(address: string): readonly AddressClaim[] {
    const number = this.findText(address);
    return number < 0 ? [] : this.#claimsOf(number);
  }

  #claimsOf(number: number): readonly AddressClaim[] {
    const claims: AddressClaim[] = [];
    this.forEachHolder(number, (index, attribute) =>
      claims.push({ index, attribute: ATTRIBUTES[attribute] ?? "mail" }),
    );
    return claims.sort((one, other) => one.index - other.index);
  }

  *shared(): Generator<readonly [address: string, claims: readonly AddressClaim[]]> {
    const exotic = this.#numbersOfExotic();
    for (const key of this.#keys.shared()) yield [addressKey(this.#textOf(key)), this.#claimsOf(key)];
    for (const [address, number] of exotic) {
      const claims = this.#exoticClaims[number] ?? [];
      if (claims.length > 1) yield [address, claims];
    }
  }

  #textOf(number: number): string {
    const opened = this.open(number);
    const bytes = new Uint8Array(opened.wholeLength);
    opened.copy(bytes, 0);
    return decoder.decode(bytes);
  }
}

/** Index of the attributes by which an address is claimed. */
export const CLAIMED_AS_ADDRESS = 0;
export const CLAIMED_AS_MAIL = 1;

/** By which attribute the text of a code claims an address, as an index; -1 if it claims none. */
export function attributeOf(code: number): number {
  if (code === SMTP_ALIAS || code === SMTP_PRIMARY) return CLAIMED_AS_ADDRESS;
  if (code >= FIRST_ADDRESS) return -1;
  return code === fieldCodes.mail ? CLAIMED_AS_MAIL : code === fieldCodes.userPrincipalName ? 2 : -1;
}
