import { countByKind, countMatches, countUnsure } from "../analysis.ts";
import { findExplained } from "../causes/definition/find-explained.ts";
import { createDirectory, type Directory } from "../directory/directory.ts";
import { holdUsers, type LiveAnalysis, requireUsers } from "../live-analysis.ts";
import { nameByMail } from "../match/alternate-login.ts";
import { matchUsers } from "../match/match-users.ts";

import { parseProxyAddress } from "../model/address.ts";
import type { Side, User } from "../model/user.ts";
import { withTakenNames } from "../predict/taken-names.ts";
import { appendTo } from "../text/append.ts";
import { judge } from "../verdict.ts";
import type { AttributeChange, PlanStep } from "./plan.ts";

/** Gives a user with one attribute changed. */
export function applyChange(user: User, { attribute, after }: AttributeChange): User {
  if (attribute === "proxyAddresses") return { ...user, proxyAddresses: after.map(parseProxyAddress) };
  return { ...user, [attribute]: after[0] ?? "" };
}

/**
 * Applies the steps of a plan to the users in memory, in their order, and analyzes again: what would remain.
 *
 * @throws UsageError if the analysis does not hold its users.
 */
export function applyChanges(analysis: LiveAnalysis, steps: readonly PlanStep[]): LiveAnalysis {
  requireUsers(analysis);
  const { comparison } = analysis;
  const onPremises = changeDirectory(comparison.directories.onPremises, "onPremises", steps);
  const directories = {
    onPremises: comparison.upnSource?.toLowerCase() === "mail" ? nameByMail(onPremises) : onPremises,
    online: changeDirectory(comparison.directories.online, "online", steps),
  };
  const alignment = matchUsers(directories.onPremises, directories.online, comparison.matching, comparison.removed);
  const tenant = withTakenNames(comparison.tenant, directories, alignment);
  const changed = { ...comparison, directories, alignment, tenant };
  const { kinds } = analysis.settings;
  const { causes, people, mismatches, notChecked } = findExplained(changed, kinds);
  return holdUsers(
    judge({
      ...analysis,
      summary: {
        ...analysis.summary,
        ...countMatches(alignment),
        byKind: countByKind(mismatches, kinds),
        unsure: countUnsure(mismatches),
        ...(people && { people }),
      },
      causes,
      notChecked: notChecked.map(({ missing, ...entry }) => ({ ...entry, missing: [...missing] })),
      mismatches,
    }),
    changed,
  );
}

function changeDirectory(directory: Directory, side: Side, steps: readonly PlanStep[]): Directory {
  const changes = new Map<string, AttributeChange[]>();
  for (const step of steps) {
    if (step.side !== side) continue;
    for (const change of step.changes) appendTo(changes, step.object.id, change);
  }
  const users = Array.from({ length: directory.size }, (_, index) => {
    const user = directory.user(index);
    return (changes.get(user.id) ?? []).reduce(applyChange, user);
  });
  return createDirectory([{ users, fields: [...directory.fields] }]);
}
