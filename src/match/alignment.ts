import type { Pairs } from "./pairs.ts";

/** Users that link to each other in more than one way: the run's choice cannot be predicted. */
export interface AmbiguousGroup {
  readonly onPremises: readonly number[];
  readonly online: readonly number[];
  /** One anchor, address or UPN that links them. */
  readonly on: string;
}

/** Why two who share what links are not linked: the tenant blocks it, or the online user has a role. */
export type Bar = "soft-match-blocked" | "hard-match-blocked" | "admin-role";

/** Two who share what links, and may not be linked; indexes into the two directories. */
export interface BarredPair {
  readonly onPremises: number;
  readonly online: number;
  readonly bar: Bar;
}

/** An object of Active Directory whose anchor a removed online user has; indexes into the directory, and into the list of those. */
export interface RestoredUser {
  readonly onPremises: number;
  readonly removed: number;
  /** Whether the tenant blocks it. */
  readonly isBlocked: boolean;
}

/**
 * Why Active Directory does not rule an online user that has its anchor: the source of authority was moved to the cloud; or it
 * is not synchronized now, while most are.
 */
export type ApartReason = "cloud-managed" | "not-synchronized-now";

/** Two who share what links, and of whom the run changes nothing; indexes into the two directories. */
export interface ApartPair {
  readonly onPremises: number;
  readonly online: number;
  readonly reason: ApartReason;
}

/** Who is who: every person of both sides is in exactly one of these lists. */
export interface Alignment {
  readonly pairs: Pairs;
  /** Those who belong together, and whom the run leaves alone. */
  readonly apart: readonly ApartPair[];
  readonly ambiguous: readonly AmbiguousGroup[];
  readonly unmatchedOnPremises: readonly number[];
  readonly unmatchedOnline: readonly number[];
  /** Those of the unmatched who would be linked, and may not be. */
  readonly barred: readonly BarredPair[];
  /** Those of the unmatched whose anchor somebody in the recycle bin has: the anchor comes first, and restores. */
  readonly restored: readonly RestoredUser[];
}
