import { InputError } from "../../model/errors.ts";
import { type CsvDialect, detectCsvDialect } from "../../text/csv-dialect.ts";
import { excerpt } from "../../text/fault.ts";
import { isJson, JsonReader } from "../../text/json.ts";
import {
  columnKey,
  type Format,
  type Header,
  type LdifFormat,
  type Recognition,
  type TableFormat,
} from "./define-format.ts";
import { refuseMistakenTable, refuseMistakenText } from "./mistaken-file.ts";

/** The format of a source, and by what it was recognised. */
export type DetectedFormat =
  | { readonly grammar: "ldif"; readonly format: LdifFormat; readonly why: string }
  | (DetectedTable & { readonly grammar: "csv"; readonly dialect: CsvDialect; readonly header: Header })
  | (DetectedTable & { readonly grammar: "json"; readonly properties: readonly string[] });

interface DetectedTable {
  readonly format: TableFormat;
  readonly why: string;
  /** Whether no other format has such columns. */
  readonly isSure: boolean;
  /** Other formats that have such columns too. */
  readonly couldBe: readonly string[];
}

/** What is asked of detection: which source, and which format if that is to be overruled. */
interface Asked {
  readonly name: string;
  readonly format?: string | undefined;
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
  const found = detectJson(head, tables, isAsked) ?? detectCsv(head, tables, asked);
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

function detectJson(head: string, tables: readonly TableFormat[], isAsked: boolean): DetectedFormat | undefined {
  if (!isJson(head)) return undefined;
  const properties = firstProperties(head);
  const found = recognizeTable(toHeader(properties, undefined), tables, isAsked);
  if (found === undefined) return undefined;
  const why = isAsked ? found.why : `it is JSON, and ${found.why.replace("its header", "its first object")}`;
  return { grammar: "json", properties, ...found, why };
}

/** The names of what the first object has. */
function firstProperties(head: string): readonly string[] {
  const reader = new JsonReader();
  const items = [...reader.read(new TextEncoder().encode(head)), ...reader.end()];
  const first = items.find((item) => item.type === "record");
  return first?.type === "record" ? [...first.properties.keys()] : [];
}

/** Tells whether the beginning of a file is that of JSON whose first object goes on behind it. */
export function isCutInFirstObject(head: string): boolean {
  return isJson(head) && !new JsonReader().read(new TextEncoder().encode(head)).some((item) => item.type === "record");
}

function detectCsv(head: string, tables: readonly TableFormat[], asked: Asked): DetectedFormat | undefined {
  const dialect = detectCsvDialect(head);
  if (dialect === undefined) return undefined;
  const header = toHeader(dialect.header, dialect.typeName);
  const isAsked = asked.format !== undefined;
  if (!isAsked) refuseMistakenTable(header, asked.name, dialect.headerLine);
  const found = recognizeTable(header, tables, isAsked);
  return found === undefined ? undefined : { grammar: "csv", dialect, header, ...found };
}

/** The first format that is sure of a header, else the first that could be it; the others that could are told. */
function recognizeTable(header: Header, tables: readonly TableFormat[], isAsked: boolean): DetectedTable | undefined {
  const recognized = tables.flatMap((format): readonly { format: TableFormat; recognition: Recognition }[] => {
    const recognition = format.recognize(header);
    return recognition === undefined ? [] : [{ format, recognition }];
  });
  const [asked] = tables;
  if (isAsked)
    return asked === undefined ? undefined : { format: asked, why: "it was asked for", isSure: true, couldBe: [] };
  const best = recognized.find(({ recognition }) => recognition.sure) ?? recognized[0];
  if (best === undefined) return undefined;
  const { why, sure } = best.recognition;
  const others = sure ? [] : recognized.filter((other) => other !== best);
  return { format: best.format, why, isSure: sure, couldBe: others.map(({ format }) => format.name) };
}

/** Gives the names of columns as formats compare them. */
export function toHeader(names: readonly string[], typeName: string | undefined): Header {
  return {
    names: new Set(names.map(columnKey)),
    written: new Set(names.map((name) => name.trim().toLowerCase())),
    typeName,
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
