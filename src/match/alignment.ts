import type { Pairs } from "./pairs.ts";

/** Users that link to each other in more than one way: the run's choice cannot be predicted. */
export interface AmbiguousGroup {
  readonly onPremises: readonly number[];
  readonly online: readonly number[];
  /** One anchor, address or UPN that links them. */
  readonly on: string;
}

/** Who is who: every person of both sides is in exactly one of these lists. */
export interface Alignment {
  readonly pairs: Pairs;
  readonly ambiguous: readonly AmbiguousGroup[];
  readonly unmatchedOnPremises: readonly number[];
  readonly unmatchedOnline: readonly number[];
}
