import type { Diagnostic } from "../../model/diagnostic.ts";
import type { SkipReason } from "../../model/skip-reason.ts";
import type { ExportedField, User, UserField } from "../../model/user.ts";
import type { UserView } from "../../model/user-view.ts";
import type { SourceData } from "../../text/bytes.ts";
import type { UsedColumn } from "./table-columns.ts";

/** An export: its name for messages, its content, and, where detection is to be overruled, its format. */
export interface Source {
  readonly name: string;
  readonly data: SourceData;
  /** The name of a format; detected from the content if absent. */
  readonly format?: string;
  /**
   * The encoding of text that neither a byte order mark nor the text itself tells: a name of the Encoding Standard
   * (`windows-1250`, `shift_jis`, `utf-16le`); default `windows-1252`.
   */
  readonly encoding?: string;
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

/** How far reading has come. */
export interface ReadProgress {
  readonly source: string;
  readonly bytesRead: number;
  readonly bytesTotal: number | undefined;
  readonly users: number;
}

/** How to read a source. */
export interface ReadOptions {
  /** Keep objects that the synchronization leaves out by default: critical system objects, system mailboxes and the like. */
  readonly includeSystemObjects?: boolean;
  /**
   * The attribute of Active Directory that is the online ImmutableId: any text as it is, bytes as base64; default `objectGUID`.
   */
  readonly sourceAnchor?: string;
  /** The attribute of Active Directory that is the sign-in name; default `userPrincipalName`. */
  readonly upnSource?: string;
  /**
   * How many sources are read at once at most. Files of `openFile` are read in threads of their own: by default those of more
   * than 32 MiB, as many at once as there are processors; if a number is given those of more than 1 MiB. Where there are two
   * processors for each of them, each is read in two threads. Everything else is read in the calling thread, one source
   * after the other. 1: no thread. The result is the same.
   */
  readonly concurrency?: number;
  /** Ends reading with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
}

/** How to read a source, or only its beginning: enough to know it by, and too little to analyze. */
export interface PartialReadOptions extends ReadOptions {
  /** Ends reading at the first record behind so many bytes (of the file as it is, compressed or not); default never. */
  readonly maxBytes?: number;
}
