import type { Directory } from "../directory/directory.ts";
import { DomainTable } from "../directory/domain-table.ts";
import { isReservedDomain } from "../model/address.ts";
import {
  FIRST_ADDRESS,
  fieldCodes,
  PERSON,
  RAW_ADDRESS,
  SMTP_ALIAS,
  SMTP_PRIMARY,
  type UserView,
} from "../model/user-view.ts";
import { brokenRule } from "../model/value-rules.ts";
import type { Tenant } from "./tenant.ts";

/** What is to be known of a domain. */
interface DomainFacts {
  /** Whether a value in it breaks no rule. */
  readonly isGood: boolean;
  readonly isVerified: boolean;
  readonly isReserved: boolean;
  readonly isInitial: boolean;
}

const X500_ALIAS = FIRST_ADDRESS + 4;
const X500_PRIMARY = FIRST_ADDRESS + 5;
/** Below what each attribute may have. */
const LONGEST_LOCAL_PART = 64;
const LONGEST_DOMAIN = 48;
const LONGEST_X500 = 240;
const LONGEST_NAME = 255;
const MOST_TEXTS = 64;

/**
 * Tells, from bytes alone, of whom there is nothing to say: most people of most directories. For them no user is made and
 * nothing is predicted.
 *
 * What it says is a shortcut and no rule of its own: of whom it says so the kinds find nothing, and a test holds it to
 * that. Whoever has something unusual is simply looked at.
 */
export class Quiet {
  readonly #domains: DomainTable<DomainFacts>;
  readonly #hasInitialDomain: boolean;

  constructor(tenant: Tenant) {
    this.#hasInitialDomain = tenant.initialDomain !== undefined;
    this.#domains = new DomainTable((domain) => ({
      isGood: domain.length <= LONGEST_DOMAIN && brokenRule("userPrincipalName", `a@${domain}`) === undefined,
      isVerified: tenant.verifiedDomains.has(domain),
      isReserved: isReservedDomain(domain),
      isInitial: domain === tenant.initialDomain,
    }));
  }

  /** Lists for each object whether it is a person of whom, taken alone, there is nothing to say: 1, or 0. */
  people({ size, view }: Directory): Uint8Array {
    const quiet = new Uint8Array(size);
    for (let index = 0; index < size; index++) if (this.#isQuietPerson(view(index))) quiet[index] = 1;
    return quiet;
  }

  /** One name for everything, valid in every attribute. */
  #isQuietPerson(view: UserView): boolean {
    if (view.type !== PERSON || view.hasSlice) return false;
    // The addresses of two users are compared each with each: only where they are few.
    if (view.entries > MOST_TEXTS) return false;
    const primary = onlyEntryOf(view, SMTP_PRIMARY);
    const name = onlyEntryOf(view, fieldCodes.userPrincipalName);
    if (primary < 0 || name < 0 || !isSame(view, name, view, primary)) return false;
    for (let entry = 0; entry < view.entries; entry++) if (!this.#isQuietText(view, entry, primary)) return false;
    return true;
  }

  #isQuietText(view: UserView, entry: number, primary: number): boolean {
    const { bytes, codes, starts } = view;
    const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
    if (start === end) return true;
    switch (codes[entry]) {
      case SMTP_ALIAS:
      case SMTP_PRIMARY:
        return this.#isGoodAddress(bytes, start, end);
      case X500_ALIAS:
      case X500_PRIMARY:
        return end - start <= LONGEST_X500 && isPrintable(bytes, start, end);
      case fieldCodes.mail:
      case fieldCodes.sipAddress:
        return isSame(view, entry, view, primary);
      case fieldCodes.mailNickname:
        return end - start <= LONGEST_LOCAL_PART && bytes[start] !== DOT;
      case fieldCodes.displayName:
        return end - start <= LONGEST_NAME && hasLetter(bytes, start, end);
      case fieldCodes.targetAddress:
        return false;
      default:
        return (codes[entry] ?? 0) < RAW_ADDRESS;
    }
  }

  #isGoodAddress(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    let isAfterDot = true;
    for (; at < end; at++) {
      const kind = NAME_CHARACTERS[bytes[at] ?? 0];
      if (kind === LETTER) isAfterDot = false;
      else if (kind === POINT && !isAfterDot) isAfterDot = true;
      else break;
    }
    if (bytes[at] !== AT || isAfterDot || at - start > LONGEST_LOCAL_PART) return false;
    for (let index = at + 1; index < end; index++) if ((bytes[index] ?? 0) > 127) return false;
    return this.#domains.find(bytes, at + 1, end).isGood;
  }

  /**
   * Tells whether the run leaves an online user as it is. Both must be quiet people.
   *
   * The two have the same primary address to the letter, and the same addresses in domains that are verified; of the
   * service's own domains only the online user has some, and the one that every licensed user has among them.
   */
  isQuietPair(onPremises: UserView, online: UserView): boolean {
    if (!onPremises.hasAddresses || !online.hasAddresses) return false;
    const primary = entryOf(onPremises, SMTP_PRIMARY);
    if (!isIdentical(onPremises, primary, online, entryOf(online, SMTP_PRIMARY))) return false;
    for (let entry = 0; entry < onPremises.entries; entry++) {
      if (!isSmtp(onPremises, entry)) continue;
      const { isVerified, isReserved } = this.#domainOf(onPremises, entry);
      if (!isVerified || isReserved || !hasAddress(online, onPremises, entry)) return false;
    }
    let hasOwn = !this.#hasInitialDomain || online.isLicensed === 0;
    for (let entry = 0; entry < online.entries; entry++) {
      if (!isSmtp(online, entry)) continue;
      const { isReserved, isInitial } = this.#domainOf(online, entry);
      if (isInitial) hasOwn = true;
      if (!isReserved && !hasAddress(onPremises, online, entry)) return false;
    }
    return hasOwn;
  }

  #domainOf({ bytes, starts }: UserView, entry: number): DomainFacts {
    const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
    let at = start;
    while (at < end && bytes[at] !== AT) at++;
    return this.#domains.find(bytes, at + 1, end);
  }
}

const AT = 64;
const DOT = 46;
const LETTER = 1;
const POINT = 2;

/** The characters that a name before `@` may have everywhere: letters, digits, `-` and `_`; and the dot. */
const NAME_CHARACTERS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === DOT ? POINT : /[A-Za-z0-9_-]/.test(String.fromCharCode(byte)) ? LETTER : 0,
);

function isSmtp({ codes }: UserView, entry: number): boolean {
  return codes[entry] === SMTP_ALIAS || codes[entry] === SMTP_PRIMARY;
}

function entryOf({ codes, entries }: UserView, code: number): number {
  for (let entry = 0; entry < entries; entry++) if (codes[entry] === code) return entry;
  return -1;
}

/** The entry of a code that occurs once; -1 if it does not. */
function onlyEntryOf({ codes, entries }: UserView, code: number): number {
  let found = -1;
  for (let entry = 0; entry < entries; entry++) {
    if (codes[entry] !== code) continue;
    if (found >= 0) return -1;
    found = entry;
  }
  return found;
}

function hasAddress(view: UserView, other: UserView, otherEntry: number): boolean {
  for (let entry = 0; entry < view.entries; entry++) {
    if (isSmtp(view, entry) && isSame(view, entry, other, otherEntry)) return true;
  }
  return false;
}

/** Whether two texts are equal, the case of ASCII letters aside. */
function isSame(one: UserView, entry: number, other: UserView, otherEntry: number): boolean {
  const start = one.starts[entry] ?? 0;
  const from = other.starts[otherEntry] ?? 0;
  const length = (one.starts[entry + 1] ?? 0) - start;
  if ((other.starts[otherEntry + 1] ?? 0) - from !== length) return false;
  for (let index = 0; index < length; index++) {
    const left = one.bytes[start + index] ?? 0;
    const right = other.bytes[from + index] ?? 0;
    if (left !== right && !(isLetter(left) && (left | 32) === (right | 32))) return false;
  }
  return true;
}

function isIdentical(one: UserView, entry: number, other: UserView, otherEntry: number): boolean {
  if (entry < 0 || otherEntry < 0 || !isSame(one, entry, other, otherEntry)) return false;
  const [start = 0, end = 0] = [one.starts[entry], one.starts[entry + 1]];
  const from = other.starts[otherEntry] ?? 0;
  for (let at = start; at < end; at++) if (one.bytes[at] !== other.bytes[from + at - start]) return false;
  return true;
}

function isLetter(byte: number): boolean {
  const small = byte | 32;
  return small >= 97 && small <= 122;
}

function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 32 || byte > 126 || byte === 34 || byte === 91 || byte === 93) return false;
  }
  return true;
}

/** Whether a name is surely more than white space: it has an ASCII letter or digit, or one of Latin, Greek, Cyrillic, Han. */
function hasLetter(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (
      isLetter(byte) ||
      (byte >= 48 && byte <= 57) ||
      (byte >= 0xc3 && byte <= 0xd4) ||
      (byte >= 0xe4 && byte <= 0xe9)
    )
      return true;
  }
  return false;
}
