const BASE = 36;
const LEAST_THRESHOLD = 1;
const GREATEST_THRESHOLD = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 128;
const DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

/**
 * Encodes a label of an international domain as ASCII, without the `xn--` in front: RFC 3492, 6.3. The text must be in small
 * letters and composed (NFC).
 */
export function encodePunycode(label: string): string {
  const codes = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  const basic = codes.filter((code) => code < FIRST_CODE);
  let output = basic.map((code) => String.fromCodePoint(code)).join("") + (basic.length > 0 ? "-" : "");
  let handled = basic.length;
  let bias = FIRST_BIAS;
  let delta = 0;
  let current = FIRST_CODE;
  while (handled < codes.length) {
    const next = codes.reduce((least, code) => (code >= current && code < least ? code : least), 0x110000);
    delta += (next - current) * (handled + 1);
    current = next;
    for (const code of codes) {
      if (code < current) delta++;
      if (code !== current) continue;
      output += encodeDelta(delta, bias);
      bias = adaptBias(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    current++;
  }
  return output;
}

function encodeDelta(delta: number, bias: number): string {
  let digits = "";
  let rest = delta;
  for (let position = BASE; ; position += BASE) {
    const threshold = Math.min(Math.max(position - bias, LEAST_THRESHOLD), GREATEST_THRESHOLD);
    if (rest < threshold) return digits + toDigit(rest);
    digits += toDigit(threshold + ((rest - threshold) % (BASE - threshold)));
    rest = Math.floor((rest - threshold) / (BASE - threshold));
  }
}

function toDigit(value: number): string {
  return DIGITS[value] ?? "";
}

/** RFC 3492, 6.1. */
function adaptBias(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / count);
  let bias = 0;
  for (; rest > ((BASE - LEAST_THRESHOLD) * GREATEST_THRESHOLD) / 2; bias += BASE) {
    rest = Math.floor(rest / (BASE - LEAST_THRESHOLD));
  }
  return bias + Math.floor(((BASE - LEAST_THRESHOLD + 1) * rest) / (rest + SKEW));
}
