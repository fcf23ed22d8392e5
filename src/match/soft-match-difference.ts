import * as z from "zod/mini";
import type { Directory } from "../directory/directory.ts";
import { smtpAddresses } from "../model/user.ts";
import type { Alignment } from "./alignment.ts";
import type { Pairs } from "./pairs.ts";

/** What becomes of an on-premises user under one rule of matching. */
export const fateSchema = z.enum(["matched", "ambiguous", "address-collision", "unmatched"]);

/** What becomes of an on-premises user under one rule of matching. */
export type Fate = z.infer<typeof fateSchema>;

/** An on-premises user whose fate depends on the rule; indexes into the two directories. */
export interface SoftMatchDifference {
  readonly onPremises: number;
  /** The online user that it is matched with under one of the rules. */
  readonly online: number | undefined;
  readonly anySmtp: Fate;
  readonly primarySmtp: Fate;
}

/** Lists the on-premises users whose fate depends on which addresses may link. */
export function compareSoftMatch(
  onPremises: Directory,
  online: Directory,
  anySmtp: Alignment,
  primarySmtp: Alignment,
): readonly SoftMatchDifference[] {
  const [wide, narrow] = [lookUp(anySmtp), lookUp(primarySmtp)];
  const differences: SoftMatchDifference[] = [];
  for (let index = 0; index < onPremises.size; index++) {
    const user = onPremises.user(index);
    if (user.type !== "user") continue;
    const partners = [wide, narrow].map(({ pairs }) => pairs.ofOnPremises(index)?.online);
    const isTaken = smtpAddresses(user).some(({ key }) => online.addresses.claims(key).length > 0);
    const [one, other] = [fateOf(index, wide, isTaken), fateOf(index, narrow, isTaken)];
    if (one === other && partners[0] === partners[1]) continue;
    differences.push({ onPremises: index, online: partners[0] ?? partners[1], anySmtp: one, primarySmtp: other });
  }
  return differences;
}

interface LookUp {
  readonly pairs: Pairs;
  readonly ambiguous: ReadonlySet<number>;
}

function lookUp({ pairs, ambiguous }: Alignment): LookUp {
  return {
    pairs,
    ambiguous: new Set(ambiguous.flatMap((group) => group.onPremises)),
  };
}

/** Who is not matched although one of the addresses is in use online collides: worse than a change. */
function fateOf(index: number, { pairs, ambiguous }: LookUp, isTaken: boolean): Fate {
  if (pairs.onlineOf(index) >= 0) return "matched";
  if (ambiguous.has(index)) return "ambiguous";
  return isTaken ? "address-collision" : "unmatched";
}
