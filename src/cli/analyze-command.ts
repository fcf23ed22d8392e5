import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hideAccepted } from "../accepted.ts";
import { type Analysis, acceptedSchema } from "../analysis.ts";
import { analyze, streamAnalysis } from "../analyze.ts";
import type { AnalyzeOptions } from "../analyze-options.ts";
import type { MismatchKind } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { isAtLeast, type Severity, severities } from "../model/severity.ts";
import { redact } from "../redaction.ts";
import {
  formatOfName,
  hasPieces,
  type PieceReportFormat,
  type ReportFormat,
  renderReport,
  renderReportPieces,
} from "../reports/index.ts";
import { visible } from "../text/fault.ts";
import type { Content } from "./content.ts";
import { type InputCommandOptions, toAnalyzeOptions } from "./input-options.ts";
import { PhaseClock } from "./phase-clock.ts";
import { print } from "./print.ts";
import { showProgress } from "./progress.ts";
import { reasonOf } from "./reason.ts";
import { terminalStyle } from "./terminal.ts";
import { writeOutput } from "./write-files.ts";

/** The options of `analyze`, as commander gives them. */
interface AnalyzeCommandOptions extends InputCommandOptions {
  readonly format?: ReportFormat;
  readonly output?: string;
  readonly kind?: readonly MismatchKind[];
  readonly failOn: Severity | "never";
  readonly accept?: string;
  readonly writeAccept?: string;
  readonly verbose?: boolean;
  readonly redact?: boolean;
  readonly redactKeepDomains?: boolean;
  readonly redactKey?: string;
}

/** The same, with a report format chosen. */
type ReportOptions = AnalyzeCommandOptions & { readonly format: ReportFormat };

/** Runs `analyze`; returns the exit status. */
export async function runAnalyze(given: AnalyzeCommandOptions): Promise<number> {
  const options = { ...given, format: chooseFormat(given) };
  checkReportOptions(options);
  const clock = new PhaseClock(options.verbose === true && !options.quiet);
  const worst = await (needsAll(options) ? reportAll(options, clock) : reportStreamed(options, clock));
  clock.end();
  const { failOn } = options;
  return failOn !== "never" && worst !== undefined && isAtLeast(worst, failOn) ? 1 : 0;
}

/** The format that is asked for, or that the name of the file says. */
function chooseFormat({ format, output }: AnalyzeCommandOptions): ReportFormat {
  const says = output === undefined ? undefined : formatOfName(output);
  if (format !== undefined && says !== undefined && says !== format) {
    throw new UsageError(
      `--output ${output} says ${says}, and --format says ${format}; leave out --format, or name another file`,
    );
  }
  return format ?? says ?? "text";
}

/** Whether all findings must be at hand at once: any number of them can be written one after the other. */
function needsAll({ format, accept, writeAccept, redact }: ReportOptions): boolean {
  return !hasPieces(format) || accept !== undefined || writeAccept !== undefined || redact === true;
}

/** Reports findings that are all at hand; gives the worst severity among them. */
async function reportAll(options: ReportOptions, clock: PhaseClock): Promise<Severity | undefined> {
  // Read before anything is written: it may be the file that is written.
  const accepted = options.accept === undefined ? undefined : await readAccepted(options.accept);
  const all = await withProgress(options, clock, analyze);
  clock.begin("report");
  const analysis = accepted === undefined ? all : hideAccepted(all, accepted);
  const shared = options.redact === true ? redactForSharing(analysis, options) : analysis;
  const style = terminalStyle(options, options.output !== undefined);
  await writeReport(renderReportPieces(shared, options.format, style), options);
  // Accepted is only what somebody could see.
  if (options.writeAccept !== undefined) {
    await writeOutput("--write-accept", options.writeAccept, renderReport(all, "json"));
  }
  return severities.find((severity) => analysis.mismatches.some((mismatch) => mismatch.severity === severity));
}

/** Reports findings one after the other as they are found; gives the worst severity among them. */
async function reportStreamed(options: ReportOptions, clock: PhaseClock): Promise<Severity | undefined> {
  const analysis = await withProgress(options, clock, streamAnalysis);
  clock.begin("report");
  await writeReport(renderReportPieces(analysis, options.format as PieceReportFormat), options);
  return analysis.worst;
}

async function withProgress<Result>(
  options: AnalyzeCommandOptions,
  clock: PhaseClock,
  run: (options: AnalyzeOptions) => Promise<Result>,
): Promise<Result> {
  const progress = showProgress(options.quiet ?? false);
  try {
    return await run({
      ...(await toAnalyzeOptions(options)),
      ...(options.kind === undefined ? {} : { kinds: options.kind }),
      onProgress: progress.update,
      onPhase: (phase) => {
        if (!phase.startsWith("read")) progress.end();
        clock.begin(phase);
      },
    });
  } finally {
    progress.end();
  }
}

/** Refuses options that would be noticed only after the work is done. */
function checkReportOptions({ redact, redactKeepDomains, redactKey, format, output }: ReportOptions): void {
  if (redact !== true && (redactKeepDomains === true || redactKey !== undefined)) {
    throw new UsageError("--redact-keep-domains and --redact-key say how to redact; give --redact too");
  }
  if (format === "xlsx" && output === undefined && process.stdout.isTTY) {
    throw new UsageError("--format xlsx is no text for a terminal: name a file with --output");
  }
}

async function writeReport(report: Content, options: AnalyzeCommandOptions): Promise<void> {
  if (options.output === undefined) return print(report);
  await writeOutput("--output", options.output, report);
  if (!options.quiet) process.stderr.write(`Report written to ${visible(options.output)}\n`);
}

/** Without a key given, one is made up for this run: nobody can try names against the pseudonyms, and no other run has the same. */
function redactForSharing(analysis: Analysis, options: AnalyzeCommandOptions): Analysis {
  const { redactKey = randomUUID(), redactKeepDomains = false } = options;
  return redact(analysis, { key: redactKey, keepDomains: redactKeepDomains });
}

/** Reads the JSON report whose findings were accepted. */
async function readAccepted(path: string): Promise<Pick<Analysis, "mismatches">> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new UsageError(`--accept ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  }
  const parsed = acceptedSchema.safeParse(content);
  if (parsed.success) return parsed.data as Pick<Analysis, "mismatches">;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `--accept ${path} is no report of this tool (${issue?.path.join(".")}: ${issue?.message}); save one with --write-accept`,
  );
}
