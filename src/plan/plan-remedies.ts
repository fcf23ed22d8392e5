import { type Analysis, comparisonOf } from "../analysis.ts";
import type { Directory } from "../directory/directory.ts";
import type { Pair } from "../match/match.ts";
import type { Comparison } from "../mismatches/definition/find-mismatches.ts";
import { referTo } from "../mismatches/definition/object-reference.ts";
import { type Mismatch, type MismatchKind, mismatchKinds } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { primarySmtpAddress, type Side } from "../model/user.ts";
import { applyChange, applyChanges } from "./apply-plan.ts";
import { type ObjectChange, orderSteps } from "./order-steps.ts";
import { type Authority, authorities, type Notice, type Plan, type PlanStep, type Undecided } from "./plan.ts";
import { targetOnline, targetOnPremises } from "./targets.ts";

/** How to remedy. */
export interface PlanOptions {
  /** Which side is right. */
  readonly authority: Authority;
  /** Which side is right for one person, by the id of the online or of the on-premises object; `skip` leaves it alone. */
  readonly decisions?: ReadonlyMap<string, Authority | "skip">;
}

/** The kinds that a change of one person's addresses and sign-in name can remedy. */
const REMEDIABLE: ReadonlySet<MismatchKind> = new Set([
  "primary-smtp-change",
  "upn-smtp-misalignment",
  "upn-change",
  "alias-removed",
  "alias-added",
  "primary-smtp-missing",
  "primary-smtp-multiple",
  "mail-attribute-mismatch",
]);

/** The kinds that make a plan worth while for a person. */
const TRIGGERS: ReadonlySet<MismatchKind> = new Set(["primary-smtp-change", "upn-change", "alias-removed"]);

/**
 * Plans what to change so that the first run changes nothing for the people who are matched.
 *
 * With authority `online` Active Directory gets what people use now; with `on-premises` the online users become now what
 * the run would make of them, so that it can be announced. Steps stand in an order that never puts one value on two
 * objects. What the plan does not dare is listed with the choices. Only findings that are gone once the plan is applied
 * are claimed: it is applied in memory and analyzed again.
 *
 * @throws UsageError if the authority has no meaning, or the analysis was not made by `analyze` in this process: a report
 *   that was saved does not hold the users.
 */
export function planRemedies(analysis: Analysis, options: PlanOptions): Plan {
  const { authority } = options;
  if (!authorities.includes(authority)) {
    throw new UsageError(`authority cannot be "${authority}"; use one of: ${authorities.join(", ")}`);
  }
  const comparison = comparisonOf(analysis);
  const findings = groupByPerson(analysis.mismatches);
  const { changes, refused } = collectChanges(comparison, findings, options);
  const { steps, blocked } = collectSteps(comparison, findings, changes);
  const after = applyChanges(analysis, steps);
  const known = new Set(analysis.mismatches.map(findingOf));
  const left = new Set(after.mismatches.map(findingOf));
  const remedied = analysis.mismatches.filter((mismatch) => isRemediable(mismatch) && !left.has(findingOf(mismatch)));
  const undecided = [...refused, ...blocked];
  const told = new Set([...remedied, ...undecided.map(({ mismatch }) => mismatch)]);
  const rest = analysis.mismatches.filter((mismatch) => !told.has(mismatch) && mismatch.severity !== "info");
  return {
    authority,
    steps,
    remedied,
    appearing: after.mismatches.filter((mismatch) => !known.has(findingOf(mismatch))),
    undecided: [...undecided, ...rest.map((mismatch) => leave(mismatch, "This needs a person who knows the people."))],
    notices: findNotices(steps, comparison.directories),
  };
}

type Findings = ReadonlyMap<string, readonly Mismatch[]>;
type Changes = Readonly<Record<Side, readonly ObjectChange[]>>;

/** Says for each matched person what is to become of whom, or why nobody should write that without looking. */
function collectChanges(
  comparison: Comparison,
  findings: Findings,
  { authority, decisions = new Map() }: PlanOptions,
): { readonly changes: Changes; readonly refused: readonly Undecided[] } {
  const { directories, alignment, tenant } = comparison;
  const changes: Record<Side, ObjectChange[]> = { onPremises: [], online: [] };
  const refused: Undecided[] = [];
  for (const pair of alignment.pairs) {
    const own = findings.get(keyOf(pair, directories)) ?? [];
    const ids = [idOf(directories.online, pair.online), idOf(directories.onPremises, pair.onPremises)];
    const decided = ids.map((id) => decisions.get(id)).find((decision) => decision !== undefined) ?? authority;
    if (decided === "skip" || !own.some(isTrigger)) continue;
    const side = decided === "online" ? "onPremises" : "online";
    const context = { ...directories, onPremisesIndex: pair.onPremises, onlineIndex: pair.online, tenant };
    const target = side === "onPremises" ? targetOnPremises(context) : targetOnline(context);
    if (target.type === "refused") refused.push(...leaveAll(own, target.reason));
    else if (target.changes.length > 0) changes[side].push({ index: pair[side], changes: target.changes });
  }
  return { changes, refused };
}

/** Puts the changes in order, on-premises first. */
function collectSteps(
  { directories, alignment }: Comparison,
  findings: Findings,
  changes: Changes,
): { readonly steps: readonly PlanStep[]; readonly blocked: readonly Undecided[] } {
  const steps: PlanStep[] = [];
  const undecided: Undecided[] = [];
  for (const side of ["onPremises", "online"] as const) {
    const directory = directories[side];
    const { steps: ordered, blocked } = orderSteps(directory, changes[side]);
    for (const { change, value, holder } of blocked) {
      const pair = alignment.pairs.find((one) => one[side] === change.index);
      const own = pair === undefined ? [] : (findings.get(keyOf(pair, directories)) ?? []);
      undecided.push(...leaveAll(own, `${value} belongs to ${idOf(directory, holder)} and stays there`));
    }
    for (const { index, changes: own, isInterim } of ordered) {
      const reason = isInterim ? "Frees a value that another step needs." : REASONS[side];
      const object = referTo(directory.user(index));
      steps.push({ number: steps.length + 1, side, object, changes: own, isInterim, reason });
    }
  }
  return { steps, blocked: undecided };
}

const REASONS: Readonly<Record<Side, string>> = {
  onPremises: "Active Directory gets the addresses and the sign-in name that the person uses online.",
  online: "The online user becomes now what the run would make of it.",
};

/** A difference in letter case alone is no reason to write anything. */
function isTrigger({ kind, severity }: Mismatch): boolean {
  return TRIGGERS.has(kind) && severity !== "info";
}

function isRemediable({ kind }: Mismatch): boolean {
  return REMEDIABLE.has(kind);
}

function leaveAll(mismatches: readonly Mismatch[], reason: string): readonly Undecided[] {
  return mismatches.filter(isRemediable).map((mismatch) => leave(mismatch, reason));
}

function leave(mismatch: Mismatch, reason: string): Undecided {
  const declaration = mismatchKinds.find(({ kind }) => kind === mismatch.kind);
  const choices = (declaration?.advice ?? "").split(/(?<=[.;]) /).filter((sentence) => sentence !== "");
  return { mismatch, reason: `${reason.replace(/\.?$/, "")}.`, choices };
}

/** Names a finding by its kind, its side and its person: what it says may change with the plan. */
function findingOf(mismatch: Mismatch): string {
  const side = "side" in mismatch ? mismatch.side : "";
  return JSON.stringify([mismatch.kind, side, mismatch.onPremises?.id, mismatch.online?.id]);
}

function idOf(directory: Directory, index: number): string {
  return directory.user(index).id;
}

function keyOf({ onPremises, online }: Pair, directories: Readonly<Record<Side, Directory>>): string {
  return JSON.stringify([idOf(directories.onPremises, onPremises), idOf(directories.online, online)]);
}

function groupByPerson(mismatches: readonly Mismatch[]): ReadonlyMap<string, readonly Mismatch[]> {
  const groups = new Map<string, Mismatch[]>();
  for (const mismatch of mismatches) {
    const key = JSON.stringify([mismatch.onPremises?.id, mismatch.online?.id]);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [mismatch]);
    else own.push(mismatch);
  }
  return groups;
}

/** Everybody whose address or sign-in is another one after the plan. */
function findNotices(steps: readonly PlanStep[], directories: Readonly<Record<Side, Directory>>): readonly Notice[] {
  const last = new Map(steps.map((step) => [`${step.side} ${step.object.id}`, step]));
  const indexes = { onPremises: indexById(directories.onPremises), online: indexById(directories.online) };
  return [...last.values()].flatMap(({ side, object }) => {
    const directory = directories[side];
    const own = steps.filter((step) => step.side === side && step.object.id === object.id);
    const user = directory.user(indexes[side].get(object.id) ?? 0);
    const after = own.flatMap(({ changes }) => changes).reduce(applyChange, user);
    const notice: Notice = {
      name: user.displayName || user.userPrincipalName || user.id,
      side,
      addressBefore: primarySmtpAddress(user) ?? "",
      addressAfter: primarySmtpAddress(after) ?? "",
      signInBefore: user.userPrincipalName ?? "",
      signInAfter: after.userPrincipalName ?? "",
    };
    // On-premises, an address is what the run would have changed online, and now does not: only the sign-in is news.
    const isNews =
      notice.signInBefore !== notice.signInAfter || (side === "online" && notice.addressBefore !== notice.addressAfter);
    return isNews ? [notice] : [];
  });
}

function indexById(directory: Directory): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: directory.size }, (_, index) => [directory.user(index).id, index]));
}
