import { addressKey } from "../../model/address.ts";
import type { Collision } from "../../predict/collisions.ts";
import type { Overview } from "./define-mismatch.ts";

/** The addresses that online objects keep, by the index of the on-premises object that brings them. */
export function contestsOf(
  collisions: readonly Pick<Collision, "onPremises" | "address">[],
): ReadonlyMap<number, ReadonlySet<string>> {
  const contests = new Map<number, Set<string>>();
  for (const { onPremises, address } of collisions) {
    const known = contests.get(onPremises);
    if (known === undefined) contests.set(onPremises, new Set([address]));
    else known.add(address);
  }
  return contests;
}

/** The addresses that move in the run, by the index of the on-premises object of either end. */
export function movesOf({
  moves,
  alignment,
}: Pick<Overview, "moves" | "alignment">): ReadonlyMap<number, ReadonlySet<string>> {
  const ends = moves.flatMap(({ onPremises, holder, address }) => [
    { onPremises, address },
    { onPremises: alignment.pairs.onPremisesOf(holder), address },
  ]);
  return contestsOf(ends);
}

/** The on-premises objects of which a value is kept from them for a reason. */
export function keptBecause({ contests }: Pick<Overview, "contests">, why: Collision["because"]): ReadonlySet<number> {
  return new Set(contests.flatMap(({ because, onPremises }) => (because === why ? [onPremises] : [])));
}

/** Whether a finding names an address: as a value, or in a list. */
export function holdsText(own: object, address: string): boolean {
  return Object.values(own).some((value: unknown) =>
    Array.isArray(value) ? value.some((one) => isSameText(one, address)) : isSameText(value, address),
  );
}

function isSameText(value: unknown, address: string): boolean {
  return typeof value === "string" && addressKey(value) === address;
}
