import { fault, type TextFault } from "./fault.ts";

/** The encodings that a file can be told to have by its first bytes. */
type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** What the first bytes of a file say of its encoding. */
export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark to drop: 0, 2 or 3. */
  readonly markLength: number;
}

/**
 * Tells the encoding from a byte order mark or, without one, from the NUL bytes that UTF-16 gives to ASCII text.
 *
 * Windows tools write UTF-16 with a mark (`ldifde -u`, PowerShell 5 `Out-File`), PowerShell 7 writes UTF-8 without one.
 * Anything else is read as UTF-8; text that turns out to be none is read as Windows-1252, piece by piece
 * ({@link TextReader}), because `Export-Csv -Append` mixes both in one file.
 */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "utf-8", markLength: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", markLength: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", markLength: 2 };
  const sample = head.subarray(0, 512);
  const nulls = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) nulls[index % 2] = (nulls[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nulls;
  // An ASCII character of UTF-16 has one NUL; characters of other scripts have rarely any, on either place.
  const most = sample.length * 0.25;
  if (odd > most && even < odd / 8) return { encoding: "utf-16le", markLength: 0 };
  if (even > most && odd < even / 8) return { encoding: "utf-16be", markLength: 0 };
  return { encoding: "utf-8", markLength: 0 };
}

/**
 * Turns a file's chunks into chunks of UTF-8 without a byte order mark; UTF-8 passes through untouched.
 *
 * A UTF-16 file that ends in half a character is told by `onFault`.
 */
export async function* transcodeToUtf8(
  chunks: AsyncIterable<Uint8Array>,
  { encoding, markLength }: DetectedEncoding,
  onFault: (fault: TextFault) => void,
): AsyncGenerator<Uint8Array> {
  const unmarked = dropBytes(chunks, markLength);
  if (encoding === "utf-8") {
    yield* unmarked;
    return;
  }
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const encoder = new TextEncoder();
  let size = 0;
  let lines = 1;
  for await (const chunk of unmarked) {
    size += chunk.length;
    const text = decoder.decode(chunk, { stream: true });
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
    yield encoder.encode(text);
  }
  if (size % 2 === 1) onFault(fault("utf-16-odd-length", lines));
  else yield encoder.encode(decoder.decode());
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

/** Decodes pieces of text: UTF-8, or Windows-1252 where a piece is not valid UTF-8. Remembers whether it had to. */
export class TextReader {
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  readonly #ansi = new TextDecoder("windows-1252");
  /** How many pieces were not UTF-8. */
  ansiPieces = 0;

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
      this.ansiPieces++;
      // Node 20 to 22 decode Windows-1252 in one go as if it were ISO 8859-1 (0x80 is a control character there); as a
      // stream they do it right, and each of its characters is one byte, so nothing is held back.
      return this.#ansi.decode(bytes, { stream: true });
    }
  }
}
