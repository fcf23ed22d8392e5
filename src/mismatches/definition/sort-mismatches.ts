import { addressKey } from "../../model/address.ts";
import { type Mismatch, mismatchKinds } from "../index.ts";
import { distinguishingTexts } from "./finding-key.ts";
import type { ObjectReference } from "./object-reference.ts";

/** Whom a mismatch is about. */
export interface Whom {
  readonly onPremises?: Pick<ObjectReference, "id"> | undefined;
  readonly online?: Pick<ObjectReference, "id" | "userPrincipalName"> | undefined;
}

/** Order of kinds, then online UPN, then on-premises DN, then the rest, whatever the order of the files. */
export function sortMismatches(found: readonly Mismatch[]): readonly Mismatch[] {
  const rank = new Map(mismatchKinds.map(({ kind }, index) => [kind as string, index]));
  const keyed = found.map((mismatch) => ({
    mismatch,
    rank: rank.get(mismatch.kind) ?? 0,
    keys: [whomKey(mismatch), ...distinguishingTexts(mismatch)],
  }));
  keyed.sort((one, other) => one.rank - other.rank || compareAll(one.keys, other.keys));
  return keyed.map(({ mismatch }) => mismatch);
}

/** By what the mismatches of one kind are sorted first: whom they are about. A NUL keeps the parts apart. */
export function whomKey({ online, onPremises }: Whom): string {
  const upn = online?.userPrincipalName ?? "";
  return addressKey(`${upn}\0${onPremises?.id ?? online?.id ?? ""}\0${online?.id ?? ""}`);
}

/** Compares by code unit, which is the same on every machine and in every language. */
function compareAll(one: readonly string[], other: readonly string[]): number {
  for (let index = 0; index < one.length; index++) {
    const left = one[index] ?? "";
    const right = other[index] ?? "";
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
