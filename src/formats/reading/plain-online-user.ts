import { fieldCodes, PERSON } from "../../model/user-view.ts";
import { PlainView } from "./plain-view.ts";

/** The columns that a plain row of the online service may have; `take` names them by their place here. */
export const onlineColumns = [
  "userPrincipalName",
  "objectId",
  "displayName",
  "immutableId",
  "isLicensed",
  "userType",
  "blockCredential",
  "sipAddress",
  "softDeletionTimestamp",
  "proxyAddresses",
] as const;

const [UPN, ID, NAME, ANCHOR, LICENSED, TYPE, BLOCKED, SIP, DELETED, ADDRESSES] = onlineColumns.map(
  (_, place) => place,
);

/** Lengths at which cells are cut: address-columns.ts looks at them more closely. */
const CUT_LENGTHS: ReadonlySet<number> = new Set([255, 32_767]);

const SPACE = 32;
const HASH = 35;
const PLUS = 43;
const COMMA = 44;
const DOT = 46;
const COLON = 58;
const SEMICOLON = 59;
const EQUALS = 61;
const BRACE = 123;
const BAR = 124;

/**
 * Reads a plain user of the online service from the bytes of its cells. What it makes is what `readOnlineUser` would; a test
 * holds it to that. Whatever is unusual it refuses.
 */
export class PlainOnlineUser {
  readonly user = new PlainView();
  #hasName = false;

  begin(): void {
    this.user.clear();
    this.user.view.type = PERSON;
    this.#hasName = false;
  }

  take(column: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { user } = this;
    switch (column) {
      case UPN:
        this.#hasName = end > start;
        return !has(bytes, start, end, HASH) && user.trimmed(fieldCodes.userPrincipalName, bytes, start, end);
      case ID:
        return user.trimmed(fieldCodes.objectId, bytes, start, end);
      case NAME:
        return user.text(fieldCodes.displayName, bytes, start, end);
      case ANCHOR:
        return user.trimmed(fieldCodes.immutableId, bytes, start, end);
      case LICENSED:
        return this.#takeBoolean("isLicensed", bytes, start, end, false);
      case TYPE:
        return this.#takeType(bytes, start, end);
      case BLOCKED:
        return this.#takeBoolean("isEnabled", bytes, start, end, true);
      case SIP:
        return !has(bytes, start, end, COLON) && user.trimmed(fieldCodes.sipAddress, bytes, start, end);
      case DELETED:
        return start === end;
      case ADDRESSES:
        return this.#takeAddresses(bytes, start, end);
      default:
        return false;
    }
  }

  end(): boolean {
    return this.#hasName;
  }

  /** `True` and `False` as .NET writes them; a blank cell says nothing. */
  #takeBoolean(
    field: "isLicensed" | "isEnabled",
    bytes: Uint8Array,
    start: number,
    end: number,
    negate: boolean,
  ): boolean {
    if (start === end) return true;
    const isTrue = isWord(bytes, start, end, TRUE);
    if (!isTrue && !isWord(bytes, start, end, FALSE)) return false;
    this.user.view[field] = isTrue !== negate ? 1 : 0;
    return true;
  }

  #takeType(bytes: Uint8Array, start: number, end: number): boolean {
    const isGuest = isWord(bytes, start, end, GUEST);
    if (start < end && !isGuest && !isWord(bytes, start, end, MEMBER)) return false;
    this.user.view.isGuest = isGuest ? 1 : 0;
    return true;
  }

  /**
   * Takes addresses joined by `;`, each with its type. Any character that another separator could be, and any that could
   * be the end of a list that was cut, is left to those who look closer.
   */
  #takeAddresses(bytes: Uint8Array, start: number, end: number): boolean {
    const { user } = this;
    user.view.hasAddresses = true;
    if (start === end) return true;
    if (CUT_LENGTHS.has(end - start) || bytes[end - 1] === DOT || bytes[start] === BRACE) return false;
    let from = start;
    for (let at = start; at <= end; at++) {
      const byte = at === end ? SEMICOLON : (bytes[at] ?? 0);
      if (byte === SPACE ? isBeforeType(bytes, at + 1, end) : isOtherSeparator(byte)) return false;
      if (byte !== SEMICOLON) continue;
      if (isX400(bytes, from) || !user.address(bytes, from, at)) return false;
      from = at + 1;
    }
    return true;
  }
}

/** Characters that could join addresses too, and letters beyond ASCII. */
function isOtherSeparator(byte: number): boolean {
  return byte < SPACE || byte > 126 || byte === COMMA || byte === BAR || byte === PLUS;
}

/** X.400 holds semicolons itself. */
function isX400(bytes: Uint8Array, start: number): boolean {
  return ((bytes[start] ?? 0) | 32) === 120 && bytes[start + 1] === 52;
}

const encoder = new TextEncoder();
const [TRUE, FALSE, MEMBER, GUEST] = ["True", "False", "Member", "Guest"].map((word) => encoder.encode(word));

function isWord(bytes: Uint8Array, start: number, end: number, word: Uint8Array | undefined): boolean {
  if (word === undefined || end - start !== word.length) return false;
  for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word[index]) return false;
  return true;
}

function has(bytes: Uint8Array, start: number, end: number, wanted: number | undefined): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === wanted) return true;
  return false;
}

/** Whether a `type:` could begin here: then the white space before it could be a separator. */
function isBeforeType(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < Math.min(end, start + 18); at++) {
    const byte = bytes[at] ?? 0;
    if (byte === COLON) return true;
    const isName = (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
    if (!isName && byte !== 45 && byte !== 95 && byte !== EQUALS && byte !== SPACE) return false;
  }
  return false;
}
