import { UsageError } from "../../model/errors.ts";
import type { Side } from "../../model/user.ts";
import { appendTo } from "../../text/append.ts";
import { closestName } from "../../text/closest-name.ts";
import { CsvReader } from "../../text/csv.ts";
import { type CsvDialect, detectCsvDialect } from "../../text/csv-dialect.ts";
import { isJson } from "../../text/json.ts";
import { blankText, type Surroundings } from "../../text/surroundings.ts";
import { adUser } from "../ad-user.ts";
import { exchangeRecipient } from "../exchange-recipient.ts";
import { type ColumnChoice, formatColumnChoice, parseColumnChoice } from "./column-choice.ts";
import { listRoles } from "./column-words.ts";
import { columnKey, defineFormat, type TableFormat } from "./define-format.ts";
import { type ProposedColumn, proposeColumns } from "./propose-columns.ts";
import type { Source } from "./source.ts";
import { licenses } from "./value-kinds.ts";

/** A list that somebody made, with what its columns are for. */
export interface OwnList {
  readonly format: TableFormat;
  /** The header as the format has it, in place of the one that is there. */
  readonly before: Surroundings & { readonly header: string };
  /** What its columns are for, as an option. */
  readonly choice: string;
  /** The names of its columns. */
  readonly written: readonly string[];
  /** Why, where nobody said so. */
  readonly reasons?: string;
  /** Whether nobody who looks at the list could take it for anything else. */
  readonly isSure: boolean;
}

const common = { name: "own-list", title: "A list of one's own", side: "either" } as const;
const ofActiveDirectory = defineFormat({ ...adUser, ...common });
const ofService = defineFormat({
  ...exchangeRecipient,
  ...common,
  usualLimit: Number.POSITIVE_INFINITY,
  columns: {
    ...exchangeRecipient.columns,
    isEnabled: { names: ["isEnabled"], field: "isEnabled" },
    isLicensed: { names: ["isLicensed"], field: "isLicensed" },
    licenses: { names: ["licenses"], field: "isLicensed", as: licenses },
    isGuest: { names: ["isGuest"], field: "isGuest" },
    softDeletionTimestamp: { names: ["deletedAt"] },
  },
});

/** What only lists of Active Directory have. */
const ON_PREMISES: readonly string[] = ["distinguishedName", "sourceAnchor", "samAccountName", "objectClass"];
/** So many rows tell what their columns are for. */
const MOST_ROWS = 300;
/** A header stands among so many lines. */
const MOST_LINES = 20;

type Asked = Pick<Source, "name" | "side">;

/**
 * Finds the table of which somebody said what its columns are for.
 *
 * @throws UsageError if it has some of the columns only, or a field is none.
 */
export function applyChoices(text: string, asked: Asked, choices: readonly string[]): OwnList | undefined {
  for (const choice of choices.map(parseColumnChoice)) {
    if (choice.source !== undefined && choice.source !== asked.name) continue;
    const wanted = [...choice.fields.values()].flat();
    const tables = tablesIn(text);
    const found = tables.find(({ dialect }) => missingIn(dialect, wanted).length === 0);
    if (found !== undefined) return makeList(found, choice, asked);
    const nearest = tables.find(({ dialect }) => missingIn(dialect, wanted).length < wanted.length);
    if (nearest !== undefined || choice.source !== undefined) throw missing(asked.name, nearest?.dialect, wanted);
  }
  return undefined;
}

/** Proposes what the columns of a table are for that no format knows. */
export function proposeList(text: string, asked: Asked): OwnList | undefined {
  let best: { readonly table: Table; readonly proposed: readonly ProposedColumn[] } | undefined;
  for (const table of tablesIn(text)) {
    const { header } = table.dialect;
    if (header.some((name) => name.includes("@"))) continue;
    const proposed = withSiblings(proposeColumns(header, table.rows), table.rows).filter(
      ({ role }) => role !== undefined,
    );
    if (proposed.length > (best?.proposed.length ?? 0)) best = { table, proposed };
  }
  if (best === undefined || !best.proposed.some(({ role }) => role !== undefined && IDENTITIES.has(role)))
    return undefined;
  const { table, proposed } = best;
  const format = formatFor(
    proposed.flatMap(({ role = "" }) => role),
    asked.side,
  );
  const fields = new Map<string, string[]>();
  const reasons = new Map<string, string[]>();
  for (const { role = "", name, why = "" } of proposed) {
    if (ruleOf(format, role) === undefined) continue;
    appendTo(fields, role, name);
    appendTo(reasons, why, name);
  }
  const isSure = (wanted: ReadonlySet<string>): boolean =>
    proposed.some(({ role = "", certainty }) => certainty === "sure" && wanted.has(role));
  const told = Array.from(reasons, ([why, names]) => `${names.join(", ")}: ${why}`);
  return {
    ...makeList(table, { fields }, asked),
    reasons: told.join("; "),
    isSure: isSure(IDENTITIES) && isSure(TELLING),
  };
}

/** What names a person, and what is worth telling of one. */
const IDENTITIES: ReadonlySet<string> = new Set(["userPrincipalName", "proxyAddresses", "primarySmtpAddress", "mail"]);
const TELLING: ReadonlySet<string> = new Set(["proxyAddresses", "primarySmtpAddress", "smtpAddresses"]);

/** `Mail 2`, `Mail 3` … beside `Mail` are further addresses; that the first is the primary one is likely. */
function withSiblings(
  proposed: readonly ProposedColumn[],
  rows: readonly (readonly string[])[],
): readonly ProposedColumn[] {
  const mail = proposed.find(({ role }) => role === "mail");
  if (mail === undefined || proposed.some(({ role }) => role !== undefined && TELLING.has(role))) return proposed;
  const base = columnKey(mail.name).replace(/1$/, "");
  const isSibling = ({ name, role, index }: ProposedColumn): boolean =>
    role === undefined &&
    /^\d{1,3}$/.test(columnKey(name).replace(base, "")) &&
    rows.every((row) => (row[index] ?? "") === "" || (row[index] ?? "").includes("@"));
  if (!proposed.some(isSibling)) return proposed;
  return proposed.map((column) => {
    if (column === mail)
      return { ...column, role: "primarySmtpAddress", certainty: "likely", why: "the first of several" };
    if (!isSibling(column)) return column;
    return { ...column, role: "smtpAddresses", certainty: "likely", why: "further ones" };
  });
}

interface Table {
  readonly dialect: CsvDialect;
  /** The line on which the header ends. */
  readonly headerEnd: number;
  readonly rows: readonly (readonly string[])[];
}

/** The tables that the first lines could be the headers of. */
function* tablesOf(text: string): Generator<Table> {
  const last = Math.min(MOST_LINES, text.split("\n", MOST_LINES).length);
  for (let lines = 0; lines < last; lines++) {
    const dialect = detectCsvDialect(blankText(text, { lines, indent: 0 }));
    if (dialect === undefined) return;
    lines = dialect.headerLine - 1;
    if (dialect.header.filter((name) => name !== "").length < 2) continue;
    const behind = text.split("\n").slice(lines).join("\n");
    const reader = new CsvReader(dialect);
    const items = [...reader.read(new TextEncoder().encode(behind)), ...reader.end()];
    const [header = [], ...rows] = items.flatMap((item) => (item.type === "row" ? [item.cells] : []));
    const breaks = header.join("").split("\n").length - 1;
    yield { dialect, headerEnd: dialect.headerLine + breaks, rows: rows.slice(0, MOST_ROWS) };
  }
}

/** The beginning of a table, and what its columns may be for. */
export interface TableSketch {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** For each column the field that its name and cells speak for; blank if nothing does. */
  readonly fields: readonly string[];
}

/** What is offered for a column of a list. */
export const offeredFields: readonly string[] = [
  "userPrincipalName displayName mail primarySmtpAddress smtpAddresses proxyAddresses sipAddress",
  "distinguishedName sourceAnchor samAccountName objectId immutableId recipientType isEnabled isLicensed isGuest",
  "mailNickname givenName surname department jobTitle",
].flatMap((names) => names.split(" "));

/** Shows the first rows of the table in a text, if there is one. */
export function sketchTable(text: string): TableSketch | undefined {
  if (isJson(text)) return undefined;
  let best: TableSketch | undefined;
  let most = -1;
  for (const { dialect, rows } of tablesOf(text)) {
    const fields = withSiblings(proposeColumns(dialect.header, rows), rows).map(({ role = "" }) => role);
    const count = fields.filter((field) => field !== "").length;
    if (count > most) best = { header: dialect.header, rows: rows.slice(0, 5), fields };
    most = Math.max(most, count);
  }
  return best;
}

/** Lists the names of the columns of the first table, if there is one. */
export function columnsIn(text: string): readonly string[] {
  return tablesIn(text)[0]?.dialect.header ?? [];
}

function tablesIn(text: string): readonly Table[] {
  return [...tablesOf(text)];
}

function makeList({ dialect, headerEnd }: Table, choice: ColumnChoice, { side }: Asked): OwnList {
  const format = formatFor([...choice.fields.keys()], side);
  const names = dialect.header.map((name) => (isReadAs(format, name, choice) ? "" : name));
  for (const [field, columns] of choice.fields) {
    const rule = ruleOf(format, field);
    if (rule === undefined) throw unknownField(format, field);
    if (columns.length > 1 && !rule.isList) throw new UsageError(`columns: ${field} can have one column only`);
    columns.forEach((column, number) => {
      const index = dialect.header.findIndex((name) => columnKey(name) === columnKey(column));
      names[index] = columns.length === 1 ? rule.name : `${rule.name}${number + 1}`;
    });
  }
  const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(dialect.delimiter);
  return {
    format,
    before: { lines: headerEnd, indent: 0, header },
    choice: formatColumnChoice(choice),
    written: dialect.header,
    isSure: true,
  };
}

/** Whether a column that nobody chose would feed a field for which another one was chosen. */
function isReadAs(format: TableFormat, name: string, { fields }: ColumnChoice): boolean {
  const key = columnKey(name).replace(/\d{1,6}$/, "");
  return [...fields.keys()].some(
    (field) => ruleOf(format, field)?.names.some((known) => columnKey(known) === key) === true,
  );
}

function formatFor(roles: readonly string[], side: Side | undefined): TableFormat {
  const isOnPremises = side === undefined ? roles.some((role) => ON_PREMISES.includes(role)) : side === "onPremises";
  return isOnPremises ? ofActiveDirectory : ofService;
}

/** The column by which a format reads a field. */
function ruleOf(
  { columns }: TableFormat,
  field: string,
): { readonly name: string; readonly names: readonly string[]; readonly isList: boolean } | undefined {
  const wanted = columnKey(field);
  const rules = Object.entries(columns);
  const [key, rule] =
    rules.find(([name]) => columnKey(name) === wanted) ??
    rules.find(([, { names }]) => names.some((name) => columnKey(name) === wanted)) ??
    rules.find(([, { field: own, as }]) => own === field && as === undefined) ??
    [];
  if (rule === undefined || key === undefined) return undefined;
  return {
    name: rule.names[0] ?? key,
    names: rule.names,
    isList: rule.numbered === true && listRoles.has(key as never),
  };
}

function missingIn({ header }: CsvDialect, wanted: readonly string[]): readonly string[] {
  const keys = new Set(header.map(columnKey));
  return wanted.filter((name) => !keys.has(columnKey(name)));
}

function missing(source: string, dialect: CsvDialect | undefined, wanted: readonly string[]): UsageError {
  const [first = ""] = dialect === undefined ? wanted : missingIn(dialect, wanted);
  const meant = closestName(first, dialect?.header ?? []);
  return new UsageError(`${source} has no column "${first}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`);
}

function unknownField({ columns }: TableFormat, field: string): UsageError {
  const known = [...new Set(Object.entries(columns).map(([key, rule]) => rule.field ?? rule.names[0] ?? key))];
  const meant = closestName(field, known);
  const hint = meant === undefined ? `; use one of: ${known.join(", ")}` : `; did you mean "${meant}"?`;
  return new UsageError(`columns: there is no field "${field}"${hint}`);
}
