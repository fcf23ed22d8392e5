import type { Directory } from "../directory/directory.ts";
import type { RemovedUser } from "../formats/reading/source.ts";
import type { Alignment } from "../match/alignment.ts";
import type { User } from "../model/user.ts";
import { claimsOf } from "./collisions.ts";

/** The online objects that have the sign-in name or an address of a user who is there no more. */
export function holdersOf(user: User, { addresses, user: userAt }: Directory): readonly User[] {
  const holders = new Set(claimsOf(user).flatMap((address) => addresses.claims(address).map(({ index }) => index)));
  return Array.from(holders, (index) => userAt(index));
}

/** An on-premises person who has a name or an address of an online user who is there no more; indexes. */
export interface Namesake {
  readonly onPremises: number;
  readonly removed: number;
}

/** Finds the people for whom a new account is made although an online user of their name was there, and may come back. */
export function findNamesakes(
  { user }: Directory,
  { unmatchedOnPremises, restored }: Alignment,
  removed: readonly RemovedUser[],
): readonly Namesake[] {
  if (removed.length === 0) return [];
  const settled = new Set(restored.map(({ onPremises }) => onPremises));
  const owners = new Map(removed.flatMap((one, index) => claimsOf(one.user).map((key) => [key, index] as const)));
  return unmatchedOnPremises.flatMap((index) => {
    if (settled.has(index)) return [];
    const found = claimsOf(user(index))
      .map((key) => owners.get(key))
      .find((owner) => owner !== undefined);
    return found === undefined ? [] : [{ onPremises: index, removed: found }];
  });
}
