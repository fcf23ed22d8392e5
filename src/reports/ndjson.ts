import type { Analysis } from "../analysis.ts";

/** Writes the mismatches of an analysis as JSON, one a line. */
export function renderNdjson(analysis: Analysis): string {
  return analysis.mismatches.map((mismatch) => `${JSON.stringify(mismatch)}\n`).join("");
}
