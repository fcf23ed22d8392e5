import { domainOf, parseProxyAddress } from "../model/address.ts";
import { defineCause } from "./definition/define-cause.ts";
import { isRoutable, onlyOne } from "./definition/names.ts";

/** People have addresses in a domain that exists in the company's network alone. */
export const internalDomainAliases = defineCause({
  cause: "internal-domain-aliases",
  kinds: ["address-discarded"],
  keyIs: "domain",
  keyOf: ({ reason, addresses }) => {
    if (reason !== "unverified-domain") return undefined;
    const domain = onlyOne(addresses.map((value) => domainOf(parseProxyAddress(value).address)));
    return domain !== undefined && !isRoutable(domain) ? domain : undefined;
  },
  title: (domain) => `Addresses in ${domain}, which exists in the company's network alone`,
  harm: "They are left behind; nobody outside could ever write to them.",
  remedy: () => "Nothing need be done. Whoever wants a clean directory removes them from proxyAddresses.",
});
