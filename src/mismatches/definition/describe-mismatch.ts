import { type Mismatch, mismatchKinds } from "../index.ts";
import type { ObjectReference } from "./object-reference.ts";

const DESCRIPTIONS: ReadonlyMap<string, unknown> = new Map(mismatchKinds.map(({ kind, describe }) => [kind, describe]));

/** Says what a mismatch says, in a line. */
export function describeMismatch(mismatch: Mismatch): string {
  // The description is the one of the mismatch's own kind.
  return (DESCRIPTIONS.get(mismatch.kind) as (own: Mismatch) => string)(mismatch);
}

/** Names an object as a person would. */
export function nameObject({ displayName, userPrincipalName, id }: ObjectReference): string {
  return displayName ?? userPrincipalName ?? id;
}

/** Everybody whom a mismatch names, on-premises first. */
export function objectsOf(mismatch: Mismatch): readonly ObjectReference[] {
  const { onPremises, online } = mismatch;
  const others = "objects" in mismatch ? mismatch.objects : "candidates" in mismatch ? mismatch.candidates : [];
  const holder = "holder" in mismatch ? [mismatch.holder] : [];
  return [...(onPremises ? [onPremises] : []), ...(online ? [online] : []), ...others, ...holder];
}

/** Names where an object was read: `ad.ldf:31`. */
export function sourceOf({ source }: ObjectReference): string {
  return `${source.name}:${source.line}`;
}
