import equal from "fast-deep-equal";
import { type Analysis, countByKind } from "./analysis.ts";
import { holdUsers, isLive, type LiveAnalysis } from "./live-analysis.ts";
import { findingKey } from "./mismatches/definition/finding-key.ts";
import type { Mismatch } from "./mismatches/index.ts";

/**
 * Leaves out of an analysis what was accepted in an earlier one, and tells what is gone since.
 *
 * A finding is known again by its kind and the objects that it is about, whatever the files and lines. It counts as
 * accepted only as long as it says the same: another address after the run is a new finding.
 */
export function hideAccepted(analysis: LiveAnalysis, accepted: Pick<Analysis, "mismatches">): LiveAnalysis;
export function hideAccepted(analysis: Analysis, accepted: Pick<Analysis, "mismatches">): Analysis;
export function hideAccepted(analysis: Analysis, accepted: Pick<Analysis, "mismatches">): Analysis {
  const known = new Map(accepted.mismatches.map((mismatch) => [findingKey(mismatch), mismatch]));
  const present = new Set(analysis.mismatches.map(findingKey));
  const mismatches = analysis.mismatches.filter((mismatch) => {
    const earlier = known.get(findingKey(mismatch));
    return earlier === undefined || !equal(withoutSources(earlier), withoutSources(mismatch));
  });
  const kinds = analysis.settings.kinds;
  const shown: Analysis = {
    ...analysis,
    summary: { ...analysis.summary, byKind: countByKind(mismatches, kinds) },
    accepted: {
      hidden: analysis.mismatches.length - mismatches.length,
      gone: accepted.mismatches.filter(
        (mismatch) => !present.has(findingKey(mismatch)) && (kinds === undefined || kinds.includes(mismatch.kind)),
      ),
    },
    mismatches,
  };
  return isLive(analysis) ? holdUsers(shown, analysis.comparison) : shown;
}

/** What a finding says, without where it was read. */
function withoutSources(mismatch: Mismatch): unknown {
  return JSON.parse(JSON.stringify(mismatch, (key, value) => (key === "source" ? undefined : value)));
}
