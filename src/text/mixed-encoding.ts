import { joinBytes } from "./bytes.ts";
import type { TextFaultCode } from "./fault.ts";
import { findByte, wordsOf } from "./find-byte.ts";
import { isValidUtf8 } from "./utf8.ts";

/** How far a chunk is of one part of a file, and whether another part begins there; if not, the rest is looked at again. */
interface Look {
  readonly end: number;
  readonly changes: boolean;
}

/** A part of a file in one encoding. */
interface Part {
  /** What its encoding is called when a file changes to it. */
  readonly name: string;
  readonly look: (chunk: Uint8Array, isLast: boolean) => Look;
  /** Whether what was held of one chunk must be looked at together with the next one. */
  readonly joins: (held: Uint8Array, next: Uint8Array) => boolean;
  readonly decode: (bytes: Uint8Array) => Uint8Array;
  /** Ends the part; `undefined` if it ends in half a character. */
  readonly end: () => Uint8Array | undefined;
}

const NEWLINE = 10;
const NEWLINE_BYTES = Uint8Array.of(NEWLINE);
/** Ctrl-Z: DOS appends it to a text, whatever the encoding of that is. */
const END_OF_TEXT = 26;

/**
 * Decodes a file to UTF-8 that may change between UTF-16 and an encoding of bytes: `>>` and `Out-File -Append` write UTF-16
 * behind whatever was there, `copy` and `type` join files as they are. A change begins a line.
 */
export async function* decodeMixed(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
  onFault: (code: TextFaultCode, detail?: string) => void,
): AsyncGenerator<Uint8Array> {
  const isWide = encoding.startsWith("utf-16");
  const toBytes = (): Part => new BytePart(isWide ? "utf-8" : encoding);
  let part: Part = isWide ? new WidePart(encoding) : toBytes();
  let held: Uint8Array = new Uint8Array(0);
  let last = NEWLINE;

  function* decode(bytes: Uint8Array): Generator<Uint8Array> {
    const decoded = part.decode(bytes);
    last = decoded.at(-1) ?? last;
    if (decoded.length > 0) yield decoded;
  }

  function* take(bytes: Uint8Array, isLast: boolean): Generator<Uint8Array> {
    let rest = bytes;
    for (;;) {
      const { end, changes } = part.look(rest, isLast);
      yield* decode(rest.subarray(0, end));
      rest = rest.subarray(end);
      if (!changes) break;
      const left = part.end();
      if (left !== undefined && left.length > 0) yield left;
      if (last !== NEWLINE) yield NEWLINE_BYTES;
      part = part instanceof WidePart ? toBytes() : new WidePart("utf-16le");
      onFault("encoding-changes", part.name);
    }
    held = rest.slice();
  }

  for await (const next of chunks) {
    const joins = held.length > 0 && part.joins(held, next);
    if (held.length > 0 && !joins) yield* decode(held);
    yield* take(joins ? joinBytes([held, next]) : next, false);
  }
  // Behind UTF-16 a Ctrl-Z is half a character.
  const hasEndMark = part instanceof WidePart && part.isOddWith(held.length) && held.at(-1) === END_OF_TEXT;
  yield* take(hasEndMark ? held.subarray(0, -1) : held, true);
  const left = part.end();
  if (left === undefined) onFault("utf-16-odd-length");
  else if (left.length > 0) yield left;
  if (hasEndMark) yield Uint8Array.of(END_OF_TEXT);
}

/** Of so many characters so many must be of Latin scripts, which UTF-16LE writes with a NUL behind. */
const SAMPLE_PAIRS = 8;
const LATIN_PAIRS = 5;

/** A part in UTF-8, which is passed on as it is, or in another encoding of bytes. */
class BytePart implements Part {
  readonly name = "an encoding of bytes, such as UTF-8";
  readonly #decoder: TextDecoder | undefined;
  readonly #encoder = new TextEncoder();

  constructor(encoding: string) {
    this.#decoder = encoding === "utf-8" ? undefined : new TextDecoder(encoding, { ignoreBOM: true });
  }

  look(chunk: Uint8Array, isLast: boolean): Look {
    const start = startOfUtf16(chunk);
    if (start !== undefined) return { end: start, changes: true };
    return { end: isLast ? chunk.length : startOfDoubt(chunk), changes: false };
  }

  joins(held: Uint8Array, next: Uint8Array): boolean {
    if (next.length < 2 * SAMPLE_PAIRS) return true;
    const start = startOfUtf16(joinBytes([held, next.subarray(0, 2 * SAMPLE_PAIRS)]));
    return start !== undefined && start <= held.length;
  }

  decode(bytes: Uint8Array): Uint8Array {
    return this.#decoder === undefined ? bytes : this.#encoder.encode(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): Uint8Array {
    return this.#encoder.encode(this.#decoder?.decode());
  }
}

/** Finds what at the end of a chunk may be the beginning of UTF-16, which cannot be told yet: a newline before it, or its mark. */
function startOfDoubt(chunk: Uint8Array): number {
  for (let at = Math.max(0, chunk.length - 2 * SAMPLE_PAIRS - 1); at < chunk.length; at++) {
    const isMark = chunk[at] === 0xff && (at + 1 === chunk.length || chunk[at + 1] === 0xfe);
    if ((isMark && mayBeUtf16(chunk, at)) || (chunk[at] === NEWLINE && mayBeUtf16(chunk, at + 1))) return at;
  }
  return chunk.length;
}

/** Whether what a chunk has of a sample does not say yet that it is not UTF-16. */
function mayBeUtf16(chunk: Uint8Array, start: number): boolean {
  let latin = 0;
  let pairs = 0;
  for (let at = start; at < chunk.length; at += 2) {
    if (chunk[at] === 0) return false;
    if (at + 1 === chunk.length) break;
    pairs++;
    if (chunk[at + 1] === 0) latin++;
  }
  return pairs < SAMPLE_PAIRS && latin + SAMPLE_PAIRS - pairs >= LATIN_PAIRS;
}

/** Finds the beginning of a line, or a byte order mark, from which on every second byte is NUL. */
function startOfUtf16(chunk: Uint8Array): number | undefined {
  const words = wordsOf(chunk);
  for (let nul = findByte(words, 0, 0); nul >= 0; nul = findByte(words, 0, nul + 1)) {
    const hasMark = nul >= 3 && chunk[nul - 3] === 0xff && chunk[nul - 2] === 0xfe;
    const start = hasMark ? nul - 3 : nul - 1;
    const isBeginning = hasMark || (start >= 1 && chunk[start - 1] === NEWLINE);
    if (isBeginning && isUtf16(chunk, start)) return start;
  }
  return undefined;
}

function isUtf16(chunk: Uint8Array, start: number): boolean {
  let latin = 0;
  for (let pair = 0; pair < SAMPLE_PAIRS; pair++) {
    if ((chunk[start + 2 * pair] ?? 0) === 0) return false;
    if (chunk[start + 2 * pair + 1] === 0) latin++;
  }
  return latin >= LATIN_PAIRS;
}

/** So many bytes without a NUL are looked at; at the end of a file fewer tell enough. */
const WINDOW = 64;
const FEWEST_AT_END = 16;

/** A part in UTF-16. */
class WidePart implements Part {
  readonly name = "UTF-16";
  readonly #decoder: TextDecoder;
  readonly #encoder = new TextEncoder();
  /** Behind its last NUL a character of Latin scripts has so many bytes. */
  readonly #behindNul: number;
  #isOdd = false;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding);
    this.#behindNul = encoding === "utf-16be" ? 2 : 1;
  }

  look(chunk: Uint8Array, isLast: boolean): Look {
    let at = 0;
    while (at + WINDOW <= chunk.length) {
      const nul = lastNul(chunk, at);
      if (nul >= at) at = nul + this.#behindNul;
      else if (isText(chunk, at, at + WINDOW)) return { end: at, changes: true };
      else at += WINDOW;
    }
    // Where the letter behind the last NUL is still to come, the NUL waits for it.
    if (!isLast) return { end: at > chunk.length ? chunk.length - 1 : at, changes: false };
    const nul = chunk.lastIndexOf(0);
    if (nul >= at) at = nul + this.#behindNul;
    const changes = chunk.length - at >= FEWEST_AT_END && isText(chunk, at, chunk.length);
    return { end: changes ? at : chunk.length, changes };
  }

  joins(): boolean {
    return true;
  }

  decode(bytes: Uint8Array): Uint8Array {
    if (bytes.length % 2 === 1) this.#isOdd = !this.#isOdd;
    return this.#encoder.encode(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Whether it has half a character after so many more bytes. */
  isOddWith(length: number): boolean {
    return this.#isOdd !== (length % 2 === 1);
  }

  end(): Uint8Array | undefined {
    const left = this.#decoder.decode();
    return this.#isOdd ? undefined : this.#encoder.encode(left);
  }
}

/** The last NUL of a window, and of those that follow it at once: which one is told must not depend on where the window is. */
function lastNul(chunk: Uint8Array, start: number): number {
  let at = start + WINDOW - 1;
  while (at >= start && chunk[at] !== 0) at--;
  if (at >= start) while (chunk[at + 1] === 0) at++;
  return at;
}

/** Whether bytes without a NUL are text of one byte a letter, or UTF-8: words of UTF-16 are neither, in whatever script. */
function isText(chunk: Uint8Array, start: number, end: number): boolean {
  let ascii = 0;
  for (let at = start; at < end; at++) {
    const byte = chunk[at] ?? 0;
    if (byte < 32 && byte !== 9 && byte !== NEWLINE && byte !== 13 && byte !== END_OF_TEXT) return false;
    if (byte < 127) ascii++;
  }
  if (4 * ascii >= 3 * (end - start)) return true;
  // The last character may be cut.
  return [0, 1, 2, 3].some((cut) => isValidUtf8(chunk, start, end - cut));
}
