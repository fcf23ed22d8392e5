import { addressKey, parseSmtpAddress } from "../model/address.ts";
import { FIRST_ADDRESS, fieldCodes, SMTP_ALIAS, SMTP_PRIMARY, UserView } from "../model/user-view.ts";
import { KeyIndex } from "./key-index.ts";
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
  readonly #exotic = new Map<string, AddressClaim[]>();

  constructor(table: UserTable) {
    this.#keys = new KeyIndex(table, { fold: true });
    const view = new UserView();
    for (let index = 0; index < table.size; index++) {
      table.show(index, view);
      for (let attribute = 0; attribute < ATTRIBUTES.length; attribute++) this.#addClaims(table, view, index, attribute);
    }
  }

  /** How many bytes the index takes. */
  get byteLength(): number {
    return this.#keys.byteLength;
  }

  #addClaims(table: UserTable, view: UserView, index: number, attribute: number): void {
    const { bytes, codes, starts, entries } = view;
    for (let entry = 0; entry < entries; entry++) {
      if (attributeOf(codes[entry] ?? 0) !== attribute) continue;
      const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
      const shape = shapeOf(bytes, start, end);
      if (shape === "address") this.#keys.add(table.positionOf(index, view, entry), end - start, index, attribute);
      else if (shape === "exotic") this.#addExotic(decoder.decode(bytes.subarray(start, end)), index, attribute);
    }
  }

  #addExotic(text: string, index: number, attribute: number): void {
    const key = parseSmtpAddress(attribute === 0 ? text : text.trim())?.key;
    if (key === undefined) return;
    const claims = this.#exotic.get(key) ?? [];
    if (claims.at(-1)?.index === index || this.#plainClaims(key).some((claim) => claim.index === index)) return;
    this.#exotic.set(key, [...claims, { index, attribute: ATTRIBUTES[attribute] ?? "mail" }]);
  }

  /** The claims to an address, one for each object, in the order of the objects; none if nobody has it. */
  claims(address: string): readonly AddressClaim[] {
    const key = addressKey(address);
    const exotic = this.#exotic.get(key);
    const plain = this.#plainClaims(key);
    return exotic === undefined ? plain : [...plain, ...exotic].sort((one, other) => one.index - other.index);
  }

  #plainClaims(key: string): readonly AddressClaim[] {
    const bytes = encoder.encode(key);
    const found = this.#keys.find(bytes, 0, bytes.length);
    return found < 0 ? [] : this.#claimsOf(found);
  }

  #claimsOf(key: number): AddressClaim[] {
    const first = { index: this.#keys.holder(key), attribute: ATTRIBUTES[this.#keys.mark(key)] ?? "mail" };
    const others = this.#keys.others(key).map(({ user, mark }) => ({ index: user, attribute: ATTRIBUTES[mark] ?? "mail" }));
    return [first, ...others];
  }

  /** Every address that more than one object claims. */
  *shared(): Generator<readonly [address: string, claims: readonly AddressClaim[]]> {
    for (const key of this.#keys.shared()) {
      const address = addressKey(this.#keys.textOf(key));
      if (!this.#exotic.has(address)) yield [address, this.#claimsOf(key)];
    }
    for (const address of this.#exotic.keys()) {
      const claims = this.claims(address);
      if (claims.length > 1) yield [address, claims];
    }
  }

  /** The key of an address in bytes: a number below {@link size}; -1 if nobody has it. Only for addresses in ASCII. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#keys.find(bytes, start, end);
  }

  /** How many keys there are. */
  get size(): number {
    return this.#keys.size;
  }

  /** Whether some addresses have other letters than ASCII, and can be found by {@link claims} only. */
  get hasExotic(): boolean {
    return this.#exotic.size > 0;
  }

  /** The first holder of a key; {@link othersOf} gives the rest. */
  holderOf(key: number): number {
    return this.#keys.holder(key);
  }

  /** The attribute by which the first holder claims it: index in proxyAddresses, mail, userPrincipalName. */
  attributeOf(key: number): number {
    return this.#keys.mark(key);
  }

  /** The other holders of a key; `mark` is the attribute. */
  othersOf(key: number): readonly { readonly user: number; readonly mark: number }[] {
    return this.#keys.others(key);
  }
}

function attributeOf(code: number): number {
  if (code === SMTP_ALIAS || code === SMTP_PRIMARY) return 0;
  if (code >= FIRST_ADDRESS) return -1;
  return code === fieldCodes.mail ? 1 : code === fieldCodes.userPrincipalName ? 2 : -1;
}

/** Says whether bytes are a mailbox address, or none, or have other letters than ASCII or white space around them. */
export function shapeOf(bytes: Uint8Array, start: number, end: number): "address" | "none" | "exotic" {
  let at = -1;
  let isNone = false;
  for (let index = start; index < end; index++) {
    const kind = CHARACTERS[bytes[index] ?? 0];
    if (kind === 0) continue;
    if (kind === AT && at < 0) at = index;
    else if (kind === OTHER || (kind === WHITE && (index === start || index === end - 1))) return "exotic";
    else isNone = true;
  }
  return isNone || at <= start || at === end - 1 ? "none" : "address";
}

const AT = 1;
const REFUSED = 2;
const WHITE = 3;
const OTHER = 4;

/** What each byte is in a mailbox address: the characters of {@link parseSmtpAddress}. */
const CHARACTERS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte > 127) return OTHER;
  const character = String.fromCharCode(byte);
  if (character === "@") return AT;
  return /\s/.test(character) ? WHITE : /[<>();,[\]":]/.test(character) ? REFUSED : 0;
});
