import { defineCause } from "./definition/define-cause.ts";
import { patternOf } from "./definition/naming-pattern.ts";

/** The two sides make addresses of names in two ways. */
export const namingPattern = defineCause({
  cause: "naming-pattern",
  kinds: ["primary-smtp-change", "upn-change"],
  keyIs: "words",
  // As many as would hardly agree by chance.
  least: 10,
  keyOf: (mismatch) => {
    const name = mismatch.onPremises?.displayName ?? mismatch.online?.displayName ?? "";
    const [before, after] = [patternOf(mismatch.before, name), patternOf(mismatch.after, name)];
    return before === undefined || after === undefined || before === after ? undefined : `${before} → ${after}`;
  },
  title: (patterns) => `Names are made otherwise on the two sides: ${patterns}`,
  harm: "Many people are renamed by a rule: they send mail, or sign in, under a name that was made in another way.",
  remedy: () =>
    "Decide once which way of making names is right, and give everybody the address that follows it on both sides.",
});
