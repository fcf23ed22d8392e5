import type { Analysis } from "../analysis.ts";

/** Writes an analysis as one JSON document; its schema is shipped as `dirsync-preflight/analysis.schema.json`. */
export function renderJson(analysis: Analysis): string {
  return `${JSON.stringify(analysis, null, 2)}\n`;
}
