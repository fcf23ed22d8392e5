import * as z from "zod/mini";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { SkipReason } from "../../model/skip-reason.ts";
import type { ExportedField, Side, User, UserField } from "../../model/user.ts";
import type { UserView } from "../../model/user-view.ts";
import type { SourceData } from "../../text/bytes.ts";
import type { UsedColumn } from "./table-columns.ts";

/** An export: its name for messages, its content, and, where detection is to be overruled, its format. */
export interface Source {
  readonly name: string;
  readonly data: SourceData;
  /** The name of a format; detected from the content if absent. */
  readonly format?: string;
  /** The part to read of an archive or a workbook: the name of a file in it or of a sheet; all that are exports if absent. */
  readonly part?: string;
  /**
   * The encoding of text that neither a byte order mark nor the text itself tells: a name of the Encoding Standard
   * (`windows-1250`, `shift_jis`, `utf-16le`); default `windows-1252`.
   */
  readonly encoding?: string;
  /** The side that it was given as: it counts where the columns could be of both. `analyze` knows it by itself. */
  readonly side?: Side;
  /** Size in bytes, if known; used for progress only. */
  readonly size?: number;
}

/** What was found out about a source before its first record. */
export interface SourceFormat {
  readonly name: string;
  readonly format: string;
  /** By what the format was recognised, as a part of a sentence. */
  readonly why: string;
  /** Other formats that have such columns too; name one with the source if the choice is wrong. */
  readonly couldBe?: readonly string[];
  readonly encoding: string;
  readonly compression?: "gzip";
  readonly delimiter?: string;
  /** The columns of a table, in order, and the field that each one feeds. */
  readonly columns?: readonly UsedColumn[];
}

/** An online user who is there no more, and may come back. */
export interface RemovedUser {
  readonly user: User;
  /** It lies in the recycle bin, or nothing but its mailbox is kept. */
  readonly reason: "deleted" | "inactive-mailbox";
}

/** An object of Active Directory that is left out, and why. */
export interface LeftOut {
  readonly reason: SkipReason;
  readonly id: string;
  readonly line: number;
}

/** What was found out about a source after its last record. */
export interface SourceSummary extends SourceFormat {
  /** Records in the source, whatever became of them. */
  readonly records: number;
  /** Set if reading ended before the source did, because `maxBytes` was reached. */
  readonly isPartial?: true;
  /** Objects that were read, groups and contacts among them. */
  readonly objects: number;
  /** Rows that only gave a further address to the object of an earlier row. */
  readonly joined: number;
  /**
   * Records that could not be read; a diagnostic with its line tells of each. Every record is one of these:
   * `records` = `objects` + `joined` + those of `skipped` + `refused`.
   */
  readonly refused: number;
  /** People among them. */
  readonly users: number;
  readonly skipped: readonly { readonly reason: SkipReason; readonly count: number }[];
  /** The first of them of each reason, by name, where they are of Active Directory. */
  readonly leftOut: readonly LeftOut[];
  /** Those left out who may come back: few, and no part of the directory. */
  readonly removed: readonly RemovedUser[];
  readonly diagnostics: readonly Diagnostic[];
  /** The fields that the export has. In LDIF an attribute that no object has a value for cannot be told from one not exported. */
  readonly fields: readonly ExportedField[];
  /** The fields whose values were lost in the export, in every record that had some. */
  readonly lostFields: readonly UserField[];
}

/** What reading a source gives, in this order: its format, users and diagnostics as they come, and a summary. */
export type ReadItem =
  | { readonly type: "format"; readonly format: SourceFormat }
  | { readonly type: "user"; readonly user: User }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly type: "summary"; readonly summary: SourceSummary };

/** Takes users as they are read, in the order of the file: as objects, or as bytes that are good until it returns. */
export interface UserSink {
  readonly addUser: (user: User) => void;
  readonly addView: (view: UserView) => void;
}

/** A source, as far as a caller without TypeScript can be held to it. */
export const sourceSchema = z.custom<Source>(isSource, "a source: { name, data }");

function isSource(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "data" in value &&
    (typeof value.data === "string" || (typeof value.data === "object" && value.data !== null))
  );
}
