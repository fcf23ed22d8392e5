import type { AnalyzeOptions, Cause } from "../../src/index.ts";
import { type Attributes, analyzeByService, ldif, online } from "../reading.ts";

/** What the causes of an analysis say in short: their key, whom they concern and what they explain. */
export async function causesOf(
  cause: Cause["cause"],
  objects: readonly Attributes[],
  users: readonly Readonly<Record<string, string>>[],
  options: Omit<AnalyzeOptions, "onPremises" | "online"> = {},
): Promise<readonly Pick<Cause, "key" | "people" | "findings" | "severity">[]> {
  const { causes, mismatches } = await analyzeByService(ldif(...objects), online(...users), options);
  const found = causes.filter((one) => one.cause === cause);
  for (const { key, findings } of found) {
    const name = key === "" ? cause : `${cause}:${key}`;
    const own = mismatches.filter((mismatch) => mismatch.cause === name);
    if (own.length !== findings) throw new Error(`${own.length} findings name ${name}, which says ${findings}`);
  }
  return found.map(({ key, people, findings, severity }) => ({ key, people, findings, severity }));
}
