import { expect } from "vitest";
import { readUserBatches } from "../src/formats/reading/read-users.ts";
import type { Source, SourceSummary } from "../src/formats/reading/source.ts";
import { type Diagnostic, InputError } from "../src/index.ts";

/** What the law is about: the summary, and every diagnostic, also those that the summary only counts. */
interface CountedReading {
  readonly summary: SourceSummary;
  readonly diagnostics: readonly Diagnostic[];
  readonly users: number;
}

/** Reads a source, plain records as bytes if `takesViews`; `undefined` if it is refused, which is told. */
async function readAndCount(source: Source, takesViews: boolean): Promise<CountedReading | undefined> {
  let users = 0;
  const count = () => void users++;
  const sink = takesViews ? { addUser: count, addView: count } : undefined;
  const diagnostics: Diagnostic[] = [];
  try {
    for await (const batch of readUserBatches(source, {}, sink)) {
      for (const item of batch) {
        if (item.type === "user") users++;
        else if (item.type === "diagnostic") diagnostics.push(item.diagnostic);
        else if (item.type === "summary") return { summary: item.summary, diagnostics, users };
      }
    }
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
  throw new Error("no summary");
}

/**
 * Holds a source to the law of every reading: a record is an object, joined to one, left out and counted, or refused, and
 * each that is refused has a diagnostic with its line. Gives what was read; `undefined` if the source as a whole is refused.
 */
export async function expectNothingLost(source: Source, where = source.name): Promise<SourceSummary | undefined> {
  const [slow, quick] = [await readAndCount(source, false), await readAndCount(source, true)];
  expect(quick?.summary, where).toEqual(slow?.summary);
  for (const reading of [slow, quick]) {
    if (reading === undefined) continue;
    const { records, objects, joined, refused, skipped } = reading.summary;
    const leftOut = skipped.reduce((sum, { count }) => sum + count, 0);
    expect({ records, users: reading.users }, where).toEqual({
      records: objects + joined + leftOut + refused,
      users: objects,
    });
    const told = reading.diagnostics.filter(({ line, severity }) => line !== undefined && severity !== "info");
    expect(told.length, where).toBeGreaterThanOrEqual(refused);
  }
  return slow?.summary;
}
