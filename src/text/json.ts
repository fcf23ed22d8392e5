import { GrowingBytes, joinBytes } from "./bytes.ts";
import { TextReader } from "./encoding.ts";
import { fault, lostRecord, type TextFault, type TextPlace } from "./fault.ts";
import { findAny, wordsOf } from "./find-byte.ts";

/** One object of a JSON file, its own properties in their order. */
interface JsonRecord {
  readonly type: "record";
  readonly properties: ReadonlyMap<string, unknown>;
  /** The line on which the object begins, from 1. */
  readonly line: number;
}

/** What a reader gives: objects, and faults between them. */
export type JsonItem = JsonRecord | TextFault;

/** How objects are arranged: `[{…}, …]`, `{ "value": [{…}, …] }`, or one after the other (JSON Lines). */
export type JsonShape = "array" | "envelope" | "lines";

/** How deep in the file the objects stand. */
const DEPTHS: Readonly<Record<JsonShape, number>> = { lines: 0, array: 1, envelope: 2 };

/** Tells from the first characters of a file whether it is JSON, and how its objects are arranged. */
export function detectJsonShape(head: string): JsonShape | undefined {
  const text = head.trimStart();
  if (text.startsWith("[")) return "array";
  if (!/^\{\s*["}]/.test(text)) return undefined;
  // What OData writes before the list are plain values: @odata.context, @odata.count.
  return /^\{\s*(?:"[^"\\]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)\s*,\s*)*"value"\s*:\s*\[/.test(text)
    ? "envelope"
    : "lines";
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const TAB = 9;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COLON = 58;
const COMMA = 44;

/** What in a string says more than that it goes on. */
const ENDS_OF_STRING_RUN = [QUOTE, BACKSLASH, NEWLINE] as const;

/** An object longer than this is a fault, so that a damaged file cannot fill the memory. */
const LONGEST_OBJECT = 16 * 1024 * 1024;
/** As much of what stands around the objects is kept. */
const LONGEST_SURROUNDINGS = 16 * 1024;

/** As many bytes of a file are read once more, where an object turns out to have taken others for its own. */
const MOST_READ_AGAIN = 4 * LONGEST_OBJECT;
/** So deep it is remembered which brackets are open. */
const DEEPEST_KNOWN = 1024;

/** The object being put together. */
interface OpenObject {
  readonly line: number;
  /** White space before its first character, if that begins its line; objects of one list stand equally far in. */
  readonly indent: number | undefined;
  /** Whether its second line stands further in; `undefined` until that line has begun. */
  isIndented: boolean | undefined;
  /** The first object in it that may be the next one of the list: where it begins in this one, and its line. */
  doubtful: { readonly offset: number; readonly line: number } | undefined;
  readonly parts: Uint8Array[];
  length: number;
}

/**
 * Reads the objects of a JSON file (RFC 8259) one by one, from UTF-8 bytes in chunks of any size.
 *
 * Where objects begin and end is found by counting brackets outside strings; what is in them is the platform's
 * `JSON.parse` to say. An object that is no JSON costs itself: a line that begins as far in as the objects do, with `{`,
 * begins a new one, whatever the brackets before it say. In a file without indentation such a line may also begin an
 * object within another: it is taken for that where JSON allows one, and read as one of the list if the other then fails.
 */
export class JsonReader {
  readonly #recordDepth: number;
  readonly #text: TextReader;
  #items: JsonItem[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #line = 1;
  /** White space since the beginning of the line; `undefined` behind its first character. */
  #indent: number | undefined = 0;
  /** The last character that is neither white space nor in a string. */
  #last = 0;
  /** The open brackets, by depth; of those that stand very deep it is not known which they are. */
  readonly #brackets = new Uint8Array(DEEPEST_KNOWN);
  #object: OpenObject | undefined;
  /** Whether the rest of an object that was too long is passed over. */
  #passing = false;
  #bytesReadAgain = 0;
  #toReadAgain: Uint8Array | undefined;
  readonly #surroundings = new GrowingBytes();

  constructor(shape: JsonShape, text: TextReader = new TextReader()) {
    this.#recordDepth = DEPTHS[shape];
    this.#text = text;
  }

  /** The line behind the last line end that was read. */
  get line(): number {
    return this.#line;
  }

  /** Takes the next chunk; returns what it completed. */
  read(chunk: Uint8Array): readonly JsonItem[] {
    this.#scan(chunk);
    return this.#takeItems();
  }

  /** Ends the file; an object that is still open was cut. */
  end(): readonly JsonItem[] {
    while (this.#object?.doubtful !== undefined) {
      this.#giveUpObject("json-invalid-record");
      this.#scan(new Uint8Array(0));
    }
    const cut = this.#object;
    this.#object = undefined;
    if (cut !== undefined) {
      this.#items.push(lostRecord("json-truncated", this.#line, `the object of line ${cut.line} is left out`));
    } else if (this.#depth > 0) this.#items.push(fault("json-truncated", this.#line));
    const surroundings = new TextDecoder().decode(this.#surroundings.bytes());
    if (/"@odata\.nextLink"\s*:\s*"/.test(surroundings)) this.#items.push(fault("json-more-pages", this.#line));
    return this.#takeItems();
  }

  #takeItems(): readonly JsonItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #scan(chunk: Uint8Array): void {
    const waiting = [chunk];
    for (let bytes = waiting.pop(); bytes !== undefined; bytes = waiting.pop()) {
      const end = this.#scanToFailure(bytes);
      const again = this.#toReadAgain;
      this.#toReadAgain = undefined;
      if (end < bytes.length) waiting.push(bytes.subarray(end));
      if (again !== undefined) waiting.push(again);
    }
  }

  /** Reads bytes up to where some before them are to be read again; gives the offset. */
  #scanToFailure(chunk: Uint8Array): number {
    const words = wordsOf(chunk);
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#inString && byte !== QUOTE && byte !== BACKSLASH && byte !== NEWLINE) {
        this.#escaped = false;
        at = findAny(words, ENDS_OF_STRING_RUN, at) - 1;
        continue;
      }
      if (byte === OPEN_BRACE && this.#beginsObject(at - start)) {
        this.#keep(chunk.subarray(start, at));
        this.#giveUpObject("json-invalid-record");
        if (this.#toReadAgain !== undefined) return at;
        start = at;
        this.#beginObject();
      } else if (this.#takeByte(byte)) {
        this.#keep(chunk.subarray(start, at + 1));
        this.#endObject();
        if (this.#toReadAgain !== undefined) return at + 1;
        start = at + 1;
      }
      this.#pass(byte);
    }
    this.#keep(chunk.subarray(start));
    if (this.#object !== undefined && this.#object.length > LONGEST_OBJECT) {
      this.#giveUpObject("json-record-too-long");
      this.#passing = this.#toReadAgain === undefined;
    }
    return chunk.length;
  }

  /**
   * Whether an opening brace begins an object of the list: where such stand, and where the one before was damaged. What has
   * been read of the open object and is not kept yet is `unkept` bytes long.
   */
  #beginsObject(unkept: number): boolean {
    const object = this.#object;
    if (this.#inString) return false;
    if (object === undefined) return this.#depth === this.#recordDepth || this.#passing;
    if (this.#indent === undefined || this.#indent !== object.indent) return false;
    if (object.isIndented === true || !this.#allowsObject() || this.#bytesReadAgain >= MOST_READ_AGAIN) return true;
    object.doubtful ??= { offset: object.length + unkept, line: this.#line };
    return false;
  }

  /** Whether JSON allows an object here: behind a name, at the beginning of an array, and there behind a comma. */
  #allowsObject(): boolean {
    return (
      this.#last === COLON ||
      this.#last === OPEN_BRACKET ||
      (this.#last === COMMA && this.#brackets[this.#depth] !== OPEN_BRACE)
    );
  }

  #beginObject(): void {
    this.#object = {
      line: this.#line,
      indent: this.#indent,
      isIndented: undefined,
      doubtful: undefined,
      parts: [],
      length: 0,
    };
    this.#passing = false;
    this.#depth = this.#recordDepth;
    this.#open(OPEN_BRACE);
  }

  #open(bracket: number): void {
    this.#depth++;
    this.#brackets[this.#depth] = bracket;
  }

  /** Follows strings and brackets; says whether the byte ends an object. */
  #takeByte(byte: number): boolean {
    if (byte === NEWLINE) {
      this.#line++;
      this.#inString = false; // no string holds a line break (RFC 8259 section 7): it was damaged
      this.#escaped = false;
    } else if (this.#inString) {
      if (byte === QUOTE && !this.#escaped) this.#inString = false;
      this.#escaped = byte === BACKSLASH && !this.#escaped;
    } else if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#open(byte);
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      this.#depth = Math.max(0, this.#depth - 1);
      return this.#object !== undefined && this.#depth === this.#recordDepth;
    }
    return false;
  }

  /** Remembers of a byte that was taken what tells how the next ones are to be understood. */
  #pass(byte: number): void {
    if (byte === NEWLINE) this.#indent = 0;
    else if (byte === SPACE || byte === TAB || byte === CARRIAGE_RETURN) {
      if (this.#indent !== undefined) this.#indent++;
    } else {
      if (this.#indent !== undefined) this.#noteIndent(this.#indent);
      this.#indent = undefined;
      if (this.#inString) return;
      this.#last = byte;
    }
  }

  /** The second line of an object tells whether what it holds stands further in than it does. */
  #noteIndent(indent: number): void {
    const object = this.#object;
    if (object?.indent !== undefined && this.#line > object.line) object.isIndented ??= indent > object.indent;
  }

  #keep(bytes: Uint8Array): void {
    const object = this.#object;
    if (object !== undefined) {
      object.length += bytes.length;
      if (bytes.length > 0) object.parts.push(bytes.slice());
      return;
    }
    const room = LONGEST_SURROUNDINGS - this.#surroundings.length;
    if (!this.#passing && room > 0) this.#surroundings.append(bytes.subarray(0, room));
  }

  #endObject(): void {
    const object = this.#object;
    if (object === undefined) return;
    const isLong = object.length > LONGEST_OBJECT;
    const properties = isLong ? undefined : parseObject(this.#text.decode(joinBytes(object.parts)));
    if (properties === undefined) this.#giveUpObject(isLong ? "json-record-too-long" : "json-invalid-record");
    else this.#items.push({ type: "record", properties, line: object.line });
    this.#object = undefined;
  }

  /** Gives up the open object, if there is one; an object that it may have taken for its own is to be read again. */
  #giveUpObject(code: "json-invalid-record" | "json-record-too-long"): void {
    const object = this.#object;
    if (object === undefined) return;
    this.#object = undefined;
    this.#items.push(lostRecord(code, object.line));
    if (object.doubtful === undefined) return;
    this.#toReadAgain = joinBytes(object.parts).subarray(object.doubtful.offset);
    this.#bytesReadAgain += this.#toReadAgain.length;
    this.#line = object.doubtful.line;
    this.#indent = object.indent;
    this.#inString = false;
    this.#escaped = false;
    this.#depth = this.#recordDepth;
  }
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
  shape: JsonShape,
  text?: TextReader,
  place: TextPlace = { line: 1 },
): AsyncGenerator<readonly JsonItem[]> {
  const reader = new JsonReader(shape, text);
  for await (const chunk of chunks) {
    const items = reader.read(chunk);
    place.line = reader.line;
    yield items;
  }
  yield reader.end();
}
