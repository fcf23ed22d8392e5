import readExcelFile from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { writeSheetText } from "../../src/text/sheet-text.ts";
import { readSheets, type SheetRow } from "../../src/text/workbook.ts";
import { XmlError } from "../../src/text/xml.ts";
import { readZipDirectory, unpackEntry } from "../../src/text/zip.ts";
import { sheetOf, type WorkbookParts, workbookOf, zipOf } from "../containers.ts";

function sheetsOf(bytes: Uint8Array) {
  const directory = readZipDirectory(bytes);
  if ("fault" in directory) throw new Error(directory.fault);
  return readSheets(directory.entries, (entry, onDamage) => unpackEntry(bytes, entry, onDamage));
}

function read(bytes: Uint8Array, index = 0): { readonly rows: readonly SheetRow[]; readonly told: readonly string[] } {
  const told: string[] = [];
  const rows = sheetsOf(bytes)[index]?.rows((what, count) => told.push(`${what} ${count}`)) ?? [];
  return { rows: [...rows], told };
}

const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const book = (rows: string, parts: Omit<WorkbookParts, "sheets"> = {}): Uint8Array =>
  workbookOf({ ...parts, sheets: { Users: sheet(rows) } });
const cellsOf = (rows: string, parts?: Omit<WorkbookParts, "sheets">): readonly string[] =>
  read(book(rows, parts)).rows.flatMap(({ cells }) => cells);

describe("a workbook", () => {
  it("gives what another reader gives of what another program writes", async () => {
    const data = [
      ["UserPrincipalName", "Display name", "Number", "Yes"],
      ["ana@contoso.com", 'Ana <Andrade> & "Söhne"\n_x0041_', 12.5, true],
      ["bo@contoso.com", null, 491234567890, false],
    ].map((row) => row.map((value) => ({ value, ...(value === null ? {} : { type: value.constructor }) })));
    const blob = await writeExcelFile(data as never).toBuffer();
    const [other] = await readExcelFile(blob);
    const { rows, told } = read(new Uint8Array(blob));
    expect(told).toEqual([]);
    const shown = (other?.data ?? []).map((row) =>
      row.map((value) => (value === null ? "" : value === true ? "True" : value === false ? "False" : String(value))),
    );
    expect(rows.map(({ cells }) => cells)).toEqual(shown);
    expect(shown[2]).toEqual(["bo@contoso.com", "", "491234567890", "False"]);
  });

  it("joins the runs of rich text, and leaves out how it is pronounced", () => {
    const strings =
      '<si><r><t>Ana </t></r><r><rPr><b/></rPr><t>Andrade</t></r></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>';
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><r><t>B</t></r><r><t xml:space="preserve">o </t></r></is></c></row>';
    expect(cellsOf(rows, { strings })).toEqual(["Ana Andrade", "東京", "Bo "]);
  });

  it("shows dates and numbers as they are formatted", () => {
    const formats = [0, 14, 22, 21, 164, 165, 166, 167];
    const styles = `<numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="[$-407]d/ mmmm yyyy;@"/><numFmt numFmtId="166" formatCode="0.00&quot; days&quot;"/><numFmt numFmtId="167" formatCode="[Red]#,##0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs>`;
    const numbers = ["0.30000000000000004", "40969", "40969.4166666667", "0.5", "1067", "40969", "3", "1000"];
    const cells = numbers.map((value, index) => `<c s="${index}"><v>${value}</v></c>`).join("");
    const shown = ["0.3", "2012-03-01", "2012-03-01T10:00:00", "12:00:00", "01067", "2012-03-01", "3", "1000"];
    expect(cellsOf(`<row>${cells}</row>`, { styles })).toEqual(shown);
    expect(
      cellsOf('<row><c s="1"><v>39507</v></c></row>', { styles, properties: '<workbookPr date1904="1"/>' }),
    ).toEqual(["2012-03-01"]);
  });

  it("keeps the numbers of rows and the places of cells", () => {
    const rows = '<row r="3"><c r="B3" t="str"><v>x</v></c></row><row r="7"><c r="AA7"><v>1</v></c></row><row/>';
    expect(read(book(rows)).rows).toEqual([
      { number: 3, cells: ["", "x"] },
      { number: 7, cells: [...Array.from({ length: 26 }, () => ""), "1"] },
    ]);
  });

  it("tells of errors, of formulas without results, and of cells far to the right", () => {
    const rows =
      '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>A1</f></c><c r="C1" t="str"><f>A1</f><v>y</v></c><c r="XFD1"><v>1</v></c></row>';
    expect(read(book(rows))).toEqual({
      rows: [{ number: 1, cells: ["", "", "y"] }],
      told: ["sheet-errors 1", "sheet-formulas 1", "sheet-too-wide 1"],
    });
  });

  it("tells which sheets are hidden", () => {
    const sheets = sheetsOf(workbookOf({ sheets: { A: sheet(""), B: sheet("") }, hidden: ["B"] }));
    expect(sheets.map(({ name, isHidden }) => [name, isHidden])).toEqual([
      ["A", false],
      ["B", true],
    ]);
  });

  it.each([
    ["whose rows are not in order", '<row r="2"><c><v>1</v></c></row><row r="1"/>'],
    ["with a row beyond Excel", '<row r="1"><c><v>1</v></c></row><row r="99999999999"><c><v>1</v></c></row>'],
    ["whose text is not there", '<row r="1"><c><v>1</v></c><c t="s"><v>7</v></c></row>'],
    ["with two cells in one place", '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'],
    ["that is no XML", '<row r="1"><c r="A1"><v>1</v></c></row><row <'],
    ["whose text has no end", `<row r="1"><c r="A1"><v>1</v></c></row><row><c><v>${"1".repeat(3_000_000)}`],
  ])("%s is told as damaged, and gives what comes before", (_, rows) => {
    const { rows: found, told } = read(book(rows));
    expect(found[0]?.cells[0]).toBe("1");
    expect(told).toEqual(["archive-damaged 1"]);
  });

  it("never expands what a document declares", () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${"a".repeat(100)}"><!ENTITY b "&a;&a;">]>`;
    const bytes = workbookOf({ sheets: { Users: `${bomb}${sheet('<row><c t="str"><v>&b;</v></c></row>')}` } });
    expect(read(bytes)).toEqual({ rows: [], told: ["archive-damaged 1"] });
    expect(() => sheetsOf(zipOf({ "xl/workbook.xml": `${bomb}<workbook/>` }))).toThrow(XmlError);
  });
});

describe("the text of a sheet", () => {
  const textOf = (bytes: Uint8Array): string =>
    [...writeSheetText(sheetsOf(bytes)[0]?.rows(() => undefined) ?? [])]
      .map((piece) => new TextDecoder().decode(piece))
      .join("");

  it("has each row on the line of its number, whatever is in the cells", () => {
    const bytes = workbookOf({ sheets: { A: sheetOf([["a", "b"], ["1\n2", 'x"y'], ["3"]], 2) } });
    expect(textOf(bytes)).toBe('\n"a","b"\n"1\r2","x""y"\n"3",\n');
  });

  it("of one column is what was pasted into it", () => {
    const bytes = workbookOf({ sheets: { A: sheetOf([["UserPrincipalName;DisplayName"], ["ana@contoso.com;Ana"]]) } });
    expect(textOf(bytes)).toBe("UserPrincipalName;DisplayName\nana@contoso.com;Ana\n");
  });
});
