/**
 * Writes one row of a CSV file (RFC 4180) that a spreadsheet may open: every cell is quoted, and one that it would take
 * for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) begins with an apostrophe.
 */
export function writeCsvRow(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const inert = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return `"${inert.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(",")}\r\n`;
}

/** Undoes what {@link writeCsvRow} does to a cell that looks like a formula. */
export function readInertCell(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** Windows programs read a file as UTF-8 if it begins so. */
export const BYTE_ORDER_MARK = "\ufeff";
