import { type Diagnostic, DiagnosticLog, diagnose, diagnoseFault } from "../../model/diagnostic.ts";
import { scopeTest } from "../../model/distinguished-name.ts";
import { InputError, UsageError } from "../../model/errors.ts";
import { fieldNames } from "../../model/fields.ts";
import { settle } from "../../model/option.ts";
import type { Origin } from "../../model/origin.ts";
import { TOLD_ANCHOR } from "../../model/source-anchor.ts";
import { type ExportedField, markedPrimaries, smtpAddresses, type User, type UserField } from "../../model/user.ts";
import { PERSON, RAW_ADDRESS, type UserView } from "../../model/user-view.ts";
import { countOf, formatNumber } from "../../text/count.ts";
import { type FileEncoding, isKnownEncoding, TextReader } from "../../text/encoding.ts";
import { fault, type TextFault } from "../../text/fault.ts";
import { findLacking, type Lacking } from "./completeness.ts";
import type { Format, ReadRecord, RecordContext } from "./define-format.ts";
import type { DetectedFormat } from "./detect-format.ts";
import { GatheredUsers } from "./gathered-users.ts";
import { LeftOutCount } from "./left-out-count.ts";
import { LetterLosses } from "./letter-losses.ts";
import type { PartTeller } from "./part.ts";
import type { PlainView } from "./plain-view.ts";
import { type PartialReadOptions, readingOptions } from "./reading-options.ts";
import type { ReadItem, RemovedUser, Source, SourceFormat, SourceSummary, UserSink } from "./source.ts";
import { StrangeValues } from "./strange-values.ts";
import { TableColumns } from "./table-columns.ts";

/** The state of reading one source: what was counted, noted and not yet given. */
export class SourceReading {
  readonly context: RecordContext;
  /** Takes the users; without one they are given as items. */
  readonly sink: UserSink | undefined;
  readonly #source: Source;
  readonly #options: PartialReadOptions;
  readonly #log = new DiagnosticLog();
  readonly #text: TextReader;
  readonly #fields = new Set<ExportedField>();
  readonly #lost = new Set<UserField>();
  /** How many values had line breaks within. */
  #wrapped = 0;
  /** How many objects have lost their addresses. */
  #lostRows = 0;
  readonly #leftOut = new LeftOutCount();
  readonly #removed: RemovedUser[] = [];
  readonly #losses = new LetterLosses();
  readonly #strange = new StrangeValues();
  #items: ReadItem[] = [];
  #format: Format | undefined;
  #described: SourceFormat | undefined;
  /** Users whose addresses come in several rows, by their ids; given at the end. */
  #gathered: GatheredUsers | undefined;
  /** Whether the compressed file ended before its time. */
  isDamaged = false;
  #lastLine = 1;
  #bytesRead = 0;
  readonly #counts = {
    records: 0,
    objects: 0,
    joined: 0,
    refused: 0,
    users: 0,
    unknown: 0,
    withAddresses: 0,
    withSmtp: 0,
    withMark: 0,
  };

  constructor(source: Source, options: PartialReadOptions, sink?: UserSink) {
    this.sink = sink;
    const { encoding } = source;
    if (encoding !== undefined && !isKnownEncoding(encoding)) {
      throw new UsageError(
        `encoding cannot be "${encoding}"; use a name of the Encoding Standard: windows-1250, iso-8859-2, shift_jis, utf-16le …`,
      );
    }
    this.#source = source;
    this.#options = options;
    this.#text = new TextReader(encoding);
    const exportCommand = (): string => this.#format?.exportCommand ?? "";
    const settings = settle(readingOptions, options);
    this.context = {
      text: this.#text,
      ...settings,
      sourceAnchor: settings.sourceAnchor === TOLD_ANCHOR ? "objectGUID" : settings.sourceAnchor,
      isInScope: scopeTest(settings),
      get exportCommand() {
        return exportCommand();
      },
      diagnose: (diagnostic) => this.#diagnose(diagnostic),
      refuse: (diagnostic) => this.#refuse(diagnostic),
      noteField: (field) => this.#fields.add(field),
      noteLost: (field) => {
        this.#lost.add(field);
        if (field === "proxyAddresses") this.#lostRows++;
      },
      noteWrapped: () => {
        this.#wrapped++;
      },
      noteStrange: (field, value) => this.#strange.note(field, value),
    };
  }

  /** Takes what is wrong with the container that the source is packed in. */
  readonly teller: PartTeller = {
    damaged: () => {
      this.isDamaged = true;
    },
    diagnose: (diagnostic) => this.#diagnose(diagnostic),
  };

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
        users: this.#counts.users,
      });
    }
    signal?.throwIfAborted();
  }

  /** Whether as many bytes were read as were asked for. */
  get hasEnough(): boolean {
    const { maxBytes } = this.#options;
    return maxBytes !== undefined && this.#bytesRead >= maxBytes;
  }

  begin(
    detected: DetectedFormat,
    { encoding }: FileEncoding,
    isPacked: boolean,
    written?: readonly string[],
  ): readonly ReadItem[] {
    const { format, why } = detected;
    this.#format = format;
    this.#described = {
      name: this.#source.name,
      format: format.name,
      why,
      encoding,
      ...(isPacked ? { compression: "gzip" as const } : {}),
      ...withNames(this.#describeColumns(detected), written),
    };
    return [{ type: "format", format: this.#described }];
  }

  #describeColumns(detected: DetectedFormat): Partial<SourceFormat> {
    if (detected.grammar === "ldif") return {};
    const { format, couldBe, ofOtherSide } = detected;
    if (ofOtherSide !== undefined) this.#sayOfBothSides(format, ofOtherSide);
    if (detected.hasRowsOfOneObject) this.#gathered = new GatheredUsers();
    const alternatives = couldBe.length === 0 ? {} : { couldBe };
    const names = detected.grammar === "json" ? detected.properties : detected.dialect.header;
    const columns = new TableColumns(format, names);
    if (columns.has("primarySmtpAddress") && format.side !== "onPremises") this.#fields.add("primarySmtpAddress");
    if (detected.grammar === "json") return { ...alternatives, columns: columns.used };
    const { dialect } = detected;
    for (const field of columns.fields) this.#fields.add(field);
    for (const name of columns.repeated) this.takeFault(fault("csv-repeated-column", dialect.headerLine, name));
    return { ...alternatives, delimiter: dialect.delimiter, columns: columns.used };
  }

  #sayOfBothSides({ side, name }: Format, columns: readonly string[]): void {
    const told = `${columns.join(", ")} beside those of ${name}`;
    const taken = side === "online" ? "an export of the service" : "an export of Active Directory";
    this.#diagnose(diagnose("columns-of-both-sides", { detail: `${told}: it is taken for ${taken}` }));
  }

  nextOrigin(line: number): Origin {
    this.#counts.records++;
    this.#lastLine = line;
    return { name: this.#source.name, record: this.#counts.records, line };
  }

  takeFault(found: TextFault): void {
    if (found.costsRecord === true) this.#refuse(diagnoseFault(found));
    else this.#diagnose(diagnoseFault(found));
  }

  /** Counts a record that cannot be read, and says why. */
  #refuse(diagnostic: Diagnostic): void {
    this.#counts.records++;
    this.#counts.refused++;
    this.#diagnose(diagnostic);
  }

  /** Takes what became of the record that began at the last origin. */
  takeRecord(read: ReadRecord): void {
    if (read.type === "skipped") {
      const { reason, user } = read;
      this.#leftOut.add(read);
      if (user !== undefined && (reason === "deleted" || reason === "inactive-mailbox")) {
        this.#removed.push({ user, reason });
      }
    } else if (read.type === "refused") {
      this.#counts.refused++;
      this.#diagnose(read.diagnostic);
    } else {
      const { user } = read;
      const isNew = this.#gathered?.add(user) ?? true;
      if (this.#gathered === undefined) this.#give(user);
      this.#count(user, isNew);
    }
  }

  #give(user: User): void {
    if (this.sink === undefined) this.#items.push({ type: "user", user });
    else this.sink.addUser(user);
  }

  /** Whether plain records can be read from bytes: somebody takes them, and each is a user of its own. */
  get takesViews(): boolean {
    return this.sink !== undefined && this.#gathered === undefined;
  }

  /** Takes a user that was read from the bytes of a plain record on a line. */
  takeView({ view, hasSmtp, hasMark }: PlainView, line: number): void {
    const counts = this.#counts;
    view.record = ++counts.records;
    view.line = line;
    this.#lastLine = line;
    counts.objects++;
    if (view.type === PERSON) {
      counts.users++;
      if (hasSmtp) counts.withSmtp++;
      if (hasSmtp && hasMark) counts.withMark++;
    }
    if (hasAddress(view)) counts.withAddresses++;
    this.sink?.addView(view);
  }

  #count(user: User, isNew: boolean): void {
    const counts = this.#counts;
    const isPerson = user.type === "user";
    if (isNew) {
      counts.objects++;
      if (isPerson) counts.users++;
      if (user.type === "unknown") counts.unknown++;
    } else counts.joined++;
    if (this.#format?.grammar === "table")
      for (const field of fieldNames) if (user[field] !== undefined) this.#fields.add(field);
    if (user.proxyAddresses !== undefined && user.proxyAddresses.length > 0) counts.withAddresses++;
    if (isPerson && smtpAddresses(user).length > 0) {
      counts.withSmtp++;
      if (markedPrimaries(user).length > 0) counts.withMark++;
    }
    this.#losses.look(user);
  }

  giveItems(): readonly ReadItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  end(): readonly ReadItem[] {
    for (const user of this.#gathered?.list() ?? []) this.#give(user);
    const { objects, unknown } = this.#counts;
    if (this.isDamaged) this.takeFault(fault("gzip-damaged", this.#lastLine));
    if (unknown > 0) {
      const detail = unknown === 1 ? "1 object" : `${unknown} objects`;
      this.#diagnose(diagnose("object-class-missing", { detail }));
    }
    if (this.#text.otherPieces > 0 && this.#source.encoding === undefined) {
      const { otherPieces, fallback } = this.#text;
      const pieces = otherPieces === 1 ? "1 piece of text is" : `${otherPieces} pieces of text are`;
      this.#diagnose(diagnose("not-utf-8", { detail: `${pieces} not valid UTF-8 and read as ${fallback}` }));
    }
    for (const diagnostic of [...this.#losses.list(), ...this.#strange.list()]) this.#diagnose(diagnostic);
    if (objects === 0 && this.#leftOut.isEmpty) throw this.#nothingRead();
    for (const diagnostic of this.#leftOut.sayUnread()) this.#diagnose(diagnostic);
    if (this.#wrapped > 0)
      this.#diagnose(
        diagnose("file-wrapped", { detail: countOf(this.#wrapped, "name or address", "names and addresses") }),
      );
    if (this.#lostRows > 0 && this.#counts.withAddresses > 0)
      this.#diagnose(diagnose("addresses-partly-lost", { detail: countOf(this.#lostRows, "object") }));
    this.#sayOnceOfNames();
    const lacking = this.#findLacking();
    return [...this.giveItems(), { type: "summary", summary: this.#summarize(lacking) }];
  }

  #diagnose(diagnostic: Diagnostic): void {
    this.#log.add(diagnostic);
    this.#items.push({ type: "diagnostic", diagnostic });
  }

  /** Where most objects have another name than their DN, the file is not damaged: it is how it was written. */
  #sayOnceOfNames(): void {
    const contradicted = this.#log.count("name-contradicted");
    const { records } = this.#counts;
    if (contradicted < 10 || 2 * contradicted < records) return;
    const detail = `${formatNumber(contradicted)} of ${countOf(records, "object")}`;
    this.#log.replace("name-contradicted", diagnose("names-contradicted", { detail }));
  }

  /** The fields that the export lacks although it has a place for them; says so. */
  #findLacking(): Pick<Lacking, "fields" | "assumed"> {
    if (this.#format === undefined) throw new Error("a source ends before it began");
    const { diagnostics, ...lacking } = findLacking({
      format: this.#format,
      lacksProxyAddresses: this.context.lacksProxyAddresses,
      fields: this.#fields,
      lostFields: this.#lost,
      linkedMailboxes: this.#leftOut.of("linked-mailbox"),
      ...this.#counts,
    });
    for (const diagnostic of diagnostics) this.#diagnose(diagnostic);
    return lacking;
  }

  #summarize({ fields: lacking, assumed }: Pick<Lacking, "fields" | "assumed">): SourceSummary {
    if (this.#described === undefined) throw new Error("a source ends before it began");
    const { records, objects, joined, refused, users, withAddresses } = this.#counts;
    const fields = new Set([...this.#fields, ...assumed]);
    if (fields.has("proxyAddresses")) fields.add("primarySmtpAddress");
    for (const field of lacking) fields.delete(field);
    const lost = [...this.#lost].filter((field) => field !== "proxyAddresses" || withAddresses === 0);
    return {
      ...this.#described,
      encoding: this.#text.otherPieces > 0 ? this.#text.fallback : this.#described.encoding,
      ...(this.hasEnough ? { isPartial: true as const } : {}),
      records,
      objects,
      joined,
      refused,
      users,
      skipped: this.#leftOut.list(),
      leftOut: this.#leftOut.first,
      removed: this.#removed,
      diagnostics: [...this.#sayNobody(), ...this.#log.list()],
      fields: [...fields].sort(),
      lostFields: lost.sort(),
    };
  }

  /** Said first: nothing else matters where nobody was read. */
  #sayNobody(): readonly Diagnostic[] {
    // That all are linked mailboxes is told by itself.
    const skipped = this.#leftOut.list();
    if (this.#counts.objects > 0 || skipped.every(({ reason }) => reason === "linked-mailbox")) return [];
    return [this.#leftOut.sayNobody(`Export again with:\n  ${this.context.exportCommand}`)];
  }

  #nothingRead(): InputError {
    const [first] = this.#log.list();
    return new InputError("nothing-read", {
      source: this.#source.name,
      ...(first?.line === undefined ? {} : { line: first.line }),
      ...(first === undefined ? {} : { detail: first.message }),
      hint: first?.hint ?? "The file has no record of an object; export again.",
    });
  }
}

/** Calls the columns as the file does. */
function withNames(described: Partial<SourceFormat>, written: readonly string[] | undefined): Partial<SourceFormat> {
  if (written === undefined) return described;
  const columns = described.columns?.map((column, index) => ({ ...column, name: written[index] ?? column.name }));
  return { ...described, ...(columns === undefined ? {} : { columns }) };
}

function hasAddress({ codes, entries }: UserView): boolean {
  for (let entry = entries - 1; entry >= 0; entry--) if ((codes[entry] ?? 0) >= RAW_ADDRESS) return true;
  return false;
}
