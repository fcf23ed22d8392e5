import { type Diagnostic, DiagnosticLog, diagnose, diagnoseFault } from "../../model/diagnostic.ts";
import { InputError } from "../../model/errors.ts";
import type { Origin } from "../../model/origin.ts";
import { type SkipReason, skipReasonSchema } from "../../model/skip-reason.ts";
import type { User, UserField } from "../../model/user.ts";
import { joinBytes, peek, readBytes, type SourceData } from "../../text/bytes.ts";
import { readCsv } from "../../text/csv.ts";
import { detectEncoding, TextReader, transcodeToUtf8 } from "../../text/encoding.ts";
import { fault, type TextFault } from "../../text/fault.ts";
import { readLdif } from "../../text/ldif.ts";
import { formats } from "../index.ts";
import type { ReadRecord, RecordContext } from "./define-format.ts";
import { type DetectedFormat, detectFormat } from "./detect-format.ts";
import { TableColumns, type UsedColumn } from "./table-columns.ts";

/** An export: its name for messages, its content, and, where detection is to be overruled, its format. */
export interface Source {
  readonly name: string;
  readonly data: SourceData;
  /** The name of a format; detected from the content if absent. */
  readonly format?: string;
  /** Size in bytes, if known; used for progress only. */
  readonly size?: number;
}

/** What was found out about a source before its first record. */
export interface SourceFormat {
  readonly name: string;
  readonly format: string;
  /** By what the format was recognised, as a part of a sentence. */
  readonly why: string;
  readonly encoding: string;
  readonly delimiter?: string;
  /** The columns of a table, in order, and the field that each one feeds. */
  readonly columns?: readonly UsedColumn[];
}

/** What was found out about a source after its last record. */
export interface SourceSummary extends SourceFormat {
  /** Records in the source, whatever became of them. */
  readonly records: number;
  /** Objects that were read, groups and contacts among them. */
  readonly objects: number;
  /** People among them. */
  readonly users: number;
  readonly skipped: readonly { readonly reason: SkipReason; readonly count: number }[];
  readonly diagnostics: readonly Diagnostic[];
  /** The fields that the export has. In LDIF an attribute that no object has a value for cannot be told from one not exported. */
  readonly fields: readonly UserField[];
  /** The fields whose values were lost in the export, in every record that had some. */
  readonly lostFields: readonly UserField[];
}

/** What reading a source gives, in this order: its format, users and diagnostics as they come, and a summary. */
export type ReadItem =
  | { readonly type: "format"; readonly format: SourceFormat }
  | { readonly type: "user"; readonly user: User }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly type: "summary"; readonly summary: SourceSummary };

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
  /** Ends reading with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
}

const HEAD_LENGTH = 64 * 1024;

/**
 * Reads the users of one export. The format is told from the content.
 *
 * Gives the format first, then users and diagnostics as they come, in the order of the file, and a summary at the end.
 * A user read from LDIF lacks the fields that its record has no value for; the summary's `fields` tells which of them the
 * export has at all. Rows of a table have `""` and `[]` in their place.
 *
 * @throws InputError `empty-input`, `unknown-format`, or `nothing-read` if no record could be read.
 * @example
 * ```ts
 * for await (const item of readUsers({ name: "ad.ldf", data: "dn: CN=Ana,DC=contoso,DC=com\nmail: ana@contoso.com\n" })) {
 *   if (item.type === "user") console.log(item.user.mail); // "ana@contoso.com"
 * }
 * ```
 */
export async function* readUsers(source: Source, options: ReadOptions = {}): AsyncGenerator<ReadItem> {
  for await (const batch of readUserBatches(source, options)) yield* batch;
}

/** Reads the users of one export in batches, each as large as a chunk of the source: see {@link readUsers}. */
export async function* readUserBatches(
  source: Source,
  options: ReadOptions = {},
): AsyncGenerator<readonly ReadItem[]> {
  const reading = new SourceReading(source, options);
  const peeked = await peek(reading.watch(readBytes(source.data)), HEAD_LENGTH);
  const detectedEncoding = detectEncoding(peeked.head);
  const head = await decodeHead(peeked.head, detectedEncoding);
  const detected = detectFormat(head, formats, source);
  yield reading.begin(detected, detectedEncoding.encoding);
  const bytes = transcodeToUtf8(peeked.bytes, detectedEncoding, (found) => reading.takeFault(found));
  if (detected.grammar === "ldif") {
    const { format } = detected;
    for await (const items of readLdif(bytes, { wanted: format.attributes })) {
      for (const item of items) {
        if (item.type === "fault") reading.takeFault(item);
        else reading.takeRecord(format.readRecord(item, reading.nextOrigin(item.line), reading.context));
      }
      yield reading.giveItems();
    }
  } else {
    const { format, dialect } = detected;
    const columns = new TableColumns(format, dialect.header);
    for await (const items of readCsv(bytes, dialect.delimiter, reading.context.text)) {
      for (const item of items) {
        if (item.type === "fault") {
          reading.takeFault(item);
        } else if (item.line > dialect.headerLine) {
          const cellFault = columns.checkCells(item);
          if (cellFault !== undefined) reading.takeFault(cellFault.fault);
          if (cellFault?.misaligned) reading.nextOrigin(item.line);
          else if (!columns.isEmptyRow(item)) {
            const row = columns.row(item, reading.nextOrigin(item.line));
            reading.takeRecord(format.readRow(row, reading.context));
          }
        }
      }
      yield reading.giveItems();
    }
  }
  yield reading.end();
}

/** Decodes enough of the beginning to tell a format; a character cut at its end does not matter. */
async function decodeHead(head: Uint8Array, encoding: ReturnType<typeof detectEncoding>): Promise<string> {
  const even = head.subarray(0, encoding.encoding === "utf-8" ? head.length : head.length & ~1);
  async function* once() {
    yield even;
  }
  const parts: Uint8Array[] = [];
  for await (const part of transcodeToUtf8(once(), encoding, () => undefined)) parts.push(part);
  return new TextDecoder("utf-8").decode(joinBytes(parts));
}

/** The state of reading one source: what was counted, noted and not yet given. */
class SourceReading {
  readonly context: RecordContext;
  readonly #source: Source;
  readonly #options: ReadOptions;
  readonly #log = new DiagnosticLog();
  readonly #text = new TextReader();
  readonly #fields = new Set<UserField>();
  readonly #lost = new Set<UserField>();
  readonly #skipped = new Map<SkipReason, number>();
  #items: ReadItem[] = [];
  #format: SourceFormat | undefined;
  #records = 0;
  #objects = 0;
  #users = 0;
  #unknown = 0;
  #bytesRead = 0;
  #read = new Set<UserField>();

  constructor(source: Source, options: ReadOptions) {
    this.#source = source;
    this.#options = options;
    this.context = {
      text: this.#text,
      includeSystemObjects: options.includeSystemObjects ?? false,
      diagnose: (diagnostic) => this.#diagnose(diagnostic),
      noteField: (field) => this.#fields.add(field),
      noteLost: (field) => this.#lost.add(field),
    };
  }

  /** Counts the bytes of a source as they pass, tells of progress, and stops at the signal. */
  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { signal, onProgress } = this.#options;
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      this.#bytesRead += chunk.length;
      yield chunk;
      onProgress?.({
        source: this.#source.name,
        bytesRead: this.#bytesRead,
        bytesTotal: this.#source.size,
        users: this.#users,
      });
    }
    signal?.throwIfAborted();
  }

  begin(detected: DetectedFormat, encoding: string): readonly ReadItem[] {
    const { name } = this.#source;
    const base = { name, format: detected.format.name, why: detected.why, encoding };
    if (detected.grammar === "csv") {
      const columns = new TableColumns(detected.format, detected.dialect.header);
      for (const field of columns.fields) this.#fields.add(field);
      this.#format = { ...base, delimiter: detected.dialect.delimiter, columns: columns.used };
    } else this.#format = base;
    return [{ type: "format", format: this.#format }];
  }

  nextOrigin(line: number): Origin {
    this.#records++;
    return { name: this.#source.name, record: this.#records, line };
  }

  takeFault(found: TextFault): void {
    this.#diagnose(diagnoseFault(found));
  }

  takeRecord(read: ReadRecord): void {
    if (read.type === "skipped") {
      this.#skipped.set(read.reason, (this.#skipped.get(read.reason) ?? 0) + 1);
    } else if (read.type === "user") {
      const { user } = read;
      this.#objects++;
      if (user.type === "user") this.#users++;
      if (user.type === "unknown") this.#unknown++;
      if (user.proxyAddresses !== undefined && user.proxyAddresses.length > 0) this.#read.add("proxyAddresses");
      this.#items.push({ type: "user", user });
    }
  }

  giveItems(): readonly ReadItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  end(): readonly ReadItem[] {
    if (this.#unknown > 0) {
      const detail = this.#unknown === 1 ? "1 object" : `${this.#unknown} objects`;
      this.#diagnose(diagnose("object-class-missing", { detail }));
    }
    if (this.#text.ansiPieces > 0) {
      const detail = this.#text.ansiPieces === 1 ? "1 piece of text is" : `${this.#text.ansiPieces} pieces of text are`;
      this.takeFault({ ...fault("not-utf-8", 1), detail });
    }
    const summary = this.#summarize();
    if (this.#objects === 0 && summary.skipped.length === 0) throw this.#nothingRead(summary);
    return [...this.giveItems(), { type: "summary", summary }];
  }

  #diagnose(diagnostic: Diagnostic): void {
    this.#log.add(diagnostic);
    this.#items.push({ type: "diagnostic", diagnostic });
  }

  #summarize(): SourceSummary {
    if (this.#format === undefined) throw new Error("a source ends before it began");
    return {
      ...this.#format,
      encoding: this.#text.ansiPieces > 0 ? "windows-1252" : this.#format.encoding,
      records: this.#records,
      objects: this.#objects,
      users: this.#users,
      skipped: skipReasonSchema.options.flatMap((reason) => {
        const count = this.#skipped.get(reason);
        return count === undefined ? [] : [{ reason, count }];
      }),
      diagnostics: this.#log.list(),
      fields: [...this.#fields].sort(),
      lostFields: [...this.#lost].filter((field) => !this.#read.has(field)).sort(),
    };
  }

  #nothingRead({ diagnostics }: SourceSummary): InputError {
    const [first] = diagnostics;
    return new InputError("nothing-read", {
      source: this.#source.name,
      ...(first?.line === undefined ? {} : { line: first.line }),
      ...(first === undefined ? {} : { detail: first.message }),
      hint: first?.hint ?? "The file has a header and no record; export again.",
    });
  }
}
