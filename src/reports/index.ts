import type { Analysis } from "../analysis.ts";
import { UsageError } from "../model/errors.ts";
import { renderJson } from "./json.ts";
import { renderNdjson } from "./ndjson.ts";
import type { TextStyle } from "./style.ts";
import { renderText } from "./text.ts";

const renderers = {
  text: renderText,
  json: renderJson,
  ndjson: renderNdjson,
} satisfies Readonly<Record<string, (analysis: Analysis, style: TextStyle) => string>>;

/** The name of a report format. */
export type ReportFormat = keyof typeof renderers;

/** The report formats. */
export const reportFormats = Object.keys(renderers) as readonly ReportFormat[];

/**
 * Writes an analysis in a report format.
 *
 * @throws UsageError if there is no such format.
 */
export function renderReport(analysis: Analysis, format: ReportFormat, style: TextStyle = {}): string {
  if (!Object.hasOwn(renderers, format)) {
    throw new UsageError(`there is no report format "${format}"; use one of: ${reportFormats.join(", ")}`);
  }
  return renderers[format](analysis, style);
}
