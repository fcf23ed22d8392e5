import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { analyze } from "../analyze.ts";
import { UsageError } from "../model/errors.ts";
import { settle } from "../model/option.ts";
import { applyChanges } from "../plan/apply-plan.ts";
import { holdsDecisions, readDecisions, renderDecisionsPieces } from "../plan/decisions.ts";
import type { Authority } from "../plan/plan.ts";
import { summarizePlan } from "../plan/plan-document.ts";
import { planFileNames, renderPlanFilePieces } from "../plan/plan-files.ts";
import { planRemedies } from "../plan/plan-remedies.ts";
import { type OnlineDialect, scriptOptions } from "../plan/powershell.ts";
import { renderNotice } from "../reports/before-reading.ts";
import { renderReport } from "../reports/index.ts";
import { visible } from "../text/fault.ts";
import { type InputCommandOptions, toAnalyzeOptions } from "./input-options.ts";
import { print } from "./print.ts";
import { showProgress } from "./progress.ts";
import { reasonOf } from "./reason.ts";
import { terminalStyle } from "./terminal.ts";
import { writeFolder, writeOutput } from "./write-files.ts";

/** The options of `plan`, as commander gives them. */
interface PlanCommandOptions extends InputCommandOptions {
  readonly authority: Authority;
  readonly outputDir?: string;
  readonly dialect?: OnlineDialect;
  readonly decisions?: string;
  readonly writeDecisions?: string;
  readonly simulate?: boolean;
}

/** Runs `plan`; returns the exit status. */
export async function runPlan(files: readonly string[], options: PlanCommandOptions): Promise<number> {
  if (options.outputDir === undefined && options.writeDecisions === undefined && options.simulate !== true) {
    throw new UsageError("plan needs --output-dir, --write-decisions or --simulate: say what to do with the plan");
  }
  if (options.writeDecisions !== undefined) await refuseDecided(options.writeDecisions);
  const decided = options.decisions === undefined ? undefined : await readBytes("--decisions", options.decisions);
  const progress = showProgress(options.quiet ?? false);
  const analysis = await toAnalyzeOptions(options, files)
    .then((inputs) => analyze({ ...inputs, onProgress: progress.update }))
    .finally(progress.end);
  const decisions = decided === undefined ? undefined : await readDecisions(decided, options.decisions ?? "", analysis);
  const plan = planRemedies(analysis, {
    authority: options.authority,
    ...(decisions === undefined ? {} : { decisions }),
  });
  if (options.writeDecisions !== undefined) {
    await writeOutput("--write-decisions", options.writeDecisions, renderDecisionsPieces(plan));
  }
  if (options.outputDir !== undefined) {
    const files = renderPlanFilePieces(plan, {
      ...settle(scriptOptions, options),
      initialDomain: analysis.settings.initialDomain,
    });
    await writeFolder("--output-dir", options.outputDir, files, planFileNames);
  }
  if (!options.quiet) {
    const where = options.outputDir === undefined ? "" : ` Written to ${visible(options.outputDir)}.`;
    process.stderr.write(`${renderNotice(analysis)}Plan: ${summarizePlan(plan)}${where}\n`);
  }
  if (options.simulate === true)
    await print(renderReport(applyChanges(analysis, plan.steps), "text", terminalStyle(options)));
  return 0;
}

/** Refuses to write over what somebody has decided: days of a customer's work. */
async function refuseDecided(path: string): Promise<void> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return;
  if (await holdsDecisions(await readBytes("--write-decisions", path))) {
    throw new UsageError(
      `--write-decisions ${path} holds decisions; read them with --decisions, and name another file to write`,
    );
  }
}

async function readBytes(option: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UsageError(`${option} ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}
