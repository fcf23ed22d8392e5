import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { mismatchKinds, renderReport } from "../../src/index.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";
import { companyOf } from "../hostile-company.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { analyzeText } from "../reading.ts";
import { inSmall } from "../real-parts.ts";
import { formulasIn } from "../spreadsheet.ts";

const contoso = await analyzeText(contosoFiles["ad.ldf"] ?? "", contosoFiles["msolusers.csv"] ?? "");

describe("the CSV report", () => {
  it("of the example company", async () => {
    await expect(renderReport(contoso, "csv")).toMatchFileSnapshot("contoso.csv");
  });

  it("has a row for each mismatch, under columns that stay, with the mark by which Excel knows UTF-8", () => {
    const text = renderReport(contoso, "csv");
    expect(text.startsWith("\ufeff")).toBe(true);
    const [header, ...rows]: string[][] = parse(text, { bom: true });
    expect(header).toEqual([
      "severity",
      "kind",
      "who",
      "before",
      "after",
      "what",
      "on-premises id",
      "on-premises UPN",
      "on-premises primary",
      "online id",
      "online UPN",
      "online primary",
      "match method",
      "match basis",
      "matched on",
      "sources",
      "attribute",
      "value",
      "rule",
      "suggestion",
      "cause",
    ]);
    expect(rows.map(([severity, kind]) => [severity, kind])).toEqual(
      contoso.mismatches.map(({ severity, kind }) => [severity, kind]),
    );
  });

  it("tells every kind of the package apart by its name", () => {
    expect(new Set(mismatchKinds.map(({ kind }) => kind)).size).toBe(mismatchKinds.length);
  });

  it.each(inSmall(4, hostileStrings, 2))("%j is text in every cell, and no formula", async (name) => {
    const analysis = await companyOf(name);
    const text = renderReport(analysis, "csv");
    const rows: string[][] = parse(text, { bom: true });
    expect(rows).toHaveLength(analysis.mismatches.length + 1);
    expect(rows.flat().filter((cell) => /^[\t\r]/.test(cell))).toEqual([]);
    expect(formulasIn(text)).toEqual([]);
  });
});
