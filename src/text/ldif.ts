import { CutRecord } from "./cut-record.ts";
import { TextReader } from "./encoding.ts";
import type { TextPlace } from "./fault.ts";
import { wordsOf } from "./find-byte.ts";
import type { LdifItem, LdifReaderOptions, PlainRecords } from "./ldif-record.ts";
import { LdifRecords, LONGEST_VALUE } from "./ldif-records.ts";
import { countLines, PhysicalLines } from "./physical-lines.ts";

const NEWLINE = 10;
const NOTHING: readonly LdifItem[] = [];

/** Names that the reader itself must see, whatever is wanted. */
const STRUCTURAL = ["dn", "changetype", "version", "ref", "search", "result", "control", "pagedresults"];

/**
 * Reads LDIF (RFC 2849, and what real producers make of it) from bytes in chunks of any size.
 *
 * Works on bytes, because a fold may cut a UTF-8 character in two. One bad line costs that line, one bad record that
 * record; reading goes on. Values given as URLs (`attr:< file:///…`) are never opened.
 * The bytes of a fold, a comment or an attribute that is not wanted are passed over without being kept.
 */
export class LdifReader {
  readonly #isCut: () => boolean;
  readonly #records: LdifRecords;
  readonly #lines: PhysicalLines;
  readonly #found = (): readonly LdifItem[] => this.#records.giveItems();
  /** The beginning of what may be a plain record. */
  readonly #cut = new CutRecord();

  constructor(options: LdifReaderOptions = {}) {
    const { isCut = () => false, wanted } = options;
    this.#isCut = isCut;
    const names = wanted && new Set([...STRUCTURAL, ...Array.from(wanted, (name) => name.toLowerCase())]);
    this.#records = new LdifRecords(names, new TextReader());
    this.#lines = new PhysicalLines(LONGEST_VALUE, this.#records);
  }

  /** The line behind the last line end that was read. */
  get line(): number {
    return this.#records.lineNumber + 1 + countLines(this.#cut.bytes);
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
    return this.#records.giveItems();
  }

  /** Ends the file; returns what was still open. */
  end(): readonly LdifItem[] {
    this.#readLines(this.#cut.release(), undefined, false);
    const cutInLine = this.#lines.end();
    this.#records.end(cutInLine, this.#isCut());
    return this.#records.giveItems();
  }

  /** Reads lines; what is cut at the end is held, if the rest of it is still to come in one piece with it. */
  #readLines(bytes: Uint8Array, plain: PlainRecords | undefined, holds: boolean): void {
    const words = wordsOf(bytes);
    let start = this.#lines.begin(bytes);
    while (start >= 0) {
      if (this.#lines.isAtBeginning && this.#records.isBetweenRecords) {
        start = this.#passBlankLines(bytes, start);
        if (plain !== undefined) {
          start = this.#readPlain(bytes, start, plain);
          if (holds && this.#cut.hold(bytes, start)) return;
        }
      }
      start = this.#lines.take(bytes, words, start);
    }
  }

  /** Passes over blank lines between records, of which a file may be full; gives the offset behind the last one. */
  #passBlankLines(chunk: Uint8Array, start: number): number {
    let at = start;
    while (chunk[at] === NEWLINE) at++;
    if (at > start) this.#records.passBlankLines(at - start);
    return at;
  }

  /** Reads plain records as long as there are some; gives the offset behind the last one. */
  #readPlain(chunk: Uint8Array, start: number, plain: PlainRecords): number {
    let at = start;
    for (;;) {
      const end = plain.read(chunk, at, this.#records.lineNumber + 1, this.#found);
      if (end < 0) return at;
      at = end;
      this.#records.noteRecord(plain.lines, plain.isAddition);
    }
  }
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
  const last = reader.end();
  place.line = reader.line;
  yield last;
}
