/** What breaks one grammar or another. */
const NASTY = [
  '"',
  '""',
  "\n",
  "\r",
  "\r\n\r\n",
  "\n ",
  ":",
  "::",
  ":<",
  ";",
  ",",
  "\0",
  "\ufeff",
  "dn: CN=x\n",
  "{",
  "}",
  "]",
  "\\",
  "X'",
  "-\n",
];

/** Does one thing to a file from an offset on; nothing before it changes. */
export function mutate(
  bytes: Uint8Array,
  at: number,
  random: (limit: number) => number,
  other: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const before = bytes.subarray(0, at);
  const length = 1 + random(24);
  const behind = bytes.subarray(at + length);
  const noise = Uint8Array.from({ length }, () => random(256));
  switch (random(7)) {
    case 0:
      return Uint8Array.from(before);
    case 1:
      return join(before, behind);
    case 2:
      return join(before, noise, behind);
    case 3:
      return join(before, noise, bytes.subarray(at));
    case 4:
      return join(before, Buffer.from(NASTY[random(NASTY.length)] ?? ""), bytes.subarray(at));
    case 5:
      return join(before, bytes.subarray(Math.max(0, at - random(400))), bytes.subarray(at));
    default: {
      const start = random(other.length);
      return join(before, other.subarray(start, start + random(400)), bytes.subarray(at));
    }
  }
}

/** Puts pieces one behind the other. */
export function join(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(pieces));
}
