import { checkOptions } from "../../model/option.ts";
import { readBytes } from "../../text/bytes.ts";
import { transcodeToUtf8 } from "../../text/encoding.ts";
import { fault, type TextFault, type TextPlace } from "../../text/fault.ts";
import { readJson } from "../../text/json.ts";
import { readLdif } from "../../text/ldif.ts";
import type { LdifItem, PlainRecords } from "../../text/ldif-record.ts";
import { LdifScanner } from "../../text/ldif-scanner.ts";
import { returnsToNewlines } from "../../text/line-ends.ts";
import { blankBytes } from "../../text/surroundings.ts";
import { chosenAttributes } from "./active-directory.ts";
import type { RecordContext } from "./define-format.ts";
import type { DetectedFormat } from "./detect-format.ts";
import { detectSource } from "./detect-source.ts";
import { JsonRows } from "./json-object.ts";
import { listParts } from "./list-parts.ts";
import { dataOf } from "./part.ts";
import { DN_OF_RECORD, PlainActiveDirectory, plainAttributes } from "./plain-active-directory.ts";
import { readRows } from "./read-rows.ts";
import { type PartialReadOptions, partialReadingOptions } from "./reading-options.ts";
import type { ReadItem, Source, UserSink } from "./source.ts";
import { SourceReading } from "./source-reading.ts";

/**
 * Reads the users of one export. Compression, encoding and format are told from the content. Of a ZIP archive or a workbook
 * each export in it is read, one behind the other ({@link listParts}).
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
  for (const part of await listParts(source, options.columns && { columns: options.columns }))
    for await (const batch of readUserBatches(part, options)) yield* batch;
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
  const chunks = reading.watch(readBytes(dataOf(source, reading.teller)));
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
  const found = await detectSource(chunks, source, reading.teller.damaged, reading.context.columns);
  const { bytes, encoding, isPacked, hasReturnsOnly } = found;
  const detected = withColumnsFor(found.detected, reading.context);
  yield reading.begin(detected, encoding, isPacked, found.written);
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
  const { before } = found;
  yield* readItems(before === undefined ? lines : blankBytes(lines, before), detected, reading, place);
  for (const note of found.notes) reading.teller.diagnose(note);
  for (const found of faults) reading.takeFault(found());
  yield reading.end();
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
