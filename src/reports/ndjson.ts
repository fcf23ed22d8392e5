import type { Analysis } from "../analysis.ts";
import type { Mismatch } from "../mismatches/index.ts";

/** Writes the mismatches of an analysis as JSON, one a line, piece by piece. */
export function* renderNdjsonPieces({ mismatches }: { readonly mismatches: Iterable<Mismatch> }): Generator<string> {
  for (const mismatch of mismatches) yield `${JSON.stringify(mismatch)}\n`;
}

/** Writes the mismatches of an analysis as JSON, one a line. */
export function renderNdjson(analysis: Analysis): string {
  return [...renderNdjsonPieces(analysis)].join("");
}
