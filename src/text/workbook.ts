import { type CellFormat, formatOfNumber, showNumber } from "./cell-format.ts";
import { readXml, XmlError, type XmlHandler } from "./xml.ts";
import type { ZipEntry } from "./zip.ts";

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** Its rows with something in them. What is wrong is told at the end. */
  readonly rows: (tell: TellSheet) => Generator<SheetRow>;
}

/** A row: its number in the sheet, and its cells as they are seen. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** What can be wrong with a sheet, and how often. */
type TellSheet = (
  what: "archive-damaged" | "sheet-errors" | "sheet-formulas" | "sheet-too-wide",
  count: number,
) => void;

/** Opens a file in the archive that a workbook is; `onDamage` is called where it is damaged. */
export type OpenEntry = (entry: ZipEntry, onDamage: () => void) => Iterable<Uint8Array>;

/** What Excel has. */
const MOST_ROWS = 1_048_576;
/** What is read of the 16,384 columns that Excel has. */
const MOST_COLUMNS = 1000;
/** How large the parts of a workbook may be that are kept in memory. */
const LARGEST_KEPT = 256 * 1024 * 1024;

/** Tells whether an archive is a workbook of Excel, by the part that every one has. */
export function isWorkbook(entries: readonly ZipEntry[]): boolean {
  return entries.some(({ name }) => /^\/?xl\/workbook\d*\.xml$/i.test(name));
}

/** Lists the sheets of a workbook (ECMA-376 part 1, 18). What they share is read when the first of them is. */
export function readSheets(entries: readonly ZipEntry[], open: OpenEntry): readonly Sheet[] {
  const book = new Workbook(entries, open);
  return book.sheets();
}

class Workbook {
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #open: OpenEntry;
  #from1904 = false;
  #strings: readonly string[] | undefined;
  #formats: readonly (CellFormat | undefined)[] | undefined;
  #parts: readonly Relation[] = [];

  constructor(entries: readonly ZipEntry[], open: OpenEntry) {
    this.#entries = new Map(entries.map((entry) => [keyOf(entry.name), entry]));
    this.#open = open;
  }

  sheets(): readonly Sheet[] {
    const main = this.#relations("_rels/.rels", "").find(({ type }) => type === "officeDocument");
    const path = main?.path ?? "xl/workbook.xml";
    const cut = path.lastIndexOf("/") + 1;
    const folder = path.slice(0, cut);
    this.#parts = this.#relations(`${folder}_rels/${path.slice(cut)}.rels`, folder);
    const listed: { name: string; id: string | undefined; isHidden: boolean }[] = [];
    this.#readWhole(path, {
      open: (name, attribute) => {
        if (name === "workbookPr") this.#from1904 = /^(?:1|true)$/.test(attribute("date1904") ?? "");
        if (name !== "sheet") return;
        const state = attribute("state") ?? "visible";
        listed.push({
          name: unescapeText(attribute("name") ?? ""),
          id: attribute("r:id") ?? attribute("ns:id") ?? attribute("id"),
          isHidden: state !== "visible",
        });
      },
    });
    return listed.flatMap(({ name, id, isHidden }) => {
      const part = this.#parts.find((relation) => relation.id === id && relation.type === "worksheet");
      const entry = this.#entries.get(keyOf(part?.path ?? ""));
      return entry === undefined ? [] : [{ name, isHidden, rows: (tell: TellSheet) => this.#rows(entry, tell) }];
    });
  }

  *#rows(entry: ZipEntry, tell: TellSheet): Generator<SheetRow> {
    let isDamaged = false;
    const noteDamage = (): void => {
      isDamaged = true;
    };
    this.#strings ??= this.#readStrings(noteDamage);
    this.#formats ??= this.#readFormats(noteDamage);
    const reader = new SheetReader(this.#strings, this.#formats, this.#from1904);
    try {
      for (const _ of readXml(this.#open(entry, noteDamage), reader)) yield* reader.give();
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      isDamaged = true;
    }
    yield* reader.give();
    if (isDamaged || reader.isDamaged) tell("archive-damaged", 1);
    if (reader.errors > 0) tell("sheet-errors", reader.errors);
    if (reader.formulas > 0) tell("sheet-formulas", reader.formulas);
    if (reader.tooWide > 0) tell("sheet-too-wide", reader.tooWide);
  }

  #relations(path: string, folder: string): readonly Relation[] {
    const found: Relation[] = [];
    this.#readWhole(path, {
      open: (name, attribute) => {
        if (name !== "Relationship") return;
        const type = attribute("Type") ?? "";
        const target = attribute("Target") ?? "";
        found.push({
          id: attribute("Id"),
          type: type.slice(type.lastIndexOf("/") + 1),
          path: target.startsWith("/") ? target.slice(1) : folder + target,
        });
      },
    });
    return found;
  }

  #readStrings(onDamage: () => void): readonly string[] {
    const strings: string[] = [];
    let text: CellText | undefined;
    this.#readPart(
      "sharedStrings",
      {
        open: (name) => {
          if (name === "si") text = new CellText();
          else text?.open(name);
        },
        close: (name) => {
          if (name !== "si") text?.close(name);
          else strings.push(text?.read() ?? "");
        },
        text: (part) => text?.add(part),
      },
      onDamage,
    );
    return strings;
  }

  #readFormats(onDamage: () => void): readonly (CellFormat | undefined)[] {
    const codes = new Map<number, string>();
    const formats: (CellFormat | undefined)[] = [];
    let isOfCells = false;
    this.#readPart(
      "styles",
      {
        open: (name, attribute) => {
          if (name === "cellXfs") isOfCells = true;
          else if (name === "numFmt") codes.set(Number(attribute("numFmtId")), attribute("formatCode") ?? "");
          else if (name === "xf" && isOfCells) {
            const id = Number(attribute("numFmtId"));
            formats.push(formatOfNumber(id, codes.get(id)));
          }
        },
        close: (name) => {
          if (name === "cellXfs") isOfCells = false;
        },
      },
      onDamage,
    );
    return formats;
  }

  #readPart(type: string, handler: XmlHandler, onDamage: () => void): void {
    const part = this.#parts.find((relation) => relation.type === type);
    if (part === undefined) return;
    if (!this.#entries.has(keyOf(part.path))) onDamage();
    try {
      this.#readWhole(part.path, handler, onDamage);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      onDamage();
    }
  }

  #readWhole(path: string, handler: XmlHandler, onDamage: () => void = damaged): void {
    const entry = this.#entries.get(keyOf(path));
    if (entry === undefined) return;
    if (entry.size > LARGEST_KEPT) throw new XmlError(`${entry.name} in it is larger than 256 MB`);
    for (const _ of readXml(this.#open(entry, onDamage), handler));
  }
}

interface Relation {
  readonly id: string | undefined;
  readonly type: string;
  readonly path: string;
}

function damaged(): never {
  throw new XmlError("it is damaged");
}

function keyOf(path: string): string {
  const parts = path.toLowerCase().replaceAll("\\", "/").split("/");
  return parts.filter((part) => part !== "" && part !== "." && part !== "..").join("/");
}

/** Collects the text of a cell: its runs, without what says how to pronounce it. */
class CellText {
  #text = "";
  #isText = false;
  #isPhonetic = false;

  open(name: string): void {
    if (name === "t") this.#isText = true;
    else if (name === "rPh") this.#isPhonetic = true;
  }

  close(name: string): void {
    if (name === "t") this.#isText = false;
    else if (name === "rPh") this.#isPhonetic = false;
  }

  add(part: string): void {
    if (this.#isText && !this.#isPhonetic) this.#text += part;
  }

  read(): string {
    return unescapeText(this.#text);
  }
}

/** Characters that XML cannot hold are written `_x000D_` (22.9.2.19). */
function unescapeText(text: string): string {
  return text.includes("_x")
    ? text.replace(/_x([\da-f]{4})_/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

/** Reads the cells of one sheet. */
class SheetReader implements XmlHandler {
  readonly #strings: readonly string[];
  readonly #formats: readonly (CellFormat | undefined)[];
  readonly #from1904: boolean;
  errors = 0;
  formulas = 0;
  tooWide = 0;
  isDamaged = false;
  #rows: SheetRow[] = [];
  #number = 0;
  #cells: string[] = [];
  #column = 0;
  #type = "";
  #style = -1;
  #value: string | undefined;
  #isValue = false;
  #hasFormula = false;
  #text: CellText | undefined;

  constructor(strings: readonly string[], formats: readonly (CellFormat | undefined)[], from1904: boolean) {
    this.#strings = strings;
    this.#formats = formats;
    this.#from1904 = from1904;
  }

  give(): readonly SheetRow[] {
    return this.#rows.splice(0);
  }

  readonly open = (name: string, attribute: (name: string) => string | undefined): void => {
    if (name === "row") this.#beginRow(attribute("r"));
    else if (name === "c") this.#beginCell(attribute);
    else if (name === "v") this.#isValue = true;
    else if (name === "f") this.#hasFormula = true;
    else if (name === "is") this.#text = new CellText();
    else this.#text?.open(name);
  };

  readonly close = (name: string): void => {
    if (name === "row") {
      if (this.#cells.length > 0) this.#rows.push({ number: this.#number, cells: this.#cells });
    } else if (name === "c") this.#endCell();
    else if (name === "v") this.#isValue = false;
    else this.#text?.close(name);
  };

  readonly text = (part: string): void => {
    if (this.#isValue) this.#value = (this.#value ?? "") + part;
    else this.#text?.add(part);
  };

  #beginRow(told: string | undefined): void {
    const number = told === undefined ? this.#number + 1 : Number(told);
    if (!(number > this.#number && number <= MOST_ROWS)) throw new XmlError("its rows are not in order");
    this.#number = number;
    this.#cells = [];
    this.#column = 0;
  }

  #beginCell(attribute: (name: string) => string | undefined): void {
    const place = attribute("r");
    this.#column = place === undefined ? this.#column + 1 : columnOf(place);
    this.#type = attribute("t") ?? "n";
    this.#style = Number(attribute("s") ?? -1);
    this.#value = undefined;
    this.#hasFormula = false;
    this.#text = undefined;
  }

  #endCell(): void {
    const shown = this.#show();
    this.#text = undefined;
    if (shown.trim() === "") return;
    if (this.#column > MOST_COLUMNS) this.tooWide++;
    else if (this.#column <= this.#cells.length) this.isDamaged = true;
    else {
      while (this.#cells.length < this.#column - 1) this.#cells.push("");
      this.#cells.push(shown);
    }
  }

  #show(): string {
    const value = this.#value;
    if (this.#text !== undefined) return this.#text.read();
    if (value === undefined) {
      if (this.#hasFormula) this.formulas++;
      return "";
    }
    switch (this.#type) {
      case "s":
        return this.#stringAt(Number(value));
      case "b":
        return value === "1" ? "True" : "False";
      case "e":
        this.errors++;
        return "";
      case "n":
        return showNumber(value, this.#formats[this.#style], this.#from1904);
      default:
        return unescapeText(value);
    }
  }

  #stringAt(index: number): string {
    const text = this.#strings[index];
    if (text === undefined) this.isDamaged = true;
    return text ?? "";
  }
}

/** The column of a place such as `AB12`, from 1. */
function columnOf(place: string): number {
  let column = 0;
  for (const character of place.slice(0, 4)) {
    const letter = character.charCodeAt(0) & ~32;
    if (letter < 65 || letter > 90) break;
    column = 26 * column + letter - 64;
  }
  return column;
}
