import { NO_ADDRESS } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import { DomainFacts } from "../directory/domain-facts.ts";
import { isSmtpAddress } from "../directory/user-row.ts";
import { type Diagnostic, diagnose } from "../model/diagnostic.ts";
import { fieldCodes } from "../model/user-view.ts";
import { countOf } from "../text/count.ts";
import type { Tenant } from "./tenant.ts";

/** Names the domains of which it is not known whether they are verified, and how many objects of Active Directory hang on each. */
export function nameDoubtfulDomains(onPremises: Directory, { doubtfulDomains }: Tenant): Diagnostic | undefined {
  if (doubtfulDomains === undefined) return undefined;
  const uses = new Map(Array.from(doubtfulDomains, (domain) => [domain, { objects: 0, last: -1 }]));
  const facts = new DomainFacts(onPremises.addresses, (domain) => uses.get(domain));
  for (let index = 0; index < onPremises.size; index++) {
    const outline = onPremises.outline(index);
    for (let entry = 0; entry < outline.entries; entry++) {
      if (!isSmtpAddress(outline, entry) && outline.codes[entry] !== fieldCodes.userPrincipalName) continue;
      const number = outline.numbers[entry] ?? NO_ADDRESS;
      const use = number < 0 ? undefined : facts.of(number);
      if (use === undefined || use.last === index) continue;
      use.last = index;
      use.objects++;
    }
  }
  const named = [...uses].filter(([, { objects }]) => objects > 0);
  const detail = named.map(([domain, { objects }]) => `${domain} (${countOf(objects, "object")})`).join(", ");
  return named.length === 0 ? undefined : diagnose("doubtful-domains", { detail });
}
