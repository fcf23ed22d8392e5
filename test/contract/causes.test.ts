import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { causeSchema, causes } from "../../src/causes/index.ts";
import { type Analysis, analyze } from "../../src/index.ts";
import { fencedBlocks } from "./fenced-blocks.ts";

const root = new URL("../../", import.meta.url);
const files = readdirSync(new URL("src/causes/", root))
  .filter((name) => name.endsWith(".ts") && name !== "index.ts")
  .map((name) => name.replace(/\.ts$/, ""));

const SECTIONS = ["What it is", "What it does", "Example", "How to cure it"];

function pageOf(cause: string): string {
  return readFileSync(new URL(`docs/causes/${cause}.md`, root), "utf8");
}

/** What a page says under a heading. */
function sectionOf(page: string, heading: string): string {
  return (page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "").trim();
}

/** Runs the example of a cause's page: the causes that are found, and those that the page lists. */
async function exampleOf(cause: string): Promise<{ found: Analysis["causes"]; expected: unknown[] }> {
  const blocks = fencedBlocks(pageOf(cause));
  const { causes: found } = await analyze({
    onPremises: [{ name: "ad.ldf", data: blocks.get("on-premises") ?? "" }],
    online: [{ name: "users.csv", data: blocks.get("online") ?? "" }],
    ...JSON.parse(blocks.get("options") ?? "{}"),
  });
  return { found: found.filter((one) => one.cause === cause), expected: JSON.parse(blocks.get("causes") ?? "") };
}

describe("every cause", () => {
  it("has one file, named after it, a page and a test", () => {
    expect(causes.map(({ cause }) => cause as string).sort()).toEqual(files.sort());
    const pages = readdirSync(new URL("docs/causes/", root)).map((name) => name.replace(/\.md$/, ""));
    expect(pages.sort()).toEqual(files);
    expect(files.filter((name) => !existsSync(new URL(`test/causes/${name}.test.ts`, root)))).toEqual([]);
  });

  it.each(causes)("$cause has words of its own", ({ cause, title, harm, remedy }) => {
    expect(title("contoso.com")).toMatch(/^[A-Z].*[^.]$/);
    expect(harm).toMatch(/^[A-Z].*\.$/);
    expect(remedy("contoso.com")).toMatch(/^[A-Z].*\.$/);
    const others = causes.filter((other) => other.cause !== cause);
    expect(others.map((other) => other.harm)).not.toContain(harm);
  });

  it.each(files)("%s: every section of its page says something of its own", (cause) => {
    for (const heading of SECTIONS) {
      const section = sectionOf(pageOf(cause), heading);
      expect(section.split(/\s+/).length, heading).toBeGreaterThanOrEqual(4);
      if (heading !== "How to cure it") {
        const others = files.filter((name) => name !== cause).map((name) => sectionOf(pageOf(name), heading));
        expect(others, heading).not.toContain(section);
      }
    }
  });

  it.each(causes)("$cause: the example of its page is what the analysis tells", async ({ cause }) => {
    const { found, expected } = await exampleOf(cause);
    expect(found).toMatchObject(expected);
    for (const one of found) expect(causeSchema.parse(one)).toEqual(one);
  });

  it.each(causes)("$cause, when it explains nothing, is missed by its page", async (declaration) => {
    const changed: { keyOf: unknown } = declaration;
    const { keyOf } = changed;
    changed.keyOf = () => undefined;
    try {
      const { found, expected } = await exampleOf(declaration.cause);
      expect(expected).not.toEqual([]);
      expect(found).toEqual([]);
    } finally {
      changed.keyOf = keyOf;
    }
  });
});
