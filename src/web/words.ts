import type { ReportFormat } from "../reports/index.ts";
import type { FileSide } from "./protocol.ts";

/** All words of the page, besides those of the report (reports/words.ts). */
export const words = {
  language: "en",
  title: "dirsync-preflight",
  lead: "What will the first run of a directory synchronization change, for whom, and why?",
  promise:
    "Everything stays on this machine: the page reads your files itself and is not able to send anything anywhere.",
  drop: "Drop exports here, of Active Directory and of the online service (or of one alone), or",
  choose: "choose files",
  files: "Files",
  columns: ["file", "size", "taken for", "side", ""],
  sides: {
    onPremises: "on-premises",
    online: "online",
    baseline: "baseline (at activation)",
    files: "as the files tell",
  } satisfies Record<FileSide, string>,
  sideOf: (name: string) => `Side of ${name}`,
  looking: "looking …",
  notReadable: "cannot be read",
  inspect: "Inspect",
  inspectFile: (name: string) => `Inspect ${name}`,
  columnsButton: "Columns",
  columnsOf: (name: string) => `Columns of ${name}`,
  useOf: (name: string) => `Use of ${name}`,
  notUsed: "not used",
  useColumns: "Use these columns",
  remove: "Remove",
  removeFile: (name: string) => `Remove ${name}`,
  close: "Close",
  settings: "Settings",
  analyze: "Analyze",
  cancel: "Cancel",
  needsFile: "Choose a file, and say which side it is of.",
  reading: (name: string, users: number) => `Reading ${name}: ${users} people`,
  matching: "Matching and predicting …",
  cancelled: "Cancelled.",
  cancelledDownload: "Cancelled. Analyze again to download.",
  changed: "The files or the settings have changed since: analyze again.",
  making: "Making the file …",
  download: "Download",
  redact: "with pseudonyms in place of names and addresses",
  plan: "The remedy",
  authorities: { online: "online: what people use now stays", "on-premises": "on-premises: Active Directory is right" },
  downloadPlan: "Download the plan",
  formats: [
    ["html", "HTML"],
    ["xlsx", "Excel"],
    ["csv", "CSV"],
    ["markdown", "Markdown"],
    ["text", "Text"],
    ["json", "JSON"],
    ["ndjson", "NDJSON"],
  ] satisfies readonly (readonly [ReportFormat, string])[],
  bytes: (size: number) =>
    size < 1000
      ? `${size} B`
      : size < 1_000_000
        ? `${(size / 1000).toFixed(1)} kB`
        : `${(size / 1_000_000).toFixed(1)} MB`,
} as const;
