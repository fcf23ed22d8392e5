import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Origin } from "../../model/origin.ts";
import type { SkipReason } from "../../model/skip-reason.ts";
import type { Side, User } from "../../model/user.ts";
import type { ServiceName } from "../../service/service.ts";
import type { LdifRecord } from "../../text/ldif-record.ts";
import type { Columns, FieldSource } from "./field-source.ts";
import type { ProposedColumn } from "./propose-columns.ts";
import type { RecordContext } from "./record-context.ts";

export type { ColumnRule, Columns } from "./field-source.ts";
export type { RecordContext } from "./record-context.ts";

/** What a format makes of one record, besides its diagnostics. */
export type ReadRecord =
  | { readonly type: "user"; readonly user: User }
  /** Left out; `user` if it may come back: it lies in the recycle bin, or its mailbox is kept. */
  | {
      readonly type: "skipped";
      readonly reason: SkipReason;
      readonly origin: Origin;
      readonly user?: User;
      /** What it is called, where that is to be told. */
      readonly name?: string;
      /** The class of a person who is no account of Active Directory. */
      readonly className?: string;
    }
  /** A record that cannot be read, and what is told of it. */
  | { readonly type: "refused"; readonly diagnostic: Diagnostic };

interface FormatDescription {
  /** The name on the command line and in reports, and of the file here. */
  readonly name: string;
  /** What it is called in a sentence. */
  readonly title: string;
  /** The side that such an export describes; `either` where both sides have such exports. */
  readonly side: Side | "either";
  /** The service that runs where such an export is made: it exists since then, or is gone since. Absent where it may be either. */
  readonly service?: ServiceName;
  /** The command that makes a full export: in this format, or in a better one if this one lacks addresses. */
  readonly exportCommand: string;
  /** Whether the command is named to somebody whose file is of no known format. */
  readonly recommended?: true;
  /** The number of users at which the command stops unless it is told not to. */
  readonly usualLimit?: number;
  /** Whether the export never tells which address is the primary one. */
  readonly lacksPrimaryMarks?: true;
  /** Whether values come as Active Directory stores them: what is not there was not lost on the way. */
  readonly isRaw?: true;
}

/** A format of records of named attributes. */
export interface LdifFormat extends FormatDescription {
  readonly grammar: "ldif";
  /** How plain records are read from bytes, quicker and to the same end. */
  readonly plain?: "active-directory";
  /** The attributes to keep. */
  readonly attributes: readonly string[];
  readonly readRecord: (record: LdifRecord, origin: Origin, context: RecordContext) => ReadRecord;
}

/** The cells of a row; one that cannot be told is absent. */
export type Cells = readonly (string | undefined)[];

/** One row under its header, or one object of JSON. */
export interface TableRow {
  /** Gives the first value of a column, or `undefined` where the export, or this row, has none; blank is `""`. */
  readonly cell: (column: string) => string | undefined;
  /** Gives all values of a column: numbered columns, or a list of JSON. */
  readonly cells: (column: string) => readonly string[] | undefined;
  readonly origin: Origin;
  /** What feeds the fields, by the names of columns. */
  readonly sources: readonly (readonly [column: string, source: FieldSource])[];
}

/** The names of the columns, as {@link columnKey} has them, the type that `#TYPE` names, and the first rows. */
export interface Header {
  readonly names: ReadonlySet<string>;
  /** The names as they are written, in lower case. */
  readonly written: ReadonlySet<string>;
  readonly typeName: string | undefined;
  /** The names in order, as they are written, and as many rows under them as tell what they are for. */
  readonly columns: readonly string[];
  readonly rows: readonly Cells[];
  /** What the columns may be for, by their names and cells. */
  readonly proposals: () => readonly ProposedColumn[];
  readonly isJson: boolean;
}

/**
 * What speaks for a format and against it: names of columns that its producer writes, whether they are read or not. A name that is written
 * with a space counts only where it is written so.
 */
interface Signs {
  /** What the type on a #TYPE line ends in. */
  readonly types?: readonly string[];
  /** Names that leave hardly a doubt. */
  readonly decisive?: readonly string[];
  /** Names that nobody else writes. */
  readonly own: readonly string[];
  /** Names that few others write. */
  readonly shared?: readonly string[];
  /** Names that its producer never writes. */
  readonly never: readonly string[];
  /** Of each of these groups it has one, always. */
  readonly needs?: readonly (readonly string[])[];
  /** With one of these it is another format. */
  readonly excludes?: readonly string[];
  /** Whether it is never JSON. */
  readonly isNeverJson?: true;
}

/** A format of rows and columns, or of JSON objects with the same names. */
export interface TableFormat extends FormatDescription {
  readonly grammar: "table";
  /** How plain rows are read from bytes, quicker and to the same end. */
  readonly plain?: "active-directory" | "online";
  /** Which column feeds which field. */
  readonly columns: Columns;
  readonly signs: Signs;
  readonly readRow: (row: TableRow, context: RecordContext) => ReadRecord;
  /** Gives the columns as they are with the options: what an option names is read too. */
  readonly columnsFor?: (columns: Columns, context: RecordContext) => Columns;
  /** Puts the cells of a row under their columns where the producer quotes none; `undefined` if that cannot be done. */
  readonly realign?: (cells: readonly string[], header: readonly string[]) => Cells | undefined;
  /** Tells of a header that each row holds one address, so that the rows of one object belong together. */
  readonly hasRowPerAddress?: (header: Header) => boolean;
}

/** An export format. */
export type Format = LdifFormat | TableFormat;

/** Declares an export format; see the formats beside this folder. */
export function defineFormat<const Declared extends Format>(format: Declared): Declared {
  return format;
}

/** Gives the form in which names of columns are compared: `Display name`, `displayName` and `DISPLAY_NAME` are one. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[\s_/.()[\]-]+/g, "");
}
