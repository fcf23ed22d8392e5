import { unzipSync, zipSync } from "fflate";
import writeExcelFile, { type Feature, type Sheet, type SheetData } from "write-excel-file/universal";
import type { Analysis } from "../analysis.ts";
import { nameCause } from "../causes/definition/explain-findings.ts";
import { isLive, type LiveAnalysis } from "../live-analysis.ts";
import { nameObject } from "../mismatches/definition/describe-mismatch.ts";
import { mismatchKinds } from "../mismatches/index.ts";
import { placeOf } from "../model/place.ts";
import { describeSkipped } from "../model/skip-reason.ts";
import type { User } from "../model/user.ts";
import type { State } from "../run/outcome.ts";
import { describeSettings } from "../settings.ts";
import { visible } from "../text/fault.ts";
import { toneOf, uncheckedIn, verdict } from "../verdict.ts";
import { cautionsOf, describeService, MARKS, sayCannotKnow } from "./before-reading.ts";
import { findingColumns } from "./csv.ts";
import { toTableRow } from "./finding-row.ts";
import { outcomeWords } from "./outcome-words.ts";
import { sayEffects } from "./people.ts";

/** What a worksheet can hold, less the header. */
const MOST_ROWS = 1_048_575;
/** What a cell can hold. */
const LONGEST_CELL = 32_767;
/** ZIP has no earlier date: the same analysis gives the same bytes on every day. */
const NO_DATE = new Date(1980, 0, 1);

interface Table {
  readonly name: string;
  readonly header: readonly string[];
  readonly widths: readonly number[];
  readonly rows: Iterable<readonly (string | number)[]>;
}

/**
 * Writes an analysis as a workbook: a summary, the causes, a sheet for each kind that has findings, the outcome of every object if the
 * analysis holds its users, and the diagnostics. Headers are frozen and have filters. Every text is written as text, never as a formula; what would not be
 * seen is shown.
 */
export async function renderXlsx(analysis: Analysis): Promise<Uint8Array> {
  const tables = [
    summaryTable(analysis),
    ...(analysis.causes.length === 0 ? [] : [causesTable(analysis)]),
    ...mismatchKinds.flatMap(({ kind }) => {
      const own = analysis.mismatches.filter((mismatch) => mismatch.kind === kind);
      return own.length === 0 ? [] : [kindTable(kind, own)];
    }),
    ...(isLive(analysis) && analysis.alone === undefined ? [usersTable(analysis)] : []),
    diagnosticsTable(analysis),
  ];
  const sheets = tables.map(toSheet);
  const blob = await writeExcelFile(
    sheets.map(({ sheet }) => sheet),
    { features: [filters(sheets.map(({ range }) => range))] },
  ).toBlob();
  return withoutDates(new Uint8Array(await blob.arrayBuffer()));
}

function summaryTable(analysis: Analysis): Table {
  const { tool, summary, inputs, settings, alone } = analysis;
  const judged = verdict(analysis);
  const rows: (readonly (string | number)[])[] = [
    ...cautionsOf(analysis).map(({ name, message, hint }) => [
      `${name}: before you read on`,
      [message, ...(hint?.split("\n") ?? [])].map((line) => line.trim()).join(" "),
    ]),
    ["verdict", `${MARKS[toneOf(analysis)]} ${judged.text}`],
    ...(alone === undefined
      ? [
          ["whose run", describeService(analysis)],
          ["not told", sayCannotKnow(judged.cannotKnow)],
        ]
      : []),
    ["made by", `${tool.name} ${tool.version}`],
    ...(alone === "online" ? [] : [["people on-premises", summary.onPremises]]),
    ...(alone === "onPremises" ? [] : [["people online", summary.online]]),
    ...(alone === undefined
      ? [
          ["matched", summary.matched],
          ["matched by anchor", summary.matchedBy.hard],
          ["matched by address", summary.matchedBy["soft-smtp"]],
          ["matched by sign-in name", summary.matchedBy["soft-upn"]],
          ...sayEffects(analysis).map(({ count, what }) => [`people: ${what}`, count]),
        ]
      : []),
    ...mismatchKinds.flatMap(({ kind }) => {
      const count = summary.byKind[kind];
      return count === undefined ? [] : [[kind, count] as const];
    }),
    ...uncheckedIn(analysis).map(({ kind, side, missing }) => [
      `${kind}: not checked`,
      `${side} lacks ${missing.join(", ")}`,
    ]),
    ...inputs.map(({ side, name, format, encoding, records, users }) => [
      `${side}: ${name}`,
      `${format}, ${encoding}, ${records} records, ${users} people`,
    ]),
    ...inputs.flatMap(({ name, skipped }) =>
      skipped.map(({ reason, count }) => [`${name}: left out`, describeSkipped(reason, count)]),
    ),
    ...describeSettings(settings, alone).map(
      ({ inSentence, value, from }) =>
        [inSentence, from === undefined ? value : `${value} (inferred: ${from})`] as const,
    ),
    ...(isLive(analysis) || alone !== undefined
      ? []
      : [[ALL_USERS, "not listed: a saved report does not hold its users"]]),
  ];
  return { name: "Summary", header: ["what", "value"], widths: [36, 90], rows };
}

function causesTable({ causes }: Analysis): Table {
  const rows = causes.map(({ severity, title, people, findings, examples, harm, remedy, cause, key }) => [
    severity,
    title,
    people,
    findings,
    harm,
    remedy,
    examples.map(nameObject).join(", "),
    nameCause({ cause, key }),
  ]);
  const header = ["severity", "cause", "people", "findings", "how bad it is", "what cures it", "among them", "name"];
  return { name: "Causes", header, widths: [10, 60, 10, 10, 80, 80, 60, 36], rows };
}

function kindTable(kind: string, mismatches: Analysis["mismatches"]): Table {
  const rows = mismatches.map((mismatch) => {
    const row = toTableRow(mismatch);
    return findingColumns.map(([, column]) => row[column]);
  });
  const widths = [10, 24, 26, 34, 34, 60, 50, 32, 32, 38, 32, 32, 12, 18, 32, 36, 18, 36, 20, 36, 36];
  return { name: kind, header: findingColumns.map(([header]) => header), widths, rows };
}

const ALL_USERS = "All users";
const STATE_COLUMNS = ["sign-in", "primary", "addresses"] as const;

/** Everybody, groups and contacts too: who comes from Active Directory, and who is online only. */
function usersTable(analysis: LiveAnalysis): Table {
  const header = [
    "name",
    "type",
    "outcome",
    "what happens",
    ...STATE_COLUMNS.map((column) => `${column} before`),
    ...STATE_COLUMNS.map((column) => `${column} after`),
    "does not arrive",
    "certainty",
    "on-premises",
    "online",
    "sources",
  ];
  const widths = [26, 9, 16, 40, 32, 32, 50, 32, 32, 50, 40, 12, 50, 38, 30];
  return { name: ALL_USERS, header, widths, rows: userRows(analysis) };
}

function* userRows(analysis: LiveAnalysis): Generator<readonly string[]> {
  const { directories, alignment, removed } = analysis.comparison;
  const { onPremises, online } = directories;
  const outcomes = analysis.outcomes();
  for (let index = 0; index < onPremises.size; index++) {
    const partner = alignment.pairs.onlineOf(index);
    const users = [onPremises.user(index), ...(partner < 0 ? [] : [online.user(partner)])];
    const {
      outcome,
      type,
      error,
      before,
      after,
      heldBack = [],
      certainty,
      id,
      online: other,
    } = outcomes.ofOnPremises(index);
    const held = heldBack.map(({ value, holder }) => `${value} (${holder} has it)`).join(" ");
    const what = [outcomeWords[outcome], ...(error === undefined ? [] : [error])].join(": ");
    yield [
      nameOf(users),
      type,
      outcome,
      what,
      ...namesOf(before),
      ...namesOf(after),
      held,
      certainty,
      id,
      other ?? "",
      sourcesOf(users),
    ];
  }
  const gone = removed.filter(({ reason }) => reason === "deleted").map(({ user }) => user);
  let index = 0;
  for (const { outcome, type, before, certainty, id, onPremises: other } of outcomes.online()) {
    const user = index < online.size ? online.user(index) : gone[index - online.size];
    index++;
    if (outcome === "taken-over" || outcome === "restored" || user === undefined) continue;
    const stays = outcome === "ambiguous" ? undefined : before;
    yield [
      nameOf([user]),
      type,
      outcome,
      outcomeWords[outcome],
      ...namesOf(before),
      ...namesOf(stays),
      "",
      certainty,
      other ?? "",
      id,
      sourcesOf([user]),
    ];
  }
}

function nameOf(users: readonly User[]): string {
  const names = users.toReversed();
  return (
    names.find(({ displayName }) => displayName)?.displayName ??
    names.find(({ userPrincipalName }) => userPrincipalName)?.userPrincipalName ??
    ""
  );
}

function namesOf(state: State | undefined): readonly string[] {
  const { userPrincipalName = "", primarySmtpAddress = "", proxyAddresses = [] } = state ?? {};
  return [userPrincipalName, primarySmtpAddress, proxyAddresses.join(" ")];
}

function sourcesOf(users: readonly User[]): string {
  return users.map(({ origin }) => placeOf(origin)).join(" ");
}

function diagnosticsTable({ inputs }: Analysis): Table {
  const rows = inputs.flatMap(({ name, diagnostics }) =>
    diagnostics.map(({ severity, line, code, message, hint }) => [
      severity,
      name,
      line ?? "",
      code,
      message,
      hint ?? "",
    ]),
  );
  const header = ["severity", "file", "line", "code", "message", "what to do"];
  return { name: "Diagnostics", header, widths: [10, 30, 8, 26, 90, 90], rows };
}

/** Makes the sheet of a table, and the range of its cells. */
function toSheet({ name, header, widths, rows }: Table): { readonly sheet: Sheet<Blob>; readonly range: string } {
  const data: SheetData = [
    header.map((value) => ({ value, type: String, fontWeight: "bold", backgroundColor: "#e7e6e6" })),
  ];
  for (const row of rows) {
    if (data.length > MOST_ROWS) break;
    data.push(row.map((value) => (typeof value === "number" ? { value, type: Number } : toTextCell(value))));
  }
  const sheet = { data, sheet: name, columns: widths.map((width) => ({ width })), stickyRowsCount: 1 };
  return { sheet, range: `A1:${String.fromCharCode(64 + header.length)}${data.length}` };
}

function toTextCell(value: string): { readonly value: string; readonly type: StringConstructor } | null {
  if (value === "") return null;
  // write-excel-file 4.1 looks texts up in an object: the names of its prototype must not be met.
  const text = value in Object.prototype ? `${value} ` : visible(value);
  const shown = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
  return { value: shown.replace(NO_CELL_TEXT, (part) => (part === "_" ? "_x005F_" : "\ufffd")), type: String };
}

/** What XML cannot hold, and the underscore of what a workbook takes for a character by its code: `_x000D_` (ST_Xstring). */
const NO_CELL_TEXT = /[\ufffe\uffff]|_(?=x[0-9a-f]{4}_)/gi;

/** Filters in every header: the element stands behind the cells (ECMA-376, part 1, section 18.3.1.2). */
function filters(ranges: readonly string[]): Feature<Blob> {
  return {
    files: {
      transform: {
        "xl/worksheets/sheet{id}.xml": {
          transform: (content, _options, { sheetIndex }) =>
            content.replace("</sheetData>", `</sheetData><autoFilter ref="${ranges[sheetIndex] ?? "A1"}"/>`),
        },
      },
    },
  };
}

function withoutDates(workbook: Uint8Array): Uint8Array {
  return zipSync(unzipSync(workbook), { mtime: NO_DATE });
}
