import type { TextFaultCode } from "./fault.ts";
import { decodeMixed } from "./mixed-encoding.ts";

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
 * Turns a file's chunks into chunks of UTF-8 without a byte order mark; UTF-8 passes through untouched.
 *
 * A file that changes its encoding, and a UTF-16 file that ends in half a character, are told by `onFault`, when whoever
 * asks for the chunks has read all lines before that: he knows which one it is.
 */
export function transcodeToUtf8(
  chunks: AsyncIterable<Uint8Array>,
  { encoding, markLength }: FileEncoding,
  onFault: (code: TextFaultCode, detail?: string) => void,
): AsyncGenerator<Uint8Array> {
  return decodeMixed(dropBytes(chunks, markLength), encoding, onFault);
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
