import type { Directory } from "../directory/directory.ts";
import type { Alignment } from "./alignment.ts";
import { onPremisesLinks } from "./link-addresses.ts";
import type { SoftMatch } from "./match.ts";

/** An on-premises user and an online one that share a linking address, and cannot be matched: the online one is bound. */
export interface AnchorConflict {
  readonly onPremises: number;
  readonly online: number;
  /** The address that both have. */
  readonly on: string;
}

/**
 * Finds the unmatched on-premises users whose addresses belong to an online user that is bound to another anchor, which
 * the export does not have: the run gives an error (InvalidSoftMatch) or a second account.
 *
 * Source: entra-docs, tshoot-connect-sync-errors.
 */
export function findAnchorConflicts(
  onPremises: Directory,
  online: Directory,
  {
    unmatchedOnPremises,
    unmatchedOnline,
    barred,
    restored,
  }: Pick<Alignment, "unmatchedOnPremises" | "unmatchedOnline" | "barred" | "restored">,
  softMatch: SoftMatch,
): readonly AnchorConflict[] {
  if (!onPremises.fields.has("sourceAnchor")) return [];
  const open = new Set(unmatchedOnline);
  for (const pair of barred) open.delete(pair.online);
  const settled = new Set(restored.map(({ onPremises: index }) => index));
  return unmatchedOnPremises.flatMap((index) => {
    if (settled.has(index)) return [];
    const found = new Map<number, AnchorConflict>();
    for (const on of onPremisesLinks(onPremises.user(index), softMatch)) {
      for (const claim of online.addresses.claims(on)) {
        if (claim.attribute === "userPrincipalName") continue; // an address links, a sign-in name collides
        const isBound = open.has(claim.index) && Boolean(online.user(claim.index).immutableId);
        if (isBound && !found.has(claim.index)) found.set(claim.index, { onPremises: index, online: claim.index, on });
      }
    }
    return [...found.values()];
  });
}
