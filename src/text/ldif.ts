import { appendAll } from "./append.ts";
import { decodeBase64 } from "./base64.ts";
import { GrowingBytes } from "./bytes.ts";
import { CutRecord } from "./cut-record.ts";
import { TextReader } from "./encoding.ts";
import { fault, lostRecord, type TextFaultCode, type TextPlace } from "./fault.ts";
import { findByte, wordsOf } from "./find-byte.ts";
import { isBlankLine, type LogicalLine, parseLdifLine } from "./ldif-line.ts";
import {
  faultsOfBlock,
  isAddition,
  isTooLong,
  isTrailer,
  keepAttribute,
  newRecord,
  noteLoose,
  type OpenRecord,
} from "./ldif-open-record.ts";
import type { LdifItem, LdifReaderOptions, PlainRecords } from "./ldif-record.ts";
import { countNewlines } from "./line-ends.ts";

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const TAB = 9;
const HASH = 35;
const DASH = 45;

const NOTHING: readonly LdifItem[] = [];

/** A value longer than this is a fault, so that a damaged file cannot fill the memory. */
const LONGEST_VALUE = 16 * 1024 * 1024;

/** Names that the reader itself must see, whatever is wanted. */
const STRUCTURAL = ["dn", "changetype", "version", "ref", "search", "result", "control"];

/**
 * Reads LDIF (RFC 2849, and what real producers make of it) from bytes in chunks of any size.
 *
 * Works on bytes, because a fold may cut a UTF-8 character in two. One bad line costs that line, one bad record that
 * record; reading goes on. Values given as URLs (`attr:< file:///…`) are never opened.
 * The bytes of a fold, a comment or an attribute that is not wanted are passed over without being kept.
 */
export class LdifReader {
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #isCut: () => boolean;
  readonly #text = new TextReader();
  #items: LdifItem[] = [];
  readonly #found = (): readonly LdifItem[] => this.#giveItems();
  /** The beginning of what may be a plain record. */
  readonly #cut = new CutRecord();
  /** The beginning of a line whose end has not come yet. */
  #partial = new GrowingBytes();
  /** Whether the rest of the current physical line is passed over. */
  #passing = false;
  #lineNumber = 0;
  #line: LogicalLine | undefined;
  /** Whether folds that follow belong to a comment or to a line that was a fault, and are passed over with it. */
  #passingFolds = false;
  /** The line of an attribute that ended without a value; a mangled next line may hold it. */
  #emptyAttribute: LogicalLine | undefined;
  #record: OpenRecord | undefined;
  #recordsEndedByBlank = 0;
  #sawChangetypeAdd = false;
  #expectsTrailer: "ldapsearch" | "ldbsearch" | undefined;
  #sawTrailer = false;

  constructor(options: LdifReaderOptions = {}) {
    this.#isCut = options.isCut ?? (() => false);
    if (options.wanted !== undefined) {
      this.#wanted = new Set([...STRUCTURAL, ...Array.from(options.wanted, (name) => name.toLowerCase())]);
    }
  }

  /** The line behind the last line end that was read. */
  get line(): number {
    return this.#lineNumber + 1 + countNewlines(this.#cut.bytes);
  }

  /** Takes the next chunk; returns what it completed, and what it had found when the last plain record was read. */
  read(chunk: Uint8Array, plain?: PlainRecords): readonly LdifItem[] {
    let start = 0;
    if (this.#cut.bytes.length > 0) {
      const joined = this.#cut.join(chunk);
      if (joined === undefined) return NOTHING;
      this.#readLines(joined.record, plain, false);
      start = joined.taken;
    }
    this.#readLines(chunk.subarray(start), plain, true);
    return this.#giveItems();
  }

  /** Reads lines; what is cut at the end is held, if the rest of it is still to come in one piece with it. */
  #readLines(bytes: Uint8Array, plain: PlainRecords | undefined, holds: boolean): void {
    const words = wordsOf(bytes);
    let start = 0;
    for (;;) {
      if (this.#isBetweenRecords()) {
        start = this.#passBlankLines(bytes, start);
        if (plain !== undefined) {
          start = this.#readPlain(bytes, start, plain);
          if (holds && this.#cut.hold(bytes, start)) return;
        }
      }
      const end = findByte(words, NEWLINE, start);
      if (end < 0) break;
      this.#takePhysicalLine(bytes.subarray(start, end));
      start = end + 1;
    }
    if (start < bytes.length) this.#keepPartial(bytes.subarray(start));
  }

  /** Ends the file; returns what was still open. */
  end(): readonly LdifItem[] {
    this.#readLines(this.#cut.release(), undefined, false);
    const cutInLine = this.#partial.length > 0 || this.#passing;
    if (cutInLine) this.#takePhysicalLine(new Uint8Array(0));
    this.#endLogicalLine();
    this.#endFile(cutInLine);
    return this.#giveItems();
  }

  /** Nothing is open that the next line could belong to; a comment's folds begin with a space, and no plain record does. */
  #isBetweenRecords(): boolean {
    return this.#record === undefined && this.#line === undefined && this.#partial.length === 0 && !this.#passing;
  }

  /** Passes over blank lines between records, of which a file may be full; gives the offset behind the last one. */
  #passBlankLines(chunk: Uint8Array, start: number): number {
    let at = start;
    while (chunk[at] === NEWLINE) at++;
    if (at === start) return start;
    this.#lineNumber += at - start;
    this.#passingFolds = false;
    this.#emptyAttribute = undefined;
    return at;
  }

  /** Reads plain records as long as there are some; gives the offset behind the last one. */
  #readPlain(chunk: Uint8Array, start: number, plain: PlainRecords): number {
    let at = start;
    for (;;) {
      const end = plain.read(chunk, at, this.#lineNumber + 1, this.#found);
      if (end < 0) return at;
      at = end;
      this.#lineNumber += plain.lines;
      this.#recordsEndedByBlank++;
      this.#sawChangetypeAdd ||= plain.isAddition;
      this.#passingFolds = false;
      this.#emptyAttribute = undefined;
    }
  }

  #giveItems(): readonly LdifItem[] {
    const items = this.#items;
    if (items.length === 0) return NOTHING;
    this.#items = [];
    return items;
  }

  #fault(code: TextFaultCode, line: number, detail?: string): void {
    this.#items.push(fault(code, line, detail));
  }

  // --- physical lines --------------------------------------------------------------------------------------------

  #keepPartial(bytes: Uint8Array): void {
    if (this.#passing) return;
    this.#partial.append(bytes);
    if (this.#partial.length > LONGEST_VALUE) {
      // Judge the line by its beginning and pass over the rest of it.
      const begin = this.#takePartial();
      this.#passing = true;
      this.#lineNumber++;
      this.#takeLine(begin);
      this.#giveUpLongValue();
    }
  }

  #takePartial(): Uint8Array {
    const bytes = this.#partial.bytes();
    this.#partial = new GrowingBytes();
    return bytes;
  }

  #takePhysicalLine(bytes: Uint8Array): void {
    if (this.#passing) {
      this.#passing = false;
      return;
    }
    let line = bytes;
    if (this.#partial.length > 0) {
      this.#partial.append(bytes);
      line = this.#takePartial();
    }
    this.#lineNumber++;
    this.#takeLine(line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line);
  }

  #takeLine(bytes: Uint8Array): void {
    const first = bytes[0];
    // A line of white space only separates records, as a blank one does: Microsoft's own samples hold such lines.
    if (first === undefined || ((first === SPACE || first === TAB) && isBlankLine(bytes))) {
      this.#endLogicalLine();
      this.#endRecord("blank");
    } else if (first === SPACE || first === TAB) {
      this.#takeContinuation(bytes.subarray(1));
    } else {
      this.#endLogicalLine();
      if (first === HASH) this.#takeComment(bytes);
      else this.#beginLogicalLine(bytes);
    }
  }

  #takeContinuation(bytes: Uint8Array): void {
    const line = this.#line;
    if (line !== undefined) {
      line.length += bytes.length;
      if (!line.kept) return;
      if (line.length > LONGEST_VALUE) this.#giveUpLongValue();
      else line.value.append(bytes);
    } else if (!this.#passingFolds) {
      this.#fault("ldif-orphan-continuation", this.#lineNumber, this.#text.decode(bytes.subarray(0, 200)));
    }
  }

  #giveUpLongValue(): void {
    const line = this.#line;
    if (line?.kept !== true) return;
    this.#fault("ldif-value-too-long", line.line, line.name);
    this.#line = { ...line, kept: false, value: new GrowingBytes() };
  }

  /** Comments tell who wrote the file, and so whether its last lines are there. */
  #takeComment(bytes: Uint8Array): void {
    this.#passingFolds = true;
    if (this.#expectsTrailer === undefined || !this.#sawTrailer) {
      const comment = this.#text.decode(bytes.subarray(0, 40));
      if (comment.startsWith("# extended LDIF")) this.#expectsTrailer = "ldapsearch";
      else if (/^# record 1\s*$/.test(comment)) this.#expectsTrailer = "ldbsearch";
      else if (/^# (?:numResponses:|returned \d)/.test(comment)) this.#sawTrailer = true;
    }
  }

  // --- logical lines ---------------------------------------------------------------------------------------------

  #beginLogicalLine(bytes: Uint8Array): void {
    const lineNumber = this.#lineNumber;
    // Stray `-` lines end a modification; ldifde writes them into add records too.
    if (bytes[0] === DASH && isBlankLine(bytes.subarray(1))) return;
    const parsed = parseLdifLine(bytes, this.#wanted);
    if (parsed.kind === "malformed") {
      this.#takeMalformedLine(bytes, parsed.hasColon);
      return;
    }
    const { kind, name, options, valueStart } = parsed;
    const lowerName = name.toLowerCase();
    const begun = this.#record;
    if (lowerName === "dn" && begun !== undefined && (begun.dn !== undefined || begun.loose.length > 0)) {
      if (begun.dn !== undefined) this.#fault("ldif-missing-blank-line", lineNumber);
      this.#endRecord("dn");
    }
    this.#record ??= newRecord(lineNumber);
    this.#record.endsInFault = false;
    const value = bytes.subarray(valueStart);
    const kept = parsed.wanted && !isTooLong(this.#record);
    this.#line = {
      kind,
      name,
      options,
      line: lineNumber,
      kept,
      value: startingWith(kept ? value : undefined),
      length: value.length,
    };
  }

  /** A line that is no attribute: an editor may have cut it off the empty attribute above, else it is a fault. */
  #takeMalformedLine(bytes: Uint8Array, hasColon: boolean): void {
    const empty = this.#emptyAttribute;
    const lineNumber = this.#lineNumber;
    if (empty !== undefined && empty.line === lineNumber - 1 && !hasColon) {
      this.#fault("ldif-value-on-next-line", lineNumber, empty.name);
      this.#dropLastValue(empty);
      this.#line = { ...empty, value: startingWith(empty.kept ? bytes : undefined), length: bytes.length };
      return;
    }
    const code = hasColon ? "ldif-invalid-attribute-name" : "ldif-no-colon";
    this.#fault(code, lineNumber, this.#text.decode(bytes.subarray(0, 200)));
    this.#passingFolds = true;
    this.#record ??= newRecord(lineNumber);
    this.#record.endsInFault = true;
  }

  #dropLastValue(empty: LogicalLine): void {
    if (this.#record?.attributes.at(-1)?.line === empty.line) this.#record.attributes.pop();
  }

  #endLogicalLine(): void {
    this.#passingFolds = false;
    this.#emptyAttribute = undefined;
    const line = this.#line;
    const record = this.#record;
    this.#line = undefined;
    if (line === undefined || record === undefined) return;
    if (line.length === 0 && line.kind === "text") this.#emptyAttribute = line;
    if (!line.kept) {
      if (record.dn === undefined) noteLoose(record, { name: line.name.toLowerCase(), text: "", line: line.line });
      return;
    }
    const value = this.#readValue(line);
    if (value === undefined) record.endsInFault = true;
    else this.#takeAttribute(record, line, value);
  }

  #readValue(line: LogicalLine): Uint8Array | undefined {
    const bytes = line.value.bytes();
    if (line.kind === "text") return bytes;
    if (line.kind === "url") {
      this.#fault("ldif-url-value", line.line, `${line.name}:< ${this.#text.decode(bytes.subarray(0, 200))}`);
      return undefined;
    }
    const value = decodeBase64(this.#text.decode(bytes).trimEnd());
    if (value === undefined) this.#fault("ldif-invalid-base64", line.line, line.name);
    return value;
  }

  #takeAttribute(record: OpenRecord, line: LogicalLine, value: Uint8Array): void {
    const name = line.name.toLowerCase();
    if (name === "dn" && record.dn === undefined) {
      record.dn = value;
      record.line = line.line;
    } else if (record.dn === undefined) {
      noteLoose(record, { name, text: this.#text.decode(value), line: line.line });
    } else if (name === "changetype") {
      record.changetype = this.#text.decode(value).trim().toLowerCase();
    } else if (name !== "control" && name !== "version") {
      keepAttribute(record, { name: line.name, options: line.options, value, line: line.line });
    }
  }

  // --- records ---------------------------------------------------------------------------------------------------

  #endRecord(by: "blank" | "dn" | "end"): void {
    const record = this.#record;
    if (record === undefined) return;
    this.#record = undefined;
    if (by === "blank") this.#recordsEndedByBlank++;
    if (record.dn === undefined) {
      this.#sawTrailer ||= isTrailer(record);
      appendAll(this.#items, faultsOfBlock(record));
    } else if (isTooLong(record)) this.#items.push(lostRecord("ldif-record-too-long", record.line));
    else if (record.changetype === undefined || isAddition(record.changetype)) {
      this.#sawChangetypeAdd ||= record.changetype !== undefined;
      this.#items.push({ type: "record", line: record.line, dn: record.dn, attributes: record.attributes });
    } else this.#items.push(lostRecord("ldif-change-record", record.line, record.changetype));
  }

  /** Notices a file that was cut: its last record is kept only if nothing says that it is not whole. */
  #endFile(cutInLine: boolean): void {
    const record = this.#record;
    const lastLine = this.#lineNumber;
    const lacksTrailer = this.#expectsTrailer !== undefined && !this.#sawTrailer && !isTrailer(record);
    if (record !== undefined && (this.#isCut() || lacksTrailer || (cutInLine && record.endsInFault))) {
      this.#record = undefined;
      this.#items.push(lostRecord("ldif-truncated", lastLine, `the record of line ${record.line} is left out`));
      return;
    }
    this.#endRecord("end");
    if (lacksTrailer) this.#fault("ldif-truncated", lastLine);
    else if (record !== undefined && record.dn !== undefined) {
      if (cutInLine) this.#fault("ldif-no-final-newline", lastLine);
      else if (this.#sawChangetypeAdd && this.#recordsEndedByBlank > 0) this.#fault("ldif-unfinished-record", lastLine);
    }
  }
}

function startingWith(bytes: Uint8Array | undefined): GrowingBytes {
  const value = new GrowingBytes();
  if (bytes !== undefined) value.append(bytes);
  return value;
}

/** Reads a stream of LDIF, batch by batch, and says where it is: see {@link LdifReader}. */
export async function* readLdif(
  chunks: AsyncIterable<Uint8Array>,
  { plain, ...options }: LdifReaderOptions & { readonly plain?: PlainRecords | undefined } = {},
  place: TextPlace = { line: 1 },
): AsyncGenerator<readonly LdifItem[]> {
  const reader = new LdifReader(options);
  for await (const chunk of chunks) {
    const items = reader.read(chunk, plain);
    place.line = reader.line;
    yield items;
  }
  yield reader.end();
}
