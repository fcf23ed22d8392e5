import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findAny,
  findByte,
  findLineBreak,
  findLineEnd,
  fourOf,
  lowestMark,
  marksBelow,
  marksOf,
  Words,
  wordsOf,
} from "../../src/text/find-byte.ts";
import { times } from "../real-parts.ts";

/** Bytes near those that are looked for, where a borrow from one byte to the next would tell. */
const byte = fc.oneof(fc.constantFrom(0, 1, 9, 10, 11, 127, 128, 129, 137, 138, 139, 255), fc.nat(255));
const lineByte = fc.oneof(
  { weight: 3, arbitrary: fc.nat(255) },
  { weight: 1, arbitrary: fc.constantFrom(0, 9, 10, 13) },
);

describe("bytes that are looked at four at once", () => {
  it("are found where a search one by one finds them, wherever the bytes begin in their memory", () => {
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), byte, fc.nat(42), fc.nat(9), (values, wanted, start, offset) => {
        const bytes = Uint8Array.of(...Array<number>(offset).fill(wanted), ...values, wanted).subarray(offset, -1);
        expect(findByte(wordsOf(bytes), wanted, start)).toBe(bytes.indexOf(wanted, start));
      }),
      { numRuns: times(5000) },
    );
  });

  it("are found if one of three is looked for, the same one twice or thrice too", () => {
    fc.assert(
      fc.property(
        fc.array(byte, { maxLength: 40 }),
        fc.tuple(byte, byte, byte),
        fc.nat(42),
        (values, wanted, start) => {
          const expected = values.findIndex((value, index) => index >= start && wanted.includes(value));
          const found = findAny(wordsOf(Uint8Array.from(values)), wanted, start);
          expect(found).toBe(expected < 0 ? values.length : expected);
        },
      ),
      { numRuns: times(5000) },
    );
  });

  it("end a line where a search one by one finds its end, and none where something else than a line feed ends it", () => {
    fc.assert(
      fc.property(fc.array(lineByte, { maxLength: 40 }), fc.nat(42), (values, start) => {
        const words = wordsOf(Uint8Array.from(values));
        const expected = values.findIndex((value, index) => index >= start && [0, 10, 13].includes(value));
        expect(findLineBreak(words, start)).toBe(expected);
        const newline = values[expected] === 13 ? expected + 1 : expected;
        expect(findLineEnd(words, start)).toBe(values[newline] === 10 ? newline : -1);
      }),
      { numRuns: 5000 },
    );
  });

  it("are marked up to the first one that is wanted, and none before it", () => {
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte, byte), byte, fc.integer({ min: 1, max: 128 }), (values, wanted, limit) => {
        const word = wordsOf(Uint8Array.of(...values)).getInt32(0, true);
        const marks = marksOf(word, fourOf(wanted));
        expect(marks === 0 ? -1 : lowestMark(marks)).toBe(values.indexOf(wanted));
        const below = marksBelow(word, fourOf(limit));
        expect(below === 0 ? -1 : lowestMark(below)).toBe(values.findIndex((value) => value < limit));
      }),
      { numRuns: times(5000) },
    );
  });

  it("are seen as words of the bytes that were asked for last", () => {
    const words = new Words();
    const [first, second] = [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6, 7, 8)];
    expect(words.of(first).getUint8(0)).toBe(1);
    expect(words.of(second).getUint8(0)).toBe(5);
    expect(words.of(second)).toBe(words.of(second));
    expect(words.of(first).getUint8(0)).toBe(1);
  });
});
