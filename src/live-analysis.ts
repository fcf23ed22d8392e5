import type { Analysis } from "./analysis.ts";
import type { Comparison } from "./mismatches/definition/finder.ts";
import { UsageError } from "./model/errors.ts";
import { Outcomes } from "./run/outcomes.ts";

/** Keeps the users of an analysis. As an accessor of a class they are in no JSON and in no copy by spread, and the types say so. */
class Users {
  readonly #comparison: Comparison;

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
  }

  /** The two directories, who is who in them, and what was inferred of the tenant. */
  get comparison(): Comparison {
    return this.#comparison;
  }

  /** What the run does with every object of both sides, worked out while it is gone through. */
  outcomes(): Outcomes {
    return new Outcomes(this.#comparison);
  }
}

/**
 * An analysis that still holds the users it was made of: what `analyze()` gives, as against the document that is saved.
 *
 * `{ ...analysis }` is the document alone, for the compiler too: whoever changes an analysis says with {@link holdUsers} that
 * its users stay.
 */
export interface LiveAnalysis extends Analysis, Users {}

/** Gives an analysis the users it was made of. */
export function holdUsers(analysis: Analysis, comparison: Comparison): LiveAnalysis {
  return Object.assign(new Users(comparison), analysis);
}

/** Tells whether an analysis still holds its users. */
export function isLive(analysis: Analysis): analysis is LiveAnalysis {
  return analysis instanceof Users;
}

/**
 * Refuses an analysis without users: a library's caller may not have TypeScript to do so.
 *
 * @throws UsageError that says what holds them.
 */
export function requireUsers(analysis: LiveAnalysis): void {
  if (!isLive(analysis)) {
    throw new UsageError(
      "the analysis does not hold its users: give what analyze() gave, not a saved report and not a copy of it",
    );
  }
}
