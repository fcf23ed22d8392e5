import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import seeded from "./seeded-faults.json" with { type: "json" };

describe("the faults of `npm run mutate`", () => {
  it.each(seeded.faults)("src/$file: $from", ({ file, from, to }) => {
    const content = readFileSync(new URL(`../../src/${file}`, import.meta.url), "utf8");
    expect(content.split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  });
});
