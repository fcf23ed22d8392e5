import type { Analysis } from "../analysis.ts";
import type { Directory } from "../directory/directory.ts";
import { type LiveAnalysis, requireUsers } from "../live-analysis.ts";
import type { Pair } from "../match/pairs.ts";
import type { Remedy } from "../mismatches/definition/define-mismatch.ts";
import { objectsOf } from "../mismatches/definition/describe-mismatch.ts";
import type { Comparison } from "../mismatches/definition/finder.ts";
import { findingKey } from "../mismatches/definition/finding-key.ts";
import { referTo } from "../mismatches/definition/object-reference.ts";
import { type Mismatch, mismatchKinds } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { checkOptions } from "../model/option.ts";
import { primarySmtpAddress, type Side, type User } from "../model/user.ts";
import { appendAll } from "../text/append.ts";
import { applyChange, applyChanges } from "./apply-plan.ts";
import { type ObjectChange, orderSteps } from "./order-steps.ts";
import { type Notice, type Plan, type PlanOptions, type PlanStep, planOptions, type Undecided } from "./plan.ts";
import { targetOnline, targetOnPremises } from "./targets.ts";

/** How each kind is remedied. */
const REMEDIES: ReadonlyMap<string, Remedy> = new Map(mismatchKinds.map(({ kind, remedy }) => [kind, remedy]));

/**
 * Plans what to change so that the first run changes nothing for the people who are matched.
 *
 * With authority `online` Active Directory gets what people use now; with `on-premises` the online users become now what
 * the run would make of them, so that it can be announced. Steps stand in an order that never puts one value on two
 * objects. What the plan does not dare is listed with the choices. Only findings that are gone once the plan is applied
 * are claimed: it is applied in memory and analyzed again.
 *
 * @throws UsageError if an option has no meaning, or the analysis does not hold its users.
 */
export function planRemedies(analysis: LiveAnalysis, options: PlanOptions): Plan {
  requireUsers(analysis);
  checkOptions(planOptions, options);
  const { authority } = options;
  const { comparison } = analysis;
  if (comparison.alone !== undefined) throw new UsageError("a plan needs the exports of both sides");
  const findings = groupByPerson(analysis.mismatches);
  const { changes, refused } = collectChanges(comparison, findings, options);
  const draft = draftPlan(analysis, findings, changes);
  const left = new Set(draft.after.mismatches.map(findingKey));
  const known = new Set(analysis.mismatches.map(findingKey));
  const remedied = analysis.mismatches.filter((mismatch) => !left.has(findingKey(mismatch)));
  const undecided = [...refused, ...draft.blocked];
  const told = new Set([...remedied, ...undecided.map(({ mismatch }) => mismatch)]);
  const rest = analysis.mismatches.filter((mismatch) => !told.has(mismatch) && mismatch.severity !== "info");
  return {
    authority,
    steps: draft.steps,
    remedied,
    appearing: draft.after.mismatches.filter((mismatch) => !known.has(findingKey(mismatch))),
    undecided: [...undecided, ...rest.map((mismatch) => leave(mismatch, "it needs a person who knows the people"))],
    notices: findNotices(draft.steps, comparison.directories),
  };
}

const SIDES: readonly Side[] = ["onPremises", "online"];

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
    const side = decided === "online" ? "onPremises" : "online";
    const isHeld = (address: string): boolean =>
      directories.online.addresses.claims(address).some(({ index }) => index !== pair.online);
    if (decided === "skip" || !own.some((mismatch) => isTrigger(mismatch, side, isHeld))) continue;
    const { upnSource } = comparison;
    const context = { ...directories, onPremisesIndex: pair.onPremises, onlineIndex: pair.online, tenant, upnSource };
    const target = side === "onPremises" ? targetOnPremises(context) : targetOnline(context);
    if (target.type === "refused") appendAll(refused, leaveAll(own, target.reason));
    else if (target.changes.length > 0) changes[side].push({ index: pair[side], changes: target.changes });
  }
  return { changes, refused };
}

/** Steps, what was taken out of them, and what an analysis says once they are done. */
interface Draft {
  readonly steps: readonly PlanStep[];
  readonly blocked: readonly Undecided[];
  readonly after: Analysis;
}

/**
 * Orders the changes and applies them in memory. Where that makes something worse (exports that contradict themselves, two
 * people who become alike), the changes of those who are concerned are taken out, and it is tried again.
 */
function draftPlan(analysis: LiveAnalysis, findings: Findings, planned: Changes): Draft {
  const { comparison } = analysis;
  const known = new Set(analysis.mismatches.map(keyOfEitherSide));
  const withdrawn: Undecided[] = [];
  for (let changes = planned; ; ) {
    const { steps, blocked } = collectSteps(comparison, findings, changes);
    const after = applyChanges(analysis, steps);
    const worse = after.mismatches.filter(
      (mismatch) => mismatch.severity !== "info" && !known.has(keyOfEitherSide(mismatch)),
    );
    if (worse.length === 0 || steps.length === 0) return { steps, blocked: [...withdrawn, ...blocked], after };
    const concerned = findConcerned(comparison, changes, worse);
    for (const { pair, cause } of concerned) {
      const own = findings.get(keyOf(pair, comparison.directories)) ?? [];
      appendAll(withdrawn, leaveAll(own, `the change would lead to ${cause.kind}`));
    }
    const out = { onPremises: new Set<number>(), online: new Set<number>() };
    for (const { pair } of concerned) for (const side of SIDES) out[side].add(pair[side]);
    changes = {
      onPremises: changes.onPremises.filter(({ index }) => !out.onPremises.has(index)),
      online: changes.online.filter(({ index }) => !out.online.has(index)),
    };
  }
}

/** Finds the matched people of whom somebody is to be changed and whom a finding names; all of them where it names none. */
function findConcerned(
  { alignment, directories }: Comparison,
  changes: Changes,
  worse: readonly Mismatch[],
): readonly { readonly pair: Pair; readonly cause: Mismatch }[] {
  const changed = { onPremises: indexesOf(changes.onPremises), online: indexesOf(changes.online) };
  const causes = new Map(worse.flatMap((mismatch) => objectsOf(mismatch).map(({ id }) => [id, mismatch] as const)));
  const pairs: Pair[] = [];
  for (const pair of alignment.pairs) if (SIDES.some((side) => changed[side].has(pair[side]))) pairs.push(pair);
  const named = pairs.flatMap((pair) => {
    const cause = SIDES.map((side) => causes.get(idOf(directories[side], pair[side]))).find((one) => one !== undefined);
    return cause === undefined ? [] : [{ pair, cause }];
  });
  return named.length > 0 ? named : pairs.flatMap((pair) => worse.slice(0, 1).map((cause) => ({ pair, cause })));
}

function indexesOf(changes: readonly ObjectChange[]): ReadonlySet<number> {
  return new Set(changes.map(({ index }) => index));
}

/**
 * Names a finding without the side and the case of letters: what is said of a person's online names already may then be
 * said of both sides, and an address that is not valid as SMTP: is not valid as smtp: either.
 */
function keyOfEitherSide(mismatch: Mismatch): string {
  return findingKey("side" in mismatch ? { ...mismatch, side: "online" } : mismatch).toLowerCase();
}

/** Puts the changes in order, on-premises first. */
function collectSteps(
  { directories, alignment }: Comparison,
  findings: Findings,
  changes: Changes,
): { readonly steps: readonly PlanStep[]; readonly blocked: readonly Undecided[] } {
  const steps: PlanStep[] = [];
  const undecided: Undecided[] = [];
  for (const side of SIDES) {
    const directory = directories[side];
    const { steps: ordered, blocked } = orderSteps(directory, changes[side]);
    for (const { change, value, holder } of blocked) {
      const { pairs } = alignment;
      const pair = side === "onPremises" ? pairs.ofOnPremises(change.index) : pairs.ofOnline(change.index);
      const own = pair === undefined ? [] : (findings.get(keyOf(pair, directories)) ?? []);
      appendAll(undecided, leaveAll(own, `${value} belongs to ${idOf(directory, holder)} and stays there`));
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

/**
 * Whether a finding is reason to change somebody. A difference in letter case alone is none. That the run adds an alias is
 * none in Active Directory, where it stands already, unless another online object has it now and is to keep it.
 */
function isTrigger(mismatch: Mismatch, changed: Side, isHeld: (address: string) => boolean): boolean {
  if (REMEDIES.get(mismatch.kind) !== "planned") return false;
  if (mismatch.kind === "alias-added") return changed === "online" || mismatch.addresses.some(isHeld);
  return mismatch.severity !== "info";
}

function isRemediable({ kind }: Mismatch): boolean {
  return REMEDIES.get(kind) !== "person";
}

function leaveAll(mismatches: readonly Mismatch[], reason: string): readonly Undecided[] {
  return mismatches.filter(isRemediable).map((mismatch) => leave(mismatch, reason));
}

function leave(mismatch: Mismatch, reason: string): Undecided {
  const declaration = mismatchKinds.find(({ kind }) => kind === mismatch.kind);
  const choices = (declaration?.advice ?? "").split(/(?<=\.) (?=\p{Lu})/u);
  return { mismatch, reason, choices };
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
  return SIDES.flatMap((side) => {
    const changed = new Map<string, { readonly before: User; readonly after: User }>();
    const indexes = indexById(directories[side]);
    for (const step of steps.filter((one) => one.side === side)) {
      const before = changed.get(step.object.id)?.before ?? directories[side].user(indexes.get(step.object.id) ?? 0);
      const after = step.changes.reduce(applyChange, changed.get(step.object.id)?.after ?? before);
      changed.set(step.object.id, { before, after });
    }
    return [...changed.values()].flatMap(({ before, after }) => noticeOf(side, before, after) ?? []);
  });
}

/** What becomes the primary address in Active Directory is what the person uses online already: only the sign-in is news. */
function noticeOf(side: Side, before: User, after: User): Notice | undefined {
  const addressAfter = primarySmtpAddress(after) ?? "";
  const notice: Notice = {
    name: before.displayName || before.userPrincipalName || before.id,
    side,
    addressBefore: side === "online" ? (primarySmtpAddress(before) ?? "") : addressAfter,
    addressAfter,
    signInBefore: before.userPrincipalName ?? "",
    signInAfter: after.userPrincipalName ?? "",
  };
  const isNews = notice.addressBefore !== addressAfter || notice.signInBefore !== notice.signInAfter;
  return isNews ? notice : undefined;
}

function indexById(directory: Directory): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: directory.size }, (_, index) => [directory.user(index).id, index]));
}
