import { type CsvDialect, detectCsvDialect } from "../../text/csv-dialect.ts";
import { formats } from "../index.ts";
import { columnKey, type TableFormat } from "./define-format.ts";
import { toHeader } from "./detect-format.ts";
import { weigh } from "./weigh.ts";

/** Knows the header of a further export where several were joined into one file: it is no person. */
export class SecondHeaders {
  readonly #format: TableFormat;
  readonly #delimiter: string;
  /** The names of the columns, and those that any format reads; as `columnKey` gives them. */
  readonly #own: ReadonlySet<string>;
  readonly #names: ReadonlySet<string>;

  constructor(format: TableFormat, { delimiter, header }: CsvDialect) {
    this.#format = format;
    this.#delimiter = delimiter;
    this.#own = keysOf(header);
    const tables = formats.filter((one) => one.grammar === "table");
    const known = tables.flatMap(({ columns }) => Object.values(columns).flatMap(({ names }) => names));
    this.#names = new Set([...this.#own, ...keysOf(known)]);
  }

  /** Tells whether most cells of a row are names of columns, whatever separates them. */
  isHeader(cells: readonly string[]): boolean {
    if (cells.some((cell) => /[@=]/.test(cell))) return false;
    const [line = ""] = cells;
    return this.#areNames(cells) || (cells.length === 1 && this.#areNames(otherCells(line, this.#delimiter)));
  }

  #areNames(cells: readonly string[]): boolean {
    const filled = cells.filter((cell) => cell.trim() !== "");
    const known = filled.filter((cell) => this.#names.has(columnKey(cell.trim())));
    return filled.length > 0 && 2 * known.length > filled.length;
  }

  /** Tells whether the rows below a header can be read as those before it were. */
  isReadable(cells: readonly string[]): boolean {
    if (!this.#areNames(cells)) return false;
    const isPart = [...keysOf(cells)].every((name) => this.#own.has(name));
    return isPart || weigh(this.#format, toHeader(cells, undefined), undefined) !== undefined;
  }
}

function keysOf(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => columnKey(name.trim())).filter((name) => name !== ""));
}

/** The cells of a line that another character separates. */
function otherCells(line: string, delimiter: string): readonly string[] {
  const dialect = detectCsvDialect(line);
  return dialect === undefined || dialect.delimiter === delimiter ? [] : dialect.header;
}
