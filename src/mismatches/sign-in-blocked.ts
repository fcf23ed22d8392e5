import { calculateSignIn, signInReads } from "../predict/account-calculation.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** Somebody who signs in online is disabled in Active Directory. */
export const signInBlocked = defineMismatch({
  kind: "sign-in-blocked",
  severity: "error",
  remedy: "person",
  needs: { onPremises: ["isEnabled"], online: ["isEnabled"] },
  reads: signInReads,
  fields: {},
  distinguish: () => [],
  change: () => ({ before: "enabled", after: "disabled" }),
  title: (count) => countOf(count, "person will not be able to sign in", "people will not be able to sign in"),
  explanation:
    "The account is enabled online and disabled in Active Directory. The first run takes the state over, and whoever uses " +
    "the account is signed out and refused.",
  advice:
    "Ask whether the person works with the account. If so, enable it in Active Directory before the run; if not, block it " +
    "online now.",
  describe: () => "enabled online, disabled on-premises: sign-in is blocked",
  over: "pairs",
  *find({ onPremises, online }) {
    if (calculateSignIn(onPremises, online) === "blocked") yield {};
  },
});
