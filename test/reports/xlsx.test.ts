import { strFromU8, unzipSync } from "fflate";
import readExcelFile from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { type Analysis, hideAccepted, redact, renderReport } from "../../src/index.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";
import { companyOf } from "../hostile-company.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { analyzeText } from "../reading.ts";
import { inSmall } from "../real-parts.ts";

const contoso = await analyzeText(contosoFiles["ad.ldf"] ?? "", contosoFiles["msolusers.csv"] ?? "");

/** The sheets and their cells, as an independent reader has them. */
async function readWorkbook(analysis: Analysis) {
  const bytes = Buffer.from(await renderReport(analysis, "xlsx"));
  return readExcelFile(bytes);
}

describe("the Excel report", () => {
  it("of the example company, as an independent reader reads it", async () => {
    const sheets = await readWorkbook(contoso);
    const text = sheets
      .map(
        ({ sheet, data }) =>
          `## ${sheet}\n${data.map((row) => row.map((cell) => String(cell ?? "")).join(" | ")).join("\n")}\n`,
      )
      .join("\n");
    await expect(text).toMatchFileSnapshot("contoso.xlsx.txt");
  });

  it("has a summary, a sheet for each kind found, the outcome of everybody, and the diagnostics", async () => {
    const sheets = await readWorkbook(contoso);
    const kinds = [...new Set(contoso.mismatches.map(({ kind }) => kind))];
    const names = sheets.map(({ sheet }) => sheet);
    expect(names).toHaveLength(kinds.length + 4);
    expect(names).toEqual(expect.arrayContaining(["Summary", "Causes", ...kinds, "All users", "Diagnostics"]));
    expect(sheets.find(({ sheet }) => sheet === "Causes")?.data).toHaveLength(1 + contoso.causes.length);
    const users = sheets.find(({ sheet }) => sheet === "All users")?.data ?? [];
    const outcomes = contoso.outcomes();
    const alone = [...outcomes.online()].filter(({ outcome }) => outcome !== "taken-over");
    expect(users).toHaveLength(1 + [...outcomes.onPremises()].length + alone.length);
    const bruno = users.find(([name]) => name === "Bruno Costa")?.map(String);
    expect(bruno?.slice(1, 4)).toEqual(["user", "linked", "the online object is taken over"]);
    expect(bruno?.slice(4, 10)).toEqual([
      "bruno.costa@contoso.com",
      "bruno.costa@contoso.com",
      expect.stringContaining("SMTP:bruno.costa@contoso.com"),
      "bcosta@contoso.com",
      "bcosta@contoso.com",
      expect.stringContaining("SMTP:bcosta@contoso.com"),
    ]);
  });

  it("freezes each header and gives it filters", async () => {
    const files = unzipSync(await renderReport(contoso, "xlsx"));
    const sheets = Object.entries(files).filter(([name]) => /worksheets\/sheet\d+\.xml$/.test(name));
    expect(sheets.length).toBeGreaterThan(5);
    for (const [, content] of sheets) {
      const xml = strFromU8(content);
      expect(xml).toMatch(/<pane ySplit="1"[^>]*state="frozen"\/>/);
      expect(xml).toMatch(/<\/sheetData><autoFilter ref="A1:[A-Z]\d+"\/>/);
      expect(xml).toContain("customWidth");
    }
  });

  it("is the same, byte for byte, whenever it is written", async () => {
    const [one, other] = await Promise.all([renderReport(contoso, "xlsx"), renderReport(contoso, "xlsx")]);
    expect(Buffer.compare(one, other)).toBe(0);
    // ZIP writes the time of each file: 1980-01-01, the first that it knows.
    expect(Buffer.from(one).readUInt16LE(12)).toBe((1 << 5) | 1);
  });

  it("lacks only the list of people for a report that was saved, and says so", async () => {
    const saved: Analysis = JSON.parse(JSON.stringify(contoso));
    const sheets = new Map((await readWorkbook(saved)).map(({ sheet, data }) => [sheet, data] as const));
    const whole = (await readWorkbook(contoso)).map(({ sheet }) => sheet);
    expect([...sheets.keys()]).toEqual(whole.filter((name) => name !== "All users"));
    expect(sheets.get("Summary")).toContainEqual(["All users", expect.stringContaining("not listed")]);
  });

  it("lists everybody where findings were accepted or names are pseudonyms", async () => {
    const people = async (analysis: Analysis) =>
      (await readWorkbook(analysis)).find(({ sheet }) => sheet === "All users")?.data.length;
    const everybody = await people(contoso);
    expect(everybody).toBeGreaterThan(40);
    expect(await people(hideAccepted(contoso, contoso))).toBe(everybody);
    expect(await people(redact(hideAccepted(contoso, contoso), { key: "k" }))).toBe(everybody);
  });

  it.each(inSmall(8, hostileStrings, 1))("%j is a text in every cell, and no formula", async (name) => {
    const files = unzipSync(await renderReport(await companyOf(name), "xlsx"));
    for (const [path, content] of Object.entries(files))
      if (path.includes("sheet"))
        expect(strFromU8(content)).not.toMatch(/<f[ >]|[\ufffe\uffff]|_x(?!005F)[0-9a-f]{4}_/i);
    const sheets = await readWorkbook(await companyOf(name));
    expect(
      sheets.flatMap(({ data }) => data.flat()).filter((cell) => typeof cell === "object" && cell !== null),
    ).toEqual([]);
  });
});
