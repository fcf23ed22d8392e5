import { readFile } from "node:fs/promises";
import { hideAccepted } from "../accepted.ts";
import { type Analysis, acceptedSchema } from "../analysis.ts";
import { analyze } from "../analyze.ts";
import type { Phase } from "../analyze-options.ts";
import type { MismatchKind } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { isAtLeast, type Severity } from "../model/severity.ts";
import { type ReportFormat, renderReport } from "../reports/index.ts";
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
}

/** Runs `analyze`; returns the exit status. */
export async function runAnalyze(options: AnalyzeCommandOptions): Promise<number> {
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
  const whole = analysis;
  if (options.accept !== undefined) analysis = hideAccepted(analysis, await readAccepted(options.accept));
  if (options.writeAccept !== undefined) {
    await writeWhole("--write-accept", options.writeAccept, renderReport(whole, "json"), inputs);
  }
  const report = renderReport(analysis, options.format, terminalStyle(options, options.output !== undefined));
  if (options.output === undefined) await print(report);
  else await writeWhole("--output", options.output, report, inputs);
  clock.end();
  if (!options.quiet) {
    if (options.output !== undefined) process.stderr.write(`Report written to ${options.output}\n`);
    if (options.verbose) process.stderr.write(clock.describe());
  }
  const { failOn } = options;
  if (failOn === "never") return 0;
  return analysis.mismatches.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
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
