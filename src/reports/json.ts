import type { Analysis, StreamedAnalysis } from "../analysis.ts";
import { writeJson } from "../text/write-json.ts";

/**
 * Writes an analysis as one JSON document, piece by piece; its schema is shipped as
 * `dirsync-preflight/analysis.schema.json`.
 */
export function* renderJsonPieces(analysis: Analysis | StreamedAnalysis): Generator<string> {
  // The worst severity is known of an analysis that is streamed, and no part of the document.
  yield* renderDocument(Object.fromEntries(Object.entries(analysis).filter(([field]) => field !== "worst")));
}

/** Writes anything as one JSON document, piece by piece. */
export function* renderDocument(document: object): Generator<string> {
  yield* writeJson(document);
  yield "\n";
}

/** Writes an analysis as one JSON document: see {@link renderJsonPieces}. */
export function renderJson(analysis: Analysis): string {
  return `${JSON.stringify(analysis, null, 2)}\n`;
}
