import { fieldCodes, PERSON } from "../../model/user-view.ts";
import { isAscii, toLower } from "../../text/bytes.ts";
import { largest } from "../../text/largest.ts";
import type { AttributeTaker } from "../../text/ldif-scanner.ts";
import { isValidUtf8 } from "../../text/utf8.ts";
import { type AttributeRule, activeDirectoryAttributes } from "./active-directory.ts";
import type { RecordContext } from "./define-format.ts";
import { isFirstText, isNamed } from "./own-name.ts";
import { PlainView } from "./plain-view.ts";

/** The names of the attributes that are read of a plain object; the scanner tells them by their place here. */
export const plainAttributes = (Object.keys(activeDirectoryAttributes) as AttributeName[]).filter(
  (name) => name !== "mS-DS-ConsistencyGuid", // an anchor only if it is chosen, and then nobody reads so: see fits()
);
type AttributeName = keyof typeof activeDirectoryAttributes;

/** Stands for the DN of the record, behind the attributes. */
export const DN_OF_RECORD = plainAttributes.length;

const rules: readonly AttributeRule[] = plainAttributes.map((name) => activeDirectoryAttributes[name]);
const FIELDS = rules.map(({ field }) => field);
/** The code of the field that is the text of an attribute, and whether white space around it counts; -1 if it is none. */
const CODES = Int8Array.from(rules, (rule) => ("as" in rule ? fieldCodes[rule.field] : -1));
const IS_TRIMMED = rules.map((rule) => "as" in rule && rule.as === "trimmed");

const {
  distinguishedName: NAME_OF_RECORD,
  objectClass: CLASS,
  objectGUID: GUID,
  cn: CN,
  sAMAccountName: ACCOUNT,
  mailNickname: NICKNAME,
  proxyAddresses: ADDRESSES,
  "msRTCSIP-PrimaryUserAddress": SIP,
  userAccountControl: CONTROL,
  isCriticalSystemObject: CRITICAL,
  msExchRecipientTypeDetails: RECIPIENT,
  whenChanged: CHANGED,
} = Object.fromEntries(plainAttributes.map((name, place) => [name, place])) as Readonly<Record<AttributeName, number>>;

/** The attributes that a plain object has but once, a bit each. */
const SINGLE_VALUED = rules.reduce((bits, rule, place) => ("isMultiValued" in rule ? bits : bits | (1 << place)), 0);

/** The first four letters of names that objects of the system may have: model/system-object.ts tells which do. */
const SYSTEM_BEGINNINGS: ReadonlySet<number> = new Set(
  [
    "admi",
    "cas_",
    "disc",
    "fede",
    "gues",
    "http",
    "krbt",
    "iusr",
    "iwam",
    "msol",
    "supp",
    "syst",
    "wwio",
    "heal",
    "exch",
  ].map((text) => fourLetters(new TextEncoder().encode(text), 0)),
);

const [IS_USER, IS_GROUP, IS_CONTACT] = [1, 2, 4];
/** The classes of plain objects, each at the place of its length. */
const CLASSES: readonly ({ readonly name: Uint8Array; readonly meaning: number } | undefined)[] = byLength([
  ["user", IS_USER],
  ["inetorgperson", IS_USER],
  ["group", IS_GROUP],
  ["contact", IS_CONTACT],
  ["top", 0],
  ["person", 0],
  ["organizationalperson", 0],
]);

const ACCOUNT_DISABLED = 2;
/** Recipient types that do not synchronize: model/system-object.ts. */
const SYSTEM_RECIPIENTS = 0x21c07000;

/**
 * Reads a plain object of Active Directory from its bytes: a person, group or contact with nothing unusual about it. What
 * it makes is what `readActiveDirectoryObject` would; a test holds it to that. Whatever is unusual it refuses.
 */
export class PlainActiveDirectory implements AttributeTaker {
  readonly user = new PlainView();
  readonly #context: RecordContext;
  #classes = 0;
  #hasName = false;
  #seen = 0;
  #noted = 0;

  constructor(context: RecordContext) {
    this.#context = context;
  }

  /** Whether the settings are those that it knows. */
  static fits({ sourceAnchor }: RecordContext): boolean {
    return sourceAnchor === "objectGUID";
  }

  begin(): void {
    this.user.clear();
    this.#classes = this.#seen = 0;
    this.#hasName = false;
  }

  /** Takes one value; a blank one counts as exported. */
  take(attribute: number, bytes: Uint8Array, start: number, end: number): boolean {
    const bit = 1 << attribute;
    if ((this.#seen & bit & SINGLE_VALUED) !== 0) return false; // told where everything is
    this.#seen |= bit;
    const { user } = this;
    switch (attribute) {
      case DN_OF_RECORD:
        this.#hasName = end > start;
        return isPlainName(bytes, start, end) && user.trimmed(fieldCodes.distinguishedName, bytes, start, end);
      case CLASS:
        return this.#takeClass(bytes, start, end);
      case GUID:
        return start === end || this.#takeGuid(bytes, start, end);
      case CN:
        return !beginsStrangely(bytes, start, end) && isNamed(user.view, bytes, start, end);
      case ACCOUNT:
        return (
          bytes[end - 1] !== 36 &&
          !beginsStrangely(bytes, start, end) &&
          user.text(fieldCodes.samAccountName, bytes, start, end)
        );
      case NICKNAME:
        return !beginsStrangely(bytes, start, end) && user.text(fieldCodes.mailNickname, bytes, start, end);
      case ADDRESSES:
        user.view.hasAddresses = true;
        return start === end || user.address(bytes, start, end);
      case SIP:
        return user.text(fieldCodes.sipAddress, bytes, hasSipPrefix(bytes, start, end) ? start + 4 : start, end);
      case CONTROL:
        return start === end || this.#takeControl(bytes, start, end);
      case CRITICAL:
        return start === end || isFalse(bytes, start, end);
      case RECIPIENT:
        return start === end || isUsualRecipient(bytes, start, end);
      case CHANGED:
        return start === end || this.#takeChanged(bytes, start, end);
      case NAME_OF_RECORD:
        return isFirstText(user.view, bytes, start, end);
      default:
        return this.#takeText(attribute, bytes, start, end);
    }
  }

  #takeText(attribute: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { user } = this;
    const code = CODES[attribute] ?? -1;
    if (code < 0) return isText(bytes, start, end); // it tells only what objectClass tells
    return IS_TRIMMED[attribute] === true ? user.trimmed(code, bytes, start, end) : user.text(code, bytes, start, end);
  }

  /** Ends the object; tells whether it is one that is taken as it is. */
  end(): boolean {
    if (!this.#hasName || this.#classes === 0) return false;
    const isUser = (this.#classes & IS_USER) !== 0;
    this.user.view.type = isUser ? PERSON : (this.#classes & IS_GROUP) !== 0 ? 1 : 2;
    const fresh = this.#seen & ~this.#noted;
    if (fresh !== 0) this.#note(fresh);
    return true;
  }

  #note(attributes: number): void {
    this.#noted |= attributes;
    this.#context.noteField("distinguishedName");
    FIELDS.forEach((field, attribute) => {
      if (field !== undefined && (attributes & (1 << attribute)) !== 0) this.#context.noteField(field);
    });
  }

  #takeClass(bytes: Uint8Array, start: number, end: number): boolean {
    const known = CLASSES[end - start];
    if (known === undefined) return false;
    const { name, meaning } = known;
    for (let index = 0; index < name.length; index++) {
      if (toLower(bytes[start + index] ?? 0) !== name[index]) return false;
    }
    this.#classes |= meaning;
    return true;
  }

  #takeGuid(bytes: Uint8Array, start: number, end: number): boolean {
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
    return this.user.text(fieldCodes.sourceAnchor, ANCHOR_BYTES, 0, ANCHOR_BYTES.length);
  }

  #takeControl(bytes: Uint8Array, start: number, end: number): boolean {
    const { view } = this.user;
    let value = 0;
    if (end - start > 9 || view.isEnabled !== 2) return false;
    for (let at = start; at < end; at++) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) return false;
      value = 10 * value + digit;
    }
    view.isEnabled = (value & ACCOUNT_DISABLED) === 0 ? 1 : 0;
    return true;
  }

  /** `20260101000000.0Z` becomes `2026-01-01T00:00:00Z`. */
  #takeChanged(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start !== 17 || bytes[end - 1] !== 90 || bytes[start + 14] !== 46) return false;
    for (let at = 0; at < 14; at++) if (!isDigit(bytes[start + at])) return false;
    if (!isDigit(bytes[start + 15])) return false;
    for (let to = 0; to < CHANGED_LAYOUT.length; to++) {
      const from = CHANGED_LAYOUT[to] ?? -1;
      if (from >= 0) CHANGED_BYTES[to] = bytes[start + from] ?? 0;
    }
    return this.user.text(fieldCodes.whenChanged, CHANGED_BYTES, 0, CHANGED_BYTES.length);
  }
}

const encoder = new TextEncoder();
const ANCHOR_BYTES = new Uint8Array(24);
const EQUALS = 61;
const DIGITS = encoder.encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const CHANGED_BYTES = encoder.encode("0000-00-00T00:00:00Z");
const CHANGED_LAYOUT = Int8Array.of(0, 1, 2, 3, -1, 4, 5, -1, 6, 7, -1, 8, 9, -1, 10, 11, -1, 12, 13, -1);

/** Puts names, each of another length, at the place of their length. */
function byLength(
  names: readonly (readonly [name: string, meaning: number])[],
): readonly ({ readonly name: Uint8Array; readonly meaning: number } | undefined)[] {
  const longest = largest(names.map(([name]) => name.length));
  return Array.from({ length: longest + 1 }, (_, length) => {
    const found = names.find(([name]) => name.length === length);
    return found && { name: new TextEncoder().encode(found[0]), meaning: found[1] };
  });
}

/** A name without white space around it, without `\\0A` in it, and whose first part begins as no system object's does. */
function isPlainName(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === 92 && bytes[at + 1] === 48) return false;
  return bytes[start + 2] === 61 && !beginsStrangely(bytes, start + 3, end);
}

function isText(bytes: Uint8Array, start: number, end: number): boolean {
  return isAscii(bytes, start, end) || isValidUtf8(bytes, start, end);
}

const FALSE = encoder.encode("FALSE");

function isFalse(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === FALSE.length && FALSE.every((byte, index) => byte === bytes[start + index]);
}

function beginsStrangely(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 4 && SYSTEM_BEGINNINGS.has(fourLetters(bytes, start));
}

function fourLetters(bytes: Uint8Array, start: number): number {
  let letters = 0;
  for (let index = 0; index < 4; index++) letters = (letters << 8) | toLower(bytes[start + index] ?? 0);
  return letters;
}

function hasSipPrefix(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= 4 &&
    bytes[start + 3] === 58 &&
    toLower(bytes[start] ?? 0) === 115 &&
    toLower(bytes[start + 1] ?? 0) === 105 &&
    toLower(bytes[start + 2] ?? 0) === 112
  );
}

function isUsualRecipient(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 15) return false;
  let value = 0;
  for (let at = start; at < end; at++) {
    if (!isDigit(bytes[at])) return false;
    value = 10 * value + (bytes[at] ?? 0) - 48;
  }
  return ((value % 2 ** 32) & SYSTEM_RECIPIENTS) === 0;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}
