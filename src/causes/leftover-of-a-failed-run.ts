import { defineCause } from "./definition/define-cause.ts";

/** An earlier run made a second account, with four digits in its name, beside the one that a person uses. */
export const leftoverOfAFailedRun = defineCause({
  cause: "leftover-of-a-failed-run",
  kinds: ["address-collision"],
  keyIs: "words",
  keyOf: ({ because }) => (because === "leftover" ? "" : undefined),
  title: () => "Second accounts that an earlier run left behind",
  harm: "Active Directory is bound to an account that nobody uses; the one with the mail and the licence is not synchronized.",
  remedy: () => "Remove the second account, and let the next run find the first one by its address.",
});
