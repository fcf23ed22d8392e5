import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordsOf } from "../../src/text/find-byte.ts";
import { countLines, PhysicalLines } from "../../src/text/physical-lines.ts";

const byte = fc.constantFrom(0, 9, 10, 10, 13, 13, 97, 195);

/** How many lines are found to end in bytes of which more may follow. */
function linesFound(bytes: Uint8Array): number {
  let found = 0;
  const lines = new PhysicalLines(1000, {
    takeLine: () => found++,
    takeBeginning: () => undefined,
    endBeginning: () => undefined,
  });
  for (let start = lines.begin(bytes); start >= 0 && start < bytes.length; ) {
    start = lines.take(bytes, wordsOf(bytes), start);
  }
  return found;
}

describe("lines that are counted", () => {
  it("are as many as are found", () => {
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), (values) => {
        const bytes = Uint8Array.from(values);
        expect(countLines(bytes)).toBe(linesFound(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it("are none where a carriage return ends the bytes, of which what follows tells what it ends", () => {
    expect(countLines(Uint8Array.of(97, 13))).toBe(0);
    expect(countLines(Uint8Array.of(97, 13, 13, 97))).toBe(2);
    expect(countLines(Uint8Array.of(97, 13, 13, 10, 97))).toBe(1);
  });
});
