import type { Directory } from "../directory/directory.ts";
import { domainOf } from "../model/address.ts";
import { type Diagnostic, diagnose } from "../model/diagnostic.ts";
import { parentOfName } from "../model/distinguished-name.ts";
import { findValueProblems } from "../model/value-rules.ts";
import { countOf } from "../text/count.ts";
import type { Alignment } from "./alignment.ts";

/** Below this share of the people nothing is said: every company has a unit of service accounts. */
const FEW = 0.05;
const MOST_UNITS = 3;

/** People who are perhaps not meant: what is to be said of them once, and who they are. */
export interface UnusedUnits {
  readonly diagnostic: Diagnostic;
  /**
   * By index, those whose sign-in name has besides a suffix of the Internet that nobody online has: of another company, as a rule.
   * That nothing with this suffix arrives is said with the units, and not for each of them.
   */
  readonly outsiders: ReadonlySet<number>;
}

/**
 * Says how many people lie in organisational units of which nobody is online, and have sign-in names with suffixes that nobody
 * online has: perhaps these are not synchronized, and the scope was not named.
 */
export function findUnusedUnits(onPremises: Directory, alignment: Alignment): UnusedUnits | undefined {
  const { pairs, ambiguous, unmatchedOnPremises } = alignment;
  const people = pairs.size + unmatchedOnPremises.length;
  if (unmatchedOnPremises.length === 0 || unmatchedOnPremises.length < FEW * people || pairs.size === 0)
    return undefined;
  const units = new Map<string, number>();
  const suffixes = new Set<string>();
  for (const index of unmatchedOnPremises) {
    const { id, userPrincipalName = "" } = onPremises.identity(index);
    const unit = parentOfName(id);
    if (unit === "") continue;
    units.set(unit, (units.get(unit) ?? 0) + 1);
    suffixes.add(domainOf(userPrincipalName));
  }
  const forget = (index: number): void => {
    const { id, userPrincipalName = "" } = onPremises.identity(index);
    units.delete(parentOfName(id));
    suffixes.delete(domainOf(userPrincipalName));
  };
  for (const group of ambiguous) for (const index of group.onPremises) forget(index);
  for (let index = 0; index < onPremises.size && units.size > 0; index++) if (pairs.onlineOf(index) >= 0) forget(index);
  const alone = [...units.values()].reduce((sum, count) => sum + count, 0);
  if (alone < FEW * people) return undefined;
  const shown = [...units.keys()].sort().slice(0, MOST_UNITS).join("; ");
  const more = units.size > MOST_UNITS ? ` and ${units.size - MOST_UNITS} more` : "";
  suffixes.delete("");
  const names =
    suffixes.size === 0
      ? ""
      : ` Of ${countOf(suffixes.size, "suffix", "suffixes")} of sign-in names nobody is online: ${[...suffixes].sort().slice(0, MOST_UNITS).join(", ")}.`;
  const where = countOf(units.size, "organisational unit", "organisational units");
  const lie = alone === 1 ? "lies" : "lie";
  const outsiders = unmatchedOnPremises.filter((index) => {
    const { id, userPrincipalName = "" } = onPremises.identity(index);
    const suffix = domainOf(userPrincipalName);
    return units.has(parentOfName(id)) && suffixes.has(suffix) && isOfInternet(suffix);
  });
  const diagnostic = diagnose("units-of-nobody-online", {
    detail: `${countOf(alone, "person", "people")} on-premises ${lie} in ${where} of which nobody is online: ${shown}${more}.${names}`,
  });
  return { diagnostic, outsiders: new Set(outsiders) };
}

function isOfInternet(domain: string): boolean {
  return findValueProblems("userPrincipalName", `a@${domain}`).length === 0;
}
