import type { Origin } from "../../model/origin.ts";
import type { UserField } from "../../model/user.ts";
import type { CsvRow } from "../../text/csv.ts";
import { fault, type TextFault } from "../../text/fault.ts";
import type { TableFormat, TableRow } from "./define-format.ts";

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
  readonly #width: number;
  readonly #indexes: ReadonlyMap<string, number>;

  constructor(format: TableFormat, header: readonly string[]) {
    // The first of repeated columns counts; a name is never used as the key of a plain object.
    const positions = new Map<string, number>();
    header.forEach((name, index) => {
      const key = name.toLowerCase();
      if (!positions.has(key)) positions.set(key, index);
    });
    const indexes = new Map<string, number>();
    const fields = new Set<UserField>();
    const feeds = new Map<number, string>();
    for (const [column, { names, field }] of Object.entries(format.columns)) {
      const name = names.find((candidate) => positions.has(candidate.toLowerCase()));
      const index = name === undefined ? undefined : positions.get(name.toLowerCase());
      if (index === undefined) continue;
      indexes.set(column, index);
      feeds.set(index, field ?? names[0] ?? column);
      if (field !== undefined) fields.add(field);
    }
    this.#indexes = indexes;
    this.#width = header.length;
    this.fields = [...fields];
    this.used = header.map((name, index) => {
      const field = feeds.get(index);
      return field === undefined ? { name } : { name, field };
    });
  }

  /** Gives a row by its columns; cells that the row lacks are absent. */
  row({ cells }: CsvRow, origin: Origin): TableRow {
    return {
      origin,
      cell: (column) => {
        const index = this.#indexes.get(column);
        return index === undefined ? undefined : cells[index];
      },
    };
  }

  /** Says whether a row has more or fewer cells than the header; with more, its cells cannot be told apart. */
  checkCells({ cells, line }: CsvRow): { readonly fault: TextFault; readonly misaligned: boolean } | undefined {
    const filled = cells.findLastIndex((cell) => cell !== "") + 1;
    if (filled > this.#width) {
      const detail = `${filled} cells under ${this.#width} columns and is left out`;
      return { fault: { ...fault("csv-cell-count", line), detail }, misaligned: true };
    }
    if (cells.length < this.#width && filled > 0) {
      const detail = `${cells.length} cells under ${this.#width} columns; the last ones are taken as not exported`;
      return { fault: { ...fault("csv-cell-count", line), detail }, misaligned: false };
    }
    return undefined;
  }

  /** Tells whether a row holds nothing; Excel writes such rows. */
  isEmptyRow({ cells }: CsvRow): boolean {
    return cells.every((cell) => cell.trim() === "");
  }
}
