/**
 * What a spreadsheet may take for a formula: OWASP, CSV Injection; in East Asian settings the full-width signs too, and
 * whatever stands before them that cannot be seen.
 */
const FORMULA = /^'*(?:[\t\r\n]|[\s\u200b\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

/**
 * Writes one row of a CSV file (RFC 4180) that a spreadsheet may open: every cell is quoted, and one that it would take
 * for a formula begins with an apostrophe more.
 */
export function writeCsvRow(cells: readonly string[]): string {
  const quoted = cells.map((cell) => `"${inertCell(cell).replaceAll('"', '""')}"`);
  return `${quoted.join(",")}\r\n`;
}

/** Puts an apostrophe before text that a spreadsheet would take for a formula. */
function inertCell(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** The inverse of {@link inertCell}. */
export function readInertCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** Windows programs read a file as UTF-8 if it begins so. */
export const BYTE_ORDER_MARK = "\ufeff";
