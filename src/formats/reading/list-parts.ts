import { diagnose } from "../../model/diagnostic.ts";
import { InputError, UsageError } from "../../model/errors.ts";
import type { Side } from "../../model/user.ts";
import { GrowingBytes, peek, readBytes } from "../../text/bytes.ts";
import { closestName } from "../../text/closest-name.ts";
import { visible } from "../../text/fault.ts";
import { writeSheetText } from "../../text/sheet-text.ts";
import { isWorkbook, readSheets, type Sheet } from "../../text/workbook.ts";
import { XmlError } from "../../text/xml.ts";
import { isBomb, isZip, readZipDirectory, unpackEntry, type ZipEntry } from "../../text/zip.ts";
import { formats } from "../index.ts";
import { detectSource } from "./detect-source.ts";
import { makePart, type OpenPart, SHOW_HEAD, type ShownSource } from "./part.ts";
import type { Source } from "./source.ts";

/** An archive is held in memory while its parts are read. */
const LARGEST_ARCHIVE = 512 * 1024 * 1024;
const MOST_NAMED = 8;

/**
 * Lists the exports in a source: those in a ZIP archive or an Excel workbook, each as a source of its own, or the source itself.
 * What is no export is passed over, and so are exports of the other side than the one given; the first part says so when it is
 * read. A source whose data can be read but once is to be read from the list.
 *
 * @throws InputError if it is an archive or a workbook that is damaged, too large, or holds no export.
 * @throws UsageError if it has not the part that the source names.
 */
export async function listParts(
  source: Source,
  { side, columns }: { readonly side?: Side; readonly columns?: readonly string[] } = {},
): Promise<readonly Source[]> {
  const { head, again } = await look(side === undefined ? source : { ...source, side });
  if (!isZip(head)) {
    if (source.part === undefined) return [again];
    const known = formats.map(({ name }) => name);
    const meant = closestName(source.part, known);
    throw new UsageError(
      `${source.name} is no workbook and no ZIP archive: it has no "${source.part}", and no format has this name; ${meant === undefined ? `use one of: ${known.join(", ")}` : `did you mean "${meant}"?`}`,
    );
  }
  const candidates = listCandidates(again, await readArchive(again));
  const parts: LookedAt[] = [];
  for (const candidate of candidates) parts.push(await lookInto(candidate, columns));
  return choose(source, parts, side);
}

/** A file or a sheet that may be an export. */
interface Candidate {
  /** The name by which it can be chosen. */
  readonly key: string;
  readonly source: Omit<Source, "data">;
  /** Absent where it cannot be opened. */
  readonly open?: OpenPart;
  /** Why it cannot, as a part of a sentence. */
  readonly reason?: string;
  readonly isSheet: boolean;
  readonly isHidden?: boolean;
}

/** A candidate, and the format that it was recognised as, or why it is none. */
interface LookedAt extends Candidate {
  readonly format?: string;
}

async function look(source: Source): Promise<{ readonly head: Uint8Array; readonly again: Source }> {
  const { data } = source;
  if (data instanceof Uint8Array) return { head: data, again: source };
  if (typeof data === "string") return { head: new Uint8Array(0), again: source };
  const head = isShown(source) ? await source[SHOW_HEAD]() : undefined;
  if (head !== undefined) return { head, again: source };
  if (data instanceof Blob) return { head: new Uint8Array(await data.slice(0, 4).arrayBuffer()), again: source };
  const { head: first, bytes } = await peek(readBytes(data), 4);
  return { head: first, again: { ...source, data: bytes } };
}

function isShown(source: Source): source is ShownSource {
  return SHOW_HEAD in source;
}

async function readArchive({ name, data }: Source): Promise<Uint8Array> {
  if (data instanceof Uint8Array) return data;
  const bytes = new GrowingBytes();
  for await (const chunk of readBytes(data)) {
    if (bytes.length + chunk.length > LARGEST_ARCHIVE) throw unreadable(name, "the archive is larger than 512 MB");
    bytes.append(chunk);
  }
  return bytes.bytes();
}

function unreadable(source: string, detail: string): InputError {
  return new InputError("unreadable", {
    source,
    detail,
    hint: "Get the file again; if it is whole, unpack it first, or export to a file that is not packed.",
  });
}

type Container = Pick<Source, "name" | "encoding" | "side">;

function sourceIn({ name, encoding, side }: Container, part: string): Container {
  return {
    name: `${name}, ${part}`,
    ...(encoding === undefined ? {} : { encoding }),
    ...(side === undefined ? {} : { side }),
  };
}

function listCandidates(container: Container, bytes: Uint8Array, isInner = false): readonly Candidate[] {
  const directory = readZipDirectory(bytes);
  if ("fault" in directory) throw unreadable(container.name, `the archive: ${directory.fault}`);
  const { entries } = directory;
  if (isWorkbook(entries)) return listSheets(container, bytes, entries);
  const other = otherDocument(entries);
  if (other !== undefined) throw new InputError("mistaken-file", { source: container.name, ...other });
  return entries.filter(isOfUser).flatMap((entry) => listEntry(container, bytes, entry, isInner));
}

/** Leaves out what macOS and Windows add to archives. */
function isOfUser({ name }: ZipEntry): boolean {
  return !/^__MACOSX\/|(?:^|\/)(?:\._[^/]*|\.DS_Store|Thumbs\.db)$/i.test(name);
}

function otherDocument(entries: readonly ZipEntry[]): { readonly detail: string; readonly hint: string } | undefined {
  const has = (pattern: RegExp): boolean => entries.some(({ name }) => pattern.test(name));
  const hint = "Save it in Excel as a workbook (.xlsx) or as “CSV UTF-8”.";
  if (has(/^xl\/workbook\.bin$/i)) return { detail: "it is a binary workbook of Excel (.xlsb)", hint };
  if (has(/^content\.xml$/) && has(/^mimetype$/)) return { detail: "it is an OpenDocument file (.ods)", hint };
  const instead = "Send the export itself (CSV, LDIF, JSON or a workbook).";
  if (has(/^word\//i)) return { detail: "it is a document of Word", hint: instead };
  return has(/^ppt\//i) ? { detail: "it is a presentation of PowerPoint", hint: instead } : undefined;
}

function listEntry(container: Container, bytes: Uint8Array, entry: ZipEntry, isInner: boolean): readonly Candidate[] {
  const source = { ...sourceIn(container, entry.name), size: entry.size };
  const candidate = { key: entry.name, source, isSheet: false };
  const barred = barrierOf(entry);
  if (barred !== undefined) return [{ ...candidate, reason: barred }];
  const open: OpenPart = ({ damaged }) => unpackEntry(bytes, entry, damaged);
  const [head = new Uint8Array(0)] = open({ damaged: () => undefined, diagnose: () => undefined });
  if (!isZip(head)) return [{ ...candidate, open }];
  if (isInner || entry.size > LARGEST_ARCHIVE) {
    return [{ ...candidate, reason: "an archive in an archive; unpack it first" }];
  }
  try {
    return listCandidates(source, unpackWhole(bytes, entry, source.name), true).map((inner) => ({
      ...inner,
      key: `${entry.name}:${inner.key}`,
    }));
  } catch (error) {
    if (error instanceof InputError) return [{ ...candidate, reason: error.detail ?? error.message }];
    throw error;
  }
}

function barrierOf(entry: ZipEntry): string | undefined {
  if (entry.isEncrypted) return "it is encrypted; unpack it with its password first";
  if (entry.method !== 0 && entry.method !== 8) return "it is packed in a way that is not read; unpack it first";
  return isBomb(entry)
    ? "it would unpack to more than 200 times its size, as what is made to harm does; unpack it first if it is no such thing"
    : undefined;
}

function unpackWhole(bytes: Uint8Array, entry: ZipEntry, name: string): Uint8Array {
  const unpacked = new GrowingBytes();
  const damaged = (): never => {
    throw unreadable(name, "it is damaged");
  };
  for (const piece of unpackEntry(bytes, entry, damaged)) unpacked.append(piece);
  return unpacked.bytes();
}

function listSheets(container: Container, bytes: Uint8Array, entries: readonly ZipEntry[]): readonly Candidate[] {
  const barred = entries.find((entry) => barrierOf(entry) !== undefined);
  if (barred !== undefined) throw unreadable(container.name, `${barred.name} in it: ${barrierOf(barred)}`);
  try {
    return readSheets(entries, (entry, damaged) => unpackEntry(bytes, entry, damaged)).map((sheet) => ({
      key: sheet.name,
      source: sourceIn(container, `sheet "${sheet.name}"`),
      open: openSheet(sheet),
      isSheet: true,
      isHidden: sheet.isHidden,
    }));
  } catch (error) {
    if (error instanceof XmlError) throw unreadable(container.name, `the workbook: ${error.message}`);
    throw error;
  }
}

function openSheet(sheet: Sheet): OpenPart {
  return ({ damaged, diagnose: tell }) =>
    writeSheetText(
      sheet.rows((what, count) => {
        if (what === "archive-damaged") damaged();
        else tell(diagnose(what, { detail: String(count) }));
      }),
    );
}

/** Tells what a candidate is by its beginning: by itself, and only then by the side that the whole was given as. */
async function lookInto(candidate: Candidate, columns: readonly string[] = []): Promise<LookedAt> {
  const { side, ...bare } = candidate.source;
  const alone = await lookAs(candidate, bare, columns);
  return alone.format === undefined && side !== undefined ? lookAs(candidate, candidate.source, columns) : alone;
}

async function lookAs(candidate: Candidate, source: Container, columns: readonly string[]): Promise<LookedAt> {
  const { open } = candidate;
  if (open === undefined) return candidate;
  try {
    const { data } = makePart(source, open);
    const { detected } = await detectSource(readBytes(data), source, () => undefined, columns);
    return { ...candidate, format: detected.format.name };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const isEmpty = error.code === "empty-input";
    const reason = candidate.isSheet ? "" : "it is empty";
    return { ...candidate, reason: isEmpty ? reason : (error.detail ?? "") };
  }
}

function choose(container: Source, parts: readonly LookedAt[], side: Side | undefined): readonly Source[] {
  const { name, part, format } = container;
  if (part !== undefined) return [named(container, parts, part)];
  const known = parts.filter((one) => one.format !== undefined && (format === undefined || one.format === format));
  const only = format !== undefined && known.length === 0 ? parts.filter(({ open }) => open !== undefined) : [];
  if (only.length === 1) return only.flatMap((one) => toSource(one, format, []));
  // Of the only table that there is its reader says how it can be read.
  const tables = parts.filter(({ reason }) => reason?.startsWith("a table with ") === true);
  if (known.length === 0 && tables.length === 1) return tables.flatMap((one) => toSource(one, format, []));
  if (known.length === 0) throw nothingIn(name, parts);
  const fitting = side === undefined ? known : known.filter((one) => fits(one, side));
  const taken = fitting.length === 0 ? known : fitting;
  const passed = parts.filter((one) => !taken.includes(one) && one.reason !== "");
  const notes = passed.length === 0 ? [] : [diagnose("parts-passed-over", { detail: listReasons(passed) })];
  return taken.flatMap((one, index) => toSource(one, format, index === 0 ? notes : []));
}

function named(container: Source, parts: readonly LookedAt[], part: string): Source {
  const wanted = part.toLowerCase();
  const found =
    parts.find(({ key }) => key.toLowerCase() === wanted) ??
    parts.find(({ key }) => key.toLowerCase().endsWith(`/${wanted}`));
  const [source] = found === undefined ? [] : toSource(found, container.format, []);
  if (source !== undefined) return source;
  if (found !== undefined) throw unreadable(found.source.name, found.reason ?? "");
  const has = parts.map(({ key }) => `"${visible(key)}"`).slice(0, MOST_NAMED);
  throw new UsageError(`${container.name} has no part "${part}"; it has ${has.join(", ")}`);
}

function toSource({ source, open, isHidden }: LookedAt, format: string | undefined, notes: OpenNotes): Source[] {
  if (open === undefined) return [];
  const all = isHidden === true ? [...notes, diagnose("sheet-hidden")] : notes;
  return [makePart(format === undefined ? source : { ...source, format }, open, all)];
}

type OpenNotes = Parameters<typeof makePart>[2] & {};

function fits({ format }: LookedAt, side: Side): boolean {
  const own = formats.find(({ name }) => name === format)?.side ?? "either";
  return own === side || own === "either";
}

function nothingIn(source: string, parts: readonly LookedAt[]): InputError {
  const told = parts.filter(({ reason }) => reason !== "");
  return new InputError("unknown-format", {
    source,
    detail: told.length === 0 ? "nothing is in it" : `nothing in it is an export: ${listReasons(told)}`,
    hint: `To read a part all the same, name it and its format: ${visible(source)}:PART:FORMAT.`,
  });
}

function listReasons(parts: readonly LookedAt[]): string {
  const more = parts.length - MOST_NAMED;
  const listed = parts.slice(0, MOST_NAMED).map(({ key, format, reason }) => {
    const side = formats.find(({ name }) => name === format)?.side;
    const what =
      format === undefined
        ? reason
        : `it is ${format}, of the ${side === "online" ? "online service" : "on-premises side"}`;
    return `"${visible(key)}" (${what})`;
  });
  return `${listed.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
