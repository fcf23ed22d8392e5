import { GrowingBytes } from "./bytes.ts";
import { TextReader } from "./encoding.ts";
import { fault, lostRecord, type TextFault, type TextPlace } from "./fault.ts";
import { findAny, wordsOf } from "./find-byte.ts";
import { findBeginnings, firstNameOf, isBeginning } from "./json-beginnings.ts";
import { CLOSE_BRACE, CLOSE_BRACKET, JsonNesting, OPEN_BRACE, OPEN_BRACKET } from "./json-nesting.ts";
import { isEmptyPage, JsonPages } from "./json-pages.ts";
import { PassedOver } from "./json-passed.ts";
import { countNewlines } from "./line-ends.ts";

/** One object of a JSON file, its own properties in their order. */
interface JsonRecord {
  readonly type: "record";
  readonly properties: ReadonlyMap<string, unknown>;
  /** The line on which the object begins, from 1. */
  readonly line: number;
}

/** What a reader gives: objects, and faults between them. */
export type JsonItem = JsonRecord | TextFault;

/** Tells from the first characters of a file whether it may be JSON. */
export function isJson(head: string): boolean {
  return /^\s*(?:\[|\{\s*["}])/.test(head);
}

const NEWLINE = 10;
/** What may stand between two objects besides brackets: white space, commas, a byte order mark, the Ctrl-Z of DOS. */
const BETWEEN = new Set([9, 10, 13, 32, 44, 0xef, 0xbb, 0xbf, 26]);
/** What tells something where bytes are passed over. */
const ENDS_OF_PASSED = [OPEN_BRACE, NEWLINE, NEWLINE] as const;
/** What may follow an object in the same piece of text. */
const BEHIND = new Set([9, 10, 13, 32, 44, CLOSE_BRACKET]);

/** An object longer than this is a fault, so that a damaged file cannot fill the memory. */
const LONGEST_OBJECT = 16 * 1024 * 1024;

type RecordFault =
  | "json-invalid-record"
  | "json-nested-too-deep"
  | "json-record-too-long"
  | "json-repeated-name"
  | "json-truncated";

/** Where the reader is: between objects, in one, in one that is given up for its length, or behind the list of a page. */
type Place = "between" | "object" | "long-object" | "page-end";

/** A page that is open: how deep its list stands, what precedes that, and how many objects it gave. */
interface OpenPage {
  readonly depth: number;
  readonly text: Uint8Array;
  records: number;
}

/**
 * Reads the objects of a JSON file (RFC 8259) one by one, from UTF-8 bytes in chunks of any size: those of a list, of pages
 * (`{ "value": [{…}, …] }`), or one after the other (JSON Lines). Lists and pages may follow each other.
 *
 * Where an object ends is found by its brackets; what is in it is the platform's `JSON.parse` to say. One that is no JSON costs
 * itself: the objects of a list begin with the same name, so where that name follows a brace the next one begins, whatever the
 * brackets before it say. What stands between objects, and is none of the few things that may, is told.
 */
export class JsonReader {
  readonly #text: TextReader;
  readonly #nesting = new JsonNesting();
  readonly #pages = new JsonPages();
  readonly #passed = new PassedOver();
  /** What came before of what is open. */
  readonly #held = new GrowingBytes();
  #buffer: Uint8Array = new Uint8Array(0);
  #words: DataView = wordsOf(this.#buffer);
  #scanned = 0;
  #items: JsonItem[] = [];
  #place: Place = "between";
  #line = 1;
  /** Where the open object, or the rest of a page, begins in the buffer, and on which line. */
  #start = 0;
  #startLine = 1;
  /** How many lists are open. */
  #depth = 0;
  #page: OpenPage | undefined;
  /** The name that the objects begin with. */
  #name: Uint8Array | undefined;
  /** The name that the next object must begin with, where something is passed over; `undefined` if any will do. */
  #awaited: Uint8Array | undefined;

  constructor(text: TextReader = new TextReader()) {
    this.#text = text;
  }

  /** The line behind the last line end that was read. */
  get line(): number {
    return this.#line;
  }

  /** Takes the next chunk; returns what it completed. */
  read(chunk: Uint8Array): readonly JsonItem[] {
    const isHeld = this.#held.length > 0;
    if (isHeld) this.#held.append(chunk);
    this.#buffer = isHeld ? this.#held.bytes() : chunk;
    this.#scan();
    const done = this.#place === "object" || this.#place === "page-end" ? this.#start : this.#scanned;
    // What is left is copied, so that a whole chunk is not kept for the sake of its last bytes.
    if (isHeld) this.#held.drop(done);
    else this.#held.append(chunk.subarray(done));
    this.#scanned -= done;
    this.#start = 0;
    return this.#takeItems();
  }

  /** Ends the file; an object that is still open was cut. */
  end(): readonly JsonItem[] {
    this.#buffer = this.#held.bytes();
    while (this.#place === "object") {
      this.#giveUp("json-truncated");
      this.#scan();
    }
    const isTold = this.#items.some((item) => item.type === "fault" && item.code === "json-truncated");
    const isOpen = this.#place !== "between" || this.#depth > 0;
    const rest = this.#passed.isOpen ? this.#passed.text : "";
    this.#closePassed();
    if (isOpen && !isTold && !/[\]}]\s*$/.test(rest)) this.#items.push(fault("json-truncated", this.#line));
    if (this.#page !== undefined) {
      const last = this.#place === "page-end" ? this.#buffer.subarray(this.#start) : new Uint8Array(0);
      this.#pages.takeText(decode(this.#page.text) + decode(last) + rest, this.#page.records);
    }
    for (const found of this.#pages.end(this.#line)) this.#items.push(found);
    return this.#takeItems();
  }

  #takeItems(): readonly JsonItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #scan(): void {
    this.#words = wordsOf(this.#buffer);
    while (this.#scanned < this.#buffer.length) {
      if (this.#place !== "between") this.#scanObject();
      else if (!this.#scanBetween()) return;
    }
  }

  /** Reads to the next object; `false` if more bytes are needed to tell whether one begins. */
  #scanBetween(): boolean {
    while (this.#scanned < this.#buffer.length && this.#place === "between") {
      const byte = this.#buffer[this.#scanned] ?? 0;
      const begins = byte === OPEN_BRACE ? this.#beginsObject() : false;
      if (begins === undefined) return false;
      if (begins) this.#beginObject();
      else this.#passByte(byte);
    }
    return true;
  }

  /** Whether the brace that was reached begins the next object; `undefined` if that cannot be told yet. */
  #beginsObject(): boolean | undefined {
    return this.#awaited === undefined || isBeginning(this.#buffer, this.#scanned, this.#awaited);
  }

  #passByte(byte: number): void {
    if (!this.#passed.isOpen && !this.#takeBracket(byte) && !BETWEEN.has(byte)) this.#passOver(this.#line);
    let end = this.#scanned + 1;
    if (this.#passed.isOpen) {
      end = findAny(this.#words, ENDS_OF_PASSED, end);
      this.#passed.add(this.#buffer.subarray(this.#scanned, end));
    }
    if (byte === NEWLINE) this.#line++;
    this.#scanned = end;
  }

  /** Follows the brackets of lists; says whether the byte is one that may stand there. */
  #takeBracket(byte: number): boolean {
    if (byte === OPEN_BRACKET) {
      this.#depth++;
      if (this.#depth === (this.#page?.depth ?? 1) + 1) this.#items.push(fault("json-nested-list", this.#line));
      return true;
    }
    if (byte !== CLOSE_BRACKET || this.#depth === 0) return false;
    if (this.#depth === this.#page?.depth) {
      this.#place = "page-end";
      this.#start = this.#scanned + 1;
      this.#nesting.begin({ isInside: true });
    }
    this.#depth--;
    return true;
  }

  #passOver(line?: number): void {
    this.#place = "between";
    this.#awaited = this.#name;
    this.#passed.open(line);
  }

  #closePassed(): void {
    const found = this.#passed.close();
    if (found !== undefined) this.#items.push(found);
    this.#awaited = undefined;
  }

  #beginObject(): void {
    this.#closePassed();
    this.#place = "object";
    this.#start = this.#scanned;
    this.#startLine = this.#line;
    this.#nesting.begin({ mayBePage: this.#page === undefined && this.#depth <= 1 });
  }

  #scanObject(): void {
    this.#scanned = this.#nesting.scan(this.#buffer, this.#words, this.#scanned);
    this.#line += this.#nesting.takeLines();
    switch (this.#nesting.outcome) {
      case "open":
        if (this.#place === "object" && this.#scanned - this.#start > LONGEST_OBJECT)
          this.#giveUp("json-record-too-long");
        break;
      case "closed":
        this.#close();
        break;
      case "page":
        this.#beginPage();
        break;
      case "invalid":
        this.#giveUp("json-invalid-record");
        break;
      case "too-deep":
        this.#giveUp("json-nested-too-deep");
        break;
    }
  }

  #close(): void {
    const bytes = this.#buffer.subarray(this.#start, this.#scanned);
    const place = this.#place;
    if (place === "object") {
      const isLong = bytes.length > LONGEST_OBJECT;
      const fault = isLong ? "json-record-too-long" : this.#takeObject(bytes, this.#startLine, this.#nesting.names);
      if (fault !== undefined) {
        this.#giveUp(fault);
        return;
      }
    }
    if (place === "page-end") this.#endPage(bytes);
    this.#place = "between";
  }

  /** Gives an object, or says why it cannot; `names` is how many properties its text has. */
  #takeObject(bytes: Uint8Array, line: number, names?: number): RecordFault | undefined {
    const properties = bytes.at(-1) === CLOSE_BRACE ? parseObject(this.#text.decode(bytes)) : undefined;
    if (properties === undefined) return "json-invalid-record";
    // JSON.parse takes the last of two values: of two objects that lost what stood between them the first would be gone.
    if (names !== undefined && names !== properties.size) return "json-repeated-name";
    if (isEmptyPage(properties)) this.#takePage(properties, 0);
    else {
      this.#items.push({ type: "record", properties, line });
      if (this.#page !== undefined) this.#page.records++;
      this.#name ??= firstNameOf(bytes);
    }
    return undefined;
  }

  #beginPage(): void {
    this.#depth++;
    this.#page = { depth: this.#depth, text: this.#buffer.slice(this.#start, this.#scanned), records: 0 };
    this.#place = "between";
  }

  #endPage(bytes: Uint8Array): void {
    if (this.#page === undefined) return;
    const { text, records } = this.#page;
    const around = `${decode(text)}]${decode(bytes)}`;
    const properties = parseObject(around);
    if (properties === undefined) this.#pages.takeText(around, records);
    else this.#takePage(properties, records);
    this.#page = undefined;
  }

  #takePage(properties: ReadonlyMap<string, unknown>, records: number): void {
    const found = this.#pages.take(properties, records, this.#line);
    if (found !== undefined) this.#items.push(found);
  }

  /** Gives up what is open; what it may have taken for its own is read again. */
  #giveUp(code: RecordFault): void {
    const bytes = this.#buffer.subarray(this.#start, this.#scanned);
    if (this.#place === "page-end") {
      // A bracket too many in the list: it goes on.
      this.#items.push(fault("json-stray-text", this.#line, `]${decode(bytes)}`));
      this.#depth++;
      this.#passOver();
    } else if (this.#place === "long-object") this.#passOver();
    else this.#giveUpObject(bytes, code);
  }

  #giveUpObject(bytes: Uint8Array, code: RecordFault): void {
    const name = this.#name ?? firstNameOf(bytes);
    const beginnings = name === undefined ? [] : findBeginnings(bytes, name);
    const [next] = beginnings;
    if (code === "json-truncated" && next === undefined) {
      this.#items.push(lostRecord(code, this.#line, `the object of line ${this.#startLine} is left out`));
    } else this.#items.push(lostRecord(code === "json-truncated" ? "json-invalid-record" : code, this.#startLine));
    if (next !== undefined) this.#readAgain(bytes, beginnings);
    else if (code === "json-record-too-long")
      this.#place = this.#nesting.outcome === "open" ? "long-object" : "between";
    else {
      this.#passOver();
      this.#awaited = name;
    }
  }

  /** Reads the objects that begin in what was taken for one: the last of them may go on behind it. */
  #readAgain(bytes: Uint8Array, beginnings: readonly number[]): void {
    let line = this.#startLine;
    let before = 0;
    let open: number | undefined;
    for (const beginning of beginnings) {
      const found =
        open === undefined ? undefined : this.#takeObject(withoutEnd(bytes.subarray(open, beginning)), line);
      if (found !== undefined) this.#items.push(lostRecord(found, line));
      line += countNewlines(bytes.subarray(before, beginning));
      before = beginning;
      open = beginning;
    }
    this.#place = "between";
    this.#scanned = this.#start + before;
    this.#line = line;
  }
}

/** An object without what may follow it. */
function withoutEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && BEHIND.has(bytes[end - 1] ?? 0)) end--;
  return bytes.subarray(0, end);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    return new Map(Object.entries(JSON.parse(text) as object));
  } catch {
    return undefined;
  }
}

/** Reads a stream of JSON, batch by batch, and says where it is: see {@link JsonReader}. */
export async function* readJson(
  chunks: AsyncIterable<Uint8Array>,
  text?: TextReader,
  place: TextPlace = { line: 1 },
): AsyncGenerator<readonly JsonItem[]> {
  const reader = new JsonReader(text);
  for await (const chunk of chunks) {
    const items = reader.read(chunk);
    place.line = reader.line;
    yield items;
  }
  const last = reader.end();
  place.line = reader.line;
  yield last;
}
