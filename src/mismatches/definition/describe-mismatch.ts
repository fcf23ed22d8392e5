import { placeOf } from "../../model/place.ts";
import { describeDoubt } from "../../predict/doubts.ts";
import { type Mismatch, mismatchKinds } from "../index.ts";
import type { Change } from "./define-mismatch.ts";
import type { ObjectReference } from "./object-reference.ts";

/** What the declaration of a kind does with a mismatch of that kind. */
interface DeclaredFor<Own> {
  readonly describe: (mismatch: Own) => string;
  readonly change: ((mismatch: Own) => Change) | "none";
  readonly distinguish: (mismatch: Own) => readonly string[];
}

const DECLARATIONS: ReadonlyMap<string, unknown> = new Map(
  mismatchKinds.map((declaration) => [declaration.kind, declaration]),
);

/** Gives the declaration of a mismatch's own kind. */
export function declarationOf(mismatch: Mismatch): DeclaredFor<Mismatch> {
  // A declaration takes the mismatches of its own kind: it is found by that kind.
  return DECLARATIONS.get(mismatch.kind) as DeclaredFor<Mismatch>;
}

/** Says what a mismatch says, in a line. */
export function describeMismatch(mismatch: Mismatch): string {
  const { contested, unsure } = mismatch;
  const until = contested === undefined ? "" : ` (${MEANS[contested]})`;
  const doubt = unsure === undefined ? "" : ` (not certain: ${describeDoubt(unsure)})`;
  return `${declarationOf(mismatch).describe(mismatch)}${until}${doubt}`;
}

const MEANS = {
  refused: "refused until the collision is gone",
  "held-back": "held back until the collision is gone",
  moves: "it moves between two people: see address-collision",
} as const;

/** Says what is there now and what will be, where a mismatch is a change; else both are blank. */
export function changeOf(mismatch: Mismatch): Change {
  const { change } = declarationOf(mismatch);
  return change === "none" ? { before: "", after: "" } : change(mismatch);
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
  return placeOf(source);
}
