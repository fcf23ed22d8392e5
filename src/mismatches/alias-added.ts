import * as z from "zod/mini";
import { addressKey, sortAddresses } from "../model/address.ts";
import { heldBackAlready } from "../model/provisioning-errors.ts";
import { primarySmtpAddress, smtpAddresses } from "../model/user.ts";
import { predictionReads } from "../predict/predict.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";

/** An online user gets further addresses. */
export const aliasAdded = defineMismatch({
  kind: "alias-added",
  severity: "info",
  remedy: "planned",
  needs: { onPremises: ["proxyAddresses"], online: ["proxyAddresses"] },
  reads: [...predictionReads, "provisioningErrors"],
  fields: {
    addresses: z
      .array(z.string())
      .check(z.describe("SMTP addresses after the run that the user has not now, a new primary aside.")),
  },
  distinguish: () => [],
  change: ({ addresses }) => ({ before: "", after: addresses.join(" ") }),
  title: (count) => countOf(count, "person gets further addresses", "people get further addresses"),
  explanation: "The on-premises list of addresses has some that the online user lacks; after the run it has them too.",
  advice:
    "Nothing, if the addresses are the person's own; remove those that are not from Active Directory before the run.",
  describe: ({ addresses }) => `gets ${listNames(addresses, (address) => address)}`,
  over: "pairs",
  *find({ online, prediction }) {
    if (!prediction.addressesKnown || prediction.doubt !== undefined) return;
    // What the service holds back already does not come by this run either.
    const before = new Set([...smtpAddresses(online).map(({ key }) => key), ...heldBackAlready(online)]);
    const primary = addressKey(primarySmtpAddress(prediction.user) ?? "");
    const addresses = smtpAddresses(prediction.user).flatMap(({ address, key }) =>
      before.has(key) || key === primary ? [] : [address],
    );
    if (addresses.length > 0) yield { addresses: sortAddresses(addresses) };
  },
});
