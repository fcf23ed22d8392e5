import { CsvReader } from "./csv.ts";
import type { CsvDialect } from "./csv-dialect.ts";

/** So many characters are looked at. */
const LONGEST = 32 * 1024;

/** Reads the first rows under a header; what is left of a row at the end of the text is none. */
export function readSample(head: string, dialect: CsvDialect, most: number): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const reader = new CsvReader(dialect);
  const beginning = head.slice(0, LONGEST);
  const whole = beginning.slice(0, beginning.lastIndexOf("\n") + 1 || beginning.length);
  for (const item of [...reader.read(new TextEncoder().encode(whole)), ...reader.end()]) {
    if (item.type === "row" && item.line > dialect.headerLine) rows.push(item.cells);
    if (rows.length >= most) break;
  }
  return rows;
}
