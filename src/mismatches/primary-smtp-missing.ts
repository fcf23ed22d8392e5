import { markedPrimaries, sideSchema, smtpAddresses } from "../model/user.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** A user has SMTP addresses, none of them marked as primary. */
export const primarySmtpMissing = defineMismatch({
  kind: "primary-smtp-missing",
  severity: "warning",
  remedy: "along",
  needs: { onPremises: ["proxyAddresses", "primarySmtpAddress"], online: ["proxyAddresses", "primarySmtpAddress"] },
  alone: ["onPremises", "online"],
  reads: ["proxyAddresses"],
  fields: { side: sideSchema },
  distinguish: ({ side }) => [side],
  change: "none",
  title: (count) => countOf(count, "person has no primary address", "people have no primary address"),
  explanation:
    "proxyAddresses has addresses, and none is marked SMTP: in capitals; with the run the address in the tenant's initial " +
    "domain (…onmicrosoft.com) becomes the primary one, and mail goes out under it.",
  advice: "Mark the right address as SMTP: in Active Directory.",
  describe: ({ side }) => `${side === "online" ? "online" : "on-premises"}: no address is marked SMTP:`,
  over: "people",
  *find({ side, user }) {
    if (smtpAddresses(user).length > 0 && markedPrimaries(user).length === 0) yield { side };
  },
});
