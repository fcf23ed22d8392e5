import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeJson } from "../../src/text/write-json.ts";

const written = (value: unknown): string => [...writeJson(value)].join("");

describe("writeJson", () => {
  it("writes what JSON.stringify writes, of any value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(written(value)).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it("does so in pieces, where there are many parts", () => {
    const findings = Array.from({ length: 2000 }, (_, index) => ({
      text: `line\nbreak ${index}`,
      objects: Array.from({ length: index === 7 ? 5000 : 2 }, (__, own) => ({ id: own, none: undefined })),
      none: undefined,
    }));
    const document = {
      first: [],
      second: {},
      none: undefined,
      gone: { hidden: 1, gone: findings.slice(0, 600) },
      findings,
    };
    const pieces = [...writeJson(document)];
    expect(pieces.join("")).toBe(JSON.stringify(document, null, 2));
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(10_000);
  });

  it("writes a list that is made while it is written", () => {
    function* numbers(count: number) {
      for (let number = 0; number < count; number++) yield { number };
    }
    expect(written({ list: numbers(3), none: numbers(0) })).toBe(
      JSON.stringify({ list: [...numbers(3)], none: [] }, null, 2),
    );
  });
});
