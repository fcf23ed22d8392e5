import {
  findMismatches,
  type SurveyedFindings,
  surveyMismatches,
} from "../../mismatches/definition/find-mismatches.ts";
import type { Comparison } from "../../mismatches/definition/finder.ts";
import type { Mismatch, MismatchKind } from "../../mismatches/index.ts";
import type { Cause } from "../index.ts";
import { type People, PeopleCounter } from "./count-people.ts";
import type { CauseContext } from "./define-cause.ts";
import { Explanations, withCause } from "./explain-findings.ts";

/** Findings that name their causes, the causes, and whom they concern. */
interface Explained {
  readonly causes: readonly Cause[];
  /** `undefined` if not all kinds that tell what happens to people were asked for. */
  readonly people: People | undefined;
}

/** Finds the mismatches of the kinds asked for, and tells what they come from. */
export function findExplained(
  comparison: Comparison,
  kinds: readonly MismatchKind[] | undefined,
): Explained & ReturnType<typeof findMismatches> {
  const { explanations, people, visit } = listen(comparison, kinds);
  const { mismatches, notChecked } = findMismatches(comparison, kinds, { visit });
  return {
    causes: explanations.list(),
    people: people.count(),
    mismatches: mismatches.map((mismatch) => withCause(mismatch, explanations.causeOf(mismatch))),
    notChecked,
  };
}

/** Finds as {@link findExplained} does, without holding all of them at once. */
export function surveyExplained(
  comparison: Comparison,
  kinds: readonly MismatchKind[] | undefined,
  holds?: number,
): Explained & SurveyedFindings {
  const { explanations, people, visit } = listen(comparison, kinds);
  const surveyed = surveyMismatches(comparison, kinds, { visit, ...(holds !== undefined && { holds }) });
  return {
    ...surveyed,
    causes: explanations.list(),
    people: people.count(),
    mismatches: {
      *[Symbol.iterator]() {
        for (const mismatch of surveyed.mismatches) yield withCause(mismatch, explanations.causeOf(mismatch));
      },
    },
  };
}

function listen(comparison: Comparison, kinds: readonly MismatchKind[] | undefined) {
  const explanations = new Explanations(causeContextOf(comparison));
  const people = new PeopleCounter(comparison, kinds);
  const visit: (mismatch: Mismatch, ...more: [Parameters<PeopleCounter["note"]>[1]]) => void = (mismatch, subject) => {
    explanations.note(mismatch);
    people.note(mismatch, subject);
  };
  return { explanations, people, visit };
}

/** What of the tenant and of the exports tells causes. */
function causeContextOf({ directories, tenant }: Comparison): CauseContext {
  let domains: ReadonlySet<string> | undefined;
  return {
    verifiedDomains: tenant.verifiedDomains,
    initialDomain: tenant.initialDomain,
    isUsedOnPremises: (domain) => {
      domains ??= directories.onPremises.addresses.domains();
      return domains.has(domain);
    },
  };
}
