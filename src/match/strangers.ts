import type { Directory } from "../directory/directory.ts";
import { domainOf, isReservedDomain } from "../model/address.ts";
import { type Diagnostic, type DiagnosticCode, diagnose } from "../model/diagnostic.ts";
import { type Side, smtpAddresses, type User } from "../model/user.ts";
import { countOf, formatNumber } from "../text/count.ts";
import type { Alignment } from "./alignment.ts";
import { findUnlinkedPairs } from "./likeness.ts";

/** The diagnostics of two exports that do not belong together. */
export const STRANGERS: ReadonlySet<DiagnosticCode> = new Set(["no-common-domain", "few-in-common"]);

/** Of fewer people nothing follows: a tenant has administrators and a pilot before anybody else is online. */
const LEAST_PEOPLE = 20;
/**
 * Of one company, those of the smaller side are mostly on the other side too, be it a pilot online or one domain of a forest;
 * of two, only chance meets.
 */
const FEW = 0.05;
/** Names of people meet by chance as well, but not those of every other one. */
const MANY_ALIKE = 0.5;
const MOST_DOMAINS = 3;

type Directories = Readonly<Record<Side, Directory>>;

/**
 * Says so if the two sides look like the exports of two companies: they have no domain in common, or they have, and hardly
 * anybody who could be on both sides is. Where people are called alike they are the same, and no address links them.
 */
export function findStrangers(directories: Directories, alignment: Alignment): Diagnostic | undefined {
  const { pairs, apart } = alignment;
  if (apart.length > 0) return undefined; // somebody has the anchor of the other side
  const people = Math.min(countPeople(alignment, "onPremises"), countPeople(alignment, "online"));
  if (pairs.size > 0 && pairs.size >= FEW * people) return undefined;
  const [known, found] = [domainsOf(directories.onPremises), domainsOf(directories.online)];
  if (known.size === 0 || found.size === 0) return undefined;
  const common = new Set([...found].filter((domain) => known.has(domain)));
  if (common.size > 0) return findFewInCommon(directories, alignment, common);
  if (pairs.size > 0 || areCalledAlike(directories, alignment, people)) return undefined;
  return diagnose("no-common-domain", { detail: `online ${listSome(found)}; on-premises ${listSome(known)}` });
}

function findFewInCommon(
  directories: Directories,
  alignment: Alignment,
  domains: ReadonlySet<string>,
): Diagnostic | undefined {
  const here = countAble("onPremises", directories, alignment, domains);
  const there = countAble("online", directories, alignment, domains);
  const { able, met } = here.able <= there.able ? here : there;
  if (able < LEAST_PEOPLE || met >= FEW * able || areCalledAlike(directories, alignment, able)) return undefined;
  const both = `${countOf(here.able, "person", "people")} on-premises and ${formatNumber(there.able)} online`;
  const share = met === 0 ? "none shares" : met === 1 ? "1 shares" : `${formatNumber(met)} share`;
  return diagnose("few-in-common", { detail: `of ${both} in ${listSome(domains)} ${share} an address` });
}

/** Counts the people of a side who could be on both, by the domains of their addresses, and those of them who are. */
function countAble(
  side: Side,
  directories: Directories,
  alignment: Alignment,
  domains: ReadonlySet<string>,
): { readonly able: number; readonly met: number } {
  const { pairs, ambiguous, unmatchedOnPremises, unmatchedOnline } = alignment;
  const linked = pairs.size + ambiguous.reduce((sum, group) => sum + group[side].length, 0);
  const [others, alone] =
    side === "online" ? [directories.onPremises, unmatchedOnline] : [directories.online, unmatchedOnPremises];
  let [able, met] = [linked, linked];
  for (const index of alone) {
    const user = directories[side].user(index);
    const names = namesOf(user);
    if (user.isGuest === true || !names.some((name) => domains.has(domainOf(name)))) continue;
    able++;
    // Whoever shares an address and is not matched is bound elsewhere, say, but no stranger.
    if (names.some((name) => others.addresses.claims(name).length > 0)) met++;
  }
  return { able, met };
}

function areCalledAlike({ onPremises, online }: Directories, alignment: Alignment, people: number): boolean {
  const alike = findUnlinkedPairs(onPremises, online, alignment).length;
  return alike > 0 && alike >= MANY_ALIKE * people;
}

function countPeople({ pairs, ambiguous, unmatchedOnPremises, unmatchedOnline }: Alignment, side: Side): number {
  const alone = side === "online" ? unmatchedOnline : unmatchedOnPremises;
  return pairs.size + alone.length + ambiguous.reduce((sum, group) => sum + group[side].length, 0);
}

/** The domains of all addresses and sign-in names, those of the service itself aside. */
function domainsOf(directory: Directory): ReadonlySet<string> {
  const domains = new Set<string>();
  for (let index = 0; index < directory.size; index++) {
    for (const name of namesOf(directory.user(index))) {
      const domain = domainOf(name);
      if (domain !== "" && !isReservedDomain(domain)) domains.add(domain);
    }
  }
  return domains;
}

function namesOf(user: User): readonly string[] {
  const names = [user.mail ?? "", user.userPrincipalName ?? ""].map((name) => name.trim());
  return [...names, ...smtpAddresses(user).map(({ address }) => address)].filter((name) => name !== "");
}

function listSome(domains: ReadonlySet<string>): string {
  const more = domains.size - MOST_DOMAINS;
  const shown = [...domains].sort().slice(0, MOST_DOMAINS).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}
