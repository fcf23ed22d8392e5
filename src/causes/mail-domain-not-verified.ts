import { domainOf, isReservedDomain, parseProxyAddress } from "../model/address.ts";
import { defineCause } from "./definition/define-cause.ts";
import { isRoutable, onlyOne } from "./definition/names.ts";

/** People have addresses in a domain of the internet that the tenant has not. */
export const mailDomainNotVerified = defineCause({
  cause: "mail-domain-not-verified",
  kinds: ["address-discarded", "primary-smtp-change"],
  keyIs: "domain",
  keyOf: (mismatch, { verifiedDomains }) => {
    if (mismatch.kind === "address-discarded") {
      if (mismatch.reason !== "unverified-domain") return undefined;
      const domain = onlyOne(mismatch.addresses.map((value) => domainOf(parseProxyAddress(value).address)));
      return domain !== undefined && isRoutable(domain) ? domain : undefined;
    }
    // The primary address is discarded, and one in the service's own domain takes its place.
    const domain = domainOf(mismatch.onPremises?.primarySmtpAddress ?? "");
    const isReplaced = isReservedDomain(domainOf(mismatch.after)) && !verifiedDomains.has(domain);
    return isReplaced && domain !== "" && !isReservedDomain(domain) ? domain : undefined;
  },
  title: (domain) => `The mail domain ${domain} is not verified in the tenant`,
  harm: "Addresses in it do not reach the service: mail to them bounces, and whose primary address is in it sends from another one.",
  remedy: (domain) =>
    `Verify ${domain} in the tenant before the run; if it is not used any more, remove it from Active Directory.`,
});
