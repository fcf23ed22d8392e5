import * as z from "zod/mini";
import { leftoverReads } from "../predict/collisions.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { referTo } from "./definition/object-reference.ts";

/** An online user whom nobody on-premises is matched with. */
export const unmatchedOnline = defineMismatch({
  kind: "unmatched-online",
  severity: "warning",
  remedy: "person",
  needs: {},
  reads: leftoverReads,
  fields: { isBound: z.boolean() },
  distinguish: () => [],
  change: "none",
  title: (count) =>
    countOf(count, "person online has no counterpart on-premises", "people online have no counterpart on-premises"),
  explanation:
    "No on-premises user shares an anchor or a linking address with this online user; the run leaves it alone.",
  advice:
    "Look whether the person exists in Active Directory under another address, or outside the exported part of it; then " +
    "give both a common address. Administrators and service accounts of the cloud may stay as they are.",
  describe: ({ isBound }) =>
    isBound ? "stays as it is, bound to an unknown object" : "stays as it is, managed in the cloud only",
  over: "everything",
  *find({ online, alignment, unlinkedPairs, anchorConflicts }) {
    // Whoever looks like somebody on-premises is told there.
    const told = new Set([...unlinkedPairs, ...anchorConflicts, ...alignment.barred].map((pair) => pair.online));
    for (const index of alignment.unmatchedOnline) {
      const user = online.user(index);
      const isBound = Boolean(user.immutableId || user.isSynchronized || user.lastSyncTime);
      if (!user.isGuest && !told.has(index)) yield { online: referTo(user), isBound };
    }
  },
});
