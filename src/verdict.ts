import { type Analysis, cannotKnow, type StreamedAnalysis, type Verdict } from "./analysis.ts";
import { STRANGERS } from "./match/strangers.ts";
import { type MismatchKind, mismatchKinds } from "./mismatches/index.ts";
import { type Severity, severities } from "./model/severity.ts";
import { countOf, formatNumber } from "./text/count.ts";

/** What a verdict is given on: an analysis of either sort, or one that was read back. */
type Judged = Omit<Analysis, "verdict"> | Omit<StreamedAnalysis, "verdict">;

/** More names than these are counted instead. */
const MOST_NAMES = 3;

/**
 * Says what the run changes, no wider than what was checked and listed: what is hidden, was not checked or could not be
 * read is said with it. Every report says this sentence and no other.
 */
export function verdict(analysis: Judged): Verdict {
  const { settings, alone } = analysis;
  const hidden: Verdict["hidden"] = alone === undefined ? [] : ["counterpart"];
  if (settings.kinds !== undefined && mismatchKinds.some(({ kind }) => !settings.kinds?.includes(kind)))
    hidden.push("kinds");
  if (acceptedIn(analysis) > 0) hidden.push("accepted");
  const damaged = countDamaged(analysis);
  const open = uncheckedIn(analysis);
  const unchecked = mismatchKinds.map(({ kind }) => kind).filter((kind) => open.some((one) => one.kind === kind));
  return {
    text: [
      ...(areStrangers(analysis) ? ["These look like the exports of two companies."] : []),
      ...sayChanges(analysis, unchecked),
      ...sayLimits(analysis, unchecked, damaged),
    ].join(" "),
    isComplete: hidden.length === 0 && unchecked.length === 0 && damaged === 0,
    hidden,
    notChecked: unchecked,
    cannotKnow: alone === undefined ? cannotKnow.filter((what) => !isTold(what, analysis)) : [],
  };
}

/** What was not checked and may concern somebody; the rest is among what such exports do not tell. */
export function uncheckedIn({ notChecked }: Pick<Judged, "notChecked">): Judged["notChecked"] {
  return notChecked.filter(({ harmless }) => harmless !== true);
}

/** Whether an option, or an export, tells what usual exports do not. */
function isTold(what: Verdict["cannotKnow"][number], { settings, inputs, notChecked }: Judged): boolean {
  const isMissed = (field: string): boolean =>
    notChecked.some(({ harmless, missing }) => harmless === true && missing.includes(field));
  if (what === "who is enabled online") return !isMissed("isEnabled");
  if (what === "mailboxes that were moved away") return !isMissed("remoteRecipientType");
  if (what === "scope") return settings.includeOu.length + settings.excludeOu.length > 0;
  const hasDeleted = ({ side, skipped }: Judged["inputs"][number]): boolean =>
    side === "online" && skipped.some(({ reason }) => reason === "deleted");
  return what === "recycle bin" && inputs.some(hasDeleted);
}

/** Gives an analysis that was made or changed its verdict, near the beginning, for whoever reads the document. */
export function judge<Document extends Judged>(document: Document): Document & { readonly verdict: Verdict } {
  const { schemaVersion, tool } = document;
  const given = verdict(document);
  return { ...{ schemaVersion, tool, verdict: given }, ...document, verdict: given };
}

/** The worst severity among the findings that are listed; `undefined` if there are none. */
export function worstOf(analysis: Judged): Severity | undefined {
  if ("worst" in analysis) return analysis.worst;
  return severities.find((severity) => analysis.mismatches.some((mismatch) => mismatch.severity === severity));
}

/** How a verdict is to be marked: `good` only where nothing changes and nothing could have been missed. */
export function toneOf(analysis: Judged): Severity | "good" {
  const worst = worstOf(analysis);
  if (worst === "error" || worst === "warning") return worst;
  const given = verdict(analysis);
  const isSure =
    analysis.alone === undefined
      ? given.isComplete && analysis.summary.matched > 0 && !areStrangers(analysis)
      : given.notChecked.length === 0 && given.hidden.length === 1 && countDamaged(analysis) === 0;
  return isSure && listsAll(analysis) ? "good" : "warning";
}

/**
 * Whether the verdict leaves open what it speaks of. Of both sides that is what changes: a kind that it speaks of could not be checked, something is not certain, nobody
 * is matched, the exports look like those of two companies, or not everything could be read.
 */
export function leavesOpen(analysis: Judged): boolean {
  const { settings, summary } = analysis;
  if (analysis.alone !== undefined) return summary.unsure > 0 || countDamaged(analysis) > 0;
  const unchecked = uncheckedIn(analysis);
  const isUnchecked = HEADLINES.some(
    ({ kind }) => (settings.kinds?.includes(kind) ?? true) && unchecked.some((one) => one.kind === kind),
  );
  return (
    isUnchecked ||
    summary.unsure > 0 ||
    (summary.matched === 0 && !areAllLinkedMailboxes(analysis)) ||
    areStrangers(analysis) ||
    countDamaged(analysis) > 0
  );
}

/** Whether Active Directory has nobody but those who come with an account of another forest: nothing is predicted from them. */
function areAllLinkedMailboxes({ inputs, summary }: Judged): boolean {
  const skipped = inputs.filter(({ side }) => side === "onPremises").flatMap((input) => input.skipped);
  return summary.onPremises === 0 && skipped.length > 0 && skipped.every(({ reason }) => reason === "linked-mailbox");
}

/** A caller may have taken findings out of the list: what was counted was found all the same. */
function listsAll(analysis: Judged): boolean {
  return "worst" in analysis || analysis.mismatches.length >= countAll(analysis);
}

function countAll({ summary }: Judged): number {
  return Object.values(summary.byKind).reduce((sum, count) => sum + count, 0);
}

function sayChanges(analysis: Judged, unchecked: readonly MismatchKind[]): readonly string[] {
  const { summary } = analysis;
  const total = countAll(analysis);
  const worst = worstOf(analysis);
  if (worst === "error" || worst === "warning" || !listsAll(analysis)) {
    const kinds = Object.values(summary.byKind).filter((count) => count > 0).length;
    const changed = HEADLINES.filter(({ kind }) => (summary.byKind[kind] ?? 0) > 0).map(({ many }) => many);
    const blocked = summary.byKind["sign-in-blocked"] ?? 0;
    const change = [
      ...(changed.length === 0 ? [] : [`${capitalize(changed.join(" and "))} change.`]),
      ...(blocked === 0 ? [] : [`${countOf(blocked, "person", "people")} cannot sign in any more.`]),
    ];
    const among = worst === undefined || worst === "info" ? "" : `, ${worst}s among them`;
    const { unsure } = summary;
    const doubt = unsure === 0 ? "" : `, ${unsure === total ? "" : `${formatNumber(unsure)} of them `}not certain`;
    return [...change, `${countOf(total, "finding")} of ${countOf(kinds, "kind")}${among}${doubt}.`];
  }
  return [
    analysis.alone !== undefined
      ? ALL_RIGHT
      : summary.matched === 0
        ? "Nobody is matched."
        : sayWhatStays(analysis, unchecked),
    ...(total === 0 ? [] : [`${countOf(total, "finding")} for information.`]),
  ];
}

/** Said of one side alone. */
const ALL_RIGHT = "Nothing is wrong with what was checked.";
const COUNTERPARTS = { onPremises: "an online export", online: "an export of Active Directory" } as const;

/** What a reader asks first, and the kinds that tell. */
const HEADLINES = [
  { kind: "primary-smtp-change", one: "mail address", many: "mail addresses" },
  { kind: "upn-change", one: "sign-in name", many: "sign-in names" },
] as const satisfies readonly { kind: MismatchKind; one: string; many: string }[];

/** Says what does not change for those who are matched: of what was checked only. */
function sayWhatStays(analysis: Judged, unchecked: readonly MismatchKind[]): string {
  const { summary, settings } = analysis;
  const isChecked = (kind: MismatchKind): boolean =>
    (settings.kinds === undefined || settings.kinds.includes(kind)) && !unchecked.includes(kind);
  // An alias is a mail address too.
  const nameOf = ({ kind, one }: (typeof HEADLINES)[number]): string =>
    kind === "primary-smtp-change" && !isChecked("alias-removed") ? `primary ${one}` : one;
  const checked = HEADLINES.filter(({ kind }) => isChecked(kind));
  if (checked.length === 0) return "Nothing was found; no change of a mail address or a sign-in name was looked for.";
  const lettersOnly = (summary.byKind["primary-smtp-change"] ?? 0) > 0 ? " but in letter case" : "";
  const stays = checked.map((headline) => `no ${nameOf(headline)}`).join(" and ");
  const people = countOf(summary.matched, "person", "people");
  const besides = acceptedIn(analysis) > 0 ? "Besides what was accepted, for" : "For";
  return `${besides} the ${people} matched ${stays} changes${lettersOnly}.`;
}

function sayLimits(analysis: Judged, unchecked: readonly MismatchKind[], damaged: number): readonly string[] {
  const { kinds } = analysis.settings;
  const accepted = acceptedIn(analysis);
  const asked = mismatchKinds.filter(({ kind }) => kinds?.includes(kind)).map(({ kind }) => kind);
  const { alone } = analysis;
  return [
    ...(alone === undefined
      ? []
      : [
          `No counterpart was given (${COUNTERPARTS[alone]}): who is linked with whom, and what the run changes, was not looked for.`,
        ]),
    ...(kinds === undefined || asked.length === mismatchKinds.length
      ? []
      : [
          `Only ${asked.length} of ${mismatchKinds.length} kinds ${asked.length === 1 ? "was" : "were"} asked for${listFew(asked)}.`,
        ]),
    ...(accepted === 0 ? [] : [`${countOf(accepted, "accepted finding is", "accepted findings are")} not listed.`]),
    ...(unchecked.length === 0
      ? []
      : [`${countOf(unchecked.length, "kind")} could not be checked${listFew(unchecked)}.`]),
    ...(damaged === 0 ? [] : [`Not everything in ${countOf(damaged, "file")} could be read.`]),
  ];
}

function listFew(names: readonly string[]): string {
  return names.length > MOST_NAMES ? "" : `: ${names.join(", ")}`;
}

function acceptedIn(analysis: Judged): number {
  return "accepted" in analysis ? (analysis.accepted?.hidden ?? 0) : 0;
}

function areStrangers({ inputs }: Judged): boolean {
  return inputs.some(({ diagnostics }) => diagnostics.some(({ code }) => STRANGERS.has(code)));
}

/** How many files have lost something in reading: that is what an error in reading them means. */
function countDamaged({ inputs }: Judged): number {
  return inputs.filter(({ diagnostics }) =>
    diagnostics.some(({ code, severity }) => severity === "error" && !STRANGERS.has(code)),
  ).length;
}

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
