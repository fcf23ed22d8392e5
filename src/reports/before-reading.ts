import type { Analysis, StreamedAnalysis, Verdict } from "../analysis.ts";
import type { Severity } from "../model/severity.ts";
import { otherService, services } from "../service/index.ts";
import { countOf, formatNumber } from "../text/count.ts";
import { visible } from "../text/fault.ts";
import { toneOf, verdict } from "../verdict.ts";
import { renderHint, wrap } from "./style.ts";

/** What concerns a whole file, and so what all findings are worth. */
export interface Caution {
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
}

/** The marks of a verdict, and of what is found. */
export const MARKS: Readonly<Record<Severity | "good", string>> = { good: "✔", error: "✖", warning: "⚠", info: "ℹ" };

/** Lists what must be known before reading on: every report begins with it. */
export function cautionsOf({ inputs }: Pick<Analysis, "inputs">): readonly Caution[] {
  return inputs.flatMap(({ name, diagnostics }) =>
    diagnostics
      .filter(({ severity, line }) => line === undefined && severity !== "info")
      .map(({ severity, message, hint }) => ({ name, severity, message, ...(hint === undefined ? {} : { hint }) })),
  );
}

const WHY = {
  option: "as it was asked for",
  "online-format": "told from the online export",
  default: "assumed, for nothing tells which one runs",
} as const;

/** What a report is about, as its title. */
export function titleOf({ alone }: Pick<Analysis, "alone">): string {
  return alone === undefined ? "What the first synchronization will change" : "What is wrong on one side already";
}

/** Says who there is, on the sides that were given. */
export function sayPeople({ summary, alone }: Pick<Analysis, "summary" | "alone">): string {
  const { onPremises, online, matched } = summary;
  if (alone === "online") return `${countOf(online, "person", "people")} online.`;
  const here = `${countOf(onPremises, "person", "people")} on-premises`;
  return alone === "onPremises"
    ? `${here}.`
    : `${here}, ${formatNumber(online)} online, ${formatNumber(matched)} matched.`;
}

/**
 * Says whose run is predicted, why, and how many people would fare otherwise under the other service; of one side alone nothing is
 * predicted.
 */
export function describeService({ service, alone }: Pick<Analysis, "service" | "alone">): string {
  if (alone !== undefined) return "";
  const { name, toldBy, otherwise } = service;
  const [own, other] = [services[name], otherService(services[name])];
  const fare =
    otherwise === 0
      ? `Under ${other.title} nobody would fare otherwise.`
      : `Under ${other.title} ${countOf(otherwise, "person", "people")} would fare otherwise.`;
  return `This is the run of ${own.title}, ${WHY[toldBy]}. ${fare}`;
}

/** What would tell what no such export tells; of passwords nothing does. */
const WHAT_TELLS: Readonly<Record<Verdict["cannotKnow"][number], string | undefined>> = {
  roles: "Get-MgDirectoryRoleMember",
  "groups and contacts online": "Get-Recipient",
  "recycle bin": "Get-MsolUser -ReturnDeletedUsers",
  federation: "Get-MgDomain",
  "who is enabled online": "Get-MgUser",
  "mailboxes that were moved away": "msExchRemoteRecipientType",
  scope: "settings of the synchronization",
  passwords: undefined,
};

/** Says what no such export tells, and what would. */
export function sayCannotKnow(what: Verdict["cannotKnow"]): string {
  if (what.length === 0) return "";
  const named = what.map((one) => (WHAT_TELLS[one] === undefined ? one : `${one} (${WHAT_TELLS[one]})`));
  return `No such export tells (in brackets what would): ${named.join(", ")}.`;
}

/**
 * Writes what must be known before reading on, and the verdict where it is not complete, for reports that are rows and have
 * no place for it; nothing if there is nothing of the kind.
 */
export function renderNotice(analysis: Analysis | StreamedAnalysis, width = 80): string {
  const cautions = cautionsOf(analysis);
  const { text, isComplete } = verdict(analysis);
  if (cautions.length === 0 && isComplete) return "";
  const lines = cautions.flatMap(({ name, severity, message, hint }) => [
    wrap(`${MARKS[severity]} ${visible(name)}  ${visible(message)}`, width, ""),
    ...(hint === undefined ? [] : [renderHint(hint, width, "    ")]),
  ]);
  return `${[...lines, wrap(`${MARKS[toneOf(analysis)]} ${text}`, width, "")].join("\n")}\n`;
}
