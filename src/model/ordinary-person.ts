import { isGoodLocalPart } from "./address-shape.ts";
import type { UserField } from "./user.ts";
import {
  fieldCodes,
  PERSON,
  RAW_ADDRESS,
  SMTP_ALIAS,
  SMTP_PRIMARY,
  type UserView,
  X500_ALIAS,
  X500_PRIMARY,
} from "./user-view.ts";
import { findValueProblems } from "./value-rules.ts";

/**
 * The fields that {@link isOrdinaryPerson} knows: it has looked at them, or nothing is to be said of them where it says yes.
 * The account name counts only where there is no sign-in name; of a guest less is said than of others; what hangs on the
 * licence is no matter of one person, taken alone.
 */
export const ordinaryPersonKnows: ReadonlySet<UserField> = new Set<UserField>([
  "userPrincipalName",
  "samAccountName",
  "displayName",
  "mail",
  "mailNickname",
  "sipAddress",
  "targetAddress",
  "proxyAddresses",
  "isGuest",
  "isLicensed",
  // They can only keep what is: where all names are one and valid, nothing would change without them.
  "isSynchronized",
  "lastSyncTime",
  "isExchangeCloudManaged",
  "remoteRecipientType",
  "provisioningErrors",
]);

/** Below what each attribute may have. */
const LONGEST_DOMAIN = 48;
const LONGEST_X500 = 240;
const LONGEST_NAME = 255;
const MOST_TEXTS = 64;

/** Whether an address in a domain, in small letters, is valid in every attribute if what is before its `@` is. */
export function isGoodDomain(domain: string): boolean {
  return domain.length <= LONGEST_DOMAIN && findValueProblems("userPrincipalName", `a@${domain}`).length === 0;
}

/**
 * Tells from bytes whether somebody is a person of whom, taken alone, there is nothing to say: one name for everything,
 * valid in every attribute.
 *
 * `numbers` are those of the texts that are addresses, the same for the same address; `isGood` tells of a number whether the
 * address is valid in every attribute. What this says is a shortcut and no rule of its own: of whom it says so the kinds of
 * mismatch find nothing, and a test holds it to that. Whoever has something unusual is simply looked at.
 */
export function isOrdinaryPerson(view: UserView, numbers: Int32Array, isGood: (number: number) => boolean): boolean {
  if (view.type !== PERSON || view.hasSlice) return false;
  // The addresses of two users are compared each with each: only where they are few.
  if (view.entries > MOST_TEXTS) return false;
  const primary = onlyNumberOf(view, numbers, SMTP_PRIMARY);
  if (primary < 0 || onlyNumberOf(view, numbers, fieldCodes.userPrincipalName) !== primary) return false;
  for (let entry = 0; entry < view.entries; entry++) {
    if (!isOrdinaryText(view, entry, numbers[entry] ?? -1, primary, isGood)) return false;
  }
  return true;
}

/** The number of the address in the text of a code; -1 if it is no address, or there are several such texts. */
function onlyNumberOf({ codes, entries }: UserView, numbers: Int32Array, code: number): number {
  let found = -1;
  for (let entry = 0; entry < entries; entry++) {
    if (codes[entry] !== code) continue;
    if (found >= 0) return -1;
    found = numbers[entry] ?? -1;
    if (found < 0) return -1;
  }
  return found;
}

function isOrdinaryText(
  { bytes, codes, starts }: UserView,
  entry: number,
  number: number,
  primary: number,
  isGood: (number: number) => boolean,
): boolean {
  const code = codes[entry] ?? 0;
  if (code === SMTP_ALIAS || code === SMTP_PRIMARY) return number >= 0 && isGood(number);
  const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
  if (start === end) return true;
  switch (code) {
    case X500_ALIAS:
    case X500_PRIMARY:
      return end - start <= LONGEST_X500 && isPrintable(bytes, start, end);
    case fieldCodes.mail:
    case fieldCodes.sipAddress:
      return number === primary;
    case fieldCodes.mailNickname:
      return isGoodLocalPart(bytes, start, end);
    case fieldCodes.displayName:
      return end - start <= LONGEST_NAME && hasLetter(bytes, start, end);
    case fieldCodes.targetAddress:
    case fieldCodes.provisioningErrors:
      return false;
    default:
      return code < RAW_ADDRESS;
  }
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
    const small = byte | 32;
    if (
      (small >= 97 && small <= 122) ||
      (byte >= 48 && byte <= 57) ||
      (byte >= 0xc3 && byte <= 0xd4) ||
      (byte >= 0xe4 && byte <= 0xe9)
    )
      return true;
  }
  return false;
}
