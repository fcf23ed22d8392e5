import type { SheetRow } from "./workbook.ts";

/** So many rows tell whether a sheet has one column only. */
const FIRST_ROWS = 50;
/** Text is given in pieces of about so many characters. */
const PIECE = 64 * 1024;

/**
 * Writes the rows of a sheet as delimited text in UTF-8, each on the line of its number. A sheet with one column is what was
 * pasted into it: text, line by line.
 */
export function* writeSheetText(rows: Iterable<SheetRow>): Generator<Uint8Array> {
  const first: SheetRow[] = [];
  /** How many cells the widest of the first rows has. */
  let width = 0;
  let line = 1;
  let text = "";
  const write = ({ number, cells }: SheetRow): void => {
    text += `${"\n".repeat(number - line)}${width === 1 && cells.length === 1 ? writeText(cells) : writeCells(cells, width)}`;
    line = number;
  };
  const begin = (): void => {
    for (const { cells } of first) width = Math.max(width, cells.length);
    for (const row of first.splice(0)) write(row);
  };
  for (const row of rows) {
    if (width === 0) {
      first.push(row);
      if (first.length >= FIRST_ROWS) begin();
    } else write(row);
    if (text.length >= PIECE) {
      yield new TextEncoder().encode(text);
      text = "";
    }
  }
  if (width === 0) begin();
  yield new TextEncoder().encode(`${text}\n`);
}

/** A line break in a cell is written as a carriage return: between quotation marks it ends no line. */
function writeCells(cells: readonly string[], width: number): string {
  const missing = ",".repeat(Math.max(0, width - cells.length));
  return cells.map((cell) => `"${cell.replaceAll('"', '""').replace(/\r\n|\n/g, "\r")}"`).join(",") + missing;
}

function writeText([cell = ""]: readonly string[]): string {
  return cell.replace(/[\r\n]+/g, " ");
}
