import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hideAccepted } from "../accepted.ts";
import { type Analysis, acceptedSchema } from "../analysis.ts";
import { analyze, streamAnalysis } from "../analyze.ts";
import type { AnalyzeOptions, Phase } from "../analyze-options.ts";
import type { MismatchKind } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { isAtLeast, type Severity, severities } from "../model/severity.ts";
import { redact } from "../redaction.ts";
import {
  hasPieces,
  type PieceReportFormat,
  type ReportFormat,
  renderReport,
  renderReportPieces,
} from "../reports/index.ts";
import { type Content, pathsOf, print, reasonOf, writeWhole } from "./files.ts";
import { type InputCommandOptions, toAnalyzeOptions } from "./input-options.ts";
import { showProgress } from "./progress.ts";
import { terminalStyle } from "./terminal.ts";

/** The options of `analyze`, as commander gives them. */
interface AnalyzeCommandOptions extends InputCommandOptions {
  readonly format: ReportFormat;
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

/** Runs `analyze`; returns the exit status. */
export async function runAnalyze(options: AnalyzeCommandOptions): Promise<number> {
  checkReportOptions(options);
  const clock = new PhaseClock();
  const worst = await (needsAll(options) ? reportAll(options, clock) : reportStreamed(options, clock));
  clock.end();
  if (options.verbose && !options.quiet) process.stderr.write(clock.describe());
  const { failOn } = options;
  return failOn !== "never" && worst !== undefined && isAtLeast(worst, failOn) ? 1 : 0;
}

/** Whether all findings must be at hand at once: any number of them can be written one after the other. */
function needsAll({ format, accept, writeAccept, redact }: AnalyzeCommandOptions): boolean {
  return !hasPieces(format) || accept !== undefined || writeAccept !== undefined || redact === true;
}

/** Reports findings that are all at hand; gives the worst severity among them. */
async function reportAll(options: AnalyzeCommandOptions, clock: PhaseClock): Promise<Severity | undefined> {
  let analysis = await withProgress(options, clock, analyze);
  clock.begin("report");
  const inputs = inputsOf(options);
  if (options.writeAccept !== undefined) {
    await writeWhole("--write-accept", options.writeAccept, renderReport(analysis, "json"), inputs);
  }
  if (options.accept !== undefined) analysis = hideAccepted(analysis, await readAccepted(options.accept));
  const shared = options.redact === true ? redactForSharing(analysis, options) : analysis;
  const style = terminalStyle(options, options.output !== undefined);
  await writeReport(renderReportPieces(shared, options.format, style), options);
  return severities.find((severity) => analysis.mismatches.some((mismatch) => mismatch.severity === severity));
}

/** Reports findings one after the other as they are found; gives the worst severity among them. */
async function reportStreamed(options: AnalyzeCommandOptions, clock: PhaseClock): Promise<Severity | undefined> {
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
      onPhase: (phase) => clock.begin(phase),
    });
  } finally {
    progress.end();
  }
}

function inputsOf({ onPremises, online, baseline = [] }: AnalyzeCommandOptions): readonly string[] {
  return pathsOf([...onPremises, ...online, ...baseline]);
}

/** Refuses options that would be noticed only after the work is done. */
function checkReportOptions({ redact, redactKeepDomains, redactKey, format, output }: AnalyzeCommandOptions): void {
  if (redact !== true && (redactKeepDomains === true || redactKey !== undefined)) {
    throw new UsageError("--redact-keep-domains and --redact-key say how to redact; give --redact too");
  }
  if (format === "xlsx" && output === undefined && process.stdout.isTTY) {
    throw new UsageError("--format xlsx is no text for a terminal: name a file with --output");
  }
}

async function writeReport(report: Content, options: AnalyzeCommandOptions): Promise<void> {
  if (options.output === undefined) return print(report);
  await writeWhole("--output", options.output, report, inputsOf(options));
  if (!options.quiet) process.stderr.write(`Report written to ${options.output}\n`);
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

/** Takes the time of each step, and the memory that the process had at most. */
class PhaseClock {
  readonly #times: { readonly phase: Phase | "report"; readonly start: number }[] = [];
  #stop = 0;

  begin(phase: Phase | "report"): void {
    this.#times.push({ phase, start: performance.now() });
  }

  end(): void {
    this.#stop = performance.now();
  }

  describe(): string {
    const lines = this.#times.map(({ phase, start }, index) => {
      const stop = this.#times[index + 1]?.start ?? this.#stop;
      return `${phase.padEnd(18)}${((stop - start) / 1000).toFixed(2).padStart(8)} s`;
    });
    const peak = process.resourceUsage().maxRSS / 1024;
    return `${[...lines, `${"memory at most".padEnd(18)}${peak.toFixed(0).padStart(8)} MB`].join("\n")}\n`;
  }
}
