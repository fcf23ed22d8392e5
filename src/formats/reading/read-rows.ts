import { diagnose } from "../../model/diagnostic.ts";
import { type CsvItem, type CsvRow, readCsv } from "../../text/csv.ts";
import type { CsvDialect } from "../../text/csv-dialect.ts";
import { excerpt, fault, lostRecord, type TextPlace } from "../../text/fault.ts";
import type { Cells, TableFormat } from "./define-format.ts";
import type { DetectedFormat } from "./detect-format.ts";
import { isLostCollection } from "./lost-collection.ts";
import { type PlainRows, plainRowsOf } from "./plain-row.ts";
import { SecondHeaders } from "./second-header.ts";
import type { ReadItem } from "./source.ts";
import type { SourceReading } from "./source-reading.ts";
import { TableColumns } from "./table-columns.ts";

type DetectedCsv = Extract<DetectedFormat, { grammar: "csv" }>;

/** Reads the users of a delimited file. */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  { format, dialect }: DetectedCsv,
  reading: SourceReading,
  place: TextPlace,
): AsyncGenerator<readonly ReadItem[]> {
  const table = new TableReading(format, dialect, reading);
  const plain = reading.takesViews ? table : undefined;
  for await (const items of readCsv(bytes, dialect, reading.context.text, plain, place)) {
    table.takeItems(items);
    yield reading.giveItems();
    if (reading.hasEnough) return;
  }
}

/** The rows of one file: those below its header, and, where exports were joined, below the headers that follow. */
class TableReading {
  readonly #format: TableFormat;
  readonly #dialect: CsvDialect;
  readonly #reading: SourceReading;
  readonly #headers: SecondHeaders;
  /** What the rows stand under; `undefined` below the header of another format. */
  #columns: TableColumns | undefined;
  #plain: PlainRows | undefined;

  constructor(format: TableFormat, dialect: CsvDialect, reading: SourceReading) {
    this.#format = format;
    this.#dialect = dialect;
    this.#reading = reading;
    this.#headers = new SecondHeaders(format, dialect);
    this.#useHeader(dialect.header);
  }

  #useHeader(header: readonly string[]): void {
    const columns = new TableColumns(this.#format, header);
    this.#columns = columns;
    this.#plain = this.#reading.takesViews
      ? plainRowsOf(this.#format, { ...this.#dialect, header }, columns, this.#reading.context)
      : undefined;
  }

  /** Reads a plain row from its bytes; gives the offset behind it, or -1 if it is not plain. */
  read(bytes: Uint8Array, start: number, line: number, found: () => readonly CsvItem[]): number {
    if (line <= this.#dialect.headerLine) return -1;
    const columns = this.#columns;
    const end = this.#readPlain(bytes, start);
    if (end < 0) return -1;
    this.takeItems(found());
    // A header may have stood before it.
    const isRead = this.#columns === columns || this.#readPlain(bytes, start) >= 0;
    if (!isRead || this.#plain === undefined) return -1;
    this.#reading.takeView(this.#plain.user, line);
    return end;
  }

  #readPlain(bytes: Uint8Array, start: number): number {
    if (this.#plain === undefined) return -1;
    const end = this.#plain.read(bytes, start);
    return end >= 0 && (this.#plain.user.hasSmtp || isNoHeader(bytes, start, end)) ? end : -1;
  }

  takeItems(items: readonly CsvItem[]): void {
    for (const item of items) {
      if (item.type === "fault") this.#reading.takeFault(item);
      else if (item.line > this.#dialect.headerLine && !isEmptyRow(item)) this.#takeRow(item);
    }
  }

  #takeRow(row: CsvRow): void {
    if (row.isUnended === true && this.#reading.isDamaged) {
      this.#reading.takeFault(lostRecord("csv-truncated", row.line)); // what is left of it is no row
    } else if (this.#headers.isHeader(row.cells)) this.#takeHeader(row);
    else if (this.#columns === undefined) {
      this.#reading.takeFault(lostRecord("csv-row-of-other-table", row.line));
    } else this.#takeCells(row, this.#columns);
  }

  #takeHeader({ cells, line }: CsvRow): void {
    const isReadable = this.#headers.isReadable(cells);
    this.#reading.takeFault(fault(isReadable ? "csv-second-header" : "csv-other-table", line));
    if (isReadable) this.#useHeader(cells.map((name) => name.trim()));
    else {
      this.#columns = undefined;
      this.#plain = undefined;
    }
    for (const field of this.#columns?.fields ?? []) this.#reading.context.noteField(field);
  }

  #takeCells(row: CsvRow, columns: TableColumns): void {
    const { cells, fault } = columns.align(row);
    if (fault !== undefined) this.#reading.takeFault(fault);
    if (cells === undefined) return;
    const lost = lostRow(cells);
    if (lost !== undefined) {
      const { context } = this.#reading;
      const hint = `Export again with:\n  ${context.exportCommand}`;
      context.refuse(diagnose("lost-collection", { line: row.line, detail: `${excerpt(lost)}, in every cell`, hint }));
      return;
    }
    const origin = this.#reading.nextOrigin(row.line);
    this.#reading.takeRecord(this.#format.readRow(columns.row(cells, origin), this.#reading.context));
  }
}

/** The name of a type that stands in place of all values of a row. */
function lostRow(cells: Cells): string | undefined {
  const first = cells.find((cell) => cell !== undefined && cell !== "");
  if (first === undefined || !isLostCollection(first)) return undefined;
  return cells.every((cell) => cell === undefined || cell === "" || isLostCollection(cell)) ? first : undefined;
}

const AT = 64;
const EQUALS = 61;

/** Whether a row holds a character that no name of a column has: every address does, and every DN. */
function isNoHeader(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === AT || bytes[at] === EQUALS) return true;
  return false;
}

/** Whether a row holds nothing; Excel writes such rows. */
function isEmptyRow({ cells }: CsvRow): boolean {
  return cells.every((cell) => cell.trim() === "");
}
