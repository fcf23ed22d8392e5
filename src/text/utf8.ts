/** Tells whether bytes are UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF. */
export function isValidUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const first = bytes[at] ?? 0;
    const length = lengthOf(first);
    if (length === 0 || at + length > end) return false;
    if (length > 1 && !isSecond(first, bytes[at + 1] ?? 0)) return false;
    for (let further = 2; further < length; further++) if (!isFollowing(bytes[at + further] ?? 0)) return false;
    at += length;
  }
  return true;
}

/** How many bytes a character has that begins so; 0 if none does. */
function lengthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** The second byte tells overlong forms, surrogates and what is above U+10FFFF: RFC 3629, section 4. */
function isSecond(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0 && second <= 0xbf;
  if (first === 0xed) return second >= 0x80 && second <= 0x9f;
  if (first === 0xf0) return second >= 0x90 && second <= 0xbf;
  if (first === 0xf4) return second >= 0x80 && second <= 0x8f;
  return isFollowing(second);
}

function isFollowing(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}
