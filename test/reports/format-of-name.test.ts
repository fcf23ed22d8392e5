import { describe, expect, it } from "vitest";
import { formatOfName, reportFormats } from "../../src/reports/index.ts";

describe("formatOfName", () => {
  it.each([
    ["report.html", "html"],
    ["REPORT.HTM", "html"],
    ["a.b/report.md", "markdown"],
    ["report.json.csv", "csv"],
    ["findings.jsonl", "ndjson"],
    ["report.text", undefined],
    ["html", undefined],
    ["report.", undefined],
    ["folder.html/report", undefined],
    ["folder.html\\report", undefined],
    ["", undefined],
  ])("%s: %s", (name, format) => expect(formatOfName(name)).toBe(format));

  it("knows a name for every format", () => {
    const found = ["txt", "json", "ndjson", "csv", "md", "html", "xlsx"].map((ending) => formatOfName(`x.${ending}`));
    expect(found).toEqual(expect.arrayContaining([...reportFormats]));
  });
});
