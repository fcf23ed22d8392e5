import { strToU8, zipSync } from "fflate";
import { analyze } from "../analyze.ts";
import { tellSide } from "../directory/tell-side.ts";
import { formats } from "../formats/index.ts";
import { readBeginning } from "../formats/reading/detect-source.ts";
import { inspectSource } from "../formats/reading/inspect-source.ts";
import { listParts } from "../formats/reading/list-parts.ts";
import { offeredFields, sketchTable } from "../formats/reading/own-list.ts";
import { SHOW_HEAD, type ShownSource } from "../formats/reading/part.ts";
import type { Source, SourceFormat } from "../formats/reading/source.ts";
import type { LiveAnalysis } from "../live-analysis.ts";
import { InputError, UsageError } from "../model/errors.ts";
import { renderPlanFiles } from "../plan/plan-files.ts";
import { planRemedies } from "../plan/plan-remedies.ts";
import { redact } from "../redaction.ts";
import { findingData } from "../reports/html/finding-data.ts";
import { renderReportBody } from "../reports/html/html.ts";
import { endingOf, renderReport } from "../reports/index.ts";
import { renderInspection } from "../reports/inspection.ts";
import { english } from "../reports/words.ts";
import { readBytes } from "../text/bytes.ts";
import type { Answer, ChosenFile, ColumnsAsked, FileSide, Request } from "./protocol.ts";

/**
 * The worker of the page: it alone reads files, so that the page never freezes. It has no way out but messages. It analyzes
 * once at most: each analysis has a worker of its own, which the page ends when it wants no more of it.
 */

/** How much of a file is looked at before it is analyzed. */
const INSPECTED_BYTES = 4_000_000;
/** How often progress is told at most, in milliseconds. */
const INTERVAL = 100;

let last: LiveAnalysis | undefined;

function answer(message: Answer): void {
  postMessage(message);
}

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  void handle(data).catch((error: unknown) => answer({ type: "failed", ...describeError(error) }));
});

async function handle(request: Request): Promise<void> {
  switch (request.type) {
    case "inspect":
      return inspect(request);
    case "analyze":
      return analyzeFiles(request);
    case "report":
      return makeReport(request);
    case "plan":
      return makePlan(request);
  }
}

async function inspect({ id, file, columns }: Extract<Request, { type: "inspect" }>): Promise<void> {
  let source: Source | undefined = toSource(file);
  try {
    const parts = await listParts(source, { columns });
    source = parts.length === 1 ? parts[0] : undefined;
    const found = [];
    for (const part of parts) found.push(await inspectPart(part, columns));
    const sides = new Set(found.map(({ side }) => side));
    answer({
      type: "inspected",
      id,
      side: sides.size > 1 ? "files" : (found[0]?.side ?? "either"),
      format: [...new Set(found.map(({ format }) => format))].join(", "),
      text: found.map(({ text }) => text).join("\n\n"),
      table: source && (await askColumns(source, found[0]?.columns)),
    });
  } catch (error) {
    const table = source && (await askColumns(source, undefined).catch(() => undefined));
    answer({ type: "not-inspected", id, ...describeError(error), table });
  }
}

async function inspectPart(part: Source, columns: readonly string[]) {
  const inspection = await inspectSource(part, { maxBytes: INSPECTED_BYTES, columns });
  const { format, columns: used } = inspection.summary;
  const usual = formats.find(({ name }) => name === format)?.side ?? "either";
  const side = usual === "either" ? ((await tellSide(part, columns)).side ?? usual) : usual;
  return { format, side, columns: used, text: renderInspection(inspection, { width: 100 }) };
}

/** Shows the beginning of a table, with what its columns are taken for. */
async function askColumns(source: Source, used: SourceFormat["columns"]): Promise<ColumnsAsked | undefined> {
  const sketch = sketchTable(await readBeginning(source));
  if (sketch === undefined) return undefined;
  const fields = sketch.header.map((name, index) => {
    const field = used === undefined ? sketch.fields[index] : used.find((column) => column.name === name)?.field;
    return offeredFields.find((offered) => offered.toLowerCase() === field?.toLowerCase()) ?? "";
  });
  return { ...sketch, fields, source: source.name, offered: offeredFields };
}

async function analyzeFiles({ files, choices }: Extract<Request, { type: "analyze" }>): Promise<void> {
  const sources = (side: FileSide): { readonly [Side in FileSide]?: readonly Source[] } => {
    const own = files.filter((chosen: ChosenFile) => chosen.side === side).map(({ file }) => toSource(file));
    return own.length === 0 ? {} : { [side]: own };
  };
  let told = 0;
  const analysis = await analyze({
    ...sources("onPremises"),
    ...sources("online"),
    ...sources("baseline"),
    ...sources("files"),
    columns: files.flatMap(({ columns }) => columns),
    ...choices,
    onProgress: ({ source, bytesRead, bytesTotal = 0, users }) => {
      const now = performance.now();
      if (now - told < INTERVAL && bytesRead < bytesTotal) return;
      told = now;
      answer({ type: "progress", name: source, bytesRead, bytesTotal, users });
    },
  });
  last = analysis;
  answer({
    type: "analyzed",
    body: renderReportBody(analysis, english),
    headline: english.headline(analysis),
    data: findingData(analysis, english),
  });
}

async function makeReport({ format, redact: isRedacted, redactKey }: Extract<Request, { type: "report" }>) {
  const analysis = isRedacted ? redact(analyzed(), { key: redactKey }) : analyzed();
  const content = await renderReport(analysis, format);
  answer({ type: "file", name: `preflight.${endingOf(format)}`, content: new Blob([content as BlobPart]) });
}

async function makePlan({ choices }: Extract<Request, { type: "plan" }>) {
  const analysis = analyzed();
  const { authority, dialect } = choices;
  const { initialDomain } = analysis.settings;
  const files = renderPlanFiles(planRemedies(analysis, { authority }), { dialect, initialDomain });
  const packed = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
  answer({ type: "file", name: "plan.zip", content: new Blob([packed as BlobPart]) });
}

function analyzed(): LiveAnalysis {
  if (last === undefined) throw new UsageError("there is no analysis yet: choose files, and analyze them");
  return last;
}

function toSource(file: File): Source {
  const source: ShownSource = {
    name: file.name,
    data: { [Symbol.asyncIterator]: () => readFile(file) },
    size: file.size,
    [SHOW_HEAD]: async () =>
      new Uint8Array(
        await file
          .slice(0, 4)
          .arrayBuffer()
          .catch(() => new ArrayBuffer(0)),
      ),
  };
  return source;
}

/** Reads a file. A browser refuses one that is no longer as it was when it was chosen, each with an error of its own kind. */
async function* readFile(file: File): AsyncGenerator<Uint8Array> {
  try {
    yield* readBytes(file);
  } catch (cause) {
    const detail = "it was changed, moved or deleted after it was chosen, or you may not read it";
    throw new InputError("unreadable", {
      source: file.name,
      detail,
      hint: "Remove it from the list, and choose it again.",
      cause,
    });
  }
}

/** What the program says on purpose is told as it is; anything else is a bug, and told as one. */
function describeError(error: unknown): { readonly message: string; readonly hint: string } {
  if (error instanceof InputError) return { message: error.message, hint: error.hint ?? "" };
  if (error instanceof UsageError) return { message: error.message, hint: "" };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { message: `The program has failed: ${message}`, hint: "This is a bug. Please report it, without the files." };
}
