import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { mismatchKinds, renderReport } from "../../src/index.ts";
import { renderHtml } from "../../src/reports/html/html.ts";
import { english, type ReportWords } from "../../src/reports/words.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";
import { companyOf } from "../hostile-company.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { analyzeText } from "../reading.ts";
import { inSmall } from "../real-parts.ts";
import { unchanged } from "./unchanged.ts";

const contoso = await analyzeText(contosoFiles["ad.ldf"] ?? "", contosoFiles["msolusers.csv"] ?? "");
const page = await renderReport(contoso, "html");

const dataOf = (html: string) =>
  JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? "");
/** What stands in the page besides style, script and data, and the hashes of those. */
const bodyOf = (html: string) =>
  html.replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, "").replace(/'sha256-[^']*'/g, "'sha256-…'");

describe("the HTML report", () => {
  it("of the example company", async () => {
    await expect(bodyOf(page)).toMatchFileSnapshot("contoso.html");
  });

  it("allows its own script and style by their hashes, and nothing else", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+'; base-uri 'none'; form-action 'none'$/,
    );
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    for (const content of [script, style]) {
      expect(content.length).toBeGreaterThan(1000);
      expect(policy).toContain(createHash("sha256").update(content).digest("base64"));
    }
  });

  it("asks for no other file", () => {
    expect(bodyOf(page)).not.toMatch(/\s(?:src|href|action|srcset|data|poster|style|on\w+)=/i);
    expect(page).not.toMatch(/url\(|@import/);
  });

  it("explains each kind found with the text of its page", () => {
    const kinds = new Set(contoso.mismatches.map(({ kind }) => kind));
    for (const kind of kinds) expect(page).toContain(`<summary><code>${kind}</code></summary>`);
    expect(page).toContain("How sure is this");
    expect(page.match(/<details>/g)).toHaveLength(kinds.size);
  });

  it("carries every finding as data, with file and line", () => {
    const { findings } = dataOf(page);
    expect(findings).toHaveLength(contoso.mismatches.length);
    expect(findings[0]).toMatchObject({
      kind: "primary-smtp-change",
      who: "Bruno Costa",
      sources: "ad.ldf:31 users.csv:4",
    });
  });

  it("says so where nothing will change, and has no table then", async () => {
    const same = await unchanged();
    const html = await renderReport(same, "html");
    expect(html).toContain(
      '<p class="verdict good"><b>✔</b> For the 1 person matched no mail address and no sign-in name changes.</p>',
    );
    expect(html).not.toContain('id="findings"');
  });

  it("takes all its words from one place: in another language none of the English ones is left", () => {
    const shout = (value: unknown): unknown => {
      if (typeof value === "string") return value.replace(/[a-z]+(?![^{]*\})/gi, "ü");
      if (typeof value === "function")
        return (...args: never[]) => shout((value as (...all: never[]) => unknown)(...args));
      if (Array.isArray(value)) return value.map(shout);
      return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, shout(one)]));
    };
    const words = { ...(shout(english) as ReportWords), language: "x-test" };
    const text = bodyOf(renderHtml({ ...contoso, inputs: [], settings: { ...contoso.settings, inferred: [] } }, words))
      .replace(/<details>[\s\S]*?<\/details>/g, "")
      .replace(/<[^>]*>/g, " ");
    const foreign = text.match(/[A-Za-z]{3,}/g) ?? [];
    const values = new Set([
      "any",
      "dirsync",
      "smtp",
      "objectGUID",
      "userPrincipalName",
      "always",
      "contoso",
      "com",
      "onmicrosoft",
      "true",
      "false",
      "Staff",
      "Users",
      "DOCTYPE",
    ]);
    expect(foreign.filter((word) => !values.has(word))).toEqual([]);
  });

  it("has a page for every kind of the package", async () => {
    const { content } = await import("inline:mismatch-pages");
    expect(Object.keys(content).sort()).toEqual(mismatchKinds.map(({ kind }) => kind as string).sort());
    for (const html of Object.values(content)) expect(html).not.toMatch(/<a |<script|<h[12]>/);
  });

  const names = hostileStrings.filter((text) => text.length < 256 && !text.includes("CNF:") && text.trim() !== "");
  const ana = companyOf("Ana").then((company) => renderReport(company, "html"));
  it.each(inSmall(4, names, 3))("%j is text in the page and in its data", async (name) => {
    const html = await renderReport(await companyOf(name), "html");
    const plain = await ana;
    const skeleton = (text: string) =>
      bodyOf(text)
        .replace(/>[^<]*</g, "><")
        .replace(/label="[^"]*"/g, "");
    expect(skeleton(html)).toBe(skeleton(plain));
    expect(html.match(/<\/script/g)).toHaveLength(plain.match(/<\/script/g)?.length ?? 0);
    expect(dataOf(html).findings).toHaveLength(dataOf(plain).findings.length);
    expect(html).not.toMatch(/[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069]/u);
  });
});
