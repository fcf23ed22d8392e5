/**
 * Where a spreadsheet may begin a cell, and finds a formula there (OWASP, CSV Injection). Not only at the beginning of ours:
 * where the list separator is a semicolon or a tab, Excel splits a file of commas there, whatever quotation marks say, and
 * begins a row at each line break. A sign counts, in East Asian settings the full-width one too, behind what cannot be seen
 * and behind quotation marks that are lost while splitting; and so does a tab or line break at the very beginning.
 */
const FORMULA_PLACES =
  /(?<=^|[;\t\r\n])(?='*(?:(?![;\t\r\n])[\p{Cc}\p{Cf}\p{Z}"])*[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?='*[\t\r\n])/gu;

/** The same places where {@link inertCell} has put its apostrophe. */
const GUARDED_PLACES =
  /(?<=^|[;\t\r\n])'(?='*(?:(?![;\t\r\n])[\p{Cc}\p{Cf}\p{Z}"])*[=+\-@\uff1d\uff0b\uff0d\uff20])|^'(?='*[\t\r\n])/gu;

/** What most cells have not: a beginning that is no letter or digit, or a place where they may be split. */
const MAY_BE_FORMULA = /^[^A-Za-z0-9]|[;\t\r\n]/;

/**
 * Writes one row of a CSV file (RFC 4180) that a spreadsheet may open: every cell is quoted, and where it would find a
 * formula, an apostrophe stands before it.
 */
export function writeCsvRow(cells: readonly string[]): string {
  const quoted = cells.map((cell) => `"${inertCell(cell).replaceAll('"', '""')}"`);
  return `${quoted.join(",")}\r\n`;
}

/** Puts an apostrophe before whatever a spreadsheet would take for a formula, at the beginning or within. */
function inertCell(cell: string): string {
  return MAY_BE_FORMULA.test(cell) ? cell.replace(FORMULA_PLACES, "'") : cell;
}

/** The inverse of {@link inertCell}. */
export function readInertCell(cell: string): string {
  return cell.replace(GUARDED_PLACES, "");
}

/** Windows programs read a file as UTF-8 if it begins so. */
export const BYTE_ORDER_MARK = "\ufeff";
