import { joinBytes, peek, readBytes } from "../../text/bytes.ts";
import { readCsv } from "../../text/csv.ts";
import { type DetectedEncoding, detectEncoding, transcodeToUtf8 } from "../../text/encoding.ts";
import { readLdif } from "../../text/ldif.ts";
import { formats } from "../index.ts";
import { type DetectedFormat, detectFormat } from "./detect-format.ts";
import type { ReadItem, ReadOptions, Source } from "./source.ts";
import { SourceReading } from "./source-reading.ts";
import { TableColumns } from "./table-columns.ts";

const HEAD_LENGTH = 64 * 1024;

/**
 * Reads the users of one export. The format is told from the content.
 *
 * Gives the format first, then users and diagnostics as they come, in the order of the file, and a summary at the end.
 * A user read from LDIF lacks the fields that its record has no value for; the summary's `fields` tells which of them the
 * export has at all. Rows of a table have `""` and `[]` in their place.
 *
 * @throws InputError `empty-input`, `unknown-format`, or `nothing-read` if no record could be read.
 * @example
 * ```ts
 * for await (const item of readUsers({ name: "ad.ldf", data: "dn: CN=Ana,DC=contoso,DC=com\nmail: ana@contoso.com\n" })) {
 *   if (item.type === "user") console.log(item.user.mail); // "ana@contoso.com"
 * }
 * ```
 */
export async function* readUsers(source: Source, options: ReadOptions = {}): AsyncGenerator<ReadItem> {
  for await (const batch of readUserBatches(source, options)) yield* batch;
}

/** Reads the users of one export in batches, each as large as a chunk of the source: see {@link readUsers}. */
export async function* readUserBatches(source: Source, options: ReadOptions = {}): AsyncGenerator<readonly ReadItem[]> {
  const reading = new SourceReading(source, options);
  const peeked = await peek(reading.watch(readBytes(source.data)), HEAD_LENGTH);
  const encoding = detectEncoding(peeked.head);
  const detected = detectFormat(await decodeHead(peeked.head, encoding), formats, source);
  yield reading.begin(detected, encoding.encoding);
  const bytes = transcodeToUtf8(peeked.bytes, encoding, (found) => reading.takeFault(found));
  yield* detected.grammar === "ldif" ? readRecords(bytes, detected, reading) : readRows(bytes, detected, reading);
  yield reading.end();
}

async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  { format }: Extract<DetectedFormat, { grammar: "ldif" }>,
  reading: SourceReading,
): AsyncGenerator<readonly ReadItem[]> {
  for await (const items of readLdif(bytes, { wanted: format.attributes })) {
    for (const item of items) {
      if (item.type === "fault") reading.takeFault(item);
      else reading.takeRecord(format.readRecord(item, reading.nextOrigin(item.line), reading.context));
    }
    yield reading.giveItems();
  }
}

async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  { format, dialect }: Extract<DetectedFormat, { grammar: "csv" }>,
  reading: SourceReading,
): AsyncGenerator<readonly ReadItem[]> {
  const columns = new TableColumns(format, dialect.header);
  for await (const items of readCsv(bytes, dialect.delimiter, reading.context.text)) {
    for (const item of items) {
      if (item.type === "fault") {
        reading.takeFault(item);
      } else if (item.line > dialect.headerLine && !columns.isEmptyRow(item)) {
        const origin = reading.nextOrigin(item.line);
        const cellFault = columns.checkCells(item);
        if (cellFault !== undefined) reading.takeFault(cellFault.fault);
        if (cellFault?.misaligned !== true) {
          reading.takeRecord(format.readRow(columns.row(item, origin), reading.context));
        }
      }
    }
    yield reading.giveItems();
  }
}

/** Decodes enough of the beginning to tell a format; a character cut at its end does not matter. */
async function decodeHead(head: Uint8Array, encoding: DetectedEncoding): Promise<string> {
  const even = head.subarray(0, encoding.encoding === "utf-8" ? head.length : head.length & ~1);
  async function* once() {
    yield even;
  }
  const parts: Uint8Array[] = [];
  for await (const part of transcodeToUtf8(once(), encoding, () => undefined)) parts.push(part);
  return new TextDecoder("utf-8").decode(joinBytes(parts));
}
