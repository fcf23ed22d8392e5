import type { Directory } from "../../directory/directory.ts";
import type { RemovedUser } from "../../formats/reading/source.ts";
import type { Alignment, ApartPair } from "../../match/alignment.ts";
import type { SoftMatch } from "../../match/match.ts";
import type { MatchSettings } from "../../match/match-users.ts";
import type { Pair } from "../../match/pairs.ts";
import type { UnusedUnits } from "../../match/unused-units.ts";
import { ordinaryPersonKnows } from "../../model/ordinary-person.ts";
import type { Side, User, UserField } from "../../model/user.ts";
import { PERSON } from "../../model/user-view.ts";
import { isChatAddress } from "../../predict/chat-addresses.ts";
import { findConflicts } from "../../predict/conflicts.ts";
import { type Prediction, predict } from "../../predict/predict.ts";
import { QuietPairs, quietPairKnows } from "../../predict/quiet.ts";
import type { Tenant } from "../../predict/tenant.ts";
import type { Service } from "../../service/service.ts";
import { type Mismatch, type MismatchKind, type MismatchKindDeclaration, mismatchKinds } from "../index.ts";
import { checkKinds, leftoversOf, type NotChecked } from "./checkable.ts";
import { contestsOf, holdsText, keptBecause, movesOf } from "./contests.ts";
import type { MatchedPair, Outcome, Overview, Person } from "./define-mismatch.ts";
import { doubtOf } from "./doubt-of.ts";
import { type ObjectReference, referTo } from "./object-reference.ts";
import type { Whom } from "./sort-mismatches.ts";

/** Two directories, who is who in them, and what else a kind may need to know. */
export interface Comparison {
  readonly directories: Readonly<Record<Side, Directory>>;
  readonly alignment: Alignment;
  readonly tenant: Tenant;
  /** How users were matched. */
  readonly matching: MatchSettings & { readonly softMatch: SoftMatch };
  /** What the service does, with the settings of this analysis. */
  readonly service: Service;
  /** The only side that was given. */
  readonly alone?: Side | undefined;
  /** The attribute that is the sign-in name, if another one than usual was given or told. */
  readonly upnSource?: string | undefined;
  /** Whether it is only assumed that nobody on-premises has proxyAddresses. */
  readonly assumesMail?: boolean;
  /** Online users who are there no more, and may come back: they lie in the recycle bin, or their mailbox is kept. */
  readonly removed: readonly RemovedUser[];
  /** Who lies where nobody is online, if no scope was named. */
  readonly unused?: UnusedUnits | undefined;
  /** Online users as they were when they were activated, by index; `undefined` without a baseline. */
  readonly baseline: ReadonlyMap<number, User> | undefined;
}

/** Of whom something may be said: a pair, matched or left alone, or whoever will be new (index on-premises); a person of one side (index there). */
export type Subject =
  | { readonly type: "pair" | "newcomer" | "apart"; readonly index: number }
  | { readonly type: Side; readonly index: number };

type KindOver<Over extends MismatchKindDeclaration["over"]> = Extract<MismatchKindDeclaration, { readonly over: Over }>;

/** Looks where the kinds asked for look; of whom there is nothing to say nobody is made a user. */
export class Finder {
  readonly notChecked: readonly NotChecked[];
  /** The kinds that are checked, in the order of reports. */
  readonly kinds: readonly MismatchKindDeclaration[];
  readonly #comparison: Comparison;
  /** Whether people, and pairs, of whom there is nothing to say may be passed over. */
  readonly #passesOver: { readonly people: boolean; readonly pairs: boolean };
  readonly #mode: "quiet" | "nobody";
  /** The kinds that look at people, for each side. */
  readonly #ofPeople: Readonly<Record<Side, readonly KindOver<"people">[]>>;
  #predicted: { readonly onPremises: number; readonly online: number; readonly prediction: Prediction } | undefined;
  /** Those whom the run leaves alone, by the index of each side. */
  readonly #apart: Readonly<Record<Side, ReadonlyMap<number, ApartPair>>>;
  #known: Known | undefined;
  /** Who has two counterparts: one by address, one by sign-in name. */
  #torn: ReadonlySet<number> | undefined;
  /** Who is bound to what a failed run left: address-collision says all of the two. */
  #leftovers: ReadonlySet<number> | undefined;
  #contests: ReadonlyMap<number, ReadonlySet<string>> | undefined;
  #moves: ReadonlyMap<number, ReadonlySet<string>> | undefined;

  /** `passOver` "nobody" says to look at everybody all the same. */
  constructor(comparison: Comparison, asked: readonly MismatchKind[] | undefined, passOver: "quiet" | "nobody") {
    const { alignment } = comparison;
    this.#comparison = comparison;
    this.#apart = {
      onPremises: new Map(alignment.apart.map((pair) => [pair.onPremises, pair])),
      online: new Map(alignment.apart.map((pair) => [pair.online, pair])),
    };
    this.#mode = passOver;
    const kinds = mismatchKinds.filter(({ kind }) => asked === undefined || asked.includes(kind));
    const checked = checkKinds(kinds, comparison);
    this.notChecked = checked.notChecked;
    this.kinds = checked.kinds;
    this.#passesOver = {
      people: this.#mayPassOver("people", ordinaryPersonKnows),
      pairs: this.#mayPassOver("pairs", quietPairKnows) && this.#mayPassOver("outcomes", quietPairKnows),
    };
    this.#ofPeople = { onPremises: this.#peopleKinds("onPremises"), online: this.#peopleKinds("online") };
  }

  /** Whether all kinds that look at such read nothing but what a shortcut knows. */
  #mayPassOver(over: MismatchKindDeclaration["over"], known: ReadonlySet<UserField>): boolean {
    const kinds = this.kinds.filter((declaration) => declaration.over === over);
    return this.#mode === "quiet" && kinds.every((declaration) => readsOnly(declaration, known));
  }

  /** The kinds that look at people, less those for which the side's export lacks something. */
  #peopleKinds(side: Side): readonly KindOver<"people">[] {
    const lacking = new Set(this.notChecked.filter((entry) => entry.side === side).map(({ kind }) => kind));
    return this.kinds.filter((declaration) => declaration.over === "people").filter(({ kind }) => !lacking.has(kind));
  }

  /** Whether nothing can be said of a person, taken alone. */
  #isPassedOver(side: Side, index: number, quietPairs: QuietPairs): boolean {
    if (!this.#passesOver.people || !this.#isOrdinary(side, index)) return false;
    if (side === "onPremises" || this.#comparison.tenant.upnFlow !== "unlicensed-only") return true;
    // Whose sign-in name stays while the address changes cannot be told from one side alone.
    const partner = this.#comparison.alignment.pairs.onPremisesOf(index);
    return partner < 0 || quietPairs.keepsNames(partner, index);
  }

  /** Whether the shortcut knows somebody for a person of whom, taken alone, there is nothing to say. */
  #isOrdinary(side: Side, index: number): boolean {
    return this.#comparison.directories[side].table.isOrdinary(index);
  }

  /**
   * Lists of whom something may be said. A pair and its two people come one after the other: who is made a user for one of the
   * three, and predicted, need not be so again for the next.
   */
  *subjects(): Generator<Subject> {
    const { directories, alignment, tenant } = this.#comparison;
    const looksAtPairs = this.kinds.some(({ over }) => over === "pairs" || over === "outcomes");
    const ofPairs = this.kinds.filter(({ over }) => over === "pairs");
    const reads = new Set(ofPairs.flatMap((declaration): readonly UserField[] => declaration.reads));
    const quietPairs = new QuietPairs(directories, tenant, reads);
    for (let index = 0; index < directories.onPremises.size; index++) {
      if (looksAtPairs && this.#mayHaveFindings(index, quietPairs)) yield { type: "pair", index };
      if (this.#looksAt("onPremises", index, quietPairs)) yield { type: "onPremises", index };
      const partner = alignment.pairs.onlineOf(index);
      if (partner >= 0 && this.#looksAt("online", partner, quietPairs)) yield { type: "online", index: partner };
    }
    if (this.kinds.some(({ over }) => over === "outcomes")) yield* this.#newcomers();
    if (ofPairs.some(seesApart)) for (const index of this.#apart.onPremises.keys()) yield { type: "apart", index };
    for (let index = 0; index < directories.online.size; index++) {
      const isAlone = alignment.pairs.onPremisesOf(index) < 0;
      if (isAlone && this.#looksAt("online", index, quietPairs)) yield { type: "online", index };
    }
  }

  *#newcomers(): Generator<Subject> {
    const { alignment, unused } = this.#comparison;
    for (const index of alignment.unmatchedOnPremises) {
      if (unused?.outsiders.has(index) !== true) yield { type: "newcomer", index };
    }
  }

  /** Whether something may be said of a person of one side. */
  #looksAt(side: Side, index: number, quietPairs: QuietPairs): boolean {
    if (this.#ofPeople[side].length === 0 || this.#apart[side].has(index)) return false;
    if (this.#isPassedOver(side, index, quietPairs)) return false;
    const { directories, alignment } = this.#comparison;
    if (side === "online" && this.#isLeftover(alignment.pairs.onPremisesOf(index))) return false;
    return directories[side].table.typeOf(index) === PERSON;
  }

  /** Whether something may be said of the pair of an on-premises user. */
  #mayHaveFindings(onPremises: number, quietPairs: QuietPairs): boolean {
    const online = this.#comparison.alignment.pairs.onlineOf(onPremises);
    if (online < 0) return false;
    const isQuiet =
      this.#passesOver.pairs &&
      this.#isOrdinary("onPremises", onPremises) &&
      this.#isOrdinary("online", online) &&
      quietPairs.has(onPremises, online);
    return !isQuiet && !this.#isLeftover(onPremises);
  }

  /** What those are called whom the findings about a subject refer to. */
  identify(subject: Subject): Whom {
    const { onPremises, online } = this.#indexesOf(subject);
    const { directories } = this.#comparison;
    return {
      onPremises: onPremises === undefined ? undefined : directories.onPremises.identity(onPremises),
      online: online === undefined ? undefined : directories.online.identity(online),
    };
  }

  /** Whom the findings about a subject refer to. */
  #refer(subject: Subject): { readonly onPremises?: ObjectReference; readonly online?: ObjectReference } {
    const { onPremises, online } = this.#indexesOf(subject);
    const { directories } = this.#comparison;
    return {
      ...(onPremises === undefined ? {} : { onPremises: referTo(directories.onPremises.user(onPremises)) }),
      ...(online === undefined ? {} : { online: referTo(directories.online.user(online)) }),
    };
  }

  #pairOf(subject: Subject): Pair | undefined {
    if (subject.type === "newcomer" || subject.type === "apart") return undefined;
    const { pairs } = this.#comparison.alignment;
    return subject.type === "online" ? pairs.ofOnline(subject.index) : pairs.ofOnPremises(subject.index);
  }

  #indexesOf(subject: Subject): { readonly onPremises?: number; readonly online?: number } {
    const pair = subject.type === "apart" ? this.#apart.onPremises.get(subject.index) : this.#pairOf(subject);
    if (pair !== undefined) return { onPremises: pair.onPremises, online: pair.online };
    return { [subject.type === "online" ? "online" : "onPremises"]: subject.index };
  }

  /** Finds what the kinds say of a subject: all that look at such, or one of them. */
  findOf(subject: Subject, only?: MismatchKindDeclaration): readonly Mismatch[] {
    const found: Mismatch[] = [];
    let references: object | undefined;
    this.#forEachFinding(subject, only, (declaration, own, outcome) => {
      references ??= outcome === undefined ? this.#referToPair(subject) : referToOutcome(outcome);
      const mismatch = this.#toMismatch(declaration, { ...references, ...own });
      const contested = declaration.over === "pairs" ? this.#contestOf(subject, own) : undefined;
      found.push(contested === undefined ? mismatch : { ...mismatch, contested });
    });
    return found;
  }

  /** Whether what is said of a pair waits until another online object has given up a value. */
  #contestOf({ index }: Subject, own: object): Mismatch["contested"] {
    this.#contests ??= contestsOf(this.#overlook().contests);
    this.#moves ??= movesOf(this.#overlook());
    const addresses = this.#contests.get(index);
    const isRefused = this.#comparison.service.contested === "refused" || [...(addresses ?? [])].some(isChatAddress);
    if (addresses !== undefined && isRefused) return "refused";
    if ([...(addresses ?? [])].some((address) => holdsText(own, address))) return "held-back";
    return [...(this.#moves.get(index) ?? [])].some((address) => holdsText(own, address)) ? "moves" : undefined;
  }

  #hasOtherCounterpart(onPremises: number): boolean {
    this.#torn ??= keptBecause(this.#overlook(), "other-counterpart");
    return this.#torn.has(onPremises);
  }

  #isLeftover(onPremises: number): boolean {
    this.#leftovers ??= leftoversOf(this.#comparison, this.#overlook());
    return this.#leftovers.has(onPremises);
  }

  #overlook(): Known {
    this.#known ??= overlook(this.#comparison);
    return this.#known;
  }

  /** Finds as {@link findOf} does; how the two of a pair were matched, and what it waits for, is not worked out. */
  judge(subject: Subject): readonly Mismatch[] {
    const found: Mismatch[] = [];
    let references: object | undefined;
    this.#forEachFinding(subject, undefined, (declaration, own) => {
      references ??= this.#refer(subject);
      found.push(this.#toMismatch(declaration, { ...references, ...own }));
    });
    return found;
  }

  #forEachFinding(
    subject: Subject,
    only: MismatchKindDeclaration | undefined,
    visit: (declaration: MismatchKindDeclaration, own: object, outcome: Outcome | MatchedPair | undefined) => void,
  ): void {
    const outcome = isOfOneSide(subject) ? undefined : this.#outcomeOf(subject);
    const take = (declaration: MismatchKindDeclaration, all: Iterable<object>): void => {
      for (const own of all) visit(declaration, own, outcome);
    };
    const asked = only === undefined ? this.kinds : [only];
    const kinds = subject.type === "apart" ? asked.filter(seesApart) : asked;
    if (outcome !== undefined) {
      for (const declaration of kinds) {
        if (declaration.over === "outcomes") take(declaration, declaration.find(outcome));
        else if (declaration.over === "pairs" && isMatched(outcome)) take(declaration, declaration.find(outcome));
      }
    } else if (isOfOneSide(subject)) {
      const person = this.#personOf(subject.type, subject.index);
      for (const declaration of this.#ofPeople[subject.type]) {
        if (kinds.includes(declaration)) take(declaration, declaration.find(person));
      }
    }
  }

  #referToPair(subject: Subject): object {
    const pair = this.#pairOf(subject);
    return { ...this.#refer(subject), ...(pair === undefined ? {} : { match: pair.match }) };
  }

  /** What becomes of a pair; of the same one it is asked several times in a row. */
  #predict(pair: Pick<Pair, "onPremises" | "online">): Prediction {
    const { directories, tenant } = this.#comparison;
    const { onPremises, online } = pair;
    if (this.#predicted?.onPremises !== onPremises || this.#predicted.online !== online) {
      const prediction = predict(directories.onPremises.user(onPremises), directories.online.user(online), tenant);
      this.#predicted = { onPremises, online, prediction };
    }
    return this.#predicted.prediction;
  }

  #outcomeOf(subject: Subject): Outcome | MatchedPair {
    const { directories, tenant, baseline } = this.#comparison;
    const apart = subject.type === "apart" ? this.#apart.onPremises.get(subject.index) : undefined;
    const pair = this.#pairOf(subject);
    const partner = pair?.online ?? apart?.online;
    const onPremises = directories.onPremises.user(pair?.onPremises ?? subject.index);
    if (partner === undefined) {
      return { onPremises, online: undefined, match: undefined, prediction: predict(onPremises, undefined, tenant) };
    }
    const online = directories.online.user(partner);
    return {
      onPremises,
      online,
      // How they were matched is worked out for those of whom there is something to say.
      get match() {
        return pair?.match;
      },
      prediction: this.#predict({ onPremises: pair?.onPremises ?? subject.index, online: partner }),
      apart: apart?.reason,
      isNameOfAnother: () => this.#hasOtherCounterpart(subject.index),
      foreseeRuled: () => predict(onPremises, { ...online, isExchangeCloudManaged: false }, tenant),
      baseline: baseline?.get(partner),
      hasBaseline: baseline !== undefined,
    };
  }

  #personOf(side: Side, index: number): Person {
    const { directories, tenant } = this.#comparison;
    const person = { side, user: directories[side].user(index) };
    const pair = this.#pairOf({ type: side, index });
    // What becomes of a matched online user can be seen on-premises, unless its sign-in name may stay.
    if (pair === undefined || side !== "online" || tenant.upnFlow !== "unlicensed-only") return person;
    return this.#hasOtherCounterpart(pair.onPremises) ? person : { ...person, foresee: () => this.#predict(pair) };
  }

  /** What a kind finds has its own fields by its declaration; tests hold every kind against its schema. */
  #toMismatch(declaration: MismatchKindDeclaration, own: object): Mismatch {
    const { kind, severity } = declaration;
    const doubt = doubtOf(declaration, own, this.#comparison);
    return { kind, severity, ...(doubt && { unsure: doubt }), ...own } as Mismatch;
  }

  /** Finds what a kind says that looks at everything at once. */
  *findOverall(declaration: MismatchKindDeclaration): Generator<Mismatch> {
    if (declaration.over !== "everything") return;
    const passesOver = this.#mode === "quiet" && readsOnly(declaration, ordinaryPersonKnows);
    const { alone = "onPremises" } = this.#comparison;
    const isOrdinary = (index: number) => passesOver && this.#isOrdinary(alone, index);
    for (const own of declaration.find({ ...this.#overlook(), isOrdinary })) yield this.#toMismatch(declaration, own);
  }
}

/** Whether a kind reads no field but those that a shortcut knows. */
export function readsOnly({ reads }: Pick<MismatchKindDeclaration, "reads">, known: ReadonlySet<UserField>): boolean {
  return reads.every((field) => known.has(field));
}

function isOfOneSide(subject: Subject): subject is Extract<Subject, { readonly type: Side }> {
  return subject.type === "onPremises" || subject.type === "online";
}

function seesApart(declaration: MismatchKindDeclaration): boolean {
  return "seesApart" in declaration;
}

function isMatched(outcome: Outcome | MatchedPair): outcome is MatchedPair {
  return outcome.online !== undefined;
}

function referToOutcome({ onPremises, online, match }: Outcome): object {
  return {
    onPremises: referTo(onPremises),
    ...(online === undefined ? {} : { online: referTo(online) }),
    ...(match === undefined ? {} : { match }),
  };
}

/** What is worked out once for all who are looked at. */
type Known = Omit<Overview, "isOrdinary">;

/** Finds what several kinds look at. */
function overlook(comparison: Comparison): Known {
  const { directories, alignment, tenant, service, alone, removed, unused, baseline } = comparison;
  const { onPremises, online } = directories;
  const { collisions: contests, moves: all, ...conflicts } = findConflicts(comparison);
  const collisions = contests.filter(({ isToldElsewhere }) => !isToldElsewhere);
  const moves = all.filter(({ isToldElsewhere }) => !isToldElsewhere);
  return {
    onPremises,
    online,
    alignment,
    tenant,
    service,
    alone,
    removed,
    outsiders: unused?.outsiders,
    ...conflicts,
    collisions,
    contests,
    moves,
    baseline,
  };
}
