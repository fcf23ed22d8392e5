import { type Diagnostic, DiagnosticLog, diagnose, diagnoseFault } from "../../model/diagnostic.ts";
import { InputError } from "../../model/errors.ts";
import type { Origin } from "../../model/origin.ts";
import { type SkipReason, skipReasonSchema } from "../../model/skip-reason.ts";
import type { UserField } from "../../model/user.ts";
import { TextReader } from "../../text/encoding.ts";
import { fault, type TextFault } from "../../text/fault.ts";
import type { ReadRecord, RecordContext } from "./define-format.ts";
import type { DetectedFormat } from "./detect-format.ts";
import type { ReadItem, ReadOptions, Source, SourceFormat, SourceSummary } from "./source.ts";
import { TableColumns } from "./table-columns.ts";

/** The state of reading one source: what was counted, noted and not yet given. */
export class SourceReading {
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
