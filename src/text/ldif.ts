import { appendAll } from "./append.ts";
import { decodeBase64 } from "./base64.ts";
import { GrowingBytes } from "./bytes.ts";
import { CutRecord } from "./cut-record.ts";
import { TextReader } from "./encoding.ts";
import { fault, lostRecord, type TextFaultCode, type TextPlace } from "./fault.ts";
import { findLineBreak, wordsOf } from "./find-byte.ts";
import {
  asciiText,
  isBlankLine,
  isPartOfName,
  type LdifLine,
  type LogicalLine,
  type MalformedLine,
  parseLdifBeginning,
  parseLdifLine,
} from "./ldif-line.ts";
import {
  faultsOfBlock,
  hasMorePages,
  isAddition,
  isTooLong,
  isTrailer,
  keepAttribute,
  newRecord,
  noteLoose,
  type OpenRecord,
} from "./ldif-open-record.ts";
import { isProgramMessage, Searches } from "./ldif-programs.ts";
import type { LdifItem, LdifReaderOptions, PlainRecords } from "./ldif-record.ts";
import { countNewlines } from "./line-ends.ts";

const NUL = 0;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const TAB = 9;
/** Ctrl-Z: with it DOS and CP/M ended a text. */
const END_OF_TEXT = 26;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
const HASH = 35;
const DASH = 45;
const COLON = 58;

const NOTHING: readonly LdifItem[] = [];
const NO_BYTES = new Uint8Array(0);

/** A value longer than this is a fault, so that a damaged file cannot fill the memory. */
const LONGEST_VALUE = 16 * 1024 * 1024;
/** What comes before a value is shorter than this. */
const LONGEST_NAME = 64 * 1024;
/** Of a comment or message so many characters tell what it is. */
const LONGEST_MESSAGE = 100;

/** Names that the reader itself must see, whatever is wanted. */
const STRUCTURAL = ["dn", "changetype", "version", "ref", "search", "result", "control", "pagedresults"];

/**
 * Reads LDIF (RFC 2849, and what real producers make of it) from bytes in chunks of any size.
 *
 * Works on bytes, because a fold may cut a UTF-8 character in two. Lines are unfolded first, and then parsed. A line ends
 * with LF, CR LF, several CRs before an LF, or a CR alone. One bad line costs that line, one bad record that record;
 * reading goes on. Between two records may stand blank lines, comments, `version:`, what a search ends with, messages of
 * the programs that write LDIF, byte order marks, and at the end a Ctrl-Z; anything else is a fault.
 * Values given as URLs (`attr:< file:///…`) are never opened.
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
  /** Carriage returns at the end of the last chunk: what follows tells which lines they end. */
  #returns = 0;
  /** Whether the current physical line holds NULs. */
  #hasNul = false;
  #lineNumber = 0;
  #line: LogicalLine | undefined;
  /** The beginning of a logical line of which the value has not begun yet. */
  #beginning: { readonly line: number; readonly bytes: GrowingBytes } | undefined;
  /** Whether folds that follow belong to a comment or to a line that was a fault, and are passed over with it. */
  #passingFolds = false;
  /** The line of an attribute that ended without a value; a mangled next line may hold it. */
  #emptyAttribute: LogicalLine | undefined;
  #record: OpenRecord | undefined;
  #recordsEndedByBlank = 0;
  #sawChangetypeAdd = false;
  readonly #searches = new Searches();
  /** Records that were seen, whatever became of them. */
  #recordsSeen = 0;
  /** Whether a Ctrl-Z was read, behind which there should be nothing. */
  #isBehindEnd = false;

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
    let start = this.#endReturns(bytes);
    for (;;) {
      if (this.#isBetweenRecords()) {
        start = this.#passBlankLines(bytes, start);
        if (plain !== undefined) {
          start = this.#readPlain(bytes, start, plain);
          if (holds && this.#cut.hold(bytes, start)) return;
        }
      }
      const end = this.#findLineEnd(words, start);
      if (end < 0) break;
      start = this.#endLine(bytes, start, end);
    }
    if (start < bytes.length) this.#keepPartial(bytes.subarray(start));
  }

  /** The offset of the next line feed or carriage return, -1 if there is none; notes NULs before it. */
  #findLineEnd(words: DataView, start: number): number {
    let at = findLineBreak(words, start);
    while (at >= 0 && words.getUint8(at) === NUL) {
      this.#hasNul = true;
      at = findLineBreak(words, at + 1);
    }
    return at;
  }

  /** Ends a line where a line feed or carriage return was found; gives the offset of the next one. */
  #endLine(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[end] === NEWLINE) {
      this.#takePhysicalLine(bytes.subarray(start, end));
      return end + 1;
    }
    if (bytes[end + 1] === NEWLINE) {
      this.#takePhysicalLine(bytes.subarray(start, end));
      return end + 2;
    }
    this.#keepPartial(bytes.subarray(start, end));
    this.#returns = 1;
    return end + 1 + this.#endReturns(bytes.subarray(end + 1));
  }

  /** Looks at what follows carriage returns: they end a line with the line feed behind them, or each a line by itself. */
  #endReturns(bytes: Uint8Array): number {
    if (this.#returns === 0) return 0;
    let at = 0;
    while (bytes[at] === CARRIAGE_RETURN) at++;
    this.#returns += at;
    if (at === bytes.length) return at;
    const lines = bytes[at] === NEWLINE ? 1 : this.#returns;
    this.#takeReturns(lines);
    return bytes[at] === NEWLINE ? at + 1 : at;
  }

  #takeReturns(lines: number): void {
    this.#returns = 0;
    for (let line = 0; line < lines; line++) this.#takePhysicalLine(NO_BYTES);
  }

  /** Ends the file; returns what was still open. */
  end(): readonly LdifItem[] {
    this.#readLines(this.#cut.release(), undefined, false);
    this.#takeReturns(this.#returns);
    const cutInLine = this.#dropEndMark() && (this.#partial.length > 0 || this.#passing);
    if (this.#partial.length > 0 || this.#passing) this.#takePhysicalLine(NO_BYTES);
    this.#endLogicalLine();
    this.#endFile(cutInLine);
    appendAll(this.#items, this.#searches.end());
    return this.#giveItems();
  }

  /** Nothing is open that the next line could belong to; a comment's folds begin with a space, and no plain record does. */
  #isBetweenRecords(): boolean {
    return (
      this.#record === undefined &&
      this.#line === undefined &&
      this.#beginning === undefined &&
      this.#partial.length === 0 &&
      this.#returns === 0 &&
      !this.#passing &&
      !this.#isBehindEnd
    );
  }

  /** Drops Ctrl-Z behind the last line, with which DOS ends a text; tells whether there was none. */
  #dropEndMark(): boolean {
    const bytes = this.#partial.bytes();
    let end = bytes.length;
    while (bytes[end - 1] === END_OF_TEXT) end--;
    this.#partial.truncate(end);
    return end === bytes.length;
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
      this.#recordsSeen++;
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
    const hasNul = this.#hasNul;
    this.#hasNul = false;
    if (this.#passing) {
      this.#passing = false;
      if (hasNul) this.#takeLostBlock(NO_BYTES);
      return;
    }
    let line = bytes;
    if (this.#partial.length > 0) {
      this.#partial.append(bytes);
      line = this.#takePartial();
    }
    this.#lineNumber++;
    if (hasNul) this.#takeLostBlock(line);
    else this.#takeLine(line);
  }

  /**
   * Takes a line with NULs: of a block that was lost nobody knows where it began and ended. What stands in the record before is
   * kept; what follows may be another's. Where the block ends with a record, that one is read.
   */
  #takeLostBlock(line: Uint8Array): void {
    this.#endLogicalLine();
    const record = this.#record;
    const isNew = record?.isAbandoned !== true;
    const costsRecord = isNew && record?.dn === undefined;
    if (costsRecord) this.#giveUpRecord("ldif-lost-block", this.#lineNumber);
    else this.#fault("ldif-lost-block", this.#lineNumber);
    this.#record ??= newRecord(this.#lineNumber);
    this.#record.isAbandoned = true;
    this.#record.endsInFault = true;
    this.#passingFolds = true;
    const rest = line.subarray(line.lastIndexOf(NUL) + 1);
    const parsed = parseLdifLine(rest, this.#wanted);
    if (parsed.kind !== "malformed" && parsed.name.toLowerCase() === "dn") this.#takeLine(rest);
  }

  /** Tells that a record is lost, and counts it as seen. */
  #giveUpRecord(code: TextFaultCode, line: number, detail?: string): void {
    this.#recordsSeen++;
    this.#items.push(lostRecord(code, line, detail));
  }

  #takeLine(line: Uint8Array): void {
    const bytes = this.#withoutMarks(line);
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

  /** Takes a byte order mark from the beginning of a line, where files were joined, and Ctrl-Z. */
  #withoutMarks(line: Uint8Array): Uint8Array {
    const first = line[0] ?? 0;
    const isMark = first === BYTE_ORDER_MARK[0] && line[1] === BYTE_ORDER_MARK[1] && line[2] === BYTE_ORDER_MARK[2];
    if (isMark) return this.#withoutMarks(line.subarray(BYTE_ORDER_MARK.length));
    let start = 0;
    while (line[start] === END_OF_TEXT) start++;
    const rest = line.subarray(start);
    if (start > 0) this.#isBehindEnd = true;
    if (this.#isBehindEnd && !isBlankLine(rest)) {
      this.#isBehindEnd = false;
      this.#fault("ldif-text-behind-end", this.#lineNumber);
    }
    return rest;
  }

  #takeContinuation(bytes: Uint8Array): void {
    const line = this.#line;
    if (this.#beginning !== undefined) this.#continueBeginning(this.#beginning, bytes);
    else if (line !== undefined) {
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
    // The next page of a search follows the result of the one before without a blank line.
    if (isTrailer(this.#record)) this.#endRecord("comment");
    const comment = asciiText(bytes, 0, Math.min(bytes.length, LONGEST_MESSAGE));
    appendAll(this.#items, this.#searches.take(comment, this.#lineNumber, this.#recordsSeen + this.#openRecords));
  }

  /** Whether the line is a message of a program that writes LDIF; such lines stand outside of records. */
  #takeMessage(bytes: Uint8Array): boolean {
    if (bytes[2] === COLON) return false; // `dn:`, as nearly all records begin
    const record = this.#record;
    if (record !== undefined && (record.dn !== undefined || record.isAbandoned || record.loose.length > 0))
      return false;
    const text = asciiText(bytes, 0, Math.min(bytes.length, LONGEST_MESSAGE));
    if (!isProgramMessage(text)) return false;
    this.#passingFolds = true;
    appendAll(this.#items, this.#searches.take(text, this.#lineNumber, this.#recordsSeen));
    return true;
  }

  /** The record that is open, if it is to be counted. */
  get #openRecords(): number {
    return this.#record?.dn === undefined ? 0 : 1;
  }

  // --- logical lines ---------------------------------------------------------------------------------------------

  #beginLogicalLine(bytes: Uint8Array): void {
    // Stray `-` lines end a modification; ldifde writes them into add records too.
    if (bytes[0] === DASH && isBlankLine(bytes.subarray(1))) return;
    if (this.#takeMessage(bytes)) return;
    const parsed = parseLdifBeginning(bytes, this.#wanted);
    if (parsed.kind === "open") this.#beginning = { line: this.#lineNumber, bytes: startingWith(bytes) };
    else this.#takeParsed(parsed, bytes, this.#lineNumber);
  }

  /** Puts a fold behind a beginning, and looks whether the value has begun. */
  #continueBeginning({ line, bytes }: { readonly line: number; readonly bytes: GrowingBytes }, fold: Uint8Array): void {
    const isName = isPartOfName(fold) && isPartOfName(bytes.bytes().subarray(-1));
    bytes.append(fold);
    if (isName && bytes.length < LONGEST_NAME) return;
    const whole = bytes.bytes();
    const parsed = isName ? parseLdifLine(whole, this.#wanted) : parseLdifBeginning(whole, this.#wanted);
    if (parsed.kind === "open") return;
    this.#beginning = undefined;
    this.#takeParsed(parsed, whole, line);
  }

  /** Ends a beginning behind which nothing comes: a name without a colon, or an attribute without a value. */
  #endBeginning(): void {
    const beginning = this.#beginning;
    if (beginning === undefined) return;
    this.#beginning = undefined;
    const bytes = beginning.bytes.bytes();
    this.#takeParsed(parseLdifLine(bytes, this.#wanted), bytes, beginning.line);
  }

  #takeParsed(parsed: LdifLine | MalformedLine, bytes: Uint8Array, lineNumber: number): void {
    if (this.#record?.isAbandoned === true && (parsed.kind === "malformed" || parsed.name.toLowerCase() !== "dn")) {
      this.#passingFolds = true;
      return;
    }
    if (parsed.kind === "malformed") {
      this.#takeMalformedLine(bytes, parsed.hasColon, lineNumber);
      return;
    }
    const { kind, name, options, valueStart } = parsed;
    const lowerName = name.toLowerCase();
    const begun = this.#record;
    const isBegun = begun !== undefined && (begun.dn !== undefined || begun.isAbandoned || begun.loose.length > 0);
    if (lowerName === "dn" && isBegun) {
      if (begun.dn !== undefined && !begun.isAbandoned) this.#fault("ldif-missing-blank-line", lineNumber);
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
  #takeMalformedLine(bytes: Uint8Array, hasColon: boolean, lineNumber: number): void {
    const empty = this.#emptyAttribute;
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
    this.#endBeginning();
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
      if (record.changetype !== undefined) this.#abandonJoined(record, line);
      record.changetype ??= this.#text.decode(value).trim().toLowerCase();
    } else if (name !== "control" && name !== "version") {
      keepAttribute(record, { name: line.name, options: line.options, value, line: line.line });
    }
  }

  /** Two records became one: what comes now is of the second one, whose first lines were lost. */
  #abandonJoined(record: OpenRecord, line: LogicalLine): void {
    this.#giveUpRecord("ldif-records-joined", line.line, line.name);
    record.isAbandoned = true;
  }

  // --- records ---------------------------------------------------------------------------------------------------

  #endRecord(by: "blank" | "comment" | "dn" | "end"): void {
    const record = this.#record;
    if (record === undefined) return;
    this.#record = undefined;
    if (by === "blank") this.#recordsEndedByBlank++;
    if (record.dn === undefined) {
      if (!record.isAbandoned) this.#endBlock(record);
      return;
    }
    if (isTooLong(record)) {
      this.#giveUpRecord("ldif-record-too-long", record.line);
      return;
    }
    if (record.changetype === undefined || isAddition(record.changetype)) {
      this.#sawChangetypeAdd ||= record.changetype !== undefined;
      this.#recordsSeen++;
      this.#items.push({ type: "record", line: record.line, dn: record.dn, attributes: record.attributes });
    } else this.#giveUpRecord("ldif-change-record", record.line, record.changetype);
  }

  /** Ends a block without a dn: the version, the result of a search, or a record that has lost its name. */
  #endBlock(record: OpenRecord): void {
    if (isTrailer(record)) this.#searches.noteResult(hasMorePages(record));
    const faults = faultsOfBlock(record);
    appendAll(this.#items, faults);
    for (const { costsRecord } of faults) if (costsRecord === true) this.#recordsSeen++;
  }

  /** Notices a file that was cut: its last record is kept only if nothing says that it is not whole. */
  #endFile(cutInLine: boolean): void {
    const record = this.#record;
    const lastLine = this.#lineNumber;
    const lacksTrailer = this.#searches.lacksEnd && !isTrailer(record);
    if (record !== undefined && (this.#isCut() || lacksTrailer || (cutInLine && record.endsInFault))) {
      this.#record = undefined;
      this.#giveUpRecord("ldif-truncated", lastLine, `the record of line ${record.line} is left out`);
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
