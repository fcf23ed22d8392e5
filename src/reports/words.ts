import type { Analysis, Verdict } from "../analysis.ts";
import { describeMismatch } from "../mismatches/definition/describe-mismatch.ts";
import { type Mismatch, type MismatchKindDeclaration, mismatchKinds } from "../mismatches/index.ts";
import type { Severity } from "../model/severity.ts";
import { type SettingName, settingLabels } from "../settings.ts";
import { verdict } from "../verdict.ts";
import { describeService, sayCannotKnow, sayPeople, titleOf } from "./before-reading.ts";

/** What the table of findings says; plain texts, because they go into the page as data. */
export interface TableWords {
  readonly columns: Readonly<Record<"severity" | "kind" | "who" | "what" | "where", string>>;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly search: string;
  readonly allKinds: string;
  readonly allSeverities: string;
  readonly allDomains: string;
  readonly kind: string;
  readonly severity: string;
  readonly domain: string;
  /** `{shown}` and `{total}` stand for numbers. */
  readonly shown: string;
  readonly noneShown: string;
  readonly reset: string;
  readonly close: string;
  readonly details: string;
  readonly sortBy: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** All words of the HTML report and of the page. To add a language is to make another of these. */
export interface ReportWords {
  /** BCP 47. */
  readonly language: string;
  readonly title: (analysis: Analysis) => string;
  readonly headline: (analysis: Analysis) => string;
  /** The verdict: a translation says it anew from the analysis, no wider than this one. */
  readonly verdict: (analysis: Analysis) => string;
  readonly service: (analysis: Analysis) => string;
  readonly beforeReading: string;
  readonly cannotKnow: (what: Verdict["cannotKnow"]) => string;
  readonly findings: string;
  readonly byKind: string;
  readonly byDomain: string;
  readonly byUnit: string;
  readonly meaning: string;
  readonly advice: string;
  readonly files: string;
  readonly fileColumns: readonly string[];
  readonly sides: Readonly<Record<"onPremises" | "online" | "baseline", string>>;
  readonly problems: string;
  readonly problemColumns: readonly string[];
  readonly notChecked: (kind: string, side: string, missing: readonly string[]) => string;
  readonly notCheckedTitle: string;
  readonly settings: string;
  readonly settingNames: Readonly<Record<SettingName, string>>;
  readonly inferred: (from: string) => string;
  readonly madeBy: (name: string, version: string) => string;
  readonly needsScript: string;
  readonly rest: string;
  readonly kindTitle: (declaration: MismatchKindDeclaration, count: number, severity: Severity) => string;
  readonly kindExplanation: (declaration: MismatchKindDeclaration) => string;
  readonly kindAdvice: (declaration: MismatchKindDeclaration) => string;
  readonly says: (mismatch: Mismatch) => string;
  readonly table: TableWords;
}

/** English. */
export const english: ReportWords = {
  language: "en",
  title: titleOf,
  headline: sayPeople,
  verdict: (analysis) => verdict(analysis).text,
  service: describeService,
  beforeReading: "Before you read on",
  cannotKnow: sayCannotKnow,
  findings: "Findings",
  byKind: "By kind",
  byDomain: "By domain",
  byUnit: "By organisational unit",
  meaning: "What the findings mean",
  advice: "What to do",
  files: "Files",
  fileColumns: ["side", "file", "format", "encoding", "records", "people", "left out"],
  sides: { onPremises: "on-premises", online: "online", baseline: "baseline" },
  problems: "Problems in reading",
  problemColumns: ["severity", "file", "line", "what", "what to do"],
  notChecked: (kind, side, missing) => `${kind}: the ${side} export has no ${missing.join(", ")}`,
  notCheckedTitle: "Not checked",
  settings: "Settings",
  settingNames: settingLabels,
  inferred: (from) => `inferred: ${from}`,
  madeBy: (name, version) => `Made by ${name} ${version}, offline. Nothing in this file asks a server anything.`,
  needsScript: "The table of findings needs JavaScript; the numbers above do not.",
  rest: "others",
  kindTitle: (declaration, count, severity) => declaration.title(count, severity),
  kindExplanation: ({ explanation }) => explanation,
  kindAdvice: ({ advice }) => advice,
  says: describeMismatch,
  table: {
    columns: { severity: "severity", kind: "kind", who: "who", what: "what happens", where: "where it was read" },
    severities: { error: "error", warning: "warning", info: "info" },
    search: "Search",
    allKinds: "all kinds",
    allSeverities: "all severities",
    allDomains: "all domains",
    kind: "Kind",
    severity: "Severity",
    domain: "Domain",
    shown: "{shown} of {total} findings",
    noneShown: "No finding fits the filter.",
    reset: "Clear filter",
    close: "Close",
    details: "Details",
    sortBy: "Sort by",
    fields: {
      before: "now",
      after: "after the run",
      says: "what",
      onPremisesId: "on-premises object",
      onPremisesUpn: "on-premises sign-in",
      onPremisesPrimary: "on-premises primary",
      onlineId: "online object",
      onlineUpn: "online sign-in",
      onlinePrimary: "online primary",
      matchMethod: "matched by",
      matchBasis: "basis",
      matchOn: "matched on",
      sources: "read in",
    },
  },
};

/** The kinds that have findings, in the order of reports, with how many of each severity. */
export function kindsFound(
  mismatches: readonly Mismatch[],
): readonly { readonly declaration: MismatchKindDeclaration; readonly severity: Severity; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { kind, severity } of mismatches) {
    counts.set(`${severity} ${kind}`, (counts.get(`${severity} ${kind}`) ?? 0) + 1);
  }
  return (["error", "warning", "info"] as const).flatMap((severity) =>
    mismatchKinds.flatMap((declaration) => {
      const count = counts.get(`${severity} ${declaration.kind}`);
      return count === undefined ? [] : [{ declaration, severity, count }];
    }),
  );
}
