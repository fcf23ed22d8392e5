import type { Analysis } from "../../analysis.ts";
import { visible } from "../../text/fault.ts";
import { type FindingRow, toFindingRow } from "../finding-row.ts";
import { domainsOf } from "../statistics.ts";
import type { ReportWords, TableWords } from "../words.ts";

/** A finding as the table of a page shows it. */
export type ShownFinding = FindingRow & { readonly domains: readonly string[] };

/** What the script of a page needs. */
export interface FindingData {
  readonly words: TableWords;
  readonly findings: readonly ShownFinding[];
}

/** Gives the findings and the words as the script of a page takes them; what would not be seen is shown. */
export function findingData(analysis: Analysis, words: ReportWords): FindingData {
  const findings = analysis.mismatches.map((mismatch) => {
    const row: FindingRow = { ...toFindingRow(mismatch), says: words.says(mismatch) };
    const shown = Object.fromEntries(Object.entries(row).map(([field, text]) => [field, visible(String(text))]));
    return { ...(shown as unknown as FindingRow), domains: domainsOf(mismatch).map(visible) };
  });
  return { words: words.table, findings };
}
