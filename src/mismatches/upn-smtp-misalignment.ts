import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
import { ownsAddress, primarySmtpAddress, sideSchema } from "../model/user.ts";
import { countOf, defineMismatch } from "./definition/define-mismatch.ts";

/** The sign-in name is not the mail address. */
export const upnSmtpMisalignment = defineMismatch({
  kind: "upn-smtp-misalignment",
  severity: "warning",
  needs: {
    onPremises: ["userPrincipalName", "proxyAddresses"],
    online: ["userPrincipalName", "proxyAddresses"],
  },
  fields: {
    side: sideSchema,
    userPrincipalName: z.string(),
    primarySmtpAddress: z.string(),
    upnIsOwnAddress: z
      .boolean()
      .check(
        z.describe("Whether the UPN is at least one of the user's own addresses, as Microsoft's BPOS check asked."),
      ),
  },
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
  describe: ({ side, userPrincipalName, primarySmtpAddress: primary }) =>
    `${side === "online" ? "online" : "on-premises"}: sign-in ${userPrincipalName}, mail ${primary}`,
  over: "people",
  *find({ side, user }) {
    const { userPrincipalName } = user;
    const primary = primarySmtpAddress(user);
    if (!userPrincipalName || primary === undefined || user.proxyAddresses === undefined || user.isGuest) return;
    if (addressKey(userPrincipalName) === addressKey(primary)) return;
    const upnIsOwnAddress = ownsAddress(user, userPrincipalName);
    yield {
      ...(upnIsOwnAddress ? {} : { severity: "error" as const }),
      side,
      userPrincipalName,
      primarySmtpAddress: primary,
      upnIsOwnAddress,
    };
  },
});
