import { randomUUID } from "node:crypto";
import { hideAccepted, refuseOtherPseudonyms } from "../accepted.ts";
import type { AcceptedReport, Analysis, StreamedAnalysis } from "../analysis.ts";
import { analyze, streamAnalysis } from "../analyze.ts";
import { tellSides } from "../inputs.ts";
import { UsageError } from "../model/errors.ts";
import { isAtLeast, type Severity } from "../model/severity.ts";
import type { AnalyzeOptions } from "../options.ts";
import type { RedactOptions } from "../pseudonyms.ts";
import { markOf, redact } from "../redaction.ts";
import { renderNotice } from "../reports/before-reading.ts";
import { formatOfName, hasPieces, isRows, type ReportFormat, renderReportPieces } from "../reports/index.ts";
import { leavesOpen, worstOf } from "../verdict.ts";
import { type InputCommandOptions, toAnalyzeOptions } from "./input-options.ts";
import { PhaseClock } from "./phase-clock.ts";
import { showProgress } from "./progress.ts";
import { readAccepted } from "./read-accepted.ts";
import { terminalStyle } from "./terminal.ts";
import { writeOutput } from "./write-files.ts";
import { writeReport } from "./write-report.ts";

/** The options of `analyze`, as commander gives them. */
interface AnalyzeCommandOptions extends InputCommandOptions {
  readonly format?: ReportFormat;
  readonly output?: string;
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
export function runAnalyze(files: readonly string[], given: AnalyzeCommandOptions): Promise<number> {
  return run(given, () => toAnalyzeOptions(given, files));
}

/** Runs `check`, an analysis of one side alone; returns the exit status. */
export function runCheck(files: readonly string[], given: AnalyzeCommandOptions): Promise<number> {
  return run(given, async () => {
    const { files: untold = [], ...inputs } = await toAnalyzeOptions(given, files);
    const { onPremises, online } = await tellSides({ ...inputs, files: untold });
    if (onPremises.length === 0) return { ...inputs, online };
    if (online.length === 0) return { ...inputs, onPremises };
    throw new UsageError("check looks at one side alone, and exports of both were given; analyze compares them");
  });
}

async function run(given: AnalyzeCommandOptions, open: () => Promise<AnalyzeOptions>): Promise<number> {
  const options = { ...given, format: chooseFormat(given) };
  checkReportOptions(options);
  const clock = new PhaseClock(options.verbose === true && !options.quiet);
  const analysis = await report(options, open, clock);
  clock.end();
  return failsBy(analysis, options.failOn) ? 1 : 0;
}

/** Whether something was found, or could have been and nobody can tell. */
function failsBy(analysis: Analysis | StreamedAnalysis, failOn: Severity | "never"): boolean {
  if (failOn === "never") return false;
  const worst = worstOf(analysis);
  return leavesOpen(analysis) || (worst !== undefined && isAtLeast(worst, failOn));
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

/** Analyzes and reports; gives what is reported. Findings are held all at once only for formats that need them so. */
async function report(
  options: ReportOptions,
  open: () => Promise<AnalyzeOptions>,
  clock: PhaseClock,
): Promise<Analysis | StreamedAnalysis> {
  const secret = secretOf(options);
  // Read before anything is written: it may be the file that is written.
  const accepted = options.accept === undefined ? undefined : await readAccepted(options.accept);
  if (accepted?.redacted !== undefined) {
    refuseOtherPseudonyms(secret === undefined ? undefined : markOf(secret), accepted.redacted);
  }
  const { format } = options;
  const all = await (hasPieces(format)
    ? withProgress(options, open, clock, streamAnalysis)
    : withProgress(options, open, clock, analyze));
  clock.begin("report");
  const shown = show(all, accepted, secret);
  const style = terminalStyle(options, options.output !== undefined);
  if (isRows(format) && !options.quiet) process.stderr.write(renderNotice(shown));
  await writeReport(renderReportPieces(shown, format, style), options);
  // Accepted is only what somebody could see.
  if (options.writeAccept !== undefined) {
    const saved = secret === undefined ? all : redact(all, secret);
    await writeOutput("--write-accept", options.writeAccept, renderReportPieces(saved, "json"));
  }
  return shown;
}

/** Leaves out what was accepted, and redacts: in the order in which what was accepted is known again. */
function show(
  all: Analysis | StreamedAnalysis,
  accepted: AcceptedReport | undefined,
  secret: RedactOptions | undefined,
): Analysis | StreamedAnalysis {
  const isByName = accepted !== undefined && accepted.redacted === undefined;
  const named = isByName ? hideAccepted(all, accepted) : all;
  const redacted = secret === undefined ? named : redact(named, secret);
  return accepted === undefined || isByName ? redacted : hideAccepted(redacted, accepted);
}

async function withProgress<Result>(
  options: AnalyzeCommandOptions,
  open: () => Promise<AnalyzeOptions>,
  clock: PhaseClock,
  analyzeAs: (options: AnalyzeOptions) => Promise<Result>,
): Promise<Result> {
  const progress = showProgress(options.quiet ?? false);
  try {
    return await analyzeAs({
      ...(await open()),
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
function checkReportOptions(options: ReportOptions): void {
  const { redact, redactKeepDomains, redactKey, writeAccept, format, output } = options;
  if (redact !== true && (redactKeepDomains === true || redactKey !== undefined)) {
    throw new UsageError("--redact-keep-domains and --redact-key say how to redact; give --redact too");
  }
  if (redact === true && writeAccept !== undefined && redactKey === undefined) {
    throw new UsageError(
      "--write-accept with --redact saves pseudonyms, and no other run knows them again without --redact-key; give --redact-key TEXT, or save what is accepted in a run without --redact",
    );
  }
  if (format === "xlsx" && output === undefined && process.stdout.isTTY) {
    throw new UsageError("--format xlsx is no text for a terminal: name a file with --output");
  }
}

/**
 * How to redact, if at all. Without a key given, one is made up for this run: nobody can try names against the pseudonyms, and
 * no other run has the same.
 */
function secretOf({ redact, redactKey = randomUUID(), redactKeepDomains = false }: ReportOptions) {
  return redact === true ? { key: redactKey, keepDomains: redactKeepDomains } : undefined;
}
