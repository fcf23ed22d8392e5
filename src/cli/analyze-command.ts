import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hideAccepted } from "../accepted.ts";
import { type Analysis, acceptedSchema } from "../analysis.ts";
import { analyze } from "../analyze.ts";
import type { Phase } from "../analyze-options.ts";
import type { MismatchKind } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { isAtLeast, type Severity } from "../model/severity.ts";
import { redact } from "../redaction.ts";
import { type ReportFormat, renderReport, renderReportPieces } from "../reports/index.ts";
import { pathsOf, print, reasonOf, writeWhole } from "./files.ts";
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
  const progress = showProgress(options.quiet ?? false);
  let analysis: Analysis;
  try {
    analysis = await analyze({
      ...(await toAnalyzeOptions(options)),
      ...(options.kind === undefined ? {} : { kinds: options.kind }),
      onProgress: progress.update,
      onPhase: (phase) => clock.begin(phase),
    });
  } finally {
    progress.end();
  }
  clock.begin("report");
  const inputs = pathsOf([...options.onPremises, ...options.online, ...(options.baseline ?? [])]);
  if (options.writeAccept !== undefined) {
    await writeWhole("--write-accept", options.writeAccept, renderReport(analysis, "json"), inputs);
  }
  if (options.accept !== undefined) analysis = hideAccepted(analysis, await readAccepted(options.accept));
  await writeReport(options.redact === true ? redactForSharing(analysis, options) : analysis, options, inputs);
  clock.end();
  if (options.verbose && !options.quiet) process.stderr.write(clock.describe());
  const { failOn } = options;
  if (failOn === "never") return 0;
  return analysis.mismatches.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
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

async function writeReport(
  analysis: Analysis,
  options: AnalyzeCommandOptions,
  inputs: readonly string[],
): Promise<void> {
  const report = renderReportPieces(analysis, options.format, terminalStyle(options, options.output !== undefined));
  if (options.output === undefined) return print(report);
  await writeWhole("--output", options.output, report, inputs);
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
