import * as z from "zod/mini";
import { leftoverReads } from "../predict/collisions.ts";
import { findNamesakes, holdersOf } from "../predict/removed-users.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { referTo } from "./definition/object-reference.ts";

/** Somebody on-premises was online, and may come back: deleted, and in the recycle bin, or a mailbox that is kept. */
export const deletedAccount = defineMismatch({
  kind: "deleted-account",
  severity: "info",
  remedy: "person",
  needs: {},
  reads: leftoverReads,
  fields: {
    outcome: z
      .enum(["restored", "restore-fails", "left-behind"])
      .check(
        z.describe(
          "restored: the run brings the deleted user back, because it has the anchor; restore-fails: it would, and somebody else has " +
            "its name or an address, or the tenant blocks the hard match; left-behind: a new account is made beside the deleted one, with an empty mailbox.",
        ),
      ),
    isMailboxKept: z.boolean().check(z.describe("Set if there is no user any more, but an inactive mailbox.")),
  },
  distinguish: ({ outcome }) => [outcome],
  change: "none",
  title: (count, severity) =>
    severity === "error"
      ? countOf(count, "deleted account cannot be restored", "deleted accounts cannot be restored")
      : countOf(count, "person had an account online that was deleted", "people had accounts online that were deleted"),
  explanation:
    "A deleted user holds no name and no address against anybody. If it has the anchor, the run restores it, unless somebody has its " +
    "name or an address meanwhile; if not, a new account is made, whose mailbox begins empty.",
  advice:
    "If the deleted account, or the inactive mailbox, is the person's, restore it before the run; where the restore fails, take the " +
    "address from whoever has it now.",
  describe: ({ outcome, isMailboxKept }) =>
    isMailboxKept
      ? "a new account is made; the old mailbox is inactive, and its mail does not come back by itself"
      : WORDS[outcome],
  over: "everything",
  *find({ onPremises, online, alignment, removed }) {
    for (const { onPremises: index, removed: at, isBlocked } of alignment.restored) {
      const deleted = removed[at]?.user;
      if (deleted === undefined) continue;
      const own = { onPremises: referTo(onPremises.user(index)), online: referTo(deleted), isMailboxKept: false };
      yield isBlocked || holdersOf(deleted, online).length > 0
        ? { ...own, outcome: "restore-fails" as const, severity: "error" as const }
        : { ...own, outcome: "restored" as const };
    }
    for (const { onPremises: index, removed: at } of findNamesakes(onPremises, alignment, removed)) {
      const former = removed[at];
      if (former === undefined) continue;
      const isMailboxKept = former.reason === "inactive-mailbox";
      const own = { onPremises: referTo(onPremises.user(index)), online: referTo(former.user) };
      yield { ...own, outcome: "left-behind" as const, isMailboxKept };
    }
  },
});

const WORDS = {
  restored: "the deleted account has the anchor, and is restored",
  "restore-fails":
    "the deleted account has the anchor, and cannot be restored: somebody has its name or an address, or the tenant blocks the hard match",
  "left-behind": "a new account is made; a deleted one of this name lies in the recycle bin",
} as const;
