import type { Directory } from "../directory/directory.ts";
import type { RemovedUser } from "../formats/reading/source.ts";
import type { Alignment } from "../match/alignment.ts";
import { type AnchorConflict, findAnchorConflicts } from "../match/anchor-conflicts.ts";
import { findUnlinkedPairs, type UnlinkedPair } from "../match/likeness.ts";
import type { Side, User } from "../model/user.ts";
import type { Service } from "../service/service.ts";
import { findChatCollisions } from "./chat-collisions.ts";
import { type Collision, findCollisions } from "./collisions.ts";
import { holdersOf } from "./removed-users.ts";
import type { Tenant } from "./tenant.ts";

/** What conflicts follow from. */
interface Known {
  readonly directories: Readonly<Record<Side, Directory>>;
  readonly alignment: Alignment;
  readonly tenant: Tenant;
  readonly service: Service;
  /** Online users who are there no more. */
  readonly removed?: readonly RemovedUser[];
}

/** Who looks like one person and is not linked, whose counterpart is bound to another anchor, and who gets what another keeps. */
export interface Conflicts {
  readonly unlinkedPairs: readonly UnlinkedPair[];
  readonly anchorConflicts: readonly AnchorConflict[];
  readonly collisions: readonly Collision[];
  /** What the run takes from one online object and gives to another. */
  readonly moves: readonly Collision[];
}

const found = new WeakMap<Alignment, { readonly from: Known; readonly conflicts: Conflicts }>();

/** Finds the conflicts of an alignment: once for all who ask, as long as the rest is the same too. */
export function findConflicts(from: Known): Conflicts {
  const before = found.get(from.alignment);
  if (before !== undefined && isSame(before.from, from)) return before.conflicts;
  const { directories, alignment, service } = from;
  const { onPremises, online } = directories;
  const unlinkedPairs = findUnlinkedPairs(onPremises, online, alignment);
  const anchorConflicts = findAnchorConflicts(onPremises, online, alignment, service.softMatch);
  const known = { alignment, anchorConflicts, unlinkedPairs, returning: findReturning(from) };
  const ofMail = findCollisions(onPremises, online, from, known);
  const all = [...ofMail, ...findChatCollisions(directories, from, known, ofMail)];
  const collisions = all.filter(({ moves }) => !moves);
  const conflicts = { unlinkedPairs, anchorConflicts, collisions, moves: all.filter(({ moves }) => moves) };
  found.set(alignment, { from, conflicts });
  return conflicts;
}

/** Who brings a deleted user back, by index, and that user. */
function findReturning({ directories, alignment, removed = [] }: Known): ReadonlyMap<number, User> {
  const returning = new Map<number, User>();
  for (const { onPremises, removed: at, isBlocked } of alignment.restored) {
    const user = removed[at]?.user;
    if (user !== undefined && !isBlocked && holdersOf(user, directories.online).length === 0)
      returning.set(onPremises, user);
  }
  return returning;
}

function isSame(one: Known, other: Known): boolean {
  return (
    one.directories.onPremises === other.directories.onPremises &&
    one.directories.online === other.directories.online &&
    one.tenant === other.tenant &&
    one.service === other.service &&
    one.removed === other.removed
  );
}
