import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
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
  fields: {
    isBound: z.boolean(),
    isNameOfAmbiguous: z.optional(
      z.boolean().check(z.describe("Set if an on-premises user who is ambiguous has its sign-in name.")),
    ),
  },
  distinguish: () => [],
  change: "none",
  title: (count) =>
    countOf(count, "person online has no counterpart on-premises", "people online have no counterpart on-premises"),
  explanation:
    "No on-premises user shares an anchor or a linking address with this online user; the run leaves it alone.",
  advice:
    "Look whether the person exists in Active Directory under another address, or outside the exported part of it; then " +
    "give both a common address. Administrators and service accounts of the cloud may stay as they are.",
  describe: ({ isBound, isNameOfAmbiguous }) =>
    isNameOfAmbiguous === true
      ? "an on-premises user of this sign-in name is linked elsewhere, with it, or refused, as the order decides"
      : isBound
        ? "stays as it is, bound to an unknown object"
        : "stays as it is, managed in the cloud only",
  over: "everything",
  *find({ onPremises, online, alignment, unlinkedPairs, anchorConflicts, collisions }) {
    const torn = collisions.filter(({ because }) => because !== "kept").map(({ holder }) => ({ online: holder }));
    const ambiguous = alignment.ambiguous.flatMap((group) => group.onPremises);
    const names = new Set(ambiguous.map((index) => addressKey(onPremises.identity(index).userPrincipalName ?? "")));
    // Whoever looks like somebody on-premises is told there.
    const told = new Set(
      [...unlinkedPairs, ...anchorConflicts, ...alignment.barred, ...torn].map((pair) => pair.online),
    );
    for (const index of alignment.unmatchedOnline) {
      const user = online.user(index);
      const isBound = Boolean(user.immutableId || user.isSynchronized || user.lastSyncTime);
      if (!user.isGuest && !told.has(index)) {
        const isNameOfAmbiguous = names.has(addressKey(user.userPrincipalName ?? "")) && user.userPrincipalName !== "";
        yield { online: referTo(user), isBound, ...(isNameOfAmbiguous ? { isNameOfAmbiguous } : {}) };
      }
    }
  },
});
