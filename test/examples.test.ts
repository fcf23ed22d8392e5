import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";

const printed: Readonly<Record<string, readonly RegExp[]>> = {
  "check-before-cut-over.ts": [/^╭─+╮\n│ 42 people on-premises · 41 online/, /^no go: 3 to be resolved first$/],
  "list-primary-changes.ts": [
    /^Bruno Costa: bruno\.costa@contoso\.com → bcosta@contoso\.com$/,
    /^Céline Dubois: celine\.martin@/,
    /^Søren Sørensen: soren\.sorensen@/,
  ],
  "read-users.ts": [/^read as ldif, because it has the line/, /^42 users, 0 problems$/],
};

describe("examples", () => {
  afterEach(() => vi.restoreAllMocks());

  it("are all known here", () => {
    const files = readdirSync("examples").filter((name) => name.endsWith(".ts"));
    expect(files).toEqual(Object.keys(printed));
  });

  it.each(Object.keys(printed))("%s prints what it should", async (name) => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await import(/* @vite-ignore */ `../examples/${name}`);
    const lines = log.mock.calls.map(([line]) => String(line));
    expect(lines).toHaveLength(printed[name]?.length ?? 0);
    printed[name]?.forEach((pattern, index) => {
      expect(lines[index]).toMatch(pattern);
    });
  });
});
