import * as z from "zod/mini";
import type { User } from "../model/user.ts";
import { overwrittenFields } from "../predict/account-calculation.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

type Attribute = (typeof overwrittenFields)[number];

/** What an online user is called, where he sits and how he is reached becomes what Active Directory says. */
export const attributeOverwritten = defineMismatch({
  kind: "attribute-overwritten",
  severity: "warning",
  remedy: "person",
  needs: {},
  reads: overwrittenFields,
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
    for (const attribute of overwrittenFields) {
      const before = online[attribute];
      const after = onPremises[attribute];
      if (!before || after === undefined || before === after) continue;
      const found = { attribute, before, after, clearedLater: after === "" };
      yield isSpelling(attribute, onPremises, online) ? { ...found, severity: "info" as const } : found;
    }
  },
});

/** Whether two values say the same: they differ in letter case, spaces, punctuation, the order of words, or code and name. */
function isSpelling(attribute: Attribute, onPremises: User, online: User): boolean {
  const [after = "", before = ""] = [onPremises[attribute], online[attribute]];
  if (attribute === "country") return countryKey(after) === countryKey(before);
  return wordsOf(after).join(" ") === wordsOf(before).join(" ");
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "")
    .sort();
}

const countryNames = new Intl.DisplayNames("en", { type: "region", fallback: "none" });

/** A country by its English name, be it given by that or by its code of two letters (ISO 3166). */
function countryKey(text: string): string {
  const code = text.trim().toUpperCase();
  const name = /^[A-Z]{2}$/.test(code) ? countryNames.of(code) : undefined;
  return wordsOf(name ?? text).join(" ");
}
