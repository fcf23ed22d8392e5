import { strToU8, type Zippable, zipSync } from "fflate";

/** Makes a ZIP archive of texts and bytes. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>, level: 0 | 6 = 6): Uint8Array {
  const entries = Object.entries(files).map(([name, content]): [string, Zippable[string]] => [
    name,
    [typeof content === "string" ? strToU8(content) : content, { level, mtime: new Date(2012, 1, 1) }],
  ]);
  return zipSync(Object.fromEntries(entries));
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** What a workbook consists of: the XML of its sheets, and of what they share. */
export interface WorkbookParts {
  readonly sheets: Readonly<Record<string, string>>;
  /** What stands in `<sst>`. */
  readonly strings?: string;
  /** What stands in `<styleSheet>`. */
  readonly styles?: string;
  readonly hidden?: readonly string[];
  readonly properties?: string;
}

/** Lists the files of a workbook as Excel writes it. */
export function workbookFiles({ sheets, strings, styles, hidden = [], properties = "" }: WorkbookParts) {
  const names = Object.keys(sheets);
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const list = names.map((name, index) => {
    const state = hidden.includes(name) ? ' state="hidden"' : "";
    return `<sheet name="${name}" sheetId="${index + 1}"${state} r:id="rId${index + 1}"/>`;
  });
  const files: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": `<Relationships>${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${properties}<sheets>${list.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${[
      ...names.map((_, index) => relation(`rId${index + 1}`, "worksheet", `worksheets/sheet${index + 1}.xml`)),
      relation("rStrings", "sharedStrings", "sharedStrings.xml"),
      relation("rStyles", "styles", "styles.xml"),
    ].join("")}</Relationships>`,
    "xl/sharedStrings.xml": `<sst xmlns="${MAIN}">${strings ?? ""}</sst>`,
    "xl/styles.xml": `<styleSheet xmlns="${MAIN}">${styles ?? ""}</styleSheet>`,
  };
  names.forEach((name, index) => {
    files[`xl/worksheets/sheet${index + 1}.xml`] = sheets[name] ?? "";
  });
  return files;
}

/** Makes a workbook of the XML of its sheets. */
export function workbookOf(parts: WorkbookParts): Uint8Array {
  return zipOf(workbookFiles(parts));
}

/** Writes the XML of a sheet of rows; texts stand in their cells, a text that begins with `<c` is a cell of its own. */
export function sheetOf(rows: readonly (readonly string[])[], first = 1): string {
  const written = rows.map((cells, row) => {
    const number = row + first;
    const all = cells.map((text, column) => {
      if (text.startsWith("<c")) return text;
      const place = `${String.fromCharCode(65 + column)}${number}`;
      return text === "" ? "" : `<c r="${place}" t="inlineStr"><is><t>${escapeXml(text)}</t></is></c>`;
    });
    return `<row r="${number}">${all.join("")}</row>`;
  });
  return `<worksheet xmlns="${MAIN}"><sheetData>${written.join("")}</sheetData></worksheet>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
