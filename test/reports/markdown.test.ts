import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/index.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";
import { companyOf } from "../hostile-company.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { analyzeText } from "../reading.ts";
import { inSmall } from "../real-parts.ts";
import { unchanged } from "./unchanged.ts";

const contoso = await analyzeText(contosoFiles["ad.ldf"] ?? "", contosoFiles["msolusers.csv"] ?? "");
const markdown = new MarkdownIt({ html: true, linkify: true });

/** The page that Markdown makes, without its words. */
function skeletonOf(text: string): string {
  return markdown.render(text).replace(/>[^<]*</g, "><");
}

describe("the Markdown report", () => {
  it("of the example company", async () => {
    await expect(renderReport(contoso, "markdown")).toMatchFileSnapshot("contoso.md");
  });

  it("is read as tables with a row for each mismatch", () => {
    const html = markdown.render(renderReport(contoso, "markdown"));
    const kinds = new Set(contoso.mismatches.map(({ severity, kind }) => `${severity} ${kind}`)).size;
    const causes = contoso.causes.filter(({ findings }) => findings > 1).length;
    expect(html.match(/<table>/g)).toHaveLength(kinds + 2);
    expect(html.match(/<tbody>|<tr>/g)?.length).toBe(2 * (kinds + 2) + kinds + causes + contoso.mismatches.length);
  });

  it("says so where nothing will change", async () => {
    const same = await unchanged();
    expect(renderReport(same, "markdown")).toContain(
      "**✔ For the 1 person matched no mail address and no sign-in name changes.**",
    );
  });

  const names = hostileStrings.filter((text) => text.trim() !== "" && text.length < 256 && !text.includes("CNF:"));
  const ana = companyOf("Ana").then((company) => skeletonOf(renderReport(company, "markdown")));
  it.each(inSmall(4, names))("%j as a name makes the same page, but for its words", async (name) => {
    expect(skeletonOf(renderReport(await companyOf(name), "markdown"))).toBe(await ana);
  });
});
