import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
import { markedPrimaries, sideSchema } from "../model/user.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** The attribute mail is not the primary address. */
export const mailAttributeMismatch = defineMismatch({
  kind: "mail-attribute-mismatch",
  severity: "warning",
  remedy: "along",
  // Online, mail follows the primary address, and few exports have it: it is looked at where it is there.
  needs: { onPremises: ["mail", "proxyAddresses", "primarySmtpAddress"] },
  alone: ["onPremises", "online"],
  reads: ["mail", "proxyAddresses", "isGuest"],
  fields: { side: sideSchema, mail: z.string(), primarySmtpAddress: z.string() },
  distinguish: ({ side }) => [side],
  change: "none",
  title: (count) =>
    countOf(count, "mail attribute is not the primary address", "mail attributes are not the primary address"),
  explanation:
    "The address that Active Directory Users and Computers shows (mail) is not the one marked SMTP:. The run uses the " +
    "marked one; whoever looks at mail expects another.",
  advice: "Set mail to the primary address.",
  describe: ({ side, mail, primarySmtpAddress }) =>
    `${side === "online" ? "online" : "on-premises"}: mail ${mail}, primary ${primarySmtpAddress}`,
  over: "people",
  *find({ side, user }) {
    const [primary, ...others] = markedPrimaries(user);
    if (!user.mail || primary === undefined || others.length > 0 || user.isGuest) return;
    if (addressKey(user.mail) !== addressKey(primary)) yield { side, mail: user.mail, primarySmtpAddress: primary };
  },
});
