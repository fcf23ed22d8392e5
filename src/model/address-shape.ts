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

/** What each byte is in a mailbox address: the characters of `parseSmtpAddress`. */
const CHARACTERS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte > 127) return OTHER;
  const character = String.fromCharCode(byte);
  if (character === "@") return AT;
  return /\s/.test(character) ? WHITE : /[<>();,[\]":]/.test(character) ? REFUSED : 0;
});

const LONGEST_LOCAL_PART = 64;

/** Whether what is before the `@` may stand there in every attribute: letters, digits, `-`, `_`, and dots between them. */
export function isGoodLocalPart(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > LONGEST_LOCAL_PART) return false;
  let isAfterDot = true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (IS_IN_NAMES[byte] === 1) isAfterDot = false;
    else if (byte === DOT && !isAfterDot) isAfterDot = true;
    else return false;
  }
  return !isAfterDot;
}

const DOT = 46;
const IS_IN_NAMES = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9_-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);
