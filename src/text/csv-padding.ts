/**
 * Takes away the blanks around cells in quotation marks, which some programs write behind the delimiter (`a, "b"`): RFC 4180
 * knows a quotation mark at the beginning of a cell only. Blanks of other cells are theirs.
 */
export function withoutPadding(record: string, delimiter: string): string {
  const kept: string[] = [];
  let at = 0;
  while (at <= record.length) {
    const first = passBlanks(record, at, delimiter);
    const isQuoted = record[first] === '"';
    const last = isQuoted ? endOfQuotation(record, first) : at;
    const found = record.indexOf(delimiter, last);
    const end = found < 0 ? record.length : found;
    kept.push(isQuoted ? record.slice(first, last) : record.slice(at, end));
    at = end + 1;
  }
  return kept.join(delimiter);
}

function passBlanks(record: string, start: number, delimiter: string): number {
  let at = start;
  while (record[at] !== delimiter && (record[at] === " " || record[at] === "\t")) at++;
  return at;
}

/** The offset behind the quotation mark that closes a cell; doubled ones are in it. */
function endOfQuotation(record: string, start: number): number {
  for (let at = record.indexOf('"', start + 1); at >= 0; at = record.indexOf('"', at + 2)) {
    if (record[at + 1] !== '"') return at + 1;
  }
  return record.length;
}
