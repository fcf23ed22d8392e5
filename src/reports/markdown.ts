import type { Analysis } from "../analysis.ts";
import { describeMismatch, nameObject, objectsOf, sourceOf } from "../mismatches/definition/describe-mismatch.ts";
import { type Mismatch, mismatchKinds } from "../mismatches/index.ts";
import { severities } from "../model/severity.ts";
import { countOf, formatNumber } from "../text/count.ts";
import { markdownCode, markdownText } from "../text/markdown.ts";
import { toneOf, uncheckedIn, verdict } from "../verdict.ts";
import { cautionsOf, describeService, MARKS, sayCannotKnow, sayPeople, titleOf } from "./before-reading.ts";
import { sayCauses } from "./causes.ts";
import { sayEffects } from "./people.ts";

/** A ticket has an end: GitHub takes 65,536 characters, and nobody reads more rows. */
const MOST_ROWS = 100;

/** Writes an analysis as Markdown for tickets and pull requests: the numbers, then a table for each kind, worst first. */
export function renderMarkdown(analysis: Analysis): string {
  const { inputs, mismatches } = analysis;
  const notChecked = uncheckedIn(analysis);
  const judged = verdict(analysis);
  const groups = severities.flatMap((severity) =>
    mismatchKinds.flatMap((declaration) => {
      const own = mismatches.filter((one) => one.severity === severity && one.kind === declaration.kind);
      return own.length === 0 ? [] : [{ declaration, severity, own }];
    }),
  );
  const blocks = [
    `# ${titleOf(analysis)}`,
    ...renderCautions(analysis),
    `**${MARKS[toneOf(analysis)]} ${markdownText(judged.text)}**`,
    sayPeople(analysis),
    markdownText(describeService(analysis)),
    inputs
      .map(
        ({ side, name, format, users }) =>
          `- ${NAMES[side]}: ${markdownCode(name)} (${markdownText(format)}, ${countOf(users, "person", "people")})`,
      )
      .join("\n"),
    ...renderEffects(analysis),
    ...renderCauses(analysis),
    ...(groups.length === 0
      ? []
      : [
          table(
            ["", "what", "kind", "count"],
            groups.map(({ declaration, severity, own }) => [
              MARKS[severity],
              markdownText(declaration.title(own.length, severity)),
              markdownCode(declaration.kind),
              formatNumber(own.length),
            ]),
          ),
        ]),
    ...groups.flatMap(({ declaration, severity, own }) => [
      `## ${MARKS[severity]} ${markdownText(declaration.title(own.length, severity))}`,
      markdownText(declaration.explanation),
      table(["who", "what", "where"], own.slice(0, MOST_ROWS).map(toCells)),
      ...(own.length > MOST_ROWS ? [`… and ${formatNumber(own.length - MOST_ROWS)} more.`] : []),
      `*${markdownText(declaration.advice)}*`,
    ]),
    ...(notChecked.length === 0
      ? []
      : [
          "## Not checked",
          notChecked
            .map(
              ({ kind, side, missing }) =>
                `- ${markdownCode(kind)}: the ${NAMES[side]} export has no ${markdownText(missing.join(", "))}`,
            )
            .join("\n"),
        ]),
    markdownText(sayCannotKnow(judged.cannotKnow)),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** What happens to how many: everybody is counted once. */
function renderEffects(analysis: Analysis): readonly string[] {
  const effects = sayEffects(analysis).map(({ count, what }) => `- ${formatNumber(count)} ${what}`);
  return effects.length === 0 ? [] : ["People, each counted once, by the worst that happens:", effects.join("\n")];
}

/** What the findings come from, as a table: decisions are made about these. */
function renderCauses(analysis: Analysis): readonly string[] {
  const rows = sayCauses(analysis).map(({ cause, title, whom }) => [
    MARKS[cause.severity],
    `${markdownText(title)}. ${markdownText(cause.harm)}`,
    markdownText(whom),
    markdownText(cause.remedy),
  ]);
  return rows.length === 0 ? [] : ["## What the findings come from", table(["", "what", "who", "what cures it"], rows)];
}

/** What concerns whole files, and may change what the findings are worth. */
function renderCautions(analysis: Analysis): readonly string[] {
  const items = cautionsOf(analysis).map(({ name, severity, message, hint = "" }) => {
    const advice = hint
      .split("\n")
      .map((line) => (line.startsWith(" ") ? markdownCode(line.trim()) : markdownText(line)));
    return `- ${MARKS[severity]} ${markdownCode(name)}: ${[markdownText(message), ...advice].join(" ").trim()}`;
  });
  return items.length === 0 ? [] : ["## Before you read on", items.join("\n")];
}

const NAMES = { onPremises: "on-premises", online: "online", baseline: "baseline" } as const;

function toCells(mismatch: Mismatch): readonly string[] {
  const subject = mismatch.online ?? mismatch.onPremises;
  return [
    subject === undefined ? "" : cellCode(nameObject(subject)),
    cellCode(describeMismatch(mismatch)),
    objectsOf(mismatch)
      .slice(0, 4)
      .map((object) => cellCode(sourceOf(object)))
      .join(" "),
  ];
}

/** In a table a vertical bar ends the cell even within code (GitHub Flavored Markdown, tables). */
function cellCode(text: string): string {
  return markdownCode(text).replaceAll("|", "\\|");
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
