import type { Analysis } from "../analysis.ts";
import type { Mismatch } from "../mismatches/index.ts";
import { BYTE_ORDER_MARK, writeCsvRow } from "../text/csv-cell.ts";
import { type TableRow, toTableRow } from "./finding-row.ts";

/** The columns, in their order. They stay: a new one comes last. */
export const findingColumns: readonly (readonly [header: string, column: keyof TableRow])[] = [
  ["severity", "severity"],
  ["kind", "kind"],
  ["who", "who"],
  ["before", "before"],
  ["after", "after"],
  ["what", "says"],
  ["on-premises id", "onPremisesId"],
  ["on-premises UPN", "onPremisesUpn"],
  ["on-premises primary", "onPremisesPrimary"],
  ["online id", "onlineId"],
  ["online UPN", "onlineUpn"],
  ["online primary", "onlinePrimary"],
  ["match method", "matchMethod"],
  ["match basis", "matchBasis"],
  ["matched on", "matchOn"],
  ["sources", "sources"],
  ["attribute", "attribute"],
  ["value", "value"],
  ["rule", "rule"],
  ["suggestion", "suggestion"],
  ["cause", "cause"],
];

/**
 * Writes the mismatches as CSV (RFC 4180), one row each, piece by piece: a byte order mark, so that Excel reads it as
 * UTF-8, and an apostrophe before what it would take for a formula.
 */
export function* renderCsvPieces({ mismatches }: { readonly mismatches: Iterable<Mismatch> }): Generator<string> {
  yield BYTE_ORDER_MARK + writeCsvRow(findingColumns.map(([header]) => header));
  for (const mismatch of mismatches) yield renderRow(mismatch);
}

/** Writes the mismatches as CSV: see {@link renderCsvPieces}. */
export function renderCsv(analysis: Analysis): string {
  return [...renderCsvPieces(analysis)].join("");
}

function renderRow(mismatch: Mismatch): string {
  const row = toTableRow(mismatch);
  return writeCsvRow(findingColumns.map(([, column]) => row[column]));
}
