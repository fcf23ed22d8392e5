import { type Analysis, isStreamed, type StreamedAnalysis } from "../analysis.ts";
import { UsageError } from "../model/errors.ts";
import { renderCsv, renderCsvPieces } from "./csv.ts";
import { renderJson, renderJsonPieces } from "./json.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderNdjson, renderNdjsonPieces } from "./ndjson.ts";
import type { TextStyle } from "./style.ts";
import { renderText } from "./text.ts";

const renderers = {
  text: renderText,
  json: renderJson,
  ndjson: renderNdjson,
  csv: renderCsv,
  markdown: renderMarkdown,
} satisfies Readonly<Record<string, (analysis: Analysis, style: TextStyle) => string>>;

/** Formats whose code is loaded when they are asked for. */
const lateRenderers = {
  html: async (analysis: Analysis): Promise<string> => (await import("./html/html.ts")).renderHtml(analysis),
  xlsx: async (analysis: Analysis): Promise<Uint8Array> => (await import("./xlsx.ts")).renderXlsx(analysis),
} as const;

/** Formats that are written piece by piece, at any size. */
const pieceRenderers = { json: renderJsonPieces, ndjson: renderNdjsonPieces, csv: renderCsvPieces } as const;

/** The name of a report format that is text, and at hand. */
export type TextReportFormat = keyof typeof renderers;

/** The name of a report format. */
export type ReportFormat = TextReportFormat | keyof typeof lateRenderers;

/** The report formats. */
export const reportFormats = [...Object.keys(renderers), ...Object.keys(lateRenderers)] as readonly ReportFormat[];

/** Tells whether a report is rows alone, and has no place for what another one begins with. */
export function isRows(format: ReportFormat): boolean {
  return format === "csv" || format === "ndjson";
}

/** How the names of files in a report format end. */
const endings = {
  text: ["txt"],
  json: ["json"],
  ndjson: ["ndjson", "jsonl"],
  csv: ["csv"],
  markdown: ["md", "markdown"],
  html: ["html", "htm"],
  xlsx: ["xlsx"],
} as const satisfies Readonly<Record<ReportFormat, readonly string[]>>;

/** The usual ending of the name of a file in a report format. */
export function endingOf(format: ReportFormat): string {
  return endings[format][0];
}

/** Tells the report format of a file by the ending of its name, in whatever case; `undefined` if none has such an ending. */
export function formatOfName(name: string): ReportFormat | undefined {
  const ending = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
  return reportFormats.find((format) => endings[format].some((known) => known === ending));
}

/**
 * Writes an analysis in a report format: text, or a promise where the code of the format is loaded first. `xlsx` is bytes.
 *
 * @throws UsageError if there is no such format.
 */
export function renderReport(analysis: Analysis, format: TextReportFormat, style?: TextStyle): string;
export function renderReport(analysis: Analysis, format: "html"): Promise<string>;
export function renderReport(analysis: Analysis, format: "xlsx"): Promise<Uint8Array>;
export function renderReport(
  analysis: Analysis,
  format: ReportFormat,
  style?: TextStyle,
): string | Promise<string | Uint8Array>;
export function renderReport(
  analysis: Analysis,
  format: ReportFormat,
  style: TextStyle = {},
): string | Promise<string | Uint8Array> {
  if (isStreamed(analysis)) throw new UsageError("an analysis that is streamed is written by renderReportPieces()");
  if (isText(format)) return renderers[format](analysis, style);
  if (Object.hasOwn(lateRenderers, format)) return lateRenderers[format](analysis);
  throw new UsageError(`there is no report format "${format}"; use one of: ${reportFormats.join(", ")}`);
}

/** The name of a report format that is written piece by piece. */
type PieceReportFormat = keyof typeof pieceRenderers;

/** Tells whether a report format is written piece by piece, and so from an analysis that holds no mismatches. */
export function hasPieces(format: ReportFormat): format is PieceReportFormat {
  return Object.hasOwn(pieceRenderers, format);
}

/**
 * Writes an analysis in pieces, each when it is asked for. `json`, `ndjson` and `csv` are never held whole, and can be
 * written of an analysis that is streamed; of any other format there is one piece.
 *
 * @throws UsageError if there is no such format, or it needs all mismatches at once and the analysis is streamed.
 */
export async function* renderReportPieces(
  analysis: Analysis | StreamedAnalysis,
  format: ReportFormat,
  style: TextStyle = {},
): AsyncGenerator<string | Uint8Array> {
  if (hasPieces(format)) yield* pieceRenderers[format](analysis);
  else if (!isStreamed(analysis)) yield renderReport(analysis, format, style);
  else {
    const formats = Object.keys(pieceRenderers).join(", ");
    throw new UsageError(`a report as ${format} needs analyze(); of streamAnalysis() there can be: ${formats}`);
  }
}

function isText(format: ReportFormat): format is TextReportFormat {
  return Object.hasOwn(renderers, format);
}
