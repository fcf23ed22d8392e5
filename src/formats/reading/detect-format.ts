import { InputError } from "../../model/errors.ts";
import type { Side } from "../../model/user.ts";
import { type CsvDialect, detectCsvDialect } from "../../text/csv-dialect.ts";
import { readSample } from "../../text/csv-sample.ts";
import { excerpt } from "../../text/fault.ts";
import { isJson, JsonReader } from "../../text/json.ts";
import { adoptColumns } from "./adopt-columns.ts";
import { withoutCommonEnding } from "./column-words.ts";
import { type Cells, columnKey, type Format, type Header, type LdifFormat, type TableFormat } from "./define-format.ts";
import { toTexts, withAttributes } from "./json-object.ts";
import { refuseMistakenTable, refuseMistakenText } from "./mistaken-file.ts";
import { type ProposedColumn, proposeColumns } from "./propose-columns.ts";
import { hasRowsOfOneObject } from "./row-per-address.ts";
import { onlyOnline, onlyOnPremises } from "./side-columns.ts";
import { weigh } from "./weigh.ts";

/** The format of a source, and by what it was recognised. */
export type DetectedFormat =
  | { readonly grammar: "ldif"; readonly format: LdifFormat; readonly why: string }
  | (DetectedTable & { readonly grammar: "csv"; readonly dialect: CsvDialect; readonly header: Header })
  | (DetectedTable & { readonly grammar: "json"; readonly properties: readonly string[] });

interface DetectedTable {
  /** With the columns of this table that it knows by another name. */
  readonly format: TableFormat;
  /** Whether several rows are of one object. */
  readonly hasRowsOfOneObject: boolean;
  readonly why: string;
  /** Whether no other format has such columns. */
  readonly isSure: boolean;
  /** Other formats that have such columns too. */
  readonly couldBe: readonly string[];
  /** Set if columns of both sides are there: names of those that the other side has. */
  readonly ofOtherSide?: readonly string[];
}

/** What is asked of detection: which source, and which format if that is to be overruled. */
interface Asked {
  readonly name: string;
  readonly format?: string | undefined;
  /** The side that it was given as. */
  readonly side?: Side | undefined;
}

/**
 * Tells the format of a source from its first characters, never from its name.
 *
 * @throws InputError `empty-input`, `mistaken-file`, `unknown-format`, or the latter if the format asked for does not fit.
 */
export function detectFormat(head: string, formats: readonly Format[], asked: Asked): DetectedFormat {
  if (head.trim() === "") {
    throw new InputError("empty-input", { source: asked.name, hint: "Export again; the file holds no record." });
  }
  const candidates = findCandidates(formats, asked);
  const isAsked = asked.format !== undefined;
  const ldifSign = findLdifSign(head);
  const ldif = candidates.find((format) => format.grammar === "ldif");
  if (ldif !== undefined && (ldifSign !== undefined || isAsked)) {
    return { grammar: "ldif", format: ldif, why: isAsked ? "it was asked for" : (ldifSign ?? "") };
  }
  if (!isAsked) refuseMistakenText(head, asked.name);
  const tables = candidates.filter((format) => format.grammar === "table");
  const found = detectJson(head, tables, asked) ?? detectCsv(head, tables, asked);
  if (found === undefined) throw unknownFormat(head, formats, asked.name);
  return found;
}

function findCandidates(formats: readonly Format[], { name, format }: Asked): readonly Format[] {
  if (format === undefined) return formats;
  const candidates = formats.filter((candidate) => candidate.name === format);
  if (candidates.length > 0) return candidates;
  throw new InputError("unknown-format", {
    source: name,
    detail: `there is no format "${format}"`,
    hint: `Use one of: ${formats.map((candidate) => candidate.name).join(", ")}.`,
  });
}

function detectJson(head: string, tables: readonly TableFormat[], asked: Asked): DetectedFormat | undefined {
  if (!isJson(head)) return undefined;
  const objects = firstObjects(head);
  const properties = [...new Set(objects.flatMap((object) => [...object.keys()]))];
  const rows = objects.map((object) => properties.map((name) => toTexts(object.get(name)).join(";")));
  const header = toHeader(properties, undefined, rows, true);
  if (asked.format === undefined) refuseMistakenTable(header, asked.name, 1);
  const found = recognizeTable(header, tables, asked);
  if (found === undefined) return undefined;
  const why =
    asked.format === undefined ? `it is JSON, and ${found.why.replace("its header", "its first object")}` : found.why;
  return { grammar: "json", properties, ...found, why };
}

/** The objects at the beginning. */
function firstObjects(head: string): readonly ReadonlyMap<string, unknown>[] {
  const reader = new JsonReader();
  const items = [...reader.read(new TextEncoder().encode(head)), ...reader.end()];
  return items.flatMap((item) => (item.type === "record" ? [withAttributes(item.properties)] : [])).slice(0, MOST_ROWS);
}

/** So many rows tell what their columns are for. */
const MOST_ROWS = 100;

/** Tells whether the beginning of a file is that of JSON whose first object goes on behind it. */
export function isCutInFirstObject(head: string): boolean {
  return isJson(head) && !new JsonReader().read(new TextEncoder().encode(head)).some((item) => item.type === "record");
}

function detectCsv(head: string, tables: readonly TableFormat[], asked: Asked): DetectedFormat | undefined {
  const dialect = detectCsvDialect(head);
  if (dialect === undefined) return undefined;
  const header = toHeader(dialect.header, dialect.typeName, readSample(head, dialect, MOST_ROWS));
  if (asked.format === undefined) refuseMistakenTable(header, asked.name, dialect.headerLine);
  const found = recognizeTable(header, tables, asked);
  return found === undefined ? undefined : { grammar: "csv", dialect, header, ...found };
}

/** So much less may speak for a format that a table could be of all the same. */
const CLOSE = 5;

/** The format for which most speaks; the next best one is told where it is close. */
function recognizeTable(header: Header, tables: readonly TableFormat[], asked: Asked): DetectedTable | undefined {
  if (asked.format !== undefined) {
    const [format] = tables;
    if (format === undefined) return undefined;
    const adopted = adoptColumns(format, header);
    return { ...describe(adopted.format, header), why: "it was asked for", isSure: true, couldBe: [] };
  }
  const weighed = tables.flatMap((format) => weigh(format, header, asked.side) ?? []);
  const [best, ...others] = weighed.toSorted((one, other) => other.score - one.score);
  if (best === undefined) return undefined;
  const next = others.filter(({ score, hasOwn }) => score > best.score - CLOSE && (hasOwn || !best.hasOwn));
  return {
    ...describe(best.adopted.format, header),
    why: best.why,
    isSure: best.hasOwn && next.length === 0,
    couldBe: next.slice(0, 1).map(({ format }) => format.name),
    ...otherSideOf(best.format, header),
  };
}

function describe(format: TableFormat, header: Header): Pick<DetectedTable, "format" | "hasRowsOfOneObject"> {
  return { format, hasRowsOfOneObject: hasRowsOfOneObject(format, header) };
}

/** The columns that exports of the other side have. */
function otherSideOf({ side }: TableFormat, { names, columns }: Header): Pick<DetectedTable, "ofOtherSide"> {
  const others = side === "online" ? onlyOnPremises : side === "onPremises" ? [...onlyOnline, "ImmutableId"] : [];
  const keys = new Set(others.map(columnKey).filter((key) => names.has(key)));
  const found = columns.filter((name) => keys.has(columnKey(name)));
  return found.length === 0 ? {} : { ofOtherSide: found };
}

/** Gives the names of columns as formats compare them. */
export function toHeader(
  written: readonly string[],
  typeName: string | undefined,
  rows: readonly Cells[] = [],
  isJson = false,
): Header {
  const names = withoutCommonEnding(written);
  let proposals: readonly ProposedColumn[] | undefined;
  return {
    names: new Set(names.map((name) => columnKey(name))),
    written: new Set(names.map((name) => name.trim().toLowerCase())),
    typeName,
    columns: written,
    rows,
    proposals: () => (proposals ??= proposeColumns(written, rows)),
    isJson,
  };
}

/** Names the line by which LDIF is known: `dn:`, `version:`, or the comment of a program that writes LDIF. */
function findLdifSign(head: string): string | undefined {
  for (const line of head.split("\n")) {
    if (/^(?:dn|version)::? *\S/i.test(line) && !/^version:v1\.0/i.test(line)) {
      return `it has the line "${excerpt(line.trim())}"`;
    }
    if (/^dn::?\s*$/i.test(line)) return `it has the line "${line.trim()}"`;
    if (/^# (?:extended LDIF|record 1)\s*$/.test(line)) return `it begins with "${line.trim()}"`;
    if (!/^(?:#| |\s*$)/.test(line) && !/^(?:ref|search|result):/i.test(line)) return undefined;
  }
  return undefined;
}

function unknownFormat(head: string, formats: readonly Format[], source: string): InputError {
  const dialect = detectCsvDialect(head);
  const columns = dialect?.header.filter((name) => name !== "") ?? [];
  const detail =
    columns.length > 1
      ? `a table with the columns ${excerpt(columns.join(", "))}`
      : `it begins with "${excerpt(head.trimStart().split("\n", 1)[0]?.trimEnd() ?? "")}"`;
  const commands = formats
    .filter(({ recommended }) => recommended === true)
    .map(({ title, exportCommand }) => `  ${title}:\n    ${exportCommand}`);
  return new InputError("unknown-format", {
    source,
    detail,
    ...(dialect === undefined ? {} : { line: dialect.headerLine }),
    hint:
      `Good exports are made with:\n${commands.join("\n")}\n` +
      `If the file is one of these formats, name it (FILE:FORMAT): ${formats.map(({ name }) => name).join(", ")}.`,
  });
}
