import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
import { predictionReads } from "../predict/predict.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** The sign-in name of an online user becomes another one. */
export const upnChange = defineMismatch({
  kind: "upn-change",
  severity: "error",
  remedy: "planned",
  needs: { onPremises: ["userPrincipalName"], online: ["userPrincipalName"] },
  reads: predictionReads,
  fields: {
    before: z.string().check(z.describe("The UPN online now.")),
    after: z
      .string()
      .check(
        z.describe('The UPN after the run; "<initial domain>" or "<mailNickname>" stands in it for what is not known.'),
      ),
    reason: z
      .enum(["flows", "suffix-not-verified", "invalid-value"])
      .check(
        z.describe(
          "flows: the on-premises UPN is taken over; otherwise it cannot be, and mailNickname@initial domain takes its place.",
        ),
      ),
  },
  distinguish: ({ reason }) => [reason],
  change: ({ before, after }) => ({ before, after }),
  title: (count) => countOf(count, "person will sign in with another name", "people will sign in with another name"),
  explanation:
    "The first run replaces the online sign-in name by the on-premises UPN, or, where that cannot be used, by a name in " +
    "the tenant's initial domain; the old name stops working.",
  advice:
    "Set the on-premises UPN to the name that the person uses online, with a suffix verified in the tenant; or rename the " +
    "online user now, and tell the person.",
  describe: ({ before, after, reason }) => `${before} → ${after}${REASONS[reason]}`,
  over: "pairs",
  *find({ online, prediction, isNameOfAnother }) {
    const before = online.userPrincipalName;
    const after = prediction.user.userPrincipalName;
    const reason = prediction.upnReason;
    if (!before || !after || reason === undefined || reason === "kept") return;
    if (addressKey(before) !== addressKey(after) && !isNameOfAnother()) yield { before, after, reason };
  },
});

const REASONS = {
  flows: "",
  "suffix-not-verified": " (its suffix is not verified)",
  "invalid-value": " (its UPN is not valid online)",
} as const;
