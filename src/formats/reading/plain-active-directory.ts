import type { UserField } from "../../model/fields.ts";
import { settle } from "../../model/option.ts";
import { fieldCodes, PERSON } from "../../model/user-view.ts";
import { isAscii, toLower } from "../../text/bytes.ts";
import { largest } from "../../text/largest.ts";
import type { AttributeTaker } from "../../text/ldif-scanner.ts";
import { isValidUtf8 } from "../../text/utf8.ts";
import { type AttributeName, attributeNames, attributeRule } from "./active-directory.ts";
import type { RecordContext } from "./define-format.ts";
import { codeOf } from "./field-source.ts";
import { type Suspect, suspectsOf } from "./left-out-suspects.ts";
import { isFirstText, isNamed } from "./own-name.ts";
import { PlainView } from "./plain-view.ts";
import { readingOptions } from "./reading-options.ts";
import { readStrictly, type StrictReading } from "./value-kinds.ts";

/** The names of the attributes that are read of a plain object; the scanner tells them by their place here. */
export const plainAttributes: readonly AttributeName[] = attributeNames;

/** Stands for the DN of the record, behind the attributes. */
export const DN_OF_RECORD = plainAttributes.length;

const rules = plainAttributes.map(attributeRule);
const FIELDS: readonly (UserField | undefined)[] = [...rules.map(({ field }) => field), "distinguishedName"];
/** For each attribute the code of the field that it feeds, and how it is read; what feeds none is text that is passed over. */
const CODES = Int16Array.from(rules, (rule) => (rule.field === undefined ? -1 : codeOf(rule)));
const READINGS: readonly StrictReading[] = plainAttributes.map((name) => {
  if (name === "cn") return (user, _code, bytes, start, end) => isNamed(user.view, bytes, start, end);
  if (name === "distinguishedName")
    return (user, _code, bytes, start, end) => isFirstText(user.view, bytes, start, end);
  const rule = attributeRule(name);
  return rule.field === undefined ? passOver : (rule.as.strict ?? refuse);
});
/** The attributes that a plain object has but once. */
const IS_SINGLE = Uint8Array.from(rules, ({ isMultiValued }) => (isMultiValued === true ? 0 : 1));
/** For each attribute what may be a reason to leave the object out. */
const SUSPECTS: readonly (Suspect | undefined)[] = plainAttributes.map((name) => suspectsOf(name));
const isSuspectName: Suspect = suspectsOf("distinguishedName") ?? (() => false);

const USUAL = settle(readingOptions, {});

const CLASS = plainAttributes.indexOf("objectClass");
const ACCOUNT = plainAttributes.indexOf("sAMAccountName");
const ACCOUNT_TYPE = plainAttributes.indexOf("sAMAccountType");

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

/**
 * Reads a plain object of Active Directory from its bytes: a person, group or contact with nothing unusual about it. What
 * it makes is what `readActiveDirectoryObject` would; a test holds it to that. Whatever is unusual it refuses.
 */
export class PlainActiveDirectory implements AttributeTaker {
  readonly user = new PlainView();
  readonly #context: RecordContext;
  #classes = 0;
  #hasName = false;
  /** Whether the account name is blank, and whether the kind of account is told. */
  #lacksAccount = false;
  #hasAccountType = false;
  /** For each attribute, the number of the object that had it last. */
  readonly #seen = new Int32Array(DN_OF_RECORD + 1);
  #number = 1;
  /** The attributes that were noted, and those of this object that were not. */
  readonly #noted = new Uint8Array(DN_OF_RECORD + 1);
  #fresh: number[] = [];

  constructor(context: RecordContext) {
    this.#context = context;
  }

  /** Whether the settings are those that it knows. */
  static fits({ sourceAnchor, upnSource }: RecordContext): boolean {
    return sourceAnchor === "objectGUID" && upnSource === USUAL.upnSource;
  }

  /** Begins with the next object, whose values stand in a chunk, or anywhere else. */
  begin(chunk: Uint8Array): void {
    this.user.begin(chunk);
    this.#number = (this.#number + 1) | 0;
    this.#classes = 0;
    this.#hasName = this.#lacksAccount = this.#hasAccountType = false;
    if (this.#fresh.length > 0) this.#fresh = [];
  }

  /** Takes one value; a blank one counts as exported. */
  take(attribute: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#seen[attribute] !== this.#number) {
      this.#seen[attribute] = this.#number;
      if (this.#noted[attribute] === 0) this.#fresh.push(attribute);
    } else if (IS_SINGLE[attribute] === 1) return false; // told where everything is
    if (attribute === CLASS) return this.#takeClass(bytes, start, end);
    if (attribute === DN_OF_RECORD) return this.#takeName(bytes, start, end);
    if (start === end && attribute === ACCOUNT) this.#lacksAccount = true;
    if (start < end && attribute === ACCOUNT_TYPE) this.#hasAccountType = true;
    const isSuspect = SUSPECTS[attribute];
    if (isSuspect?.(bytes, start, end) === true) return false;
    const read = READINGS[attribute];
    return read !== undefined && readStrictly(read, this.user, CODES[attribute] ?? -1, bytes, start, end);
  }

  /** Ends the object; tells whether it is one that is taken as it is. */
  end(): boolean {
    if (!this.#hasName || this.#classes === 0) return false;
    const { view } = this.user;
    view.type = (this.#classes & IS_USER) !== 0 ? PERSON : (this.#classes & IS_GROUP) !== 0 ? GROUP : CONTACT;
    // Who may be left out for what is missing is left to those who look closer.
    if (view.type !== CONTACT && this.#lacksAccount) return false;
    if (!this.user.hasSmtp && (view.type === CONTACT || (view.type === GROUP && this.#hasAccountType))) return false;
    if (this.#fresh.length > 0) this.#note();
    return true;
  }

  #note(): void {
    for (const attribute of this.#fresh) {
      this.#noted[attribute] = 1;
      const field = FIELDS[attribute];
      if (field !== undefined) this.#context.noteField(field);
    }
  }

  #takeName(bytes: Uint8Array, start: number, end: number): boolean {
    this.#hasName = end > start;
    const { isInScope } = this.#context;
    if (isInScope !== undefined && !isInScope(decoder.decode(bytes.subarray(start, end)))) return false;
    return !isSuspectName(bytes, start, end) && this.user.trimmed(fieldCodes.distinguishedName, bytes, start, end);
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
}

const [GROUP, CONTACT] = [1, 2];
const decoder = new TextDecoder();

function passOver(_user: PlainView, _code: number, bytes: Uint8Array, start: number, end: number): boolean {
  return isAscii(bytes, start, end) || isValidUtf8(bytes, start, end);
}

function refuse(): boolean {
  return false;
}

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
