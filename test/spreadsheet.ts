/**
 * The cells of a CSV file as a spreadsheet splits them that takes another character for the separator: quotation marks count
 * only where they begin a cell, what stands behind the closing one belongs to it, and every other line break ends a row.
 */
export function cellsOf(text: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  let isAtStart = true;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (isQuoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"' && (isQuoted || isAtStart)) {
      isQuoted = !isQuoted;
      isAtStart = false;
    } else if (!isQuoted && (character === separator || character === "\r" || character === "\n")) {
      cells.push(cell);
      cell = "";
      isAtStart = true;
    } else {
      cell += character;
      isAtStart = false;
    }
  }
  return [...cells, cell];
}

/** The separators of a list in the languages of Windows, and the tab. */
const separators = [",", ";", "\t"] as const;

/** The cells of a CSV file that a spreadsheet takes for a formula, whatever it takes for the separator. */
export function formulasIn(text: string): readonly string[] {
  const isFormula = (cell: string): boolean => /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(cell);
  return separators.flatMap((separator) => cellsOf(text.replace(/^\ufeff/, ""), separator).filter(isFormula));
}
