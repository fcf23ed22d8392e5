import { parse } from "#csv-parse";
import { withoutPadding } from "./csv-padding.ts";
import type { CsvRecordBytes } from "./csv-record-bytes.ts";
import { CsvRecordSplitter, type PlainRecords } from "./csv-records.ts";
import { TextReader } from "./encoding.ts";
import type { TextFault, TextPlace } from "./fault.ts";

/** One row of a delimited file. */
export interface CsvRow {
  readonly type: "row";
  readonly cells: readonly string[];
  /** The line on which the row begins, from 1. */
  readonly line: number;
  /** Set if the file ends with the row, without a line end: it may have been cut. */
  readonly isUnended?: true;
}

/** What a reader gives: rows, and faults between them. */
export type CsvItem = CsvRow | TextFault;

/** Reads plain rows straight from the bytes: see `PlainRecords` of csv-records.ts. */
export interface PlainRows {
  readonly read: (bytes: Uint8Array, start: number, line: number, found: () => readonly CsvItem[]) => number;
}

/** The field separators in use: comma, semicolon (Excel in much of Europe), tab and vertical bar. */
export type Delimiter = "," | ";" | "\t" | "|";

/** How the rows of a file are written. */
export interface CsvLayout {
  readonly delimiter: Delimiter;
  /** The names of the columns: so many cells has a whole row; default one. */
  readonly header?: readonly string[];
}

/**
 * Reads delimited text (RFC 4180, as PowerShell, csvde and Excel write it) from UTF-8 bytes in chunks of any size.
 *
 * Rows may have any number of cells; blank lines are passed over; a quotation mark inside an unquoted cell is a
 * character like any other. Our own splitter finds the records, csv-parse reads their cells.
 */
export class CsvReader {
  readonly #splitter: CsvRecordSplitter;
  readonly #text: TextReader;
  readonly #delimiter: Delimiter;

  constructor({ delimiter, header }: CsvLayout, text: TextReader = new TextReader()) {
    this.#delimiter = delimiter;
    this.#splitter = new CsvRecordSplitter(delimiter, header?.length);
    this.#text = text;
  }

  /** The line behind the last line end that was read. */
  get line(): number {
    return this.#splitter.line;
  }

  /** Takes the next chunk; returns the rows and faults that it completed, and had not given before a plain row. */
  read(chunk: Uint8Array, plain?: PlainRows): readonly CsvItem[] {
    return this.#readCells(this.#splitter.read(chunk, plain === undefined ? undefined : this.#adapt(plain)));
  }

  #adapt(plain: PlainRows): PlainRecords {
    let pending: () => readonly (CsvRecordBytes | TextFault)[] = () => [];
    const found = (): readonly CsvItem[] => this.#readCells(pending());
    return {
      read: (bytes, start, line, items) => {
        pending = items;
        return plain.read(bytes, start, line, found);
      },
    };
  }

  /** Ends the file; returns its last row. */
  end(): readonly CsvItem[] {
    return this.#readCells(this.#splitter.end());
  }

  #decode({ bytes, isPadded }: CsvRecordBytes): string {
    const text = this.#text.decode(bytes);
    return isPadded === true ? withoutPadding(text, this.#delimiter) : text;
  }

  #readCells(items: readonly (CsvRecordBytes | TextFault)[]): readonly CsvItem[] {
    if (items.length === 0) return NOTHING;
    const records = items.filter((item) => item.type === "record");
    if (records.length === 0) return items.filter((item) => item.type === "fault");
    // One call for many records: csv-parse takes longer to start than to read a row.
    const text = records.map((record) => this.#decode(record)).join("\n");
    const rows = parseRows(text, this.#delimiter);
    let next = 0;
    return items.map((item) => {
      if (item.type === "fault") return item;
      const row = { type: "row", cells: rows[next++] ?? [], line: item.line } as const;
      return item.isUnended === true ? { ...row, isUnended: true } : row;
    });
  }
}

const NOTHING: readonly CsvItem[] = [];

function parseRows(text: string, delimiter: Delimiter): readonly (readonly string[])[] {
  return parse(text, {
    delimiter,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  });
}

/** Reads a stream of delimited text, batch by batch, and says where it is: see {@link CsvReader}. */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  layout: CsvLayout,
  text?: TextReader,
  plain?: PlainRows,
  place: TextPlace = { line: 1 },
): AsyncGenerator<readonly CsvItem[]> {
  const reader = new CsvReader(layout, text);
  for await (const chunk of chunks) {
    const items = reader.read(chunk, plain);
    place.line = reader.line;
    yield items;
  }
  const last = reader.end();
  place.line = reader.line;
  yield last;
}
