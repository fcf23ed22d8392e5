import type { TableSketch } from "../formats/reading/own-list.ts";
import type { OfferedOf } from "../model/option.ts";
import type { options } from "../options.ts";
import type { planOptions } from "../plan/plan.ts";
import type { scriptOptions } from "../plan/powershell.ts";
import type { FindingData } from "../reports/html/finding-data.ts";
import type { ReportFormat } from "../reports/index.ts";

/** What a file can be used for. */
export const fileSides = ["onPremises", "online", "baseline", "files"] as const;

/** What a file is used for. */
export type FileSide = (typeof fileSides)[number];

/** A file as the page gives it to the worker. */
export interface ChosenFile {
  readonly file: File;
  readonly side: FileSide;
  /** What its columns are for, where somebody said so. */
  readonly columns: readonly string[];
}

/** The beginning of a table, for which it can be said what its columns are for. */
export interface ColumnsAsked extends TableSketch {
  /** The name of the source that it is. */
  readonly source: string;
  /** What can be chosen for a column. */
  readonly offered: readonly string[];
}

/** The options of an analysis that the page offers. */
export type AnalysisChoices = OfferedOf<typeof options>;

/** The options of a plan that the page offers. */
export type PlanChoices = OfferedOf<typeof planOptions & typeof scriptOptions>;

/** Something that is made of an analysis, as a file. */
export type Download =
  | { readonly type: "report"; readonly format: ReportFormat; readonly redact: boolean; readonly redactKey: string }
  | { readonly type: "plan"; readonly choices: PlanChoices };

/** What the page asks of a worker. */
export type Request =
  | { readonly type: "inspect"; readonly id: number; readonly file: File; readonly columns: readonly string[] }
  | { readonly type: "analyze"; readonly files: readonly ChosenFile[]; readonly choices: AnalysisChoices }
  | Download;

/** What a worker answers. */
export type Answer =
  | {
      readonly type: "inspected";
      readonly id: number;
      /** The side that the format is an export of; either side, for some. */
      readonly side: FileSide | "either";
      readonly format: string;
      readonly text: string;
      readonly table: ColumnsAsked | undefined;
    }
  | {
      readonly type: "not-inspected";
      readonly id: number;
      readonly message: string;
      readonly hint: string;
      readonly table: ColumnsAsked | undefined;
    }
  | {
      readonly type: "progress";
      readonly name: string;
      readonly bytesRead: number;
      readonly bytesTotal: number;
      readonly users: number;
    }
  | { readonly type: "analyzed"; readonly body: string; readonly headline: string; readonly data: FindingData }
  | { readonly type: "file"; readonly name: string; readonly content: Blob }
  | { readonly type: "failed"; readonly message: string; readonly hint: string };
