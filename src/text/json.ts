import { GrowingBytes, joinBytes } from "./bytes.ts";
import { TextReader } from "./encoding.ts";
import { fault, type TextFault } from "./fault.ts";

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

/** An object longer than this is a fault, so that a damaged file cannot fill the memory. */
const LONGEST_OBJECT = 16 * 1024 * 1024;
/** As much of what stands around the objects is kept. */
const LONGEST_SURROUNDINGS = 16 * 1024;

/** The object being put together. */
interface OpenObject {
  readonly line: number;
  /** White space before its first character, if that begins its line; objects of one list stand equally far in. */
  readonly indent: number | undefined;
  readonly parts: Uint8Array[];
  length: number;
}

/**
 * Reads the objects of a JSON file (RFC 8259) one by one, from UTF-8 bytes in chunks of any size.
 *
 * Where objects begin and end is found by counting brackets outside strings; what is in them is the platform's
 * `JSON.parse` to say. An object that is no JSON costs itself: a line that begins as far in as the objects do, with `{`,
 * begins a new one, whatever the brackets before it say.
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
  #object: OpenObject | undefined;
  /** Whether the rest of an object that was too long is passed over. */
  #passing = false;
  readonly #surroundings = new GrowingBytes();

  constructor(shape: JsonShape, text: TextReader = new TextReader()) {
    this.#recordDepth = DEPTHS[shape];
    this.#text = text;
  }

  /** Takes the next chunk; returns what it completed. */
  read(chunk: Uint8Array): readonly JsonItem[] {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#inString && byte !== QUOTE && byte !== BACKSLASH && byte !== NEWLINE) {
        this.#escaped = false;
      } else if (byte === OPEN_BRACE && this.#beginsObject()) {
        this.#keep(chunk.subarray(start, at));
        this.#giveUpObject();
        start = at;
        this.#beginObject();
      } else if (this.#takeByte(byte)) {
        this.#keep(chunk.subarray(start, at + 1));
        this.#endObject();
        start = at + 1;
      }
      if (byte !== SPACE && byte !== TAB && byte !== CARRIAGE_RETURN && byte !== NEWLINE) this.#indent = undefined;
      else if (byte !== NEWLINE && this.#indent !== undefined) this.#indent++;
    }
    this.#keep(chunk.subarray(start));
    const items = this.#items;
    this.#items = [];
    return items;
  }

  /** Ends the file; an object that is still open was cut. */
  end(): readonly JsonItem[] {
    const cut = this.#object;
    this.#object = undefined;
    if (cut !== undefined) {
      this.#items.push(fault("json-truncated", this.#line, `the object of line ${cut.line} is left out`));
    } else if (this.#depth > 0) this.#items.push(fault("json-truncated", this.#line));
    const surroundings = new TextDecoder().decode(this.#surroundings.bytes());
    if (/"@odata\.nextLink"\s*:\s*"/.test(surroundings)) this.#items.push(fault("json-more-pages", this.#line));
    const items = this.#items;
    this.#items = [];
    return items;
  }

  /** An opening brace begins an object where objects stand, and where the one before was damaged. */
  #beginsObject(): boolean {
    if (this.#inString) return false;
    if (this.#object === undefined) return this.#depth === this.#recordDepth || this.#passing;
    return this.#indent !== undefined && this.#indent === this.#object.indent;
  }

  #beginObject(): void {
    this.#object = { line: this.#line, indent: this.#indent, parts: [], length: 0 };
    this.#passing = false;
    this.#depth = this.#recordDepth + 1;
  }

  /** A new object begins before the one before has ended: that one is damaged. */
  #giveUpObject(): void {
    if (this.#object !== undefined) this.#items.push(fault("json-invalid-record", this.#object.line));
    this.#object = undefined;
  }

  /** Follows strings and brackets; says whether the byte ends an object. */
  #takeByte(byte: number): boolean {
    if (byte === NEWLINE) {
      this.#line++;
      this.#indent = 0;
      this.#inString = false; // no string holds a line break (RFC 8259 section 7): it was damaged
      this.#escaped = false;
    } else if (this.#inString) {
      if (byte === QUOTE && !this.#escaped) this.#inString = false;
      this.#escaped = byte === BACKSLASH && !this.#escaped;
    } else if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      this.#depth = Math.max(0, this.#depth - 1);
      return this.#object !== undefined && this.#depth === this.#recordDepth;
    }
    return false;
  }

  #keep(bytes: Uint8Array): void {
    const object = this.#object;
    if (object === undefined) {
      const room = LONGEST_SURROUNDINGS - this.#surroundings.length;
      if (!this.#passing && room > 0) this.#surroundings.append(bytes.subarray(0, room));
      return;
    }
    object.length += bytes.length;
    if (object.length > LONGEST_OBJECT) {
      this.#items.push(fault("json-record-too-long", object.line));
      this.#object = undefined;
      this.#passing = true;
    } else if (bytes.length > 0) object.parts.push(bytes.slice());
  }

  #endObject(): void {
    const object = this.#object;
    this.#object = undefined;
    if (object === undefined) return;
    const properties = parseObject(this.#text.decode(joinBytes(object.parts)));
    if (properties === undefined) this.#items.push(fault("json-invalid-record", object.line));
    else this.#items.push({ type: "record", properties, line: object.line });
  }
}

function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    return new Map(Object.entries(JSON.parse(text) as object));
  } catch {
    return undefined;
  }
}

/** Reads a stream of JSON, batch by batch: see {@link JsonReader}. */
export async function* readJson(
  chunks: AsyncIterable<Uint8Array>,
  shape: JsonShape,
  text?: TextReader,
): AsyncGenerator<readonly JsonItem[]> {
  const reader = new JsonReader(shape, text);
  for await (const chunk of chunks) yield reader.read(chunk);
  yield reader.end();
}
