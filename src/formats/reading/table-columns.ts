import type { Origin } from "../../model/origin.ts";
import type { UserField } from "../../model/user.ts";
import type { CsvRow } from "../../text/csv.ts";
import { fault, lostRecord, type TextFault } from "../../text/fault.ts";
import { listItems } from "../../text/list-literal.ts";
import { type Cells, type ColumnRule, columnKey, type TableFormat, type TableRow } from "./define-format.ts";
import { fieldSources } from "./field-source.ts";

/** A column of a table and what it is used for. */
export interface UsedColumn {
  readonly name: string;
  /** The field that it feeds, or what else it is read for; absent if it is not used. */
  readonly field?: string;
}

/** The columns of one table: which of them a format reads, and where they stand. */
export class TableColumns {
  readonly used: readonly UsedColumn[];
  /** The fields that the table has a column for. */
  readonly fields: readonly UserField[];
  /** What feeds the fields, by the names of the columns that the table has. */
  readonly sources: TableRow["sources"];
  /** The columns in use that occur more than once. */
  readonly repeated: readonly string[];
  readonly #format: TableFormat;
  readonly #header: readonly string[];
  readonly #indexes: ReadonlyMap<string, readonly number[]>;

  constructor(format: TableFormat, header: readonly string[]) {
    const keys = header.map(columnKey);
    const indexes = new Map<string, readonly number[]>();
    const fields = new Set<UserField>();
    const feeds = new Map<number, string>();
    for (const [column, rule] of Object.entries(format.columns)) {
      const found = findColumns(rule, keys).filter((index) => !feeds.has(index));
      if (found.length === 0) continue;
      indexes.set(column, found);
      for (const index of found) feeds.set(index, rule.field ?? rule.names[0] ?? column);
      if (rule.field !== undefined) fields.add(rule.field);
    }
    this.#format = format;
    this.#header = header;
    this.#indexes = indexes;
    this.sources = fieldSources(format.columns).filter(([column]) => indexes.has(column));
    this.fields = [...fields];
    this.repeated = header.filter((_, index) => feeds.has(index) && keys.indexOf(keys[index] ?? "", index + 1) > 0);
    this.used = header.map((name, index) => {
      const field = feeds.get(index);
      return field === undefined ? { name } : { name, field };
    });
  }

  /** Where a column stands, if it stands in one place; -1 if the table lacks it. */
  indexOf(column: string): number {
    return this.#indexes.get(column)?.[0] ?? -1;
  }

  /** All places in which a column stands. */
  indexesOf(column: string): readonly number[] {
    return this.#indexes.get(column) ?? [];
  }

  has(column: string): boolean {
    return this.#indexes.has(column);
  }

  /** Tells whether the table has no columns in use but these, and each but once. */
  hasOnly(columns: readonly string[]): boolean {
    return [...this.#indexes].every(([column, indexes]) => columns.includes(column) && indexes.length === 1);
  }

  /** Gives a row by its columns; cells that the row lacks are absent. */
  row(cells: Cells, origin: Origin): TableRow {
    const cell = (column: string): string | undefined => {
      const [index] = this.#indexes.get(column) ?? [];
      const text = index === undefined ? undefined : cells[index];
      return text?.[0] === "[" ? (valuesOf(text)[0] ?? "") : text;
    };
    return {
      origin,
      sources: this.sources,
      cell,
      cells: (column) => {
        const indexes = this.#indexes.get(column);
        // Nearly every column stands in one place.
        return indexes?.length === 1
          ? valuesOf(cells[indexes[0] ?? 0] ?? "")
          : indexes?.flatMap((index) => valuesOf(cells[index] ?? ""));
      },
    };
  }

  /**
   * Puts the cells of a row under the header.
   *
   * A row with fewer cells lacks the last ones. With more, its cells cannot be told apart, unless the format knows how;
   * `cells` is then absent. A single word or sentence under a wide header is no row at all (`Command succeeded`).
   */
  align({ cells, line, isUnended }: CsvRow): { readonly cells?: Cells; readonly fault?: TextFault } {
    const width = this.#header.length;
    const filled = cells.findLastIndex((cell) => cell !== "") + 1;
    const count = `${cells.length} cells under ${width} columns`;
    if (filled === 1 && cells.length === 1 && width > 1 && !/[@=]/.test(cells[0] ?? "")) {
      return { fault: fault("csv-stray-line", line, cells[0]) };
    }
    if (isUnended === true && cells.length < width) return { fault: lostRecord("csv-truncated", line) };
    if (this.#format.realign !== undefined && cells.length > width) {
      const aligned = this.#format.realign(cells, this.#header);
      if (aligned === undefined) return { fault: lostRecord("row-not-aligned", line, count) };
      return { cells: aligned, fault: fault("row-realigned", line, count) };
    }
    if (filled > width) {
      return { fault: { ...lostRecord("csv-cell-count", line), detail: `${count} and is left out` } };
    }
    if (cells.length > width) {
      const detail = `${count}; it is read, but cells may stand under the wrong ones`;
      return { cells, fault: { ...fault("csv-cell-count", line), detail } };
    }
    if (cells.length < width && filled > 0) {
      const detail = `${count}; the last ones are taken as not exported`;
      return { cells, fault: { ...fault("csv-cell-count", line), detail } };
    }
    return isUnended === true ? { cells, fault: fault("csv-no-final-newline", line) } : { cells };
  }
}

/** The values of a cell: those of a list that a program wrote as text, else the cell itself. */
function valuesOf(cell: string): readonly string[] {
  if (cell === "") return [];
  return cell[0] === "[" ? (listItems(cell) ?? [cell]) : [cell];
}

/** Finds the columns of a rule: the first of its names that occurs, its numbered columns, and those of another name. Of repeated ones the first. */
function findColumns({ names, numbered, also = [] }: ColumnRule, keys: readonly string[]): readonly number[] {
  const further = also.map((name) => keys.indexOf(columnKey(name))).filter((index) => index >= 0);
  return [...findNamed(names, numbered === true, keys), ...further];
}

function findNamed(names: readonly string[], isNumbered: boolean, keys: readonly string[]): readonly number[] {
  for (const name of names.map(columnKey)) {
    const index = keys.indexOf(name);
    const further = isNumbered
      ? keys.flatMap((key, at) => (key.startsWith(name) && /^\d{1,6}$/.test(key.slice(name.length)) ? [at] : []))
      : [];
    if (index >= 0 || further.length > 0) return index >= 0 ? [index, ...further] : further;
  }
  return [];
}
