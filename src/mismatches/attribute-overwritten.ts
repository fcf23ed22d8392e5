import * as z from "zod/mini";
import { saySame } from "../model/same-text.ts";
import { findOverwritten, overwrittenFields } from "../predict/account-calculation.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** What an online user is called, where he sits and how he is reached becomes what Active Directory says. */
export const attributeOverwritten = defineMismatch({
  kind: "attribute-overwritten",
  severity: "warning",
  remedy: "person",
  needs: {},
  reads: ["userPrincipalName", ...overwrittenFields],
  fields: {
    attribute: z.enum(overwrittenFields),
    before: z.string().check(z.describe("The value online now.")),
    after: z.string().check(z.describe("The value after the run; blank if it is cleared.")),
    clearedLater: z
      .boolean()
      .check(z.describe("Set if Active Directory has no value: the run leaves it, and the cycle after it clears it.")),
  },
  distinguish: ({ attribute }) => [attribute],
  change: ({ before, after }) => ({ before, after }),
  title: (count, severity) =>
    severity === "info"
      ? countOf(count, "value online will be written otherwise", "values online will be written otherwise")
      : countOf(count, "value online will be overwritten or cleared", "values online will be overwritten or cleared"),
  explanation:
    "Active Directory overwrites what was entered online: names, titles, telephone numbers, offices. Where Active " +
    "Directory has no value nothing is lost in the first run, and the cycle after it clears the online value.",
  advice: "Carry the online values over into Active Directory before the run, where they are the right ones.",
  describe: ({ attribute, before, after, clearedLater }) =>
    clearedLater ? `${attribute}: ${before} → cleared in the second cycle` : `${attribute}: ${before} → ${after}`,
  over: "pairs",
  *find({ onPremises, online }) {
    for (const { attribute, before, after, clearedLater } of findOverwritten(onPremises, online)) {
      const found = { attribute, before, after, clearedLater };
      yield saySame(attribute, after, before) ? { ...found, severity: "info" as const } : found;
    }
  },
});
