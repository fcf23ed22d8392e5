import { type LeftOutRule, leftOutRules } from "../../service/left-out.ts";
import { toLower } from "../../text/bytes.ts";

/** Tells whether a value of an attribute could be a reason to leave an object out. */
export type Suspect = (bytes: Uint8Array, start: number, end: number) => boolean;

/**
 * Makes of the rules for an attribute a test of bytes that is quick, and true of more values than the rules are: by their
 * first four letters, or two letters that stand anywhere. `undefined` if no rule looks at the attribute.
 */
export function suspectsOf(attribute: string, rules: readonly LeftOutRule[] = leftOutRules): Suspect | undefined {
  const tests = rules.filter((rule) => rule.attribute === attribute).flatMap(({ values }) => values);
  if (tests.length === 0) return undefined;
  const beginnings = new Set<number>();
  const pairs = new Set<number>();
  let bits = 0n;
  for (const test of tests) {
    const beginning = test.is ?? test.begins;
    if (test.bits !== undefined) bits |= test.bits;
    else if (beginning !== undefined) beginnings.add(lettersOf(beginning, BEGINNING));
    else if (test.contains !== undefined) pairs.add(lettersOf(test.contains, PAIR));
  }
  const begins = beginnings.size === 0 ? undefined : beginsWith(beginnings);
  const contains = pairs.size === 0 ? undefined : holdsPair(pairs);
  const counts = bits === 0n ? undefined : mayHaveBits(bits);
  const all = [begins, contains, counts].filter((suspect) => suspect !== undefined);
  const [only] = all;
  return all.length === 1 ? only : (bytes, start, end) => all.some((suspect) => suspect(bytes, start, end));
}

const BEGINNING = 4;
const PAIR = 2;

function lettersOf(text: string, count: number): number {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < count) throw new RangeError(`“${text}” is too short to be looked for`);
  return lettersAt(bytes, 0, count);
}

function lettersAt(bytes: Uint8Array, start: number, count: number): number {
  let letters = 0;
  for (let index = 0; index < count; index++) letters = (letters << 8) | toLower(bytes[start + index] ?? 0);
  return letters;
}

function beginsWith(beginnings: ReadonlySet<number>): Suspect {
  const isFirst = new Uint8Array(256);
  for (const beginning of beginnings) for (const byte of bothCases(beginning >>> 24)) isFirst[byte] = 1;
  return (bytes, start, end) =>
    end - start >= BEGINNING && isFirst[bytes[start] ?? 0] === 1 && beginnings.has(lettersAt(bytes, start, BEGINNING));
}

function holdsPair(pairs: ReadonlySet<number>): Suspect {
  const [first = -1, second = first, ...more] = new Set([...pairs].flatMap((pair) => bothCases(pair >> 8)));
  if (more.length > 0) throw new RangeError("pairs begin with more letters than are compared one by one");
  return (bytes, start, end) => {
    for (let at = start; at < end - 1; at++) {
      const byte = bytes[at];
      if ((byte === first || byte === second) && pairs.has(lettersAt(bytes, at, PAIR))) return true;
    }
    return false;
  };
}

function bothCases(letter: number): readonly number[] {
  const character = String.fromCharCode(letter);
  return [letter, character.toUpperCase().charCodeAt(0)];
}

/** Numbers of which no bit is among some are no suspects; whatever is no short number is one. */
function mayHaveBits(bits: bigint): Suspect {
  const low = Number(bits & 0xffff_ffffn);
  const isLow = bits <= 0x7fff_ffffn;
  return (bytes, start, end) => {
    if (!isLow || end - start > 15) return true;
    let value = 0;
    for (let at = start; at < end; at++) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) return true;
      value = 10 * value + digit;
    }
    return ((value % 2 ** 32) & low) !== 0;
  };
}
