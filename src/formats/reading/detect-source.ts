import { type Diagnostic, diagnose } from "../../model/diagnostic.ts";
import { InputError } from "../../model/errors.ts";
import { joinBytes, peek, readBytes } from "../../text/bytes.ts";
import { countOf } from "../../text/count.ts";
import { detectEncoding, type FileEncoding, transcodeToUtf8 } from "../../text/encoding.ts";
import { excerpt } from "../../text/fault.ts";
import { gunzip, isGzip } from "../../text/gzip.ts";
import { endsLinesWithReturn } from "../../text/line-ends.ts";
import { blankText, findSurroundings, laterBeginnings, type Surroundings } from "../../text/surroundings.ts";
import { formats } from "../index.ts";
import { type DetectedFormat, detectFormat, isCutInFirstObject } from "./detect-format.ts";
import { refuseMistakenBytes } from "./mistaken-file.ts";
import { applyChoices, columnsIn, type OwnList, proposeList } from "./own-list.ts";
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
  /** What stands before the export in its file. */
  readonly before: Surroundings | undefined;
  /** The names of the columns, where they were replaced. */
  readonly written?: readonly string[];
  /** What is to be told of that, and of columns that were named. */
  readonly notes: readonly Diagnostic[];
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
  columns: readonly string[] = [],
): Promise<DetectedSource> {
  const packed = await peek(chunks, 2);
  const isPacked = isGzip(packed.head);
  const unpacked = isPacked ? gunzip(packed.bytes, onDamage) : packed.bytes;
  const { bytes, encoding, text } = await readHead(unpacked, source);
  const hasReturnsOnly = endsLinesWithReturn(text);
  const found = detectList(hasReturnsOnly ? text.replaceAll("\r", "\n") : text, source, columns);
  return { ...found, bytes, encoding, isPacked, hasReturnsOnly };
}

/** Reads the beginning of a source as text. */
export async function readBeginning(source: Source): Promise<string> {
  const packed = await peek(readBytes(source.data), 2);
  const unpacked = isGzip(packed.head) ? gunzip(packed.bytes, () => undefined) : packed.bytes;
  return (await readHead(unpacked, source)).text;
}

type Detected = Pick<DetectedSource, "detected" | "before" | "written" | "notes">;

/** Tells the format of a text, or what it is as a list of somebody's own: of which its columns were named, or leave no doubt. */
function detectList(text: string, source: Omit<Source, "data">, columns: readonly string[]): Detected {
  const chosen = source.format === undefined ? applyChoices(text, source, columns) : undefined;
  if (chosen !== undefined) return asList(text, source, chosen, "its columns were named");
  try {
    return detectBehind(text, source);
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== "unknown-format" || source.format !== undefined) throw error;
    const proposed = proposeList(text, source);
    if (proposed?.isSure === true) return asList(text, source, proposed, "of the names and cells of its columns");
    if (columnsIn(text).length < 2) throw error;
    throw unknownList(source.name, error, proposed);
  }
}

function asList(
  text: string,
  source: Omit<Source, "data">,
  { format, before, choice, written }: OwnList,
  why: string,
): Detected {
  const detected = detectFormat(blankText(text, before), [format], { ...source, format: format.name });
  return { detected: { ...detected, why }, before, written, notes: [diagnose("columns-taken", { detail: choice })] };
}

/** Says how a list can be read, in words to copy. */
function unknownList(
  source: string,
  { detail = "", line, hint = "" }: InputError,
  proposed: OwnList | undefined,
): InputError {
  const choice = proposed?.choice ?? "userPrincipalName=COLUMN, primarySmtpAddress=COLUMN, smtpAddresses=COLUMN+COLUMN";
  const quote = choice.includes('"') ? "'" : '"';
  return new InputError("unknown-format", {
    source,
    ...(line === undefined ? {} : { line }),
    detail: proposed === undefined ? detail : `${detail} (${proposed.reasons})`,
    hint: `To read it as a list of one's own, say what its columns are for:\n  --columns ${quote}${choice}${quote}${proposed === undefined ? `\n${hint}` : ""}`,
  });
}

/** Tells the format of a text, if need be of what stands behind messages, prompts or a title. */
function detectBehind(text: string, source: Omit<Source, "data">): Detected {
  let refused: unknown;
  const attempt = (before: Surroundings | undefined): Detected | undefined => {
    const behind = before === undefined ? text : blankText(text, before);
    try {
      const detected = detectFormat(behind, formats, source);
      // What was lost is no message: a table lacks its header then, and the reader of LDIF says what it cost.
      if (before !== undefined && headOf(text, before.lines).includes("\0"))
        return detected.format.grammar === "ldif" ? { detected, before: undefined, notes: [] } : undefined;
      return { detected, before, notes: before === undefined ? [] : [sayBefore(text, before)] };
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

/** The first lines of a text. */
function headOf(text: string, lines: number): string {
  return text.split("\n", lines).join("\n");
}

function sayBefore(text: string, { lines }: Surroundings): Diagnostic {
  const first = excerpt(text.trimStart().split("\n", 1)[0]?.trim() ?? "");
  const detail = lines === 0 ? "each line begins with spaces" : `${countOf(lines, "line")}: ${first}`;
  return diagnose("text-before-export", { line: 1, detail });
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
