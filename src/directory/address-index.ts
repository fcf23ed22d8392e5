import { addressKey, parseSmtpAddress } from "../model/address.ts";
import { shapeOf } from "../model/address-shape.ts";
import { FIRST_ADDRESS, fieldCodes, SMTP_ALIAS, SMTP_PRIMARY, UserView } from "../model/user-view.ts";
import { KeyIndex, type PackedKeys } from "./key-index.ts";
import type { UserTable } from "./user-table.ts";

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

/** An {@link AddressIndex} as plain data: what a thread hands over. */
export interface PackedAddresses {
  readonly keys: PackedKeys;
  readonly exotic: ReadonlyMap<string, number>;
  readonly exoticClaims: readonly (readonly AddressClaim[])[];
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Which objects claim which address, over all classes of objects: users, groups and contacts together with the users'
 * UPNs, for an address may occur once among them all, and a UPN that is another's address costs mail (Microsoft's BPOS
 * transition planning guide).
 *
 * Of the attributes by which one object claims an address the first of proxyAddresses, mail, userPrincipalName is kept.
 * Addresses in ASCII, nearly all, are compared as bytes; others by {@link addressKey}.
 */
export class AddressIndex {
  readonly #keys: KeyIndex;
  /** Addresses that are not found as bytes: their number behind those of the keys, and who claims them. */
  readonly #exotic: Map<string, number>;
  readonly #exoticClaims: AddressClaim[][];

  private constructor(keys: KeyIndex, exotic: Map<string, number>, exoticClaims: AddressClaim[][]) {
    this.#keys = keys;
    this.#exotic = exotic;
    this.#exoticClaims = exoticClaims;
  }

  /** Lists the addresses of a table. */
  static of(table: UserTable): AddressIndex {
    // Nearly every mail and sign-in name is one of these too.
    const expected = Math.ceil(1.05 * (table.countOf(SMTP_ALIAS) + table.countOf(SMTP_PRIMARY)));
    const keys = new KeyIndex(table, { fold: true, expected });
    const view = new UserView();
    const exotic: { readonly text: string; readonly index: number; readonly attribute: number }[] = [];
    for (let index = 0; index < table.size; index++) {
      const { bytes, codes, starts, entries } = table.show(index, view);
      for (let attribute = 0; attribute < ATTRIBUTES.length; attribute++) {
        for (let entry = 0; entry < entries; entry++) {
          if (attributeOf(codes[entry] ?? 0) !== attribute) continue;
          const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
          const shape = shapeOf(bytes, start, end);
          if (shape === "address") keys.add(view, entry, index, attribute);
          else if (shape === "exotic")
            exotic.push({ text: decoder.decode(bytes.subarray(start, end)), index, attribute });
        }
      }
    }
    const addresses = new AddressIndex(keys, new Map(), []);
    for (const { text, index, attribute } of exotic) addresses.#addExotic(text, index, attribute);
    return addresses;
  }

  /** Gives the addresses as plain data; they are not to be used any more if they are handed to another thread. */
  pack(): PackedAddresses {
    return { keys: this.#keys.pack(), exotic: this.#exotic, exoticClaims: this.#exoticClaims };
  }

  /** Makes an index of what {@link pack} gave, without copying it; the table must be the same. */
  static unpack(table: UserTable, { keys, exotic, exoticClaims }: PackedAddresses): AddressIndex {
    const claims = exoticClaims.map((own) => [...own]);
    return new AddressIndex(KeyIndex.unpack(table, keys), new Map(exotic), claims);
  }

  #addExotic(text: string, index: number, attribute: number): void {
    const key = parseSmtpAddress(attribute === 0 ? text : text.trim())?.key;
    if (key === undefined) return;
    const plain = this.#findPlain(key);
    if (plain >= 0) {
      this.#keys.addHolder(plain, index, attribute);
      return;
    }
    const number = this.#exotic.get(key) ?? this.#exoticClaims.push([]) - 1;
    this.#exotic.set(key, number);
    const claims = this.#exoticClaims[number];
    if (claims?.at(-1)?.index !== index) claims?.push({ index, attribute: ATTRIBUTES[attribute] ?? "mail" });
  }

  /** How many bytes the index takes. */
  get byteLength(): number {
    return this.#keys.byteLength;
  }

  /** How many addresses there are: each has a number below. */
  get size(): number {
    return this.#keys.size + this.#exoticClaims.length;
  }

  /** The number of an address in bytes; -1 if nobody has it. Letter case does not count. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const found = this.#keys.find(bytes, start, end);
    return found >= 0 || this.#exotic.size === 0 ? found : this.findText(decoder.decode(bytes.subarray(start, end)));
  }

  /** The number of an address; -1 if nobody has it. Letter case does not count. */
  findText(address: string): number {
    const key = addressKey(address);
    const plain = this.#findPlain(key);
    if (plain >= 0) return plain;
    const exotic = this.#exotic.get(key);
    return exotic === undefined ? -1 : this.#keys.size + exotic;
  }

  #findPlain(key: string): number {
    const bytes = encoder.encode(key);
    return this.#keys.find(bytes, 0, bytes.length);
  }

  /** Whether the address of a number is claimed by no other object than one. */
  isHeldOnlyBy(number: number, index: number): boolean {
    if (number >= this.#keys.size) {
      return (this.#exoticClaims[number - this.#keys.size] ?? []).every((claim) => claim.index === index);
    }
    return this.#keys.holder(number) === index && this.#keys.others(number).length === 0;
  }

  /** Calls back for each object that claims the address of a number, with the index of its attribute. */
  forEachHolder(number: number, visit: (index: number, attribute: number) => void): void {
    if (number < this.#keys.size) {
      visit(this.#keys.holder(number), this.#keys.mark(number));
      for (const { user, mark } of this.#keys.others(number)) visit(user, mark);
    } else {
      for (const { index, attribute } of this.#exoticClaims[number - this.#keys.size] ?? []) {
        visit(index, ATTRIBUTES.indexOf(attribute));
      }
    }
  }

  /** The claims to an address, one for each object, in the order of the objects; none if nobody has it. */
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

  /** Every address that more than one object claims. */
  *shared(): Generator<readonly [address: string, claims: readonly AddressClaim[]]> {
    for (const key of this.#keys.shared()) yield [addressKey(this.#keys.textOf(key)), this.#claimsOf(key)];
    for (const [address, number] of this.#exotic) {
      const claims = this.#exoticClaims[number] ?? [];
      if (claims.length > 1) yield [address, claims];
    }
  }
}

/** Index of the attributes by which an address is claimed. */
export const CLAIMED_AS_ADDRESS = 0;
export const CLAIMED_AS_MAIL = 1;

function attributeOf(code: number): number {
  if (code === SMTP_ALIAS || code === SMTP_PRIMARY) return 0;
  if (code >= FIRST_ADDRESS) return -1;
  return code === fieldCodes.mail ? 1 : code === fieldCodes.userPrincipalName ? 2 : -1;
}
