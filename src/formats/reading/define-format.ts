import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Origin } from "../../model/origin.ts";
import type { SkipReason } from "../../model/skip-reason.ts";
import type { Side, User, UserField } from "../../model/user.ts";
import type { TextReader } from "../../text/encoding.ts";
import type { LdifRecord } from "../../text/ldif.ts";

/** What a format makes of one record, besides its diagnostics. */
export type ReadRecord =
  | { readonly type: "user"; readonly user: User }
  | { readonly type: "skipped"; readonly reason: SkipReason; readonly origin: Origin }
  /** A record that is no object at all and needs no mention: the root of the directory, a row of empty cells. */
  | { readonly type: "nothing" };

/** What a format may use while it reads the records of one source. */
export interface RecordContext {
  readonly text: TextReader;
  readonly includeSystemObjects: boolean;
  readonly diagnose: (diagnostic: Diagnostic) => void;
  /** Notes that the export has values of a field; for a format whose header tells it, that is known beforehand. */
  readonly noteField: (field: UserField) => void;
  /** Notes that a cell held the name of a type in place of the values of a field. */
  readonly noteLost: (field: UserField) => void;
}

interface FormatDescription {
  /** The name on the command line and in reports, and of the file here. */
  readonly name: string;
  /** What it is called in a sentence. */
  readonly title: string;
  /** The side that such an export usually describes. */
  readonly side: Side;
  /** The command that makes a full export in this format. */
  readonly exportCommand: string;
}

/** A format of records of named attributes. */
export interface LdifFormat extends FormatDescription {
  readonly grammar: "ldif";
  /** The attributes to keep. */
  readonly attributes: readonly string[];
  readonly readRecord: (record: LdifRecord, origin: Origin, context: RecordContext) => ReadRecord;
}

/** One row under its header. */
export interface TableRow {
  /** Gives the cell of a field, or `undefined` where the export, or this row, has none. */
  readonly cell: (column: string) => string | undefined;
  readonly origin: Origin;
}

/** The names in a header, in lower case, and the type that `#TYPE` names. */
export interface Header {
  readonly names: ReadonlySet<string>;
  readonly typeName: string | undefined;
}

/** A format of rows and columns. */
export interface TableFormat extends FormatDescription {
  readonly grammar: "csv";
  /** Which column feeds which field: the names of the column, in order of preference, in any case. */
  readonly columns: Readonly<Record<string, ColumnRule>>;
  /** Says by what the format is recognised, or `undefined` if the header is not its own. */
  readonly recognize: (header: Header) => string | undefined;
  readonly readRow: (row: TableRow, context: RecordContext) => ReadRecord;
}

/** The names under which a column occurs, and the field of a user that it feeds, if it feeds one directly. */
interface ColumnRule {
  readonly names: readonly string[];
  readonly field?: UserField;
}

/** An export format. */
export type Format = LdifFormat | TableFormat;

/** Declares an export format; see the formats beside this folder. */
export function defineFormat<const Declared extends Format>(format: Declared): Declared {
  return format;
}
