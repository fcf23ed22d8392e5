import * as z from "zod/mini";
import { fields } from "../model/fields.ts";
import { guidFromSourceAnchor } from "../model/source-anchor.ts";
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
    isForeign: z
      .boolean()
      .check(
        z.describe(
          "Whether the ImmutableId is no anchor of a directory, but what a federation or another program wrote.",
        ),
      ),
  },
  distinguish: () => [],
  change: "none",
  title: (count) => countOf(count, "person has another ImmutableId online", "people have other ImmutableIds online"),
  explanation:
    "The on-premises and the online user share an address, but the online one has an ImmutableId that is not the anchor of the " +
    "on-premises one: it is bound to an object that is not in the export, or a federation wrote something else there. The run gives " +
    "an error (InvalidSoftMatch) or a second account.",
  advice:
    "If they are one person, clear the online ImmutableId, so that the address can match, or set it to the on-premises anchor; since " +
    "July 2026 the service refuses that for users who are synchronized already, and for those with a role. If they are two, take " +
    "the address from one of them.",
  describe: ({ onPremisesAnchor, onlineImmutableId, isForeign }) =>
    isForeign
      ? `the ImmutableId ${onlineImmutableId} is no anchor: a federation or another program wrote it`
      : `anchor ${onPremisesAnchor || "none"}, bound to ${onlineImmutableId}`,
  over: "everything",
  *find({ onPremises, online, anchorConflicts }) {
    const areGuids = onPremises.anchorFields.every((field) => fields[field].value === "anchor");
    for (const conflict of anchorConflicts) {
      const user = onPremises.user(conflict.onPremises);
      const bound = online.user(conflict.online);
      yield {
        onPremises: referTo(user),
        online: referTo(bound),
        onPremisesAnchor: user.sourceAnchor ?? "",
        onlineImmutableId: bound.immutableId ?? "",
        isForeign: areGuids && guidFromSourceAnchor(bound.immutableId ?? "") === undefined,
      };
    }
  },
});
