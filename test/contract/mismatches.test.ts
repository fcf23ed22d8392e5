import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.ts";
import { mismatchKinds, mismatchSchema } from "../../src/mismatches/index.ts";
import { fencedBlocks } from "./fenced-blocks.ts";

const root = new URL("../../", import.meta.url);
const files = readdirSync(new URL("src/mismatches/", root))
  .filter((name) => name.endsWith(".ts") && name !== "index.ts")
  .map((name) => name.replace(/\.ts$/, ""));

describe("every kind of mismatch", () => {
  it("has one file, named after it", () => {
    expect(mismatchKinds.map(({ kind }) => kind as string).sort()).toEqual(files.sort());
  });

  it("has a page and no page is without a kind", () => {
    const pages = readdirSync(new URL("docs/mismatches/", root)).map((name) => name.replace(/\.md$/, ""));
    expect(pages.sort()).toEqual(files.sort());
  });

  it.each(files)("%s has a test of its own", (kind) => {
    expect(existsSync(new URL(`test/mismatches/${kind}.test.ts`, root))).toBe(true);
  });

  it.each(mismatchKinds)("$kind has words for every severity", ({ title, explanation, advice }) => {
    for (const severity of ["error", "warning", "info"] as const) {
      expect(title(1, severity)).toMatch(/^1 \S/);
      expect(title(2, severity)).toMatch(/^2 \S/);
      expect(title(2, severity)).not.toBe(title(1, severity).replace("1", "2"));
    }
    expect(explanation).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
  });

  it.each(mismatchKinds)("$kind: the example of its page is what the analysis finds", async ({ kind }) => {
    const page = readFileSync(new URL(`docs/mismatches/${kind}.md`, root), "utf8");
    for (const heading of ["What happens", "What the user notices", "Example", "How sure is this", "How to fix it"]) {
      expect(page).toContain(`\n## ${heading}\n`);
    }
    const blocks = fencedBlocks(page);
    const { mismatches } = await analyze({
      onPremises: [{ name: "ad.ldf", data: blocks.get("on-premises") ?? "" }],
      online: [{ name: "users.csv", data: blocks.get("online") ?? "" }],
      baseline: blocks.has("baseline") ? [{ name: "activation.csv", data: blocks.get("baseline") ?? "" }] : [],
      ...JSON.parse(blocks.get("options") ?? "{}"),
      kinds: [kind],
    });
    expect(mismatches).toMatchObject(JSON.parse(blocks.get("mismatch") ?? ""));
    for (const mismatch of mismatches) expect(mismatchSchema.parse(mismatch)).toEqual(mismatch);
  });
});
