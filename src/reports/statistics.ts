import { objectsOf } from "../mismatches/definition/describe-mismatch.ts";
import type { Mismatch } from "../mismatches/index.ts";
import { domainOf } from "../model/address.ts";

/** A name and how often it occurs. */
export interface Tally {
  readonly name: string;
  readonly count: number;
}

/** The mail domains that a finding touches: of the addresses that it names, else of the people. */
export function domainsOf(mismatch: Mismatch): readonly string[] {
  const named = [
    "before" in mismatch ? mismatch.before : "",
    "after" in mismatch ? mismatch.after : "",
    "address" in mismatch ? mismatch.address : "",
    ...("addresses" in mismatch ? mismatch.addresses : []),
  ].map(domainOf);
  const domains = named.filter((domain) => domain !== "");
  const fallback = objectsOf(mismatch).map(({ primarySmtpAddress, userPrincipalName }) =>
    domainOf(primarySmtpAddress ?? userPrincipalName ?? ""),
  );
  return [...new Set(domains.length > 0 ? domains : fallback.filter((domain) => domain !== ""))];
}

/** The organisational unit of whom a finding is about, from the top down: `Staff / Sales`; blank without a DN. */
export function unitOf(mismatch: Mismatch): string {
  const dn = objectsOf(mismatch)
    .map(({ id }) => id)
    .find((id) => /,DC=/i.test(id));
  if (dn === undefined) return "";
  const units = dn
    .split(/(?<!\\),/)
    .slice(1)
    .flatMap((part) => /^\s*(?:OU|CN)=(.*)$/is.exec(part)?.[1] ?? []);
  return units
    .reverse()
    .map((unit) => unit.replace(/\\(.)/g, "$1"))
    .join(" / ");
}

/** Counts names, the most frequent first; of more than `most` the rest is told as one. */
export function tally(names: Iterable<string>, most: number, rest: string): readonly Tally[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== "") counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = Array.from(counts, ([name, count]) => ({ name, count })).sort(
    (one, other) => other.count - one.count || (one.name < other.name ? -1 : 1),
  );
  if (sorted.length <= most) return sorted;
  const others = sorted.slice(most - 1).reduce((sum, { count }) => sum + count, 0);
  return [...sorted.slice(0, most - 1), { name: rest, count: others }];
}
