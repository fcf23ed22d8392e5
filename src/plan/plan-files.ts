import type { Side } from "../model/user.ts";
import { renderChangeFilePieces } from "./change-file.ts";
import { renderNotifyPieces } from "./notify.ts";
import type { Plan } from "./plan.ts";
import { renderPlanJsonPieces, renderPlanMarkdownPieces } from "./plan-document.ts";
import { type OnlineDialect, renderActiveDirectoryScriptPieces, renderOnlineScriptPieces } from "./powershell.ts";
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

/** The files of a plan, by name. */
type PlanFiles<Content> = Readonly<Partial<Record<(typeof planFileNames)[number], Content>>>;

/** Writes a plan as its files, by name. Files for a side are there only if something is to be done on it. */
export function renderPlanFiles(plan: Plan, options: PlanFileOptions): PlanFiles<string> {
  const files = Object.entries(renderPlanFilePieces(plan, options));
  return Object.fromEntries(files.map(([name, pieces]) => [name, [...pieces].join("")]));
}

/** Writes the files of {@link renderPlanFiles} piece by piece, each once: a plan can be longer than a string. */
export function renderPlanFilePieces(plan: Plan, options: PlanFileOptions): PlanFiles<Iterable<string>> {
  const undo = undoSteps(plan.steps);
  const hasSide = (wanted: Side): boolean => plan.steps.some(({ side }) => side === wanted);
  return {
    "plan.md": renderPlanMarkdownPieces(plan),
    "plan.json": renderPlanJsonPieces(plan),
    "notify.csv": renderNotifyPieces(plan),
    ...(hasSide("onPremises")
      ? {
          "change-ad.ldf": renderChangeFilePieces(plan.steps),
          "undo-ad.ldf": renderChangeFilePieces(undo),
          "change-ad.ps1": renderActiveDirectoryScriptPieces(plan.steps, "change-ad"),
          "undo-ad.ps1": renderActiveDirectoryScriptPieces(undo, "undo-ad"),
        }
      : {}),
    ...(hasSide("online")
      ? {
          "change-online.ps1": renderOnlineScriptPieces(plan.steps, { ...options, name: "change-online" }),
          "undo-online.ps1": renderOnlineScriptPieces(undo, { ...options, name: "undo-online" }),
        }
      : {}),
  };
}
