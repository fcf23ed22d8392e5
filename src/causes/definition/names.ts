import { addressKey } from "../../model/address.ts";
import { findValueProblems } from "../../model/value-rules.ts";

/** Whether a domain can be one of the internet, so that it could be verified: not `contoso.local`. */
export function isRoutable(domain: string): boolean {
  return !findValueProblems("userPrincipalName", `a@${domain}`).some(({ rule }) => rule === "not-routable");
}

/** What is before the `@` of a name, for comparison. */
export function localPartOf(name: string): string {
  return addressKey(name.slice(0, name.lastIndexOf("@")));
}

/** The one domain of several addresses; `undefined` if they have not one alone. */
export function onlyOne(domains: Iterable<string>): string | undefined {
  const [first, ...others] = new Set(domains);
  return others.length === 0 && first !== "" ? first : undefined;
}
