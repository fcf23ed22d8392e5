import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
import { primarySmtpAddress } from "../model/user.ts";
import { predictionReads } from "../predict/predict.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";

/** No document tells which addresses a person has after the run. */
export const primarySmtpUnsure = defineMismatch({
  kind: "primary-smtp-unsure",
  severity: "warning",
  remedy: "planned",
  needs: {
    onPremises: ["proxyAddresses", "primarySmtpAddress"],
    online: ["proxyAddresses", "primarySmtpAddress"],
  },
  reads: predictionReads,
  fields: {
    before: z.string().check(z.describe("The primary SMTP address online now; blank if there is none.")),
    possible: z.array(z.string()).check(z.describe("The primary addresses that may be, the likeliest first.")),
    mayLose: z.array(z.string()).check(z.describe("SMTP addresses online now that may be gone, sorted.")),
  },
  distinguish: () => [],
  change: ({ before, possible }) => ({ before, after: possible.join(" or ") }),
  title: (count) =>
    countOf(count, "person may send mail under another address", "people may send mail under another address"),
  explanation:
    "Active Directory has no SMTP address for the person: proxyAddresses holds other values only, or there is neither " +
    "proxyAddresses nor mail. No document settles what the service makes of that.",
  advice:
    "Write SMTP: and the address of now into proxyAddresses, and smtp: for each further one: that is right under every reading.",
  describe: ({ before, possible, mayLose }) => {
    const others = possible.filter((address) => addressKey(address) !== addressKey(before));
    const stays = others.length < possible.length ? "stays, or becomes" : "becomes";
    const primary = others.length === 0 ? [] : [`${before || "none"} ${stays} ${others.join(" or ")}`];
    const lost = mayLose.length === 0 ? [] : [`may lose ${listNames(mayLose, (address) => address)}`];
    return [...primary, ...lost].join("; ");
  },
  over: "pairs",
  *find({ online, prediction: { doubt } }) {
    if (doubt === undefined) return;
    const before = primarySmtpAddress(online) ?? "";
    const { primaries, mayLose } = doubt;
    const isOther = primaries.some((address) => addressKey(address) !== addressKey(before));
    const possible = before === "" && !online.proxyAddresses?.length ? [] : [...primaries];
    if (mayLose.length > 0 || (isOther && possible.length > 0)) {
      yield { unsure: doubt.doubt, before, possible, mayLose: [...mayLose] };
    }
  },
});
