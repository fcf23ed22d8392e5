import * as z from "zod/mini";
import type { Comparison, Subject } from "../../mismatches/definition/finder.ts";
import { type Mismatch, type MismatchKind, mismatchKinds } from "../../mismatches/index.ts";
import { domainOf, isReservedDomain } from "../../model/address.ts";
import { Outcomes } from "../../run/outcomes.ts";

const count = z.int().check(z.minimum(0));

/** Whom the run does what to: everybody of both sides is counted once, by the worst that happens. */
export const peopleSchema = z
  .object({
    matched: count.check(z.describe("People matched one to one; those of them who are refused are among the refused.")),
    unchanged: count.check(z.describe("Matched, and neither mail nor sign-in changes, and no address is lost.")),
    mailChanges: count.check(z.describe("Mail comes from another address.")),
    signInChanges: count.check(z.describe("The sign-in name becomes another one.")),
    signInImproves: count.check(z.describe("The sign-in name leaves the service's own domain for the company's.")),
    signInBlocked: count.check(z.describe("They cannot sign in any more.")),
    losesAddresses: count.check(z.describe("An address is lost, and mail to it bounces.")),
    refused: count.check(z.describe("The service refuses them; matched or not.")),
    secondAccount: count.check(z.describe("They get a second account beside the one that they have.")),
    new: count.check(z.describe("New people, who get an account.")),
    onlineOnly: count.check(z.describe("Online, and nobody of Active Directory: guests, people of the cloud.")),
    other: count.check(
      z.describe("Whom the run leaves alone, restores, or cannot tell apart; or of whom it is not certain."),
    ),
  })
  .check(z.describe("Everybody of both sides, each counted once by the worst that happens. All but matched add up."));

/** Whom the run does what to. */
export type People = z.infer<typeof peopleSchema>;

/** What may happen to those who are matched, from the worst on. */
const EFFECTS = [
  "signInBlocked",
  "mailChanges",
  "signInChanges",
  "losesAddresses",
  "other",
  "signInImproves",
] as const satisfies readonly (keyof People)[];

type Effect = (typeof EFFECTS)[number];

/** What findings about a pair say of the person, by their kinds: without one of these nobody can be counted. */
const TELLS: { readonly [Kind in MismatchKind]?: (mismatch: Extract<Mismatch, { kind: Kind }>) => Effect | undefined } =
  {
    "sign-in-blocked": () => "signInBlocked",
    "primary-smtp-change": ({ caseOnly }) => (caseOnly ? undefined : "mailChanges"),
    "primary-smtp-unsure": () => "other",
    "upn-change": ({ before, after }) =>
      isReservedDomain(domainOf(before)) && !isReservedDomain(domainOf(after)) ? "signInImproves" : "signInChanges",
    "alias-removed": () => "losesAddresses",
  };

/** What a finding says of the person, by its kind. */
const EFFECT_OF: ReadonlyMap<string, (mismatch: never) => Effect | undefined> = new Map(Object.entries(TELLS));

/** Counts people while findings are found: a byte for each on-premises object. */
export class PeopleCounter {
  readonly #comparison: Comparison;
  /** Of each on-premises object 1 more than the index of the worst effect; 0 if nothing happens. */
  readonly #worst: Uint8Array;
  readonly #isTold: boolean;

  constructor(comparison: Comparison, kinds: readonly MismatchKind[] = mismatchKinds.map(({ kind }) => kind)) {
    this.#comparison = comparison;
    this.#isTold =
      comparison.alone === undefined && kinds.filter((kind) => EFFECT_OF.has(kind)).length === EFFECT_OF.size;
    this.#worst = new Uint8Array(this.#isTold ? comparison.directories.onPremises.size : 0);
  }

  /** Notes a finding of a subject. */
  note(mismatch: Mismatch, subject: Subject | undefined): void {
    if (subject?.type !== "pair" || !this.#isTold) return;
    // A declaration takes the findings of its own kind: it is found by that kind.
    const effect = EFFECT_OF.get(mismatch.kind)?.(mismatch as never);
    if (effect === undefined) return;
    const rank = 1 + EFFECTS.indexOf(effect);
    const known = this.#worst[subject.index] ?? 0;
    if (known === 0 || rank < known) this.#worst[subject.index] = rank;
  }

  /** Gives the counts when all findings were noted; `undefined` if not all kinds that tell were asked for. */
  count(): People | undefined {
    if (!this.#isTold) return undefined;
    const { alignment } = this.#comparison;
    const { pairs, ambiguous, apart, unmatchedOnPremises, unmatchedOnline } = alignment;
    const outcomes = new Outcomes(this.#comparison);
    const people: People = { ...NOBODY, matched: pairs.size, onlineOnly: unmatchedOnline.length };
    people.other = apart.length;
    for (const group of ambiguous) people.other += group.onPremises.length + group.online.length;
    for (let index = 0; index < this.#worst.length; index++) {
      if (pairs.onlineOf(index) < 0) continue;
      const isRefused = outcomes.isContested(index) && outcomes.ofOnPremises(index).outcome === "refused";
      people[isRefused ? "refused" : (EFFECTS[(this.#worst[index] ?? 0) - 1] ?? "unchanged")]++;
    }
    for (const index of unmatchedOnPremises) {
      // Of most nothing has to be worked out.
      const { outcome } = outcomes.isOrdinaryNewcomer(index) ? NEWCOMER : outcomes.ofOnPremises(index);
      if (outcome === "created") people.new++;
      else if (outcome === "refused") people.refused++;
      else if (outcome === "created-beside") people.secondAccount++;
      else people.other++;
    }
    return people;
  }
}

const NEWCOMER = { outcome: "created" } as const;

const NOBODY: People = {
  matched: 0,
  unchanged: 0,
  mailChanges: 0,
  signInChanges: 0,
  signInImproves: 0,
  signInBlocked: 0,
  losesAddresses: 0,
  refused: 0,
  secondAccount: 0,
  new: 0,
  onlineOnly: 0,
  other: 0,
};
