import type { Analysis } from "../analysis.ts";
import { analyze } from "../analyze.ts";
import type { Phase } from "../analyze-options.ts";
import type { SoftMatch } from "../match/match.ts";
import type { MismatchKind } from "../mismatches/index.ts";
import { isAtLeast, type Severity } from "../model/severity.ts";
import type { UpnFlow } from "../predict/tenant.ts";
import { type ReportFormat, renderReport } from "../reports/index.ts";
import { openFiles, print, writeWhole } from "./files.ts";
import { showProgress } from "./progress.ts";
import { terminalStyle } from "./terminal.ts";

/** The options of `analyze`, as commander gives them. */
interface AnalyzeCommandOptions {
  readonly onPremises: readonly string[];
  readonly online: readonly string[];
  readonly format: ReportFormat;
  readonly output?: string;
  readonly kind?: readonly MismatchKind[];
  readonly failOn: Severity | "never";
  readonly softMatch?: SoftMatch;
  readonly upnSoftMatch?: boolean;
  readonly upnFlow?: UpnFlow;
  readonly verifiedDomain?: readonly string[];
  readonly initialDomain?: string;
  readonly includeSystemObjects?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** Runs `analyze`; returns the exit status. */
export async function runAnalyze(options: AnalyzeCommandOptions): Promise<number> {
  const clock = new PhaseClock();
  const progress = showProgress(options.quiet ?? false);
  let analysis: Analysis;
  try {
    analysis = await analyze({
      onPremises: await openFiles(options.onPremises, options.online),
      online: await openFiles(options.online, options.onPremises),
      ...(options.softMatch === undefined ? {} : { softMatch: options.softMatch }),
      ...(options.upnSoftMatch === undefined ? {} : { upnSoftMatch: options.upnSoftMatch }),
      ...(options.upnFlow === undefined ? {} : { upnFlow: options.upnFlow }),
      ...(options.verifiedDomain === undefined ? {} : { verifiedDomains: options.verifiedDomain }),
      ...(options.initialDomain === undefined ? {} : { initialDomain: options.initialDomain }),
      ...(options.includeSystemObjects === undefined ? {} : { includeSystemObjects: options.includeSystemObjects }),
      ...(options.kind === undefined ? {} : { kinds: options.kind }),
      onProgress: progress.update,
      onPhase: (phase) => clock.begin(phase),
    });
  } finally {
    progress.end();
  }
  clock.begin("report");
  const report = renderReport(analysis, options.format, terminalStyle(options, options.output !== undefined));
  if (options.output === undefined) await print(report);
  else await writeWhole(options.output, report, [...options.onPremises, ...options.online]);
  clock.end();
  if (!options.quiet) {
    if (options.output !== undefined) process.stderr.write(`Report written to ${options.output}\n`);
    if (options.verbose) process.stderr.write(clock.describe());
  }
  const { failOn } = options;
  if (failOn === "never") return 0;
  return analysis.mismatches.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
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
