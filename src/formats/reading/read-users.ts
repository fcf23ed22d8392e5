import { checkOptions } from "../../model/option.ts";
import { joinBytes, peek, readBytes } from "../../text/bytes.ts";
import { detectEncoding, type FileEncoding, transcodeToUtf8 } from "../../text/encoding.ts";
import { fault, type TextFault, type TextPlace } from "../../text/fault.ts";
import { gunzip, isGzip } from "../../text/gzip.ts";
import { readJson } from "../../text/json.ts";
import { readLdif } from "../../text/ldif.ts";
import type { LdifItem, PlainRecords } from "../../text/ldif-record.ts";
import { LdifScanner } from "../../text/ldif-scanner.ts";
import { endsLinesWithReturn, returnsToNewlines } from "../../text/line-ends.ts";
import { formats } from "../index.ts";
import { chosenAttributes } from "./active-directory.ts";
import type { RecordContext } from "./define-format.ts";
import { type DetectedFormat, detectFormat, isCutInFirstObject } from "./detect-format.ts";
import { JsonRows } from "./json-object.ts";
import { refuseMistakenBytes } from "./mistaken-file.ts";
import { DN_OF_RECORD, PlainActiveDirectory, plainAttributes } from "./plain-active-directory.ts";
import { readRows } from "./read-rows.ts";
import { type PartialReadOptions, partialReadingOptions } from "./reading-options.ts";
import type { ReadItem, Source, UserSink } from "./source.ts";
import { SourceReading } from "./source-reading.ts";

const HEAD_LENGTH = 64 * 1024;
/** Longer than any object of JSON may be. */
const LONGEST_HEAD = 64 * 1024 * 1024;

/**
 * Reads the users of one export. Compression, encoding and format are told from the content.
 *
 * Gives the format first, then users and diagnostics as they come, in the order of the file; at the end what is wrong with
 * the file as a whole or with its encoding, and a summary.
 * A user read from LDIF or JSON lacks the fields that its record has no value for; the summary's `fields` tells which of
 * them the export has at all. Rows of a table have `""` and `[]` in their place.
 *
 * @throws InputError `empty-input`, `mistaken-file`, `unknown-format`, or `nothing-read` if no record could be read.
 * @throws UsageError if an option has no meaning, or the platform does not know the encoding asked for.
 * @example
 * ```ts
 * for await (const item of readUsers({ name: "ad.ldf", data: "dn: CN=Ana,DC=contoso,DC=com\nmail: ana@contoso.com\n" })) {
 *   if (item.type === "user") console.log(item.user.mail); // "ana@contoso.com"
 * }
 * ```
 */
export async function* readUsers(source: Source, options: PartialReadOptions = {}): AsyncGenerator<ReadItem> {
  checkOptions(partialReadingOptions, options);
  for await (const batch of readUserBatches(source, options)) yield* batch;
}

/**
 * Reads the users of one export in batches, each as large as a chunk of the source: see {@link readUsers}. With a sink the
 * users go there, plain records as bytes, and the batches hold the rest.
 */
export async function* readUserBatches(
  source: Source,
  options: PartialReadOptions = {},
  sink?: UserSink,
): AsyncGenerator<readonly ReadItem[]> {
  const reading = new SourceReading(source, options, sink);
  const chunks = reading.watch(readBytes(source.data));
  try {
    yield* readChunks(chunks, source, reading);
  } finally {
    // A source that is refused, or of which somebody has seen enough, is closed too.
    await chunks.return(undefined);
  }
}

async function* readChunks(
  chunks: AsyncIterable<Uint8Array>,
  source: Source,
  reading: SourceReading,
): AsyncGenerator<readonly ReadItem[]> {
  const packed = await peek(chunks, 2);
  const isPacked = isGzip(packed.head);
  const noteDamage = () => {
    reading.isDamaged = true;
  };
  const unpacked = isPacked ? gunzip(packed.bytes, noteDamage) : packed.bytes;
  const { bytes, encoding, text } = await readHead(unpacked, source);
  const hasReturnsOnly = endsLinesWithReturn(text);
  const detected = withColumnsFor(
    detectFormat(hasReturnsOnly ? text.replaceAll("\r", "\n") : text, formats, source),
    reading.context,
  );
  yield reading.begin(detected, encoding, isPacked);
  const place = { line: 1 };
  // Told at the end: what is wrong with the lines before them may be known later, where a record is held.
  const faults: (() => TextFault)[] = [];
  const utf8 = transcodeToUtf8(bytes, encoding, (code, detail) => {
    // Half a character ends the file: its line is known when all of it was read.
    const line = code === "utf-16-odd-length" ? undefined : place.line;
    faults.push(() => fault(code, line ?? place.line, detail));
  });
  // The reader of LDIF knows all line ends, and such a file may go on with others.
  const lines = hasReturnsOnly && detected.grammar !== "ldif" ? returnsToNewlines(utf8) : utf8;
  yield* readItems(lines, detected, reading, place);
  for (const found of faults) reading.takeFault(found());
  yield reading.end();
}

/** Reads as much of the beginning as tells the format: more than usual where the first object of JSON is longer. */
async function readHead(
  unpacked: AsyncIterable<Uint8Array>,
  source: Source,
): Promise<{ readonly bytes: AsyncIterable<Uint8Array>; readonly encoding: FileEncoding; readonly text: string }> {
  let { head, bytes } = await peek(unpacked, HEAD_LENGTH);
  refuseMistakenBytes(head, source.name);
  const encoding = detectEncoding(head, source.encoding);
  let text = await decodeHead(head, encoding);
  for (let length = HEAD_LENGTH; length < LONGEST_HEAD && head.length === length && isCutInFirstObject(text); ) {
    length *= 4;
    ({ head, bytes } = await peek(bytes, length));
    text = await decodeHead(head, encoding);
  }
  return { bytes, encoding, text };
}

/** Adds the columns that a table has because of options. */
function withColumnsFor(detected: DetectedFormat, context: RecordContext): DetectedFormat {
  if (detected.grammar === "ldif" || detected.format.columnsFor === undefined) return detected;
  const { columns, columnsFor } = detected.format;
  return { ...detected, format: { ...detected.format, columns: columnsFor(columns, context) } };
}

function readItems(
  bytes: AsyncIterable<Uint8Array>,
  detected: DetectedFormat,
  reading: SourceReading,
  place: TextPlace,
): AsyncGenerator<readonly ReadItem[]> {
  switch (detected.grammar) {
    case "ldif":
      return readRecords(bytes, detected, reading, place);
    case "csv":
      return readRows(bytes, detected, reading, place);
    case "json":
      return readObjects(bytes, detected, reading, place);
  }
}

async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  { format }: Extract<DetectedFormat, { grammar: "ldif" }>,
  reading: SourceReading,
  place: TextPlace,
): AsyncGenerator<readonly ReadItem[]> {
  const takeItems = (items: readonly LdifItem[]): void => {
    for (const item of items) {
      if (item.type === "fault") reading.takeFault(item);
      else reading.takeRecord(format.readRecord(item, reading.nextOrigin(item.line), reading.context));
    }
  };
  const plain = format.plain === undefined ? undefined : plainRecordsOf(reading, takeItems);
  const wanted = [...format.attributes, ...chosenAttributes(reading.context)];
  const options = { wanted, isCut: () => reading.isDamaged, plain };
  for await (const items of readLdif(bytes, options, place)) {
    takeItems(items);
    yield reading.giveItems();
    if (reading.hasEnough) return;
  }
}

/** Reads plain records of Active Directory, if somebody takes them. */
function plainRecordsOf(
  reading: SourceReading,
  takeItems: (items: readonly LdifItem[]) => void,
): PlainRecords | undefined {
  if (!reading.takesViews || !PlainActiveDirectory.fits(reading.context)) return undefined;
  const scanner = new LdifScanner(plainAttributes);
  const object = new PlainActiveDirectory(reading.context);
  return {
    read: (chunk, start, line, found) => {
      object.begin(chunk);
      const end = scanner.scan(chunk, start, DN_OF_RECORD, object);
      if (end < 0 || !object.end()) return -1;
      takeItems(found());
      reading.takeView(object.user, line);
      return end;
    },
    get lines() {
      return scanner.lines;
    },
    get isAddition() {
      return scanner.isAddition;
    },
  };
}

async function* readObjects(
  bytes: AsyncIterable<Uint8Array>,
  { format }: Extract<DetectedFormat, { grammar: "json" }>,
  reading: SourceReading,
  place: TextPlace,
): AsyncGenerator<readonly ReadItem[]> {
  const rows = new JsonRows(format);
  for await (const items of readJson(bytes, reading.context.text, place)) {
    for (const item of items) {
      if (item.type === "fault") reading.takeFault(item);
      else {
        const row = rows.row(item.properties, reading.nextOrigin(item.line));
        reading.takeRecord(format.readRow(row, reading.context));
      }
    }
    yield reading.giveItems();
    if (reading.hasEnough) return;
  }
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
