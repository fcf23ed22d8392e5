import { domainOf } from "../model/address.ts";
import { defineCause } from "./definition/define-cause.ts";
import { onlyOne } from "./definition/names.ts";

/** People have addresses online in a domain that nobody has in Active Directory. */
export const domainRemoved = defineCause({
  cause: "domain-removed",
  kinds: ["alias-removed"],
  keyIs: "domain",
  keyOf: ({ addresses }, { isUsedOnPremises }) => {
    const domain = onlyOne(addresses.map(domainOf));
    return domain === undefined || isUsedOnPremises(domain) ? undefined : domain;
  },
  title: (domain) => `Nobody in Active Directory has an address in ${domain}`,
  harm: "Everybody loses the addresses in this domain, and mail to them bounces.",
  remedy: (domain) =>
    `Add the addresses in ${domain} to proxyAddresses in Active Directory, unless the domain is given up.`,
});
