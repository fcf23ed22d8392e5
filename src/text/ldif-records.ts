import { appendAll } from "./append.ts";
import { decodeBase64 } from "./base64.ts";
import { GrowingBytes } from "./bytes.ts";
import type { TextReader } from "./encoding.ts";
import { fault, lostRecord, type TextFaultCode } from "./fault.ts";
import {
  isBlankLine,
  LdifBeginning,
  type LdifLine,
  type LogicalLine,
  type MalformedLine,
  marksBefore,
  parseLdifBeginning,
  parseLdifLine,
  startingWith,
} from "./ldif-line.ts";
import {
  faultsOfBlock,
  hasMorePages,
  isAddition,
  isBegun,
  isTooLong,
  isTrailer,
  keepAttribute,
  newRecord,
  noteLoose,
  type OpenRecord,
} from "./ldif-open-record.ts";
import { isProgramMessage, messageOf, Searches } from "./ldif-programs.ts";
import type { LdifItem } from "./ldif-record.ts";
import type { LineTaker } from "./physical-lines.ts";

const NUL = 0;
const SPACE = 32;
const TAB = 9;
const HASH = 35;
const DASH = 45;
const COLON = 58;

const NOTHING: readonly LdifItem[] = [];
const NO_BYTES = new Uint8Array(0);

/** A value longer than this is a fault, so that a damaged file cannot fill the memory. */
export const LONGEST_VALUE = 16 * 1024 * 1024;

/**
 * Makes records of the lines of LDIF, whatever is wrong with them: lines are unfolded first, and then parsed.
 *
 * Between two records may stand blank lines, comments, `version:`, what a search ends with, messages of the programs that
 * write LDIF, byte order marks, and at the end a Ctrl-Z; anything else is a fault.
 */
export class LdifRecords implements LineTaker {
  /** The line that was taken last, from 1. */
  lineNumber = 0;
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #text: TextReader;
  #items: LdifItem[] = [];
  #line: LogicalLine | undefined;
  /** The beginning of a logical line of which the value has not begun yet. */
  #beginning: LdifBeginning | undefined;
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

  /** Keeps the attributes that are wanted, in lower case: all if none are named. */
  constructor(wanted: ReadonlySet<string> | undefined, text: TextReader) {
    this.#wanted = wanted;
    this.#text = text;
  }

  /** Nothing is open that the next line could belong to; a comment's folds begin with a space, and no plain record does. */
  get isBetweenRecords(): boolean {
    return (
      this.#record === undefined && this.#line === undefined && this.#beginning === undefined && !this.#isBehindEnd
    );
  }

  /** Passes over blank lines between records. */
  passBlankLines(count: number): void {
    this.lineNumber += count;
    this.#passingFolds = false;
    this.#emptyAttribute = undefined;
  }

  /** Notes a record that was read elsewhere, with its blank line. */
  noteRecord(lines: number, isAdded: boolean): void {
    this.#recordsEndedByBlank++;
    this.#recordsSeen++;
    this.#sawChangetypeAdd ||= isAdded;
    this.passBlankLines(lines);
  }

  takeLine(line: Uint8Array, hasNul: boolean): void {
    this.lineNumber++;
    if (hasNul) this.#takeLostBlock(line);
    else this.#takeText(line);
  }

  /** Judges a line that is too long by its beginning. */
  takeBeginning(beginning: Uint8Array): void {
    this.lineNumber++;
    this.#takeText(beginning);
    this.#giveUpLongValue();
  }

  endBeginning(hasNul: boolean): void {
    if (hasNul) this.#takeLostBlock(NO_BYTES);
  }

  /** Ends the file, perhaps within a line; `isCut` if it is known that something is missing. */
  end(cutInLine: boolean, isCut: boolean): void {
    this.#endLogicalLine();
    this.#endFile(cutInLine, isCut);
    appendAll(this.#items, this.#searches.end());
  }

  /** Gives what was found. */
  giveItems(): readonly LdifItem[] {
    const items = this.#items;
    if (items.length === 0) return NOTHING;
    this.#items = [];
    return items;
  }

  #fault(code: TextFaultCode, line: number, detail?: string): void {
    this.#items.push(fault(code, line, detail));
  }

  /**
   * Takes a line with NULs: of a block that was lost nobody knows where it began and ended. What stands in the record before is
   * kept; what follows may be another's. Where the block ends with a record, that one is read.
   */
  #takeLostBlock(line: Uint8Array): void {
    this.#endLogicalLine();
    const record = this.#record;
    if (record?.isAbandoned !== true && record?.dn === undefined)
      this.#giveUpRecord("ldif-lost-block", this.lineNumber);
    else this.#fault("ldif-lost-block", this.lineNumber);
    this.#record ??= newRecord(this.lineNumber);
    this.#record.isAbandoned = true;
    this.#record.endsInFault = true;
    this.#passingFolds = true;
    const rest = line.subarray(line.lastIndexOf(NUL) + 1);
    const parsed = parseLdifLine(rest, this.#wanted);
    if (parsed.kind !== "malformed" && parsed.name.toLowerCase() === "dn") this.#takeText(rest);
  }

  /** Tells that a record is lost, and counts it as seen. */
  #giveUpRecord(code: TextFaultCode, line: number, detail?: string): void {
    this.#recordsSeen++;
    this.#items.push(lostRecord(code, line, detail));
  }

  #takeText(line: Uint8Array): void {
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

  /** Takes the marks from the beginning of a line; notes a Ctrl-Z, and what stands behind one. */
  #withoutMarks(line: Uint8Array): Uint8Array {
    const { length, hasEndMark } = marksBefore(line);
    const rest = length === 0 ? line : line.subarray(length);
    this.#isBehindEnd ||= hasEndMark;
    if (this.#isBehindEnd && !isBlankLine(rest)) {
      this.#isBehindEnd = false;
      this.#fault("ldif-text-behind-end", this.lineNumber);
    }
    return rest;
  }

  #takeContinuation(bytes: Uint8Array): void {
    const line = this.#line;
    const beginning = this.#beginning;
    if (beginning !== undefined) this.#takeBeginning(beginning, beginning.append(bytes));
    else if (line !== undefined) {
      line.length += bytes.length;
      if (!line.kept) return;
      if (line.length > LONGEST_VALUE) this.#giveUpLongValue();
      else line.value.append(bytes);
    } else if (!this.#passingFolds) {
      this.#fault("ldif-orphan-continuation", this.lineNumber, this.#text.decode(bytes.subarray(0, 200)));
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
    const open = this.#record?.dn === undefined ? 0 : 1;
    appendAll(this.#items, this.#searches.take(messageOf(bytes), this.lineNumber, this.#recordsSeen + open));
  }

  /** Whether the line is a message of a program that writes LDIF; such lines stand outside of records. */
  #takeMessage(bytes: Uint8Array): boolean {
    if (bytes[2] === COLON) return false; // `dn:`, as nearly all records begin
    const text = messageOf(bytes);
    if (isBegun(this.#record) || !isProgramMessage(text)) return false;
    this.#passingFolds = true;
    appendAll(this.#items, this.#searches.take(text, this.lineNumber, this.#recordsSeen));
    return true;
  }

  #beginLogicalLine(bytes: Uint8Array): void {
    // Stray `-` lines end a modification; ldifde writes them into add records too.
    if (bytes[0] === DASH && isBlankLine(bytes.subarray(1))) return;
    if (this.#takeMessage(bytes)) return;
    const parsed = parseLdifBeginning(bytes, this.#wanted);
    if (parsed === undefined) this.#beginning = new LdifBeginning(bytes, this.lineNumber, this.#wanted);
    else this.#takeParsed(parsed, bytes, this.lineNumber);
  }

  /** Takes a beginning as a line, if nothing more belongs to it or what it is can be told. */
  #takeBeginning({ bytes, line }: LdifBeginning, parsed: LdifLine | MalformedLine | undefined): void {
    if (parsed === undefined) return;
    this.#beginning = undefined;
    this.#takeParsed(parsed, bytes, line);
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
    if (lowerName === "dn" && isBegun(begun)) {
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
    const beginning = this.#beginning;
    if (beginning !== undefined) this.#takeBeginning(beginning, beginning.end());
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
  #endFile(cutInLine: boolean, isCut: boolean): void {
    const record = this.#record;
    const lastLine = this.lineNumber;
    const lacksTrailer = this.#searches.lacksEnd && !isTrailer(record);
    if (record !== undefined && (isCut || lacksTrailer || (cutInLine && record.endsInFault))) {
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
