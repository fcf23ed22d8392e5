import * as z from "zod/mini";
import { addressKey, parseProxyAddress, sortAddresses } from "../model/address.ts";
import { ownsAddress } from "../model/user.ts";
import { predictionReads } from "../predict/predict.ts";
import type { DiscardReason } from "../predict/proxy-calculation.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";

const REASONS = ["reserved-domain", "unverified-domain", "legacy-type", "malformed"] as const satisfies DiscardReason[];

/** An on-premises address does not reach the service. */
export const addressDiscarded = defineMismatch({
  kind: "address-discarded",
  severity: "warning",
  remedy: "person",
  needs: { onPremises: ["proxyAddresses"] },
  alone: ["onPremises"],
  reads: predictionReads,
  fields: {
    addresses: z.array(z.string()).check(z.describe("Values of proxyAddresses, or mail, as written on-premises.")),
    reason: z
      .enum(REASONS)
      .check(
        z.describe(
          "reserved-domain: of the service itself; unverified-domain: not verified in the tenant; legacy-type: of an old mail system; malformed.",
        ),
      ),
  },
  distinguish: ({ reason }) => [reason],
  change: "none",
  title: (count, severity) =>
    severity === "info"
      ? countOf(count, "person has aliases that nobody will miss", "people have aliases that nobody will miss")
      : countOf(count, "person has addresses that do not arrive", "people have addresses that do not arrive"),
  explanation:
    "The service discards on-premises addresses without a word: those in its own domains, in domains that the tenant has " +
    "not verified, of old mail systems, and malformed ones.",
  advice:
    "Verify the domain in the tenant, or correct the address; what belongs to an old mail system can stay where it is.",
  describe: ({ addresses, reason }) => `${listNames(addresses, (address) => address)}: ${WORDS[reason]}`,
  over: "outcomes",
  *find({ prediction }) {
    for (const reason of REASONS) {
      const addresses = prediction.discarded
        .filter((entry) => entry.reason === reason && !arrives(entry.address, prediction.user))
        .map(({ address }) => address);
      if (addresses.length > 0) {
        yield {
          ...(isHarmless(reason, addresses) ? { severity: "info" as const } : {}),
          addresses: sortAddresses(addresses),
          reason,
        };
      }
    }
  },
});

const WORDS: Readonly<Record<DiscardReason, string>> = {
  "reserved-domain": "a domain of the service",
  "unverified-domain": "the domain is not verified",
  "legacy-type": "of an old mail system",
  malformed: "malformed",
};

/**
 * Addresses of old mail systems, and aliases in domains that are not verified, do not arrive, and nothing else happens:
 * Exchange's default policy gives everybody one in the company's own network.
 */
function isHarmless(reason: DiscardReason, addresses: readonly string[]): boolean {
  if (reason === "legacy-type") return true;
  return reason === "unverified-domain" && addresses.every((address) => !parseProxyAddress(address).primary);
}

/** A hybrid user's address in the tenant's own domain is discarded and there all the same. */
function arrives(value: string, user: Parameters<typeof ownsAddress>[0]): boolean {
  return ownsAddress(user, addressKey(parseProxyAddress(value).address));
}
