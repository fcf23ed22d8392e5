/** Tells whether bytes are UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF. */
export function isValidUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const first = bytes[at++] ?? 0;
    if (first < 0x80) continue;
    const second = bytes[at++] ?? 0;
    let further: number;
    if (first >= 0xc2 && first <= 0xdf) further = 0;
    else if (first >= 0xe0 && first <= 0xef) {
      if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return false;
      further = 1;
    } else if (first >= 0xf0 && first <= 0xf4) {
      if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return false;
      further = 2;
    } else return false;
    if (second < 0x80 || second > 0xbf) return false;
    for (; further > 0; further--) {
      const next = bytes[at++] ?? 0;
      if (next < 0x80 || next > 0xbf) return false;
    }
    if (at > end) return false;
  }
  return true;
}
