import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
import { ownsAddress, primarySmtpAddress } from "../model/user.ts";
import { countOf, defineMismatch } from "./definition/define-mismatch.ts";

/** The online primary SMTP address silently becomes another one. */
export const primarySmtpChange = defineMismatch({
  kind: "primary-smtp-change",
  severity: "error",
  needs: { onPremises: ["proxyAddresses"], online: ["proxyAddresses"] },
  fields: {
    before: z.string().check(z.describe("The primary SMTP address online now.")),
    after: z.string().check(z.describe("The primary SMTP address after the run.")),
    caseOnly: z.boolean().check(z.describe("Whether only letter case differs: the same mailbox address.")),
    beforeStays: z
      .boolean()
      .check(z.describe("true: the old address remains an alias; false: it is lost, and mail to it bounces.")),
  },
  title: (count, severity) =>
    severity === "info"
      ? countOf(count, "mail address changes in letter case only", "mail addresses change in letter case only")
      : countOf(count, "person will send mail under another address", "people will send mail under another address"),
  explanation:
    "The first run replaces the online primary SMTP address by the on-premises one; the user goes on sending mail, " +
    "under another address, and learns it from a puzzled correspondent.",
  advice:
    "Decide for each person which address is right. Either make it the primary (SMTP:) in Active Directory before the run, " +
    "or change the online primary now, and tell the person.",
  describe: ({ before, after, beforeStays }) => `${before} → ${after}${beforeStays ? "" : " (old address is lost)"}`,
  over: "pairs",
  *find({ online, prediction }) {
    const before = primarySmtpAddress(online);
    const after = prediction.addressesKnown ? primarySmtpAddress(prediction.user) : undefined;
    if (before === undefined || after === undefined || before === after) return;
    const caseOnly = addressKey(before) === addressKey(after);
    yield {
      ...(caseOnly ? { severity: "info" as const } : {}),
      before,
      after,
      caseOnly,
      beforeStays: ownsAddress(prediction.user, before),
    };
  },
});
