import { leftoverReads } from "../predict/collisions.ts";
import { findNamesakes } from "../predict/removed-users.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { referTo } from "./definition/object-reference.ts";

/** An on-premises user whom nobody online is matched with. */
export const unmatchedOnPremises = defineMismatch({
  kind: "unmatched-on-premises",
  severity: "info",
  remedy: "person",
  needs: {},
  reads: leftoverReads,
  fields: {},
  distinguish: () => [],
  change: "none",
  title: (count) => countOf(count, "person will get a new account online", "people will get new accounts online"),
  explanation:
    "No online user shares an anchor or a linking address with this on-premises user; the run makes a new account.",
  advice:
    "Expected for people who are new. If the person has an online account already, give both a common address first.",
  describe: () => "a new account is made",
  over: "everything",
  *find({ onPremises, alignment, unlinkedPairs, anchorConflicts, collisions, removed }) {
    // Whoever looks like somebody online, or is to get somebody's address, is told there.
    const elsewhere = [
      ...unlinkedPairs,
      ...anchorConflicts,
      ...collisions,
      ...alignment.barred,
      ...alignment.restored,
      ...findNamesakes(onPremises, alignment, removed),
    ];
    const told = new Set(elsewhere.map((found) => found.onPremises));
    for (const index of alignment.unmatchedOnPremises) {
      if (!told.has(index)) yield { onPremises: referTo(onPremises.user(index)) };
    }
  },
});
