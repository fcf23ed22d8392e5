import { GrowingBytes } from "./bytes.ts";
import { BYTE_ORDER_MARK, type CsvRecordBytes, isOfRows, trimRecord } from "./csv-record-bytes.ts";
import { lostRecord, type TextFault } from "./fault.ts";
import { findAny, Words } from "./find-byte.ts";

const TAB = 9;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
/** Ctrl-Z: with it DOS and CP/M ended a text. */
const END_OF_TEXT = 26;
const SPACE = 32;
const QUOTE = 34;

const NOTHING: readonly Item[] = [];

/** A record longer than this is a fault: somewhere a quotation mark is missing. */
const LONGEST_RECORD = 16 * 1024 * 1024;

/** A longer row is not waited for: it is no plain one. */
const LONGEST_CUT = 64 * 1024;

/** Reads plain rows straight from the bytes: a shortcut that is taken where a row begins. */
export interface PlainRecords {
  /**
   * Reads the row that begins at `start`, on line `line`; gives the offset behind it, or -1 if it is not plain, and then
   * nothing was done. What was found before comes first, in `found`.
   */
  readonly read: (bytes: Uint8Array, start: number, line: number, found: () => readonly Item[]) => number;
}

/**
 * `padding` is behind blanks that begin a cell, `after-padding` behind those that follow a closing quotation mark; what
 * comes next says whether a carriage return, after which `after-return` is, ends the record.
 */
type State =
  | "field-start"
  | "padding"
  | "unquoted"
  | "quoted"
  | "after-quote"
  | "after-padding"
  | "after-return"
  | "skipping";
type Item = CsvRecordBytes | TextFault;
type RecordFault = "csv-invalid-closing-quote" | "csv-lost-block" | "csv-record-too-long" | "csv-unclosed-quote";

/**
 * Splits delimited text (RFC 4180) into records, from bytes in chunks of any size.
 *
 * Only quotation marks and line ends are looked at; what stands in the cells is csv-parse's to say. A record whose
 * quotation is wrong is a fault and costs its first line alone: reading goes on at the line after, so that one missing
 * quotation mark does not swallow the rest of the file. So does a record that holds a block of NULs, which a disk leaves
 * where it lost one.
 *
 * Between two records may stand: LF, CR LF, several CRs before an LF, or a CR alone behind a record that has all its cells;
 * blank lines; byte order marks; at the end of the file a Ctrl-Z.
 */
export class CsvRecordSplitter {
  readonly #delimiter: number;
  readonly #width: number;
  /** The bytes that end a run of others, by the state in which the run is read. */
  readonly #ends: Readonly<Partial<Record<State, readonly [number, number, number]>>>;
  readonly #words = new Words();
  /** What came before of the current record. */
  readonly #held = new GrowingBytes();
  /** Bytes from the beginning of the current record on, while they are looked at. */
  #buffer: Uint8Array = new Uint8Array(0);
  /** How much of the buffer was scanned. */
  #scanned = 0;
  #state: State = "field-start";
  /** The cells of the current record so far. */
  #cells = 1;
  #isPadded = false;
  /** Where the carriage returns begin that the state `after-return` is behind, and whether a closing quotation mark precedes. */
  #returnAt = 0;
  #isAfterQuote = false;
  /** The line on which the current record begins. */
  #line = 1;
  #newlines = 0;
  #items: Item[] = [];
  readonly #found = (): readonly Item[] => this.#giveItems();

  /** The delimiter is one ASCII character; `width` is how many cells a whole record has. */
  constructor(delimiter: string, width = 1) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#width = width;
    this.#ends = {
      unquoted: [this.#delimiter, NEWLINE, CARRIAGE_RETURN],
      quoted: [QUOTE, NEWLINE, NEWLINE],
      skipping: [NEWLINE, CARRIAGE_RETURN, NEWLINE],
    };
  }

  /** The line behind the last line end that was read. */
  get line(): number {
    return this.#line + this.#newlines;
  }

  /** Takes the next chunk; returns the records and faults that it completed. */
  read(chunk: Uint8Array, plain?: PlainRecords): readonly Item[] {
    const isCut = this.#held.length > 0 && this.#isUntouched && this.#held.length < LONGEST_CUT;
    // A row that may be plain is looked at when all of it has come, and what follows it stays where it is.
    const newline = isCut ? chunk.indexOf(NEWLINE) : -1;
    if (isCut && newline < 0) this.#held.append(chunk);
    else {
      if (newline >= 0) this.#take(chunk.subarray(0, newline + 1), plain);
      this.#take(newline >= 0 ? chunk.subarray(newline + 1) : chunk, plain);
    }
    return this.#giveItems();
  }

  #take(piece: Uint8Array, plain: PlainRecords | undefined): void {
    const isHeld = this.#held.length > 0;
    if (isHeld) this.#held.append(piece);
    this.#buffer = isHeld ? this.#held.bytes() : piece;
    const length = this.#buffer.length;
    this.#scan(plain);
    // What is left is copied, so that a whole chunk is not kept for the sake of its last bytes.
    if (isHeld) this.#held.drop(length - this.#buffer.length);
    else this.#held.append(this.#buffer);
  }

  /** Ends the file; the last record needs no line end. */
  end(): readonly Item[] {
    this.#buffer = this.#held.bytes();
    if (this.#isUntouched) this.#scan();
    for (let broken = this.#brokenAtEnd(); broken !== undefined; broken = this.#brokenAtEnd()) {
      this.#giveUpRecord(broken);
      this.#scan();
    }
    if (this.#state !== "skipping") this.#emitLast();
    return this.#giveItems();
  }

  /** Why the first line of what is left must be given up, if so. */
  #brokenAtEnd(): RecordFault | undefined {
    if (this.#state === "quoted") return "csv-unclosed-quote";
    const hasLines = this.#newlines > 0;
    return this.#state === "skipping" || !hasLines ? undefined : this.#brokenBy(0, this.#buffer.length, true);
  }

  #emitLast(): void {
    const { length } = this.#buffer;
    let end = length;
    while (end > 0 && this.#buffer[end - 1] === END_OF_TEXT) end--;
    const broken = this.#brokenBy(0, end, false);
    if (broken !== undefined) this.#items.push(lostRecord(broken, this.#line));
    else this.#emit(0, end, end === length && this.#state !== "after-return");
  }

  /** Whether a record begins with the next byte to be scanned. */
  get #isUntouched(): boolean {
    return this.#scanned === 0 && this.#state === "field-start" && this.#newlines === 0;
  }

  #giveItems(): readonly Item[] {
    const items = this.#items;
    if (items.length === 0) return NOTHING;
    this.#items = [];
    return items;
  }

  #scan(plain?: PlainRecords): void {
    let start = 0;
    while (this.#scanned < this.#buffer.length) {
      if (plain !== undefined && this.#scanned === start && this.#state === "field-start") {
        start = this.#scanned = this.#readPlain(start, plain);
        if (this.#isCut(start)) break;
      }
      const at = this.#endOfRun(start);
      this.#scanned = at + 1;
      const byte = this.#buffer[at] ?? 0;
      const end = this.#lineEnd(byte, at, start);
      const fault =
        end < 0 ? (this.#step(byte, at, start) ?? this.#lengthFault(at - start)) : this.#endRecord(start, end);
      if (fault !== undefined) {
        this.#dropBefore(start);
        this.#giveUpRecord(fault);
        start = 0;
      } else if (end >= 0) start = this.#scanned;
    }
    // Of a line that is passed over nothing is needed any more.
    this.#dropBefore(this.#state === "skipping" ? this.#scanned : start);
  }

  /** Passes over bytes that change nothing, but stops at the one with which the record is too long, or at the last. */
  #endOfRun(start: number): number {
    const ends = this.#ends[this.#state];
    if (ends === undefined) return this.#scanned;
    const last = this.#buffer.length - 1;
    const limit = this.#state === "skipping" ? last : Math.min(last, start + LONGEST_RECORD);
    return Math.min(limit, findAny(this.#words.of(this.#buffer), ends, this.#scanned));
  }

  /** Reads plain rows as long as there are some, a line each; gives the offset behind the last one. */
  #readPlain(start: number, plain: PlainRecords): number {
    let at = start;
    for (;;) {
      const end = plain.read(this.#buffer, at, this.#line, this.#found);
      if (end < 0) return at;
      at = end;
      this.#line++;
    }
  }

  /** Whether the rest, if there is any, is the beginning of a row, and short enough to wait for what follows. */
  #isCut(start: number): boolean {
    return this.#buffer.length - start < LONGEST_CUT && this.#buffer.indexOf(NEWLINE, start) < 0;
  }

  /** Tells whether a byte ends the record, and gives the offset of the line end; -1 if it does not. */
  #lineEnd(byte: number, at: number, start: number): number {
    if (byte === NEWLINE) {
      this.#newlines++;
      if (this.#state === "quoted") return -1;
      return this.#state === "after-return" ? this.#returnAt : at;
    }
    if (byte === CARRIAGE_RETURN) {
      if (this.#state !== "skipping") return -1;
      this.#scanned = at; // whether it is half a line end is seen where the next record begins
      return at;
    }
    if (this.#state !== "after-return") return -1;
    if (this.#isAfterQuote || this.#cells >= this.#width || this.#returnAt === start) {
      this.#newlines += at - this.#returnAt;
      this.#scanned = at;
      return this.#returnAt;
    }
    this.#state = "unquoted";
    return -1;
  }

  /** Moves on by one byte that ends no record; says what is wrong with it, if anything. */
  #step(byte: number, at: number, start: number): RecordFault | undefined {
    switch (this.#state) {
      case "field-start":
      case "padding":
        this.#beginCell(byte, at, start);
        return undefined;
      case "unquoted":
        if (byte === this.#delimiter) this.#endCell();
        else if (byte === CARRIAGE_RETURN) this.#noteReturn(at, false);
        return undefined;
      case "quoted":
        if (byte === QUOTE) this.#state = "after-quote";
        return undefined;
      case "after-quote":
        if (byte === QUOTE) {
          this.#state = "quoted";
          return undefined;
        }
        return this.#endQuotedCell(byte, at);
      case "after-padding":
        return this.#endQuotedCell(byte, at);
      case "after-return":
      case "skipping":
        return undefined;
    }
  }

  #beginCell(byte: number, at: number, start: number): void {
    if (byte === this.#delimiter) this.#endCell();
    else if (byte === QUOTE) {
      if (this.#state === "padding") this.#isPadded = true;
      this.#state = "quoted";
    } else if (byte === CARRIAGE_RETURN) this.#noteReturn(at, false);
    else if (byte === SPACE || byte === TAB) this.#state = "padding";
    else if (this.#cells > 1 || byte !== BYTE_ORDER_MARK[at - start]) this.#state = "unquoted";
  }

  #endQuotedCell(byte: number, at: number): RecordFault | undefined {
    if (byte === this.#delimiter) this.#endCell();
    else if (byte === CARRIAGE_RETURN) this.#noteReturn(at, true);
    else if (byte === SPACE || byte === TAB || byte === END_OF_TEXT) {
      this.#state = "after-padding";
      this.#isPadded = true;
    } else return "csv-invalid-closing-quote";
    return undefined;
  }

  #endCell(): void {
    this.#state = "field-start";
    this.#cells++;
  }

  #noteReturn(at: number, isAfterQuote: boolean): void {
    this.#state = "after-return";
    this.#returnAt = at;
    this.#isAfterQuote = isAfterQuote;
  }

  #lengthFault(length: number): RecordFault | undefined {
    return length >= LONGEST_RECORD && this.#state !== "skipping" ? "csv-record-too-long" : undefined;
  }

  /** Ends a record; says why its first line must be given up, if so. */
  #endRecord(start: number, end: number): RecordFault | undefined {
    if (this.#state !== "skipping") {
      const hasLines = this.#newlines > 1;
      const broken = this.#brokenBy(start, end, hasLines);
      if (broken === undefined) this.#emit(start, end);
      else if (hasLines) return broken;
      else this.#items.push(lostRecord(broken, this.#line));
    }
    this.#beginRecord();
    return undefined;
  }

  #brokenBy(start: number, end: number, hasLines: boolean): RecordFault | undefined {
    const bytes = this.#buffer.subarray(start, end);
    if (bytes.indexOf(0) >= 0) return "csv-lost-block";
    return hasLines && isOfRows(bytes, this.#delimiter, this.#width) ? "csv-unclosed-quote" : undefined;
  }

  #beginRecord(): void {
    this.#line += this.#newlines;
    this.#reset("field-start");
  }

  #reset(state: State): void {
    this.#newlines = 0;
    this.#state = state;
    this.#cells = 1;
    this.#isPadded = false;
  }

  /** Blank lines are no records. */
  #emit(start: number, end: number, isUnended = false): void {
    const bytes = trimRecord(this.#buffer.subarray(start, end));
    if (bytes.length === 0) return;
    const record = { type: "record", bytes, line: this.#line } as const;
    const isPadded = this.#isPadded;
    if (!isUnended && !isPadded) this.#items.push(record);
    else this.#items.push({ ...record, ...(isUnended && { isUnended }), ...(isPadded && { isPadded }) });
  }

  #dropBefore(start: number): void {
    this.#buffer = this.#buffer.subarray(start);
    this.#scanned -= start;
    this.#returnAt -= start;
  }

  /** Gives up the first line of a broken record; scanning begins anew on the line after it. */
  #giveUpRecord(code: RecordFault): void {
    this.#items.push(lostRecord(code, this.#line));
    this.#scanned = 0;
    this.#reset("skipping");
  }
}
