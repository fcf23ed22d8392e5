import * as z from "zod/mini";
import { sortAddresses } from "../model/address.ts";
import { smtpAddresses } from "../model/user.ts";
import { predictionReads } from "../predict/predict.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";

/** An online address is not in Active Directory and is lost. */
export const aliasRemoved = defineMismatch({
  kind: "alias-removed",
  severity: "warning",
  remedy: "planned",
  needs: { onPremises: ["proxyAddresses"], online: ["proxyAddresses"] },
  reads: predictionReads,
  fields: {
    addresses: z
      .array(z.string())
      .check(
        z.describe("SMTP addresses online now and gone after the run, an old primary that does not stay among them."),
      ),
  },
  distinguish: () => [],
  change: ({ addresses }) => ({ before: addresses.join(" "), after: "" }),
  title: (count) => countOf(count, "person loses addresses online", "people lose addresses online"),
  explanation:
    "The on-premises list of addresses replaces the online one; an address that only the online user has disappears, and " +
    "mail to it bounces.",
  advice: "Add each address that is still written to as smtp: to proxyAddresses in Active Directory before the run.",
  describe: ({ addresses }) => `loses ${listNames(addresses, (address) => address)}`,
  over: "pairs",
  *find({ online, prediction }) {
    if (!prediction.addressesKnown || prediction.doubt !== undefined) return;
    const after = new Set(smtpAddresses(prediction.user).map(({ key }) => key));
    const addresses = smtpAddresses(online).flatMap(({ address, key }) => (after.has(key) ? [] : [address]));
    if (addresses.length > 0) yield { addresses: sortAddresses(addresses) };
  },
});
