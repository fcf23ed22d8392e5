import { CsvReader, type Delimiter } from "./csv.ts";

/** How a delimited file is written, as its first lines tell. */
export interface CsvDialect {
  readonly delimiter: Delimiter;
  /** The names of the columns, trimmed; empty names stay empty. */
  readonly header: readonly string[];
  /** The line of the header, from 1. */
  readonly headerLine: number;
  /** The type named by PowerShell's `#TYPE` line. */
  readonly typeName?: string;
}

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];

/**
 * Tells delimiter and header from the first lines of a file.
 *
 * Passes over what may stand before the header: blank lines, Excel's `sep=;`, PowerShell's `#TYPE …` and other lines
 * that begin with `#` (`Import-Csv` does the same). Without `sep=` the delimiter is the one that occurs most often in
 * the header outside quotation marks.
 */
export function detectCsvDialect(head: string): CsvDialect | undefined {
  let declared: Delimiter | undefined;
  let typeName: string | undefined;
  const lines = head.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]?.trimEnd() ?? "";
    if (line.trim() === "") continue;
    const separator = /^"?sep=(.)"?$/i.exec(line)?.[1];
    if (separator !== undefined) {
      declared = DELIMITERS.find((delimiter) => delimiter === separator);
      continue;
    }
    if (line.startsWith("#") || line.startsWith('"#TYPE')) {
      typeName ??= /^"?#TYPE ([^\s",;]+)/i.exec(line)?.[1];
      continue;
    }
    const rest = lines.slice(index).join("\n");
    const delimiter = declared ?? mostFrequentDelimiter(rest);
    const header = readHeader(rest, delimiter);
    if (header === undefined) return undefined;
    return { delimiter, header, headerLine: index + 1, ...(typeName === undefined ? {} : { typeName }) };
  }
  return undefined;
}

function mostFrequentDelimiter(text: string): Delimiter {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === "\n" && !quoted) break;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return DELIMITERS.reduce((best, candidate) =>
    (counts.get(candidate) ?? 0) > (counts.get(best) ?? 0) ? candidate : best,
  );
}

function readHeader(text: string, delimiter: Delimiter): readonly string[] | undefined {
  const reader = new CsvReader({ delimiter });
  const items = [...reader.read(new TextEncoder().encode(text)), ...reader.end()];
  const first = items[0];
  return first?.type === "row" ? first.cells.map((name) => name.trim()) : undefined;
}
