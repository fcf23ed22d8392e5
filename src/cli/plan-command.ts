import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { analyze } from "../analyze.ts";
import { UsageError } from "../model/errors.ts";
import { applyChanges } from "../plan/apply-plan.ts";
import { renderChangeFile } from "../plan/change-file.ts";
import { readDecisions, renderDecisions } from "../plan/decisions.ts";
import { renderNotify } from "../plan/notify.ts";
import type { Authority, Plan } from "../plan/plan.ts";
import { renderPlanJson, renderPlanMarkdown } from "../plan/plan-document.ts";
import { planRemedies } from "../plan/plan-remedies.ts";
import { type OnlineDialect, renderActiveDirectoryScript, renderOnlineScript } from "../plan/powershell.ts";
import { undoSteps } from "../plan/undo.ts";
import { renderReport } from "../reports/index.ts";
import { pathsOf, print, writeWhole } from "./files.ts";
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
      : readDecisions(await readText(options.decisions), options.decisions, analysis);
  const plan = planRemedies(analysis, {
    authority: options.authority,
    ...(decisions === undefined ? {} : { decisions }),
  });
  const inputs = pathsOf([...options.onPremises, ...options.online, ...(options.baseline ?? [])]);
  if (options.writeDecisions !== undefined) {
    await writeWhole("--write-decisions", options.writeDecisions, renderDecisions(plan), inputs);
  }
  if (options.outputDir !== undefined) {
    await makeFolder(options.outputDir);
    for (const [name, content] of Object.entries(renderFiles(plan, options.dialect, analysis.settings.initialDomain))) {
      await writeWhole("--output-dir", join(options.outputDir, name), content, inputs);
    }
  }
  if (!options.quiet) process.stderr.write(describePlan(plan, options.outputDir));
  if (options.simulate === true)
    await print(renderReport(applyChanges(analysis, plan.steps), "text", terminalStyle(options)));
  return 0;
}

/** Everything that a plan is written to. Files for a side stand there only if something is to be done on it. */
function renderFiles(
  plan: Plan,
  dialect: OnlineDialect,
  initialDomain: string | undefined,
): Readonly<Record<string, string>> {
  const undo = undoSteps(plan.steps);
  const hasSide = (wanted: string): boolean => plan.steps.some(({ side }) => side === wanted);
  return {
    "plan.md": renderPlanMarkdown(plan),
    "plan.json": renderPlanJson(plan),
    "notify.csv": renderNotify(plan),
    ...(hasSide("onPremises")
      ? {
          "change-ad.ldf": renderChangeFile(plan.steps),
          "undo-ad.ldf": renderChangeFile(undo),
          "change-ad.ps1": renderActiveDirectoryScript(plan.steps),
        }
      : {}),
    ...(hasSide("online")
      ? {
          "change-online.ps1": renderOnlineScript(plan.steps, { dialect, initialDomain, name: "change-online" }),
          "undo-online.ps1": renderOnlineScript(undo, { dialect, initialDomain, name: "undo-online" }),
        }
      : {}),
  };
}

function describePlan({ steps, remedied, undecided }: Plan, folder: string | undefined): string {
  const where = folder === undefined ? "" : `, written to ${folder}`;
  return `Plan: ${steps.length} steps remedy ${remedied.length} findings; ${undecided.length} are left to a person${where}\n`;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new UsageError(
      `--decisions ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new UsageError(
      `--output-dir ${path} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
