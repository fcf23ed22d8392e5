import { CsvReader } from "./csv.ts";
import type { CsvDialect } from "./csv-dialect.ts";

/** Reads the first rows under a header; what is left of a row at the end of the text is none. */
export function readSample(head: string, dialect: CsvDialect, most: number): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const reader = new CsvReader(dialect);
  const end = head.lastIndexOf("\n") + 1 || head.length;
  const whole = head.slice(0, end);
  for (const item of [...reader.read(new TextEncoder().encode(whole)), ...reader.end()]) {
    if (item.type === "row" && item.line > dialect.headerLine) rows.push(item.cells);
    if (rows.length >= most) break;
  }
  return rows;
}
