import type { Mismatch } from "../index.ts";
import { declarationOf } from "./describe-mismatch.ts";

/** Lists what tells a finding from others of its kind about the same objects: texts in a fixed order. */
export function distinguishingTexts(mismatch: Mismatch): readonly string[] {
  return declarationOf(mismatch).distinguish(mismatch);
}

/** Names a finding: its kind, the objects that it is about, and what tells it from others of theirs. */
export function findingKey(mismatch: Mismatch): string {
  const { kind, onPremises, online } = mismatch;
  return JSON.stringify([kind, onPremises?.id, online?.id, ...distinguishingTexts(mismatch)]);
}
