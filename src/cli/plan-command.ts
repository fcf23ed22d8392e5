import { readFile } from "node:fs/promises";
import { analyze } from "../analyze.ts";
import { UsageError } from "../model/errors.ts";
import { applyChanges } from "../plan/apply-plan.ts";
import { readDecisions, renderDecisions } from "../plan/decisions.ts";
import type { Authority } from "../plan/plan.ts";
import { summarizePlan } from "../plan/plan-document.ts";
import { planFileNames, renderPlanFiles } from "../plan/plan-files.ts";
import { planRemedies } from "../plan/plan-remedies.ts";
import type { OnlineDialect } from "../plan/powershell.ts";
import { renderReport } from "../reports/index.ts";
import { pathsOf, print, reasonOf, writeFolder, writeWhole } from "./files.ts";
import { type InputCommandOptions, toAnalyzeOptions } from "./input-options.ts";
import { showProgress } from "./progress.ts";
import { terminalStyle } from "./terminal.ts";

/** The options of `plan`, as commander gives them. */
interface PlanCommandOptions extends InputCommandOptions {
  readonly authority: Authority;
  readonly outputDir?: string;
  readonly dialect: OnlineDialect;
  readonly decisions?: string;
  readonly writeDecisions?: string;
  readonly simulate?: boolean;
}

/** Runs `plan`; returns the exit status. */
export async function runPlan(options: PlanCommandOptions): Promise<number> {
  if (options.outputDir === undefined && options.writeDecisions === undefined && options.simulate !== true) {
    throw new UsageError("plan needs --output-dir, --write-decisions or --simulate: say what to do with the plan");
  }
  const progress = showProgress(options.quiet ?? false);
  const analysis = await toAnalyzeOptions(options)
    .then((inputs) => analyze({ ...inputs, onProgress: progress.update }))
    .finally(progress.end);
  const decisions =
    options.decisions === undefined
      ? undefined
      : await readDecisions(await readBytes(options.decisions), options.decisions, analysis);
  const plan = planRemedies(analysis, {
    authority: options.authority,
    ...(decisions === undefined ? {} : { decisions }),
  });
  const inputs = pathsOf([...options.onPremises, ...options.online, ...(options.baseline ?? [])]);
  if (options.writeDecisions !== undefined) {
    await writeWhole("--write-decisions", options.writeDecisions, renderDecisions(plan), inputs);
  }
  if (options.outputDir !== undefined) {
    const files = renderPlanFiles(plan, { dialect: options.dialect, initialDomain: analysis.settings.initialDomain });
    await writeFolder("--output-dir", options.outputDir, files, planFileNames);
  }
  if (!options.quiet) {
    const where = options.outputDir === undefined ? "" : ` Written to ${options.outputDir}.`;
    process.stderr.write(`Plan: ${summarizePlan(plan)}${where}\n`);
  }
  if (options.simulate === true)
    await print(renderReport(applyChanges(analysis, plan.steps), "text", terminalStyle(options)));
  return 0;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UsageError(`--decisions ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}
