import { calculateSignIn, signInReads } from "../predict/account-calculation.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** Somebody whose sign-in was blocked online is enabled in Active Directory. */
export const signInRestored = defineMismatch({
  kind: "sign-in-restored",
  severity: "warning",
  remedy: "person",
  needs: { onPremises: ["isEnabled"], online: ["isEnabled"] },
  reads: signInReads,
  fields: {},
  distinguish: () => [],
  change: () => ({ before: "disabled", after: "enabled" }),
  title: (count) => countOf(count, "blocked person will sign in again", "blocked people will sign in again"),
  explanation:
    "Sign-in is blocked online and the account is enabled in Active Directory. The first run takes the state over: who was " +
    "kept out, perhaps because of leaving the company, can sign in again.",
  advice: "Ask why sign-in was blocked. If it is to stay so, disable the account in Active Directory before the run.",
  describe: () => "disabled online, enabled on-premises: sign-in is possible again",
  over: "pairs",
  *find({ onPremises, online }) {
    if (calculateSignIn(onPremises, online) === "restored") yield {};
  },
});
