import type { Mismatch } from "../index.ts";

/** The own fields by which one object can have several findings of a kind. */
const DISTINGUISHING = ["side", "address", "attribute", "reason", "rule", "value", "on"] as const;

/** Lists what tells a finding from others of its kind about the same objects: texts in a fixed order. */
export function distinguishingTexts(mismatch: Mismatch): readonly string[] {
  const own: Readonly<Record<string, unknown>> = mismatch;
  return [
    ...DISTINGUISHING.map((field) => String(own[field] ?? "")),
    // Findings about an address or a name, and not about a person, differ by it alone.
    mismatch.kind === "duplicate-upn" ? mismatch.userPrincipalName : "",
    mismatch.kind === "address-collision" ? mismatch.holder.id : "",
  ];
}

/** Names a finding: its kind, the objects that it is about, and what tells it from others of theirs. */
export function findingKey(mismatch: Mismatch): string {
  const { kind, onPremises, online } = mismatch;
  return JSON.stringify([kind, onPremises?.id, online?.id, ...distinguishingTexts(mismatch)]);
}
