import { GrowingBytes } from "./bytes.ts";
import { fault, type TextFault } from "./fault.ts";
import { findAny, Words } from "./find-byte.ts";

/** The bytes of one record of a delimited file, without its line end. */
export interface CsvRecordBytes {
  readonly type: "record";
  readonly bytes: Uint8Array;
  /** The line on which the record begins, from 1. */
  readonly line: number;
  /** Set if the file ends with the record, without a line end: it may have been cut. */
  readonly isUnended?: true;
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
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

type State = "field-start" | "unquoted" | "quoted" | "after-quote" | "after-return" | "skipping";
type Item = CsvRecordBytes | TextFault;
type RecordFault = "csv-invalid-closing-quote" | "csv-record-too-long" | "csv-unclosed-quote";

/**
 * Splits delimited text (RFC 4180) into records, from bytes in chunks of any size.
 *
 * Only quotation marks and line ends are looked at; what stands in the cells is csv-parse's to say. A record whose
 * quotation is wrong is a fault and costs its first line alone: reading goes on at the line after, so that one missing
 * quotation mark does not swallow the rest of the file.
 */
export class CsvRecordSplitter {
  readonly #delimiter: number;
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
  /** The line on which the current record begins. */
  #line = 1;
  #newlines = 0;
  #items: Item[] = [];
  readonly #found = (): readonly Item[] => this.#giveItems();

  /** The delimiter is one ASCII character. */
  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#ends = {
      unquoted: [this.#delimiter, NEWLINE, NEWLINE],
      quoted: [QUOTE, NEWLINE, NEWLINE],
      skipping: [NEWLINE, NEWLINE, NEWLINE],
    };
  }

  /** The line behind the last line end that was read. */
  get line(): number {
    return this.#line + this.#newlines;
  }

  /** Takes the next chunk; returns the records and faults that it completed. */
  read(chunk: Uint8Array, plain?: PlainRecords): readonly Item[] {
    const isHeld = this.#held.length > 0;
    if (isHeld) this.#held.append(chunk);
    // A row that may be plain is looked at when all of it has come.
    const isCut = isHeld && this.#isUntouched && this.#held.length < LONGEST_CUT && chunk.indexOf(NEWLINE) < 0;
    if (isCut) return NOTHING;
    this.#buffer = isHeld ? this.#held.bytes() : chunk;
    const length = this.#buffer.length;
    this.#scan(plain);
    // What is left is copied, so that a whole chunk is not kept for the sake of its last bytes.
    if (isHeld) this.#held.drop(length - this.#buffer.length);
    else this.#held.append(this.#buffer);
    return this.#giveItems();
  }

  /** Ends the file; the last record needs no line end. */
  end(): readonly Item[] {
    this.#buffer = this.#held.bytes();
    if (this.#isUntouched) this.#scan();
    while (this.#state === "quoted") {
      this.#giveUpRecord("csv-unclosed-quote");
      this.#scan();
    }
    if (this.#state !== "skipping") this.#emit(0, this.#buffer.length, true);
    return this.#giveItems();
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
      const byte = this.#buffer[at];
      if (byte === NEWLINE) {
        this.#newlines++;
        if (this.#state !== "quoted") {
          if (this.#state !== "skipping") this.#emit(start, at);
          start = at + 1;
          this.#beginRecord();
          continue;
        }
      }
      const fault = this.#step(byte) ?? this.#lengthFault(at - start);
      if (fault !== undefined) {
        this.#dropBefore(start);
        this.#giveUpRecord(fault);
        start = 0;
      }
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

  /** Moves on by one byte that ends no record; says what is wrong with it, if anything. */
  #step(byte: number | undefined): RecordFault | undefined {
    switch (this.#state) {
      case "field-start":
      case "unquoted":
        if (byte === this.#delimiter) this.#state = "field-start";
        else this.#state = byte === QUOTE && this.#state === "field-start" ? "quoted" : "unquoted";
        return undefined;
      case "quoted":
        if (byte === QUOTE) this.#state = "after-quote";
        return undefined;
      case "after-quote":
        if (byte === QUOTE) this.#state = "quoted";
        else if (byte === this.#delimiter) this.#state = "field-start";
        else if (byte === CARRIAGE_RETURN) this.#state = "after-return";
        else return "csv-invalid-closing-quote";
        return undefined;
      case "after-return": // behind a closing quotation mark a carriage return can only be half a line end
        return "csv-invalid-closing-quote";
      case "skipping":
        return undefined;
    }
  }

  #lengthFault(length: number): RecordFault | undefined {
    return length >= LONGEST_RECORD && this.#state !== "skipping" ? "csv-record-too-long" : undefined;
  }

  #beginRecord(): void {
    this.#line += this.#newlines;
    this.#newlines = 0;
    this.#state = "field-start";
  }

  /** Blank lines are no records. */
  #emit(start: number, end: number, isUnended = false): void {
    const stop = end > start && this.#buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (stop === start) return;
    const record = { type: "record", bytes: this.#buffer.subarray(start, stop), line: this.#line } as const;
    this.#items.push(isUnended ? { ...record, isUnended } : record);
  }

  #dropBefore(start: number): void {
    this.#buffer = this.#buffer.subarray(start);
    this.#scanned -= start;
  }

  /** Gives up the first line of a broken record; scanning begins anew on the line after it. */
  #giveUpRecord(code: RecordFault): void {
    this.#items.push(fault(code, this.#line));
    this.#scanned = 0;
    this.#newlines = 0;
    this.#state = "skipping";
  }
}
