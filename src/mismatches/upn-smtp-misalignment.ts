import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
import { ownsAddress, primarySmtpAddress, sideSchema, type User } from "../model/user.ts";
import { predictionReads } from "../predict/predict.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** The sign-in name is not the mail address. */
export const upnSmtpMisalignment = defineMismatch({
  kind: "upn-smtp-misalignment",
  severity: "warning",
  remedy: "along",
  needs: {
    onPremises: ["userPrincipalName", "proxyAddresses", "primarySmtpAddress"],
    online: ["userPrincipalName", "proxyAddresses", "primarySmtpAddress"],
  },
  alone: ["onPremises", "online"],
  reads: predictionReads,
  fields: {
    side: sideSchema,
    userPrincipalName: z.string(),
    primarySmtpAddress: z.string(),
    upnIsOwnAddress: z
      .boolean()
      .check(
        z.describe("Whether the UPN is at least one of the user's own addresses, as Microsoft's BPOS check asked."),
      ),
    madeByRun: z
      .boolean()
      .check(
        z.describe("true: the names are one now, and the run parts them, because the UPN does not flow (upnFlow)."),
      ),
  },
  distinguish: ({ side }) => [side],
  change: "none",
  title: (count, severity) =>
    severity === "error"
      ? countOf(count, "sign-in name receives no mail at all", "sign-in names receive no mail at all")
      : countOf(count, "sign-in name is not the mail address", "sign-in names are not the mail address"),
  explanation:
    "The user signs in with one name and receives mail under another; mail, sign-in and chat should be one name, or the " +
    "user will be confused for years.",
  advice:
    "Set the UPN to the primary SMTP address on the side named; on-premises this needs the mail domain as a UPN suffix. " +
    "At the least make the UPN one of the user's own addresses.",
  describe: ({ side, userPrincipalName, primarySmtpAddress: primary, madeByRun }) => {
    const where = madeByRun ? "after the run" : side === "online" ? "online" : "on-premises";
    const why = madeByRun ? ": the sign-in name of a licensed user stays, between federated domains too" : "";
    return `${where}: sign-in ${userPrincipalName}, mail ${primary}${why}`;
  },
  over: "people",
  *find({ side, user, foresee }) {
    if (user.isGuest) return;
    const now = misalignmentOf(user);
    if (now !== undefined) yield { side, ...now, madeByRun: false };
    if (now !== undefined || foresee === undefined) return;
    const { addressesKnown, doubt, user: after } = foresee();
    const then = addressesKnown && doubt === undefined ? misalignmentOf(after) : undefined;
    if (then !== undefined) yield { side, ...then, madeByRun: true };
  },
});

function misalignmentOf(user: User) {
  const { userPrincipalName } = user;
  const primary = primarySmtpAddress(user);
  if (!userPrincipalName || primary === undefined || user.proxyAddresses === undefined) return undefined;
  if (addressKey(userPrincipalName) === addressKey(primary)) return undefined;
  const upnIsOwnAddress = ownsAddress(user, userPrincipalName);
  // With `mail` alone nobody has a mailbox yet: the sign-in name becomes an address of it, or there is none.
  return {
    ...(upnIsOwnAddress || user.proxyAddresses.length === 0 ? {} : { severity: "error" as const }),
    userPrincipalName,
    primarySmtpAddress: primary,
    upnIsOwnAddress,
  };
}
