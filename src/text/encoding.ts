import { joinBytes } from "./bytes.ts";
import type { TextFaultCode } from "./fault.ts";
import { findByte, wordsOf } from "./find-byte.ts";

/** How a file is to be decoded. */
export interface FileEncoding {
  /** A name of the Encoding Standard, in lower case. */
  readonly encoding: string;
  /** Bytes of the byte order mark to drop: 0, 2 or 3. */
  readonly markLength: number;
  /** The encoding of pieces that are not valid UTF-8, in a file that is read as UTF-8. */
  readonly fallback: string;
}

const DEFAULT_FALLBACK = "windows-1252";

/** Tells whether the platform can decode an encoding of that name. */
export function isKnownEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== "replacement";
  } catch {
    return false;
  }
}

/**
 * Tells how to decode a file from a byte order mark or, without one, from the NUL bytes that UTF-16 gives to ASCII text.
 *
 * Windows tools write UTF-16 with a mark (`ldifde -u`, PowerShell 5 `Out-File`), PowerShell 7 writes UTF-8 without one.
 * Anything else is read as UTF-8; text that turns out to be none is read as the encoding asked for, by default
 * Windows-1252, piece by piece ({@link TextReader}), because `Export-Csv -Append` mixes both in one file. Where the
 * beginning of the file already shows that it is no UTF-8, an encoding that was asked for is used for the whole of it:
 * a single name in Shift_JIS or GBK may happen to be valid UTF-8.
 */
export function detectEncoding(head: Uint8Array, asked?: string): FileEncoding {
  const fallback = asked ?? DEFAULT_FALLBACK;
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "utf-8", markLength: 3, fallback };
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", markLength: 2, fallback };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", markLength: 2, fallback };
  if (asked !== undefined) {
    const encoding = new TextDecoder(asked).encoding;
    const forced = encoding.startsWith("utf-") || !isUtf8(head);
    return { encoding: forced ? encoding : "utf-8", markLength: 0, fallback: encoding };
  }
  return { encoding: unmarkedUtf16(head) ?? "utf-8", markLength: 0, fallback };
}

function unmarkedUtf16(head: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first = 0, second = 0] = head;
  if (first > 0 && second > 0 && first < 0x80 && second < 0x80) return undefined; // UTF-16 may have been appended
  const sample = head.subarray(0, 512);
  const nulls = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) nulls[index % 2] = (nulls[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nulls;
  // An ASCII character of UTF-16 has one NUL; characters of other scripts have rarely any, on either place.
  const most = sample.length * 0.25;
  if (odd > most && even < odd / 8) return "utf-16le";
  if (even > most && odd < even / 8) return "utf-16be";
  return undefined;
}

/** Tells whether bytes are valid UTF-8, a character cut at their end aside. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * Turns a file's chunks into chunks of UTF-8 without a byte order mark; UTF-8 passes through untouched, but for UTF-16
 * that was appended to it.
 *
 * A UTF-16 file that ends in half a character, and a file that changes its encoding, are told by `onFault`, when whoever
 * asks for the chunks has read all lines before that: he knows which one it is.
 */
export async function* transcodeToUtf8(
  chunks: AsyncIterable<Uint8Array>,
  { encoding, markLength }: FileEncoding,
  onFault: (code: TextFaultCode) => void,
): AsyncGenerator<Uint8Array> {
  const unmarked = dropBytes(chunks, markLength);
  yield* encoding === "utf-8" ? decodeAppended(unmarked, onFault) : decodeWhole(unmarked, encoding, onFault);
}

async function* decodeWhole(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
  onFault: (code: TextFaultCode) => void,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const encoder = new TextEncoder();
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    yield encoder.encode(decoder.decode(chunk, { stream: true }));
  }
  if (encoding.startsWith("utf-16") && size % 2 === 1) onFault("utf-16-odd-length");
  else yield encoder.encode(decoder.decode());
}

const NEWLINE = 10;
/** Of so many characters so many must be of Latin scripts, which UTF-16LE writes with a NUL behind. */
const SAMPLE_PAIRS = 8;
const LATIN_PAIRS = 5;

/** `Out-File -Append` and `>>` write UTF-16 behind whatever was there: decodes it from the line on where it begins. */
async function* decodeAppended(
  chunks: AsyncIterable<Uint8Array>,
  onFault: (code: TextFaultCode) => void,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder("utf-16le");
  const encoder = new TextEncoder();
  let decoding = false;
  let held = new Uint8Array(0);
  for await (const next of chunks) {
    let chunk = next;
    if (held.length > 0 && (next.length < 2 * SAMPLE_PAIRS || beginsUtf16(held, next))) chunk = joinBytes([held, next]);
    else if (held.length > 0) yield held;
    held = new Uint8Array(0);
    const start = decoding ? 0 : startOfUtf16(chunk);
    if (start === undefined) {
      // What may be the beginning of it is looked at again with what follows.
      const known = startOfDoubt(chunk);
      held = chunk.slice(known);
      if (known > 0) yield chunk.subarray(0, known);
      continue;
    }
    if (!decoding) {
      decoding = true;
      yield chunk.subarray(0, start);
      onFault("encoding-changes");
    }
    yield encoder.encode(decoder.decode(chunk.subarray(start), { stream: true }));
  }
  if (held.length > 0) yield held;
  if (decoding) yield encoder.encode(decoder.decode());
}

/** Whether UTF-16 begins on a line of the one piece, or at the beginning of the next. */
function beginsUtf16(held: Uint8Array, next: Uint8Array): boolean {
  const start = startOfUtf16(joinBytes([held, next.subarray(0, 2 * SAMPLE_PAIRS)]));
  return start !== undefined && start <= held.length;
}

/** Finds the first line at the end of a chunk of which it cannot be told yet whether it is UTF-16: the newline before it. */
function startOfDoubt(chunk: Uint8Array): number {
  const first = Math.max(0, chunk.length - 2 * SAMPLE_PAIRS - 1);
  for (let at = chunk.indexOf(NEWLINE, first); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) {
    if (mayBeUtf16(chunk, at + 1)) return at;
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

/** Finds the beginning of a line from which on every second byte is NUL. */
function startOfUtf16(chunk: Uint8Array): number | undefined {
  const words = wordsOf(chunk);
  for (let nul = findByte(words, 0, 0); nul >= 0; nul = findByte(words, 0, nul + 1)) {
    const start = nul - 1;
    if (start >= 1 && chunk[start - 1] === NEWLINE && isUtf16(chunk, start)) return start;
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

async function* dropBytes(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    const dropped = Math.min(left, chunk.length);
    left -= dropped;
    if (dropped < chunk.length) yield chunk.subarray(dropped);
  }
}

const LONGEST_QUICK = 64;

/** Decodes pieces of text: UTF-8, or another encoding where a piece is not valid UTF-8. Remembers whether it had to. */
export class TextReader {
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  readonly #other: TextDecoder;
  /** How many pieces were not UTF-8. */
  otherPieces = 0;

  /** The fallback is a name of the Encoding Standard. */
  constructor(fallback: string = DEFAULT_FALLBACK) {
    this.#other = new TextDecoder(fallback);
  }

  /** The encoding of the pieces that were not UTF-8. */
  get fallback(): string {
    return this.#other.encoding;
  }

  /** Decodes one piece; never throws. */
  decode(bytes: Uint8Array): string {
    // Short ASCII, nearly all of a directory, is several times faster without a call into the platform's decoder.
    if (bytes.length <= LONGEST_QUICK) {
      let text = "";
      for (const byte of bytes) {
        if (byte > 0x7f) return this.#decodeAny(bytes);
        text += String.fromCharCode(byte);
      }
      return text;
    }
    return this.#decodeAny(bytes);
  }

  #decodeAny(bytes: Uint8Array): string {
    try {
      return this.#utf8.decode(bytes);
    } catch {
      this.otherPieces++;
      // Node 20 to 22 decode Windows-1252 in one go as if it were ISO 8859-1 (0x80 is a control character there); as a
      // stream they do it right, and each of its characters is one byte, so nothing is held back.
      return this.#other.decode(bytes, { stream: this.#other.encoding === DEFAULT_FALLBACK });
    }
  }
}
