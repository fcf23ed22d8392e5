import { hmac } from "@noble/hashes/hmac";
import { sha256 } from "@noble/hashes/sha2";
import { parseProxyAddress } from "./model/address.ts";
import { UsageError } from "./model/errors.ts";
import { LEGACY_TYPES } from "./predict/proxy-calculation.ts";
import { DIGITS, UNKNOWN_INITIAL_DOMAIN } from "./predict/upn-calculation.ts";
import { encodeBase64 } from "./text/base64.ts";

/** How to redact. */
export interface RedactOptions {
  /** What the pseudonyms depend on: the same key gives the same ones. Make it up at random, and keep it to yourself. */
  readonly key: string;
  /** Whether mail domains stay as they are; default false. */
  readonly keepDomains?: boolean;
}

/** So many words are kept to be used again. */
const MOST_KNOWN = 100_000;

/**
 * Gives each text its pseudonym, in the shape that it has: address, distinguished name, GUID, anchor, or else a word. A shape
 * counts only where the whole text has it to the letter; of anything else nothing is left but the word.
 *
 * Pseudonyms are HMAC-SHA-256 of the text in lower case under the key, cut to 50 bits: nobody without the key can try names,
 * and of a million texts no two have the same.
 */
export class Pseudonyms {
  readonly #hmac: ReturnType<typeof hmac.create>;
  readonly #keepDomains: boolean;
  readonly #known = new Map<string, string>();

  /** @throws UsageError if the key is empty: anybody could try names then. */
  constructor({ key, keepDomains = false }: RedactOptions) {
    if (key === "") throw new UsageError("the key of pseudonyms is empty; make up a long one at random");
    this.#hmac = hmac.create(sha256, new TextEncoder().encode(key));
    this.#keepDomains = keepDomains;
  }

  /** Tells keys apart: the same key has the same one. */
  get fingerprint(): string {
    return this.#letters("fingerprint of the key");
  }

  /** The pseudonym of any text. */
  text(value: string): string {
    const { type, address } = parseProxyAddress(value);
    if (type === "") return this.#untyped(value);
    return `${this.#type(value.trim().slice(0, type.length))}:${this.#untyped(address)}`;
  }

  /** The pseudonym of a display name. */
  name(value: string): string {
    return value === "" ? value : `Person ${this.#word("n", value)}`;
  }

  /** The pseudonym of a domain: label by label, so that a subdomain stays one; the service's own endings and common last labels stay. */
  domain(value: string): string {
    if (value === "" || value === UNKNOWN_INITIAL_DOMAIN || (this.#keepDomains && isDomain(value))) return value;
    const ending = SERVICE_ENDING.exec(value)?.[0] ?? "";
    const labels = value.slice(0, value.length - ending.length).split(".");
    const last = ending === "" ? labels.pop() : undefined;
    const words = labels.map((label) => (label === "" ? "" : this.#word("d", label)));
    return [...words, ...(last === undefined ? [] : [this.#lastLabel(last)])].join(".") + ending;
  }

  #untyped(value: string): string {
    if (value === "") return value;
    const parts = parseDistinguishedName(value);
    if (parts !== undefined) return this.#distinguishedName(parts);
    if (value.includes("@")) return this.#address(value);
    if (GUID.test(value)) return this.#guid(value);
    if (ANCHOR.test(value)) return encodeBase64(this.#digest(`anchor ${value}`).subarray(0, 16));
    return this.#word("p", value);
  }

  /** The type of an address, which says by its case whether the address is the primary one. */
  #type(written: string): string {
    if (KNOWN_TYPES.has(written.toUpperCase())) return written;
    const word = this.#word("x", written);
    return written === written.toUpperCase() ? word.toUpperCase() : word.toLowerCase();
  }

  #address(value: string): string {
    const at = value.lastIndexOf("@");
    const [localPart, domain] = [value.slice(0, at), value.slice(at + 1)];
    // A malformed address stays one, so that the rules judge it as before.
    if (domain !== UNKNOWN_INITIAL_DOMAIN && STRANGE.test(domain)) return `${this.#word("p", value)}(`;
    // The digits that the service appends are told of a name, and are no part of it.
    const digits = localPart.endsWith(DIGITS) ? DIGITS : "";
    const name = localPart.slice(0, localPart.length - digits.length);
    const named = name === "" ? "" : this.#word("p", name);
    return `${named}${digits}${STRANGE.test(localPart) ? "(" : ""}@${this.domain(domain)}`;
  }

  #distinguishedName(parts: readonly NamePart[]): string {
    const labels = parts.flatMap(({ type, value }) => (isDomainComponent(type) ? [value] : []));
    const domain = labels.some((label) => STRANGE.test(label) || /[.\\]/.test(label))
      ? labels.map((label) => this.#word("d", label))
      : this.domain(labels.join(".")).split(".");
    return parts
      .map(({ type, value }) => {
        if (isDomainComponent(type)) return `${type}=${domain.shift() ?? ""}`;
        return `${type}=${this.#word("p", value)}${markOf(value)}`;
      })
      .join(",");
  }

  #guid(value: string): string {
    const hex = Array.from(this.#digest(`guid ${value.toLowerCase()}`).subarray(0, 16), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /** `com`, two letters of a country and what is not routed are nobody's; another label becomes letters only, as one must be. */
  #lastLabel(label: string): string {
    if (label === "" || /^[a-z]{2}$/i.test(label) || COMMON_ENDINGS.has(label.toLowerCase())) return label;
    return withCaseOf(label, `d${this.#letters(`ending ${label.toLowerCase()}`).replace(/[2-9]/g, "z")}`);
  }

  /** Letters and digits behind a prefix; a capital where the original has one, so that a difference in case alone can be seen. */
  #word(prefix: string, value: string): string {
    return `${withCaseOf(value, prefix)}-${this.#letters(`${prefix} ${value.toLowerCase()}`)}`;
  }

  #letters(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const letters = Array.from(this.#digest(text).subarray(0, 10), (byte) => ALPHABET[byte & 31]).join("");
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(text, letters);
    return letters;
  }

  #digest(text: string): Uint8Array {
    return this.#hmac.clone().update(new TextEncoder().encode(text)).digest();
  }
}

/** Without letters that are taken for others. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

/** Types of addresses that are no part of anybody's name. */
const KNOWN_TYPES: ReadonlySet<string> = new Set(["SMTP", "SIP", "X500", "EUM", "SPO", "FAX", ...LEGACY_TYPES]);

const GUID = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
const ANCHOR = /^[A-Za-z0-9+/]{22}==$/;
/** What an address must not have: see `parseSmtpAddress`. */
const STRANGE = /[\s<>();,[\]":@]/;
const SERVICE_ENDING = /(?:\.mail)?\.(?:onmicrosoft|microsoftonline)\.com$/i;
/** Last labels of domains that tell nobody, those of two letters aside. */
const COMMON_ENDINGS: ReadonlySet<string> = new Set([
  ..."com net org edu gov mil int biz info".split(" "),
  ...["local", "localdomain", "lan", "corp", "home", "internal", "intranet", "private", "invalid", "test", "example"],
]);

function isDomain(text: string): boolean {
  return text.length <= 255 && /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u.test(text);
}

function withCaseOf(original: string, text: string): string {
  return original === original.toLowerCase() ? text : text.toUpperCase();
}

/** One part of a distinguished name, as written. */
interface NamePart {
  readonly type: string;
  readonly value: string;
}

/** Takes a distinguished name apart, as Active Directory writes it (RFC 4514); `undefined` if anything in it is not understood. */
function parseDistinguishedName(text: string): readonly NamePart[] | undefined {
  const parts: NamePart[] = [];
  for (let start = 0; start <= text.length; ) {
    const end = endOfPart(text, start);
    const [, type, value] = NAME_PART.exec(text.slice(start, end)) ?? [];
    if (type === undefined || value === undefined) return undefined;
    parts.push({ type, value });
    start = end + 1;
  }
  return parts;
}

/** Finds the comma that ends a part of a distinguished name; one behind a backslash does not. */
function endOfPart(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== ",") at += text[at] === "\\" ? 2 : 1;
  return Math.min(at, text.length);
}

/** Attributes by which objects are named, and a value in which nothing but what is escaped could end it. */
const NAME_PART = /^(CN|OU|DC|O|L|ST|C|STREET|UID|E)=((?:[^\\,+"<>;\0]|\\.)+)$/is;

function isDomainComponent(type: string): boolean {
  return type.toUpperCase() === "DC";
}

/** The mark of an object in conflict, or deleted. */
function markOf(value: string): string {
  const [, mark] = /\\0A(CNF|DEL):/i.exec(value) ?? [];
  return mark === undefined ? "" : `\\0A${mark.toUpperCase()}:`;
}
