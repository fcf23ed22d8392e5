import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mismatchKinds, mismatchSchema } from "../../src/mismatches/index.ts";
import { exampleOf, pageOf } from "./page-example.ts";

const root = new URL("../../", import.meta.url);
const files = readdirSync(new URL("src/mismatches/", root))
  .filter((name) => name.endsWith(".ts") && name !== "index.ts")
  .map((name) => name.replace(/\.ts$/, ""));

const SECTIONS = ["What happens", "What the user notices", "Example", "How sure is this", "How to fix it"];

/** A document that a page relies on, or that what it says stands in the exports themselves. */
const SOURCES = /KB \d{6,}|[\w-]+-docs\b|MS-[A-Z]+|Set-Mailbox|the article|exports\b/;

/** What a page says under a heading. */
function sectionOf(page: string, heading: string): string {
  const [, rest = ""] = page.split(`\n## ${heading}\n`);
  return (rest.split("\n## ")[0] ?? "").trim();
}

/** What the pages of all other kinds say under a heading. */
function others(kind: string, heading: string): readonly string[] {
  return files.filter((name) => name !== kind).map((name) => sectionOf(pageOf(name), heading));
}

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

  it.each(mismatchKinds)("$kind: every section of its page says something of its own", ({ kind }) => {
    for (const heading of SECTIONS) {
      const section = sectionOf(pageOf(kind), heading).replace(/```[\s\S]*?```/g, "");
      if (heading !== "Example")
        expect(section.split(/\s+/).length, `${heading}: ${section}`).toBeGreaterThanOrEqual(4);
      expect(others(kind, heading), heading).not.toContain(section);
    }
    expect(sectionOf(pageOf(kind), "How sure is this"), "names a source, or says that there is none").toMatch(SOURCES);
  });

  it.each(mismatchKinds)("$kind: the example of its page is what the analysis finds", async ({ kind }) => {
    const { found: mismatches, expected } = await exampleOf(kind);
    expect(mismatches).toMatchObject(expected);
    for (const mismatch of mismatches) expect(mismatchSchema.parse(mismatch)).toEqual(mismatch);
  });
});
