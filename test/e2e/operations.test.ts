import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { whole } from "../real-parts.ts";

const script = fileURLToPath(new URL("count-operations.mjs", import.meta.url));

interface Count {
  readonly operations: number;
  readonly matched: number;
  readonly found: number;
}

function count(shape: string, size: number): Count {
  return JSON.parse(execFileSync(process.execPath, [script, shape, String(size)], { encoding: "utf8" }));
}

/** The exponent by which operations grow from the first size to the last. */
function exponent(sizes: readonly number[], counts: readonly Count[]): number {
  const growth = (numbers: readonly number[]) => Math.log((numbers.at(-1) ?? 1) / (numbers[0] ?? 1));
  return growth(counts.map(({ operations }) => operations)) / growth(sizes);
}

const readingScript = fileURLToPath(new URL("count-reading.mjs", import.meta.url));

describe("reading grows with what is read", () => {
  it.each([
    ["rows", "a row for each address of one object", 1],
    ["slices", "a record for each slice of an attribute of one object", undefined],
  ] as const)("%s: %s, of two sizes: exponent at most 1.05", { timeout: 120_000 }, (shape, _, objects) => {
    const sizes = whole ? [2_000, 20_000] : [1_000, 8_000];
    const counts = sizes.map((size) => {
      const output = execFileSync(process.execPath, [readingScript, shape, String(size)], { encoding: "utf8" });
      return JSON.parse(output) as Count & { readonly objects: number; readonly addresses: number };
    });
    expect(counts.map((one) => [one.objects, one.addresses])).toEqual(sizes.map((size) => [objects ?? size, size]));
    expect(exponent(sizes, counts)).toBeLessThanOrEqual(1.05);
  });
});

describe("matching and finding grow with users and addresses", () => {
  const usual = whole ? [10_000, 100_000, 1_000_000] : [1_000, 8_000];
  it(`${usual.join(", ")} usual users: exponent at most 1.05`, { timeout: 300_000 }, () => {
    const sizes = usual;
    const counts = sizes.map((size) => count("usual", size));
    expect(counts.map(({ matched, found }) => [matched, found])).toEqual(sizes.map((size) => [size, size / 5]));
    expect(counts[0]?.operations).toBeGreaterThan(100 * (sizes[0] ?? 0));
    for (let last = 1; last < sizes.length; last++) {
      expect(exponent(sizes.slice(last - 1, last + 1), counts.slice(last - 1, last + 1))).toBeLessThanOrEqual(1.05);
    }
  });

  it.each([
    // Of everybody it is said besides that the address is not the sign-in name, on both sides.
    ["shared", "one address on every object", 0, (size: number) => 2 + 2 * size],
    ["chain", "all users in one ambiguous group", 0, (size: number) => size],
    // One of the six is that there are too many.
    ["hoard", "one user of that many addresses", 1, () => 6],
  ] as const)("%s: %s", { timeout: 120_000 }, (shape, _, matched, found) => {
    // Of `shared` the findings are streamed, and at both sizes so many that they are found twice.
    const large = shape === "shared" ? [30_000, 100_000] : [1_000, 10_000, 100_000];
    const sizes = whole ? large : [1_000, 5_000];
    const counts = sizes.map((size) => count(shape, size));
    expect(counts.map((one) => [one.matched, one.found])).toEqual(sizes.map((size) => [matched, found(size)]));
    expect(exponent(sizes.slice(-2), counts.slice(-2))).toBeLessThanOrEqual(1.05);
  });
});
