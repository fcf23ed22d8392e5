import { InputError } from "../../model/errors.ts";
import { joinBytes, peek } from "../../text/bytes.ts";
import { detectEncoding, type FileEncoding, transcodeToUtf8 } from "../../text/encoding.ts";
import { gunzip, isGzip } from "../../text/gzip.ts";
import { endsLinesWithReturn } from "../../text/line-ends.ts";
import { blankText, findSurroundings, laterBeginnings, type Surroundings } from "../../text/surroundings.ts";
import { formats } from "../index.ts";
import { type DetectedFormat, detectFormat, isCutInFirstObject } from "./detect-format.ts";
import { refuseMistakenBytes } from "./mistaken-file.ts";
import type { Source } from "./source.ts";

const HEAD_LENGTH = 64 * 1024;
/** Longer than any object of JSON may be. */
const LONGEST_HEAD = 64 * 1024 * 1024;

/** What the beginning of a source tells, and all of its bytes, unpacked. */
export interface DetectedSource {
  readonly detected: DetectedFormat;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly encoding: FileEncoding;
  readonly isPacked: boolean;
  readonly hasReturnsOnly: boolean;
  /** What stands before the export in its file, and the first words of it. */
  readonly before: (Surroundings & { readonly text: string }) | undefined;
}

/**
 * Tells compression, encoding and format of a source by its beginning.
 *
 * @throws InputError `empty-input`, `mistaken-file` or `unknown-format`.
 */
export async function detectSource(
  chunks: AsyncIterable<Uint8Array>,
  source: Omit<Source, "data">,
  onDamage: () => void,
): Promise<DetectedSource> {
  const packed = await peek(chunks, 2);
  const isPacked = isGzip(packed.head);
  const unpacked = isPacked ? gunzip(packed.bytes, onDamage) : packed.bytes;
  const { bytes, encoding, text } = await readHead(unpacked, source);
  const hasReturnsOnly = endsLinesWithReturn(text);
  const found = detectBehind(hasReturnsOnly ? text.replaceAll("\r", "\n") : text, source);
  return { ...found, bytes, encoding, isPacked, hasReturnsOnly };
}

/** Tells the format of a text, if need be of what stands behind messages, prompts or a title. */
function detectBehind(text: string, source: Omit<Source, "data">): Pick<DetectedSource, "detected" | "before"> {
  let refused: unknown;
  const attempt = (before: Surroundings | undefined): Pick<DetectedSource, "detected" | "before"> | undefined => {
    const behind = before === undefined ? text : blankText(text, before);
    try {
      const detected = detectFormat(behind, formats, source);
      return { detected, before: before && { ...before, text: text.trimStart().split("\n", 1)[0]?.trim() ?? "" } };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused ??= error;
      return undefined;
    }
  };
  const whole = attempt(undefined);
  if (whole !== undefined) return whole;
  const known = findSurroundings(text);
  const found = known.lines > 0 || known.indent > 0 ? attempt(known) : undefined;
  if (found !== undefined) return found;
  if (refused instanceof InputError && refused.code === "unknown-format") {
    for (const lines of laterBeginnings(text)) {
      const later = attempt({ lines, indent: 0 });
      if (later !== undefined) return later;
    }
  }
  throw refused;
}

/** Reads as much of the beginning as tells the format: more than usual where the first object of JSON is longer. */
async function readHead(
  unpacked: AsyncIterable<Uint8Array>,
  { name, encoding: asked }: Omit<Source, "data">,
): Promise<{ readonly bytes: AsyncIterable<Uint8Array>; readonly encoding: FileEncoding; readonly text: string }> {
  let { head, bytes } = await peek(unpacked, HEAD_LENGTH);
  refuseMistakenBytes(head, name);
  const encoding = detectEncoding(head, asked);
  let text = await decodeHead(head, encoding);
  for (let length = HEAD_LENGTH; length < LONGEST_HEAD && head.length === length && isCutInFirstObject(text); ) {
    length *= 4;
    ({ head, bytes } = await peek(bytes, length));
    text = await decodeHead(head, encoding);
  }
  return { bytes, encoding, text };
}

/** Decodes enough of the beginning to tell a format; a character cut at its end does not matter. */
async function decodeHead(head: Uint8Array, encoding: FileEncoding): Promise<string> {
  const even = head.subarray(0, encoding.encoding.startsWith("utf-16") ? head.length & ~1 : head.length);
  async function* once() {
    yield even;
  }
  const parts: Uint8Array[] = [];
  for await (const part of transcodeToUtf8(once(), encoding, () => undefined)) parts.push(part);
  return new TextDecoder("utf-8").decode(joinBytes(parts));
}
