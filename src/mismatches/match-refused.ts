import * as z from "zod/mini";
import type { Bar } from "../match/alignment.ts";
import { leftoverReads } from "../predict/collisions.ts";
import { BAR_ERRORS } from "../run/outcome.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { referTo } from "./definition/object-reference.ts";

/** Two who share what links may not be linked: the tenant blocks it, or the online user has a role. */
export const matchRefused = defineMismatch({
  kind: "match-refused",
  severity: "error",
  remedy: "person",
  needs: {},
  reads: [...leftoverReads, "objectId"],
  fields: {
    error: z.enum(["InvalidSoftMatch", "InvalidHardMatch", "ExistingAdminRoleConflict"]),
  },
  distinguish: ({ error }) => [error],
  change: "none",
  title: (count) =>
    countOf(
      count,
      "person may not be linked with the account online",
      "people may not be linked with their accounts online",
    ),
  explanation:
    "The on-premises and the online user share what links two users, and the tenant forbids it: it blocks the match, or the online " +
    "user has a role of administrators. The service answers with an error, or makes a second account without the values that are taken.",
  advice:
    "Take back the role for the time of the run, or lift the block (Update-MgDirectoryOnPremiseSynchronization), and set it again " +
    "afterwards; or keep the account of the administrator apart from that of the person.",
  describe: ({ error }) => `${error}: ${WHY[error]}`,
  over: "everything",
  *find({ onPremises, online, alignment }) {
    for (const { onPremises: left, online: right, bar } of alignment.barred) {
      yield {
        onPremises: referTo(onPremises.user(left)),
        online: referTo(online.user(right)),
        error: BAR_ERRORS[bar],
      };
    }
  },
});

const WHY: Readonly<Record<(typeof BAR_ERRORS)[Bar], string>> = {
  InvalidSoftMatch: "the tenant blocks the soft match",
  InvalidHardMatch: "the tenant blocks the hard match",
  ExistingAdminRoleConflict: "the online user has a role of administrators",
};
