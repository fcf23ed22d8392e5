import type { Analysis, Input } from "../analysis.ts";
import { formats } from "../formats/index.ts";
import { describeMismatch, nameObject, objectsOf, sourceOf } from "../mismatches/definition/describe-mismatch.ts";
import { commonNameOf } from "../mismatches/definition/invalid-values.ts";
import { type Mismatch, type MismatchKindDeclaration, mismatchKinds } from "../mismatches/index.ts";
import { nameFault } from "../mismatches/invalid-value.ts";
import { placeOf } from "../model/place.ts";
import { type Severity, severities } from "../model/severity.ts";
import { describeSkipped } from "../model/skip-reason.ts";
import type { Side } from "../model/user.ts";
import type { Fate } from "../run/compare-services.ts";
import { describeSettings } from "../settings.ts";
import { appendTo } from "../text/append.ts";
import { countOf, formatNumber } from "../text/count.ts";
import { visible } from "../text/fault.ts";
import { largest } from "../text/largest.ts";
import { toneOf, uncheckedIn, verdict } from "../verdict.ts";
import { describeService, MARKS, sayCannotKnow, sayPeople } from "./before-reading.ts";
import { domainsOf, tally, unitOf } from "./statistics.ts";
import {
  type Page,
  padTo,
  palette,
  renderHint,
  sayHintsOnce,
  shortenTo,
  type TextStyle,
  widthOf,
  wrap,
} from "./style.ts";
import { renderCauses, renderEffects } from "./text-causes.ts";
import { kindsFound } from "./words.ts";

const SIDES: Readonly<Record<Side, string>> = { onPremises: "on-premises", online: "online" };
const MOST_ROWS = 200;
const WIDEST_NAME = 26;
/** Of one side alone: whoever works through them has them in a table. */
const MOST_ROWS_ALONE = 20;
const MOST_FAULTS = 12;
const MOST_NAMES = 5;
const LONGEST_BAR = 40;

/** Writes an analysis for a terminal: what happens to whom, worst first, then what to know, then what to do next. */
export function renderText(analysis: Analysis, style: TextStyle = {}): string {
  const page: Page = {
    width: style.width ?? 80,
    verbose: style.verbose ?? false,
    most: analysis.alone === undefined ? MOST_ROWS : MOST_ROWS_ALONE,
    colors: palette(style.color ?? false),
  };
  const sections = [
    renderHeadline(analysis, page),
    renderDiagnostics(analysis.inputs, "files", page),
    renderVerdict(analysis, page),
    renderEffects(analysis, page),
    renderCauses(analysis, page),
    renderBars(analysis, page),
    renderFaults(analysis, page),
    ...groupWorstFirst(analysis.mismatches).map((group) => renderGroup(group, page)),
    renderServiceDependent(analysis, page),
    renderSoftMatchDependent(analysis, page),
    renderAccepted(analysis, page),
    renderLeftOut(analysis.inputs, page),
    renderNotChecked(analysis, page),
    renderDiagnostics(analysis.inputs, "lines", page),
    renderInferred(analysis, page),
    renderCannotKnow(analysis, page),
    renderNext(analysis, page),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** A box: who there is, what was read, whose domains are affected. */
function renderHeadline(analysis: Analysis, { width, colors }: Page): string {
  const { summary, inputs, mismatches, alone } = analysis;
  const ways = [
    [summary.matchedBy["soft-smtp"], "by address"],
    [summary.matchedBy.hard, "by anchor"],
    [summary.matchedBy["soft-upn"], "by sign-in name"],
  ] as const;
  const how = ways.flatMap(([count, way]) => (count > 0 ? [`${count} ${way}`] : [])).join(", ");
  const problems = inputs.flatMap(({ diagnostics }) =>
    diagnostics.filter(({ severity }) => severity !== "info"),
  ).length;
  const people =
    alone !== undefined
      ? sayPeople(analysis).slice(0, -1)
      : [
          `${countOf(summary.onPremises, "person", "people")} on-premises`,
          `${formatNumber(summary.online)} online`,
          `${formatNumber(summary.matched)} matched${how === "" ? "" : ` (${how})`}`,
        ].join(" · ");
  const serious = mismatches.filter(({ severity }) => severity !== "info");
  const affected = listMost(serious.flatMap(domainsOf));
  // Whoever looks at Active Directory alone works through it part by part.
  const units = alone === "onPremises" ? listMost(serious.map(unitOf)) : "";
  const inner = width - 4;
  const lines = [
    ...wrap(people, inner, "").split("\n").map(colors.bold),
    ...wrap(`${countOf(inputs.length, "file")}, ${countOf(problems, "problem")} reading them`, inner, "").split("\n"),
    ...(affected === "" ? [] : wrap(`Domains affected: ${affected}`, inner, "").split("\n")),
    ...(units === "" ? [] : wrap(`Organisational units: ${units}`, inner, "").split("\n")),
  ];
  const edge = (left: string, right: string): string => colors.dim(`${left}${"─".repeat(width - 2)}${right}`);
  const side = colors.dim("│");
  return [edge("╭", "╮"), ...lines.map((line) => `${side} ${padTo(line, inner)} ${side}`), edge("╰", "╯")].join("\n");
}

function listMost(names: Iterable<string>): string {
  return tally(names, MOST_NAMES, "others")
    .map(({ name, count }) => `${visible(name)} (${formatNumber(count)})`)
    .join(", ");
}

/** How many there are of each kind, as bars. */
function renderBars(analysis: Analysis, { width, colors }: Page): string {
  const found = kindsFound(analysis.mismatches);
  if (found.length < 2) return "";
  const most = largest(found.map(({ count }) => count));
  const nameWidth = largest(found.map(({ declaration }) => declaration.kind.length));
  const numberWidth = formatNumber(most).length;
  const room = Math.min(LONGEST_BAR, width - nameWidth - numberWidth - 6);
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue };
  return found
    .map(({ declaration, severity, count }) => {
      const bar = "█".repeat(Math.max(1, Math.round((room * count) / most)));
      const number = formatNumber(count).padStart(numberWidth);
      return `${paint[severity](MARKS[severity])} ${padTo(declaration.kind, nameWidth)} ${number}  ${paint[severity](bar)}`;
    })
    .join("\n");
}

/** What is wrong with values, by what they have in common: of one side alone that is most of the work. */
function renderFaults({ alone, mismatches }: Analysis, { width, colors }: Page): string {
  const names = mismatches.flatMap((one) =>
    one.kind === "invalid-value" && one.severity !== "info" ? [visible(nameFault(one))] : [],
  );
  const faults = tally(names, MOST_FAULTS, "others");
  if (alone === undefined || faults.length === 0) return "";
  const numberWidth = largest(faults.map(({ count }) => formatNumber(count).length));
  const lines = faults.map(({ name, count }) => {
    const [first = "", ...rest] = wrap(name, width - numberWidth - 4, "").split("\n");
    const number = formatNumber(count).padStart(numberWidth);
    return [`  ${number}  ${first}`, ...rest.map((line) => `${" ".repeat(numberWidth + 4)}${line}`)].join("\n");
  });
  return [colors.bold("Values, by what is wrong"), ...lines].join("\n");
}

/** Mismatches of one kind and severity, which a report lists together. */
interface Group {
  readonly declaration: MismatchKindDeclaration;
  readonly severity: Severity;
  readonly mismatches: readonly Mismatch[];
}

function groupWorstFirst(mismatches: readonly Mismatch[]): readonly Group[] {
  return severities.flatMap((severity) =>
    mismatchKinds.flatMap((declaration) => {
      const own = mismatches.filter((one) => one.severity === severity && one.kind === declaration.kind);
      return own.length === 0 ? [] : [{ declaration, severity, mismatches: own }];
    }),
  );
}

function renderGroup({ declaration, severity, mismatches }: Group, page: Page): string {
  const { width, colors } = page;
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue }[severity];
  const title = `${MARKS[severity]} ${declaration.title(mismatches.length, severity)}`;
  const room = width - widthOf(title) - declaration.kind.length;
  const head =
    room >= 2
      ? paint(colors.bold(title)) + " ".repeat(room) + colors.dim(declaration.kind)
      : `${paint(colors.bold(wrap(title, width, "")))}\n${colors.dim(" ".repeat(width - declaration.kind.length) + declaration.kind)}`;
  const shown = page.verbose ? mismatches : mismatches.slice(0, page.most);
  const rows = shown.map(toRow);
  const more = mismatches.length - shown.length;
  return [
    head,
    ...renderRows(rows, page),
    ...(more > 0
      ? [
          colors.dim(
            `  … and ${formatNumber(more)} more; ${page.most === MOST_ROWS ? "" : "--output report.html or .xlsx, or "}--verbose lists all`,
          ),
        ]
      : []),
  ].join("\n");
}

interface Row {
  readonly name: string;
  readonly text: string;
  readonly sources: string;
}

function toRow(mismatch: Mismatch): Row {
  const { onPremises, online } = mismatch;
  const subject = online ?? onPremises;
  const sources = objectsOf(mismatch).map(sourceOf);
  return {
    name: subject === undefined ? "" : visible(nameObject(subject)),
    text: visible(describeMismatch(mismatch)),
    sources: visible(sources.slice(0, 4).join(" ") + (sources.length > 4 ? " …" : "")),
  };
}

/** One line each if all fit; else two: who and where it was read, and below it what happens. */
function renderRows(rows: readonly Row[], { width, colors }: Page): readonly string[] {
  const nameWidth = Math.min(WIDEST_NAME, largest(rows.map(({ name }) => widthOf(name))));
  const textWidth = largest(rows.map(({ text }) => widthOf(text)));
  const sourcesWidth = largest(rows.map(({ sources }) => widthOf(sources)));
  const start = nameWidth === 0 ? 2 : 2 + nameWidth + 2;
  if (start + textWidth + 2 + sourcesWidth <= width) {
    return rows.map(({ name, text, sources }) => {
      const column = nameWidth === 0 ? "" : `${padTo(shortenTo(name, nameWidth), nameWidth)}  `;
      return `  ${column}${padTo(text, textWidth)}  ${colors.dim(sources)}`;
    });
  }
  return rows.flatMap(({ name, text, sources }) => {
    if (name === "") return [wrap(text, width, "  "), colors.dim(wrap(sources, width, "      "))];
    return [`  ${padTo(shortenTo(name, nameWidth), nameWidth)}  ${colors.dim(sources)}`, wrap(text, width, "      ")];
  });
}

function renderVerdict(analysis: Analysis, { width, colors }: Page): string {
  const tone = toneOf(analysis);
  const paint = { good: colors.green, error: colors.red, warning: colors.yellow, info: colors.blue }[tone];
  return [
    paint(colors.bold(wrap(`${MARKS[tone]} ${verdict(analysis).text}`, width, ""))),
    ...(analysis.alone === undefined ? [wrap(describeService(analysis), width, "")] : []),
  ].join("\n");
}

/** The people whose fate depends on which addresses may link: `--soft-match both`. */
function renderSoftMatchDependent({ softMatchDependent }: Analysis, { width, colors }: Page): string {
  if (softMatchDependent === undefined) return "";
  const title = colors.bold("Depends on the rule of matching (any-smtp / primary-smtp)");
  if (softMatchDependent.length === 0) return `${title}\n  nobody`;
  const lines = softMatchDependent.map(({ onPremises, online, anySmtp, primarySmtp }) => {
    const partner = online === undefined ? "" : ` (${nameObject(online)})`;
    const sources = [onPremises, ...(online === undefined ? [] : [online])].map(sourceOf).join(" ");
    return wrap(visible(`${nameObject(onPremises)}${partner}: ${anySmtp} / ${primarySmtp}  ${sources}`), width, "  ");
  });
  return [title, ...lines].join("\n");
}

/** The people who fare otherwise under the other service: `--service both`. */
function renderServiceDependent({ serviceDependent }: Analysis, { width, colors }: Page): string {
  if (serviceDependent === undefined) return "";
  const title = colors.bold("Depends on the service (dirsync-v2 / entra-connect)");
  if (serviceDependent.length === 0) return `${title}\n  nobody`;
  const tell = ({ outcome, userPrincipalName, primarySmtpAddress }: Fate): string =>
    [
      outcome,
      ...(userPrincipalName === undefined ? [] : [`sign-in ${userPrincipalName}`]),
      ...(primarySmtpAddress === undefined ? [] : [`mail ${primarySmtpAddress}`]),
    ].join(", ");
  const lines = serviceDependent.map(({ onPremises, online, dirsyncV2, entraConnect }) => {
    const sources = [onPremises, ...(online === undefined ? [] : [online])].map(sourceOf).join(" ");
    return wrap(
      visible(`${nameObject(onPremises)}: ${tell(dirsyncV2)} / ${tell(entraConnect)}  ${sources}`),
      width,
      "  ",
    );
  });
  return [title, ...lines].join("\n");
}

/** What became of the findings that were accepted in an earlier report. */
function renderAccepted({ accepted }: Analysis, { width, colors }: Page): string {
  if (accepted === undefined) return "";
  const gone = accepted.gone.map((mismatch) => {
    const subject = mismatch.online ?? mismatch.onPremises;
    return wrap(
      visible(`gone: ${mismatch.kind}${subject === undefined ? "" : ` ${nameObject(subject)}`}`),
      width,
      "  ",
    );
  });
  const hidden = `${countOf(accepted.hidden, "accepted finding")} not listed again, ${accepted.gone.length} gone`;
  return [colors.bold("Accepted before"), `  ${hidden}`, ...gone].join("\n");
}

function renderLeftOut(inputs: readonly Input[], { width, colors }: Page): string {
  const lines = inputs
    .filter(({ skipped }) => skipped.length > 0)
    .flatMap(({ name, skipped, leftOut }) => {
      if (leftOut !== undefined) return skipped.map((one) => wrap(nameLeftOut(name, one, leftOut), width, "  "));
      const reasons = skipped.map(({ reason, count }) => describeSkipped(reason, count)).join(", ");
      return wrap(`${visible(name)}: ${reasons}`, width, "  ");
    });
  return lines.length === 0 ? "" : [colors.bold("Left out"), ...lines].join("\n");
}

/** Names the first of those who are left out for a reason. */
function nameLeftOut(
  file: string,
  { reason, count }: Input["skipped"][number],
  leftOut: NonNullable<Input["leftOut"]>,
): string {
  const named = leftOut.filter((one) => one.reason === reason).slice(0, MOST_NAMES);
  const names = named.map(({ id, line }) => `${commonNameOf(id) ?? id} (line ${line})`).join(", ");
  const more = count - named.length;
  const rest = more > 0 && named.length > 0 ? ` and ${formatNumber(more)} more` : "";
  return visible(`${file}: ${describeSkipped(reason, count)}${names === "" ? "" : `: ${names}`}${rest}`);
}

function renderNotChecked(analysis: Analysis, { width, colors }: Page): string {
  const { inputs } = analysis;
  const notChecked = uncheckedIn(analysis);
  if (notChecked.length === 0) return "";
  const lines = (["onPremises", "online"] as const).flatMap((side) => {
    const own = notChecked.filter((entry) => entry.side === side);
    const reasons = new Map<string, string[]>();
    for (const { kind, missing } of own) {
      const key = missing
        .map((field) => (field === "primarySmtpAddress" ? "marks of primary addresses (SMTP:)" : field))
        .join(", ");
      appendTo(reasons, key, kind);
    }
    const sentences = Array.from(reasons, ([missing, kinds]) =>
      wrap(`${kinds.join(", ")}: the ${SIDES[side]} export has no ${missing}`, width, "  "),
    );
    return own.length === 0 ? [] : [...sentences, ...exportHints(side, inputs)];
  });
  return [colors.yellow(colors.bold("Not checked")), ...lines].join("\n");
}

function exportHints(side: Side, inputs: readonly Input[]): readonly string[] {
  const own = inputs.filter((input) => input.side === side);
  const names = new Set(own.map(({ format }) => format));
  const said = own.flatMap(({ diagnostics }) => diagnostics.flatMap(({ hint }) => hint ?? [])).join("\n");
  return formats
    .filter(({ name, exportCommand }) => names.has(name) && !said.includes(exportCommand))
    .flatMap(({ exportCommand }) => ["  A full export is made with:", `    ${exportCommand}`]);
}

/** What concerns whole files stands before the findings, for it may change what they are worth; single lines behind. */
function renderDiagnostics(inputs: readonly Input[], about: "files" | "lines", page: Page): string {
  const { width, verbose, colors } = page;
  const lines = inputs.flatMap(({ name, diagnostics }) =>
    sayHintsOnce(
      diagnostics.filter(
        ({ severity, line }) => (line === undefined) === (about === "files") && (verbose || severity !== "info"),
      ),
    ).flatMap(({ severity, message, line, hint }) => {
      const where = visible(placeOf({ name, line }));
      return [
        wrap(`${MARKS[severity]} ${where}  ${visible(message)}`, width, "  "),
        ...(hint === undefined ? [] : [colors.dim(renderHint(hint, width, "      "))]),
      ];
    }),
  );
  const title = about === "files" ? "Before you read on" : "Reading the files";
  return lines.length === 0 ? "" : [colors.bold(title), ...lines].join("\n");
}

function renderInferred({ settings, alone }: Analysis, { width, colors }: Page): string {
  const known = new Map<string, string>(
    describeSettings(settings, alone).map(({ name, inSentence, value }) => [name, `${inSentence} ${value}`]),
  );
  const parts = settings.inferred.map(({ setting, from }) => `${known.get(setting) ?? "licences"} (${from})`);
  return parts.length === 0 ? "" : colors.dim(wrap(`Inferred: ${visible(parts.join("; "))}`, width, ""));
}

function renderCannotKnow(analysis: Analysis, { width, colors }: Page): string {
  const text = sayCannotKnow(verdict(analysis).cannotKnow);
  return text === "" ? "" : colors.dim(wrap(text, width, ""));
}

function renderNext({ mismatches, alone }: Analysis, { width, colors }: Page): string {
  const [worst] = groupWorstFirst(mismatches);
  if (worst === undefined) return "";
  const { kind, advice } = worst.declaration;
  return [
    wrap(`Next: ${advice}`, width, ""),
    colors.dim(`      dirsync-preflight explain ${kind}`),
    colors.dim(wrap(alone === undefined ? AFTER_THE_RUN : WITH_BOTH, width, "")),
  ].join("\n");
}

const AFTER_THE_RUN = "After the run: dirsync-preflight verify, with what --format json --outcomes saves now";
const WITH_BOTH = "What the run changes, for whom: dirsync-preflight analyze, with exports of both sides";
