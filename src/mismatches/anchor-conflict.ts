import * as z from "zod/mini";
import { leftoverReads } from "../predict/collisions.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { referTo } from "./definition/object-reference.ts";

/** The online user with the right address is bound to another anchor. */
export const anchorConflict = defineMismatch({
  kind: "anchor-conflict",
  severity: "error",
  remedy: "person",
  needs: { onPremises: ["sourceAnchor"], online: ["immutableId"] },
  reads: leftoverReads,
  fields: {
    onPremisesAnchor: z.string().check(z.describe("Base64 of objectGUID, or of the attribute chosen.")),
    onlineImmutableId: z.string(),
  },
  distinguish: () => [],
  change: "none",
  title: (count) =>
    countOf(count, "person is bound to another directory object", "people are bound to other directory objects"),
  explanation:
    "The on-premises and the online user share an address, but the online one is bound by its ImmutableId to an object that " +
    "is not in the export; the run gives an error (InvalidSoftMatch) or a second account.",
  advice:
    "If they are one person, set the online ImmutableId to the on-premises anchor (or clear it, so that the address can " +
    "match); if not, take the address from one of them.",
  describe: ({ onPremisesAnchor, onlineImmutableId }) =>
    `anchor ${onPremisesAnchor || "none"}, bound to ${onlineImmutableId}`,
  over: "everything",
  *find({ onPremises, online, anchorConflicts }) {
    for (const conflict of anchorConflicts) {
      const user = onPremises.user(conflict.onPremises);
      const bound = online.user(conflict.online);
      yield {
        onPremises: referTo(user),
        online: referTo(bound),
        onPremisesAnchor: user.sourceAnchor ?? "",
        onlineImmutableId: bound.immutableId ?? "",
      };
    }
  },
});
