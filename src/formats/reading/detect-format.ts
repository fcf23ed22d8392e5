import { InputError } from "../../model/errors.ts";
import { type CsvDialect, detectCsvDialect } from "../../text/csv-dialect.ts";
import { excerpt } from "../../text/fault.ts";
import type { Format, Header, LdifFormat, TableFormat } from "./define-format.ts";

/** The format of a source, and by what it was recognised. */
export type DetectedFormat =
  | { readonly grammar: "ldif"; readonly format: LdifFormat; readonly why: string }
  | { readonly grammar: "csv"; readonly format: TableFormat; readonly why: string; readonly dialect: CsvDialect };

/**
 * Tells the format of a source from its first characters, never from its name.
 *
 * @throws InputError `unknown-format`, `empty-input`, or `unknown-format` again if the format asked for does not fit.
 */
export function detectFormat(
  head: string,
  formats: readonly Format[],
  source: { readonly name: string; readonly format?: string | undefined },
): DetectedFormat {
  if (head.trim() === "") {
    throw new InputError("empty-input", { source: source.name, hint: "Export again; the file holds no record." });
  }
  const candidates = source.format === undefined ? formats : formats.filter(({ name }) => name === source.format);
  if (candidates.length === 0) {
    const known = formats.map(({ name }) => name).join(", ");
    throw new InputError("unknown-format", {
      source: source.name,
      detail: `there is no format "${source.format}"`,
      hint: `Use one of: ${known}.`,
    });
  }
  const ldifSign = findLdifSign(head);
  const ldif = candidates.find((format) => format.grammar === "ldif");
  if (ldif !== undefined && (ldifSign !== undefined || source.format === ldif.name)) {
    return { grammar: "ldif", format: ldif, why: ldifSign ?? "it was asked for" };
  }
  const dialect = detectCsvDialect(head);
  if (dialect !== undefined) {
    const header = toHeader(dialect);
    for (const format of candidates) {
      if (format.grammar !== "csv") continue;
      const why = format.recognize(header) ?? (source.format === undefined ? undefined : "it was asked for");
      if (why !== undefined) return { grammar: "csv", format, why, dialect };
    }
  }
  throw unknownFormat(head, formats, source.name, dialect);
}

/** Names the line by which LDIF is known: `dn:`, `version:`, or the comment of a program that writes LDIF. */
function findLdifSign(head: string): string | undefined {
  for (const line of head.split("\n")) {
    if (/^(?:dn|version)::? *\S/i.test(line) || /^dn::?\s*$/i.test(line))
      return `it has the line "${excerpt(line.trim())}"`;
    if (/^# (?:extended LDIF|record 1)\s*$/.test(line)) return `it begins with "${line.trim()}"`;
    if (!/^(?:#| |\s*$)/.test(line) && !/^(?:ref|search|result):/i.test(line)) return undefined;
  }
  return undefined;
}

function toHeader({ header, typeName }: CsvDialect): Header {
  return { names: new Set(header.map((name) => name.toLowerCase())), typeName };
}

function unknownFormat(
  head: string,
  formats: readonly Format[],
  source: string,
  dialect: CsvDialect | undefined,
): InputError {
  const columns = dialect?.header.filter((name) => name !== "") ?? [];
  const detail =
    columns.length > 1
      ? `a table with the columns ${excerpt(columns.join(", "))}`
      : `it begins with "${excerpt(head.trimStart().split("\n", 1)[0]?.trimEnd() ?? "")}"`;
  const commands = formats.map(({ title, exportCommand }) => `  ${title}:\n    ${exportCommand}`);
  return new InputError("unknown-format", {
    source,
    detail,
    ...(dialect === undefined ? {} : { line: dialect.headerLine }),
    hint: `These exports can be read:\n${commands.join("\n")}`,
  });
}
