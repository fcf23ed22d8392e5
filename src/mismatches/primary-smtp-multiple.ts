import * as z from "zod/mini";
import { sortAddresses } from "../model/address.ts";
import { markedPrimaries, sideSchema } from "../model/user.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";

/** A user has several primary addresses. */
export const primarySmtpMultiple = defineMismatch({
  kind: "primary-smtp-multiple",
  severity: "error",
  remedy: "along",
  needs: { onPremises: ["proxyAddresses", "primarySmtpAddress"], online: ["proxyAddresses", "primarySmtpAddress"] },
  alone: ["onPremises", "online"],
  reads: ["proxyAddresses"],
  fields: {
    side: sideSchema,
    addresses: z.array(z.string()).check(z.minLength(2), z.describe("The addresses marked SMTP:, sorted.")),
  },
  distinguish: ({ side }) => [side],
  change: "none",
  title: (count) => countOf(count, "person has several primary addresses", "people have several primary addresses"),
  explanation:
    "Several addresses are marked SMTP: in capitals. Microsoft's documents disagree which one wins, so nothing is predicted " +
    "for the person's primary address.",
  advice: "Leave one SMTP: and write the others as smtp:.",
  describe: ({ side, addresses }) =>
    `${side === "online" ? "online" : "on-premises"}: ${listNames(addresses, (address) => address)}`,
  over: "people",
  *find({ side, user }) {
    const addresses = markedPrimaries(user);
    const unsure = side === "onPremises" ? ("several-primaries" as const) : undefined;
    if (addresses.length > 1) yield { side, addresses: sortAddresses(addresses), ...(unsure && { unsure }) };
  },
});
