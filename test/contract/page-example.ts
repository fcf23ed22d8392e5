import { readFileSync } from "node:fs";
import { analyze, type Mismatch, type MismatchKind } from "../../src/index.ts";
import { fencedBlocks } from "./fenced-blocks.ts";

/** Reads the page of a kind. */
export function pageOf(kind: string): string {
  return readFileSync(new URL(`../../docs/mismatches/${kind}.md`, import.meta.url), "utf8");
}

/** Runs the example of a kind's page: what is found in its records, and what the page says that is found. */
export async function exampleOf(kind: MismatchKind): Promise<{ found: readonly Mismatch[]; expected: unknown[] }> {
  const blocks = fencedBlocks(pageOf(kind));
  const { mismatches } = await analyze({
    onPremises: [{ name: "ad.ldf", data: blocks.get("on-premises") ?? "" }],
    online: [{ name: "users.csv", data: blocks.get("online") ?? "" }],
    baseline: blocks.has("baseline") ? [{ name: "activation.csv", data: blocks.get("baseline") ?? "" }] : [],
    ...JSON.parse(blocks.get("options") ?? "{}"),
    kinds: [kind],
  });
  return { found: mismatches, expected: JSON.parse(blocks.get("mismatch") ?? "") };
}
