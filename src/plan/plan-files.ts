import type { Side } from "../model/user.ts";
import { renderChangeFile } from "./change-file.ts";
import { renderNotify } from "./notify.ts";
import type { Plan } from "./plan.ts";
import { renderPlanJson, renderPlanMarkdown } from "./plan-document.ts";
import { type OnlineDialect, renderActiveDirectoryScript, renderOnlineScript } from "./powershell.ts";
import { undoSteps } from "./undo.ts";

/** Every file that a plan may consist of. */
export const planFileNames = [
  "plan.md",
  "plan.json",
  "notify.csv",
  "change-ad.ldf",
  "undo-ad.ldf",
  "change-ad.ps1",
  "undo-ad.ps1",
  "change-online.ps1",
  "undo-online.ps1",
] as const;

/** What the scripts are made for. */
export interface PlanFileOptions {
  readonly dialect: OnlineDialect;
  /** What the tenant is known by. */
  readonly initialDomain: string | undefined;
}

/** Writes a plan as its files, by name. Files for a side are there only if something is to be done on it. */
export function renderPlanFiles(
  plan: Plan,
  options: PlanFileOptions,
): Readonly<Partial<Record<(typeof planFileNames)[number], string>>> {
  const undo = undoSteps(plan.steps);
  const hasSide = (wanted: Side): boolean => plan.steps.some(({ side }) => side === wanted);
  return {
    "plan.md": renderPlanMarkdown(plan),
    "plan.json": renderPlanJson(plan),
    "notify.csv": renderNotify(plan),
    ...(hasSide("onPremises")
      ? {
          "change-ad.ldf": renderChangeFile(plan.steps),
          "undo-ad.ldf": renderChangeFile(undo),
          "change-ad.ps1": renderActiveDirectoryScript(plan.steps, "change-ad"),
          "undo-ad.ps1": renderActiveDirectoryScript(undo, "undo-ad"),
        }
      : {}),
    ...(hasSide("online")
      ? {
          "change-online.ps1": renderOnlineScript(plan.steps, { ...options, name: "change-online" }),
          "undo-online.ps1": renderOnlineScript(undo, { ...options, name: "undo-online" }),
        }
      : {}),
  };
}
