import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { listFaults } from "./faults.mjs";

describe("the faults of `npm run mutate`", () => {
  it("are found beside the tests", () => {
    expect(listFaults().map(({ room }) => room)).toContain("predict");
  });

  it.each(listFaults())("src/$file: $from", ({ file, from, to }) => {
    const content = readFileSync(new URL(`../../src/${file}`, import.meta.url), "utf8");
    expect(content.split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  });
});
