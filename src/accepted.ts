import equal from "fast-deep-equal";
import {
  type AcceptedReport,
  type Analysis,
  isStreamed,
  kindsLookedFor,
  listCounts,
  type StreamedAnalysis,
} from "./analysis.ts";
import { Recount } from "./causes/definition/explain-findings.ts";
import { holdUsers, isLive, type LiveAnalysis } from "./live-analysis.ts";
import { findingKey } from "./mismatches/definition/finding-key.ts";
import type { Mismatch, MismatchKind } from "./mismatches/index.ts";
import { UsageError } from "./model/errors.ts";
import { isAtLeast, type Severity } from "./model/severity.ts";
import { judge } from "./verdict.ts";

/**
 * Leaves out of an analysis what was accepted in an earlier one, and tells what is gone since.
 *
 * A finding is known again by its kind and the objects that it is about, whatever the files and lines. It counts as
 * accepted only as long as it says the same: another address after the run is a new finding.
 *
 * @throws UsageError if one of the two has pseudonyms which the other has not: nothing would be known again.
 */
export function hideAccepted(analysis: LiveAnalysis, accepted: AcceptedReport): LiveAnalysis;
export function hideAccepted(analysis: Analysis, accepted: AcceptedReport): Analysis;
export function hideAccepted(analysis: StreamedAnalysis, accepted: AcceptedReport): StreamedAnalysis;
export function hideAccepted(
  analysis: Analysis | StreamedAnalysis,
  accepted: AcceptedReport,
): Analysis | StreamedAnalysis;
export function hideAccepted(
  analysis: Analysis | StreamedAnalysis,
  accepted: AcceptedReport,
): Analysis | StreamedAnalysis {
  refuseOtherPseudonyms(analysis.redacted, accepted.redacted);
  const known = new Map(accepted.mismatches.map((mismatch) => [findingKey(mismatch), mismatch]));
  const isNew = (mismatch: Mismatch, key = findingKey(mismatch)): boolean => {
    const earlier = known.get(key);
    return earlier === undefined || !equal(withoutSources(earlier), withoutSources(mismatch));
  };
  const tally = new Tally();
  const recount = new Recount(analysis.causes);
  const present = new Set<string>();
  const shown: Mismatch[] = [];
  for (const mismatch of analysis.mismatches) {
    const key = findingKey(mismatch);
    if (known.has(key)) present.add(key);
    if (!tally.add(mismatch, isNew(mismatch, key))) continue;
    recount.note(mismatch);
    if (!isStreamed(analysis)) shown.push(mismatch);
  }
  const { kinds } = analysis.settings;
  const gone = accepted.mismatches.filter(
    (mismatch) => !present.has(findingKey(mismatch)) && (kinds === undefined || kinds.includes(mismatch.kind)),
  );
  const changed = {
    summary: {
      ...analysis.summary,
      byKind: listCounts(tally.counts, kindsLookedFor(kinds, analysis.alone)),
      unsure: tally.unsure,
    },
    causes: recount.list(),
    accepted: { hidden: tally.hidden, gone },
  };
  if (isStreamed(analysis)) {
    const { mismatches } = analysis;
    return judge({
      ...analysis,
      ...changed,
      worst: tally.worst,
      mismatches: {
        *[Symbol.iterator]() {
          for (const mismatch of mismatches) if (isNew(mismatch)) yield mismatch;
        },
      },
    });
  }
  const hiding = judge({ ...analysis, ...changed, mismatches: shown });
  return isLive(analysis) ? holdUsers(hiding, analysis.comparison) : hiding;
}

/** Counts what is new, and what is not. */
class Tally {
  readonly counts = new Map<MismatchKind, number>();
  hidden = 0;
  unsure = 0;
  worst: Severity | undefined;

  /** Gives back whether it is new. */
  add({ kind, severity, unsure }: Mismatch, isNew: boolean): boolean {
    if (!isNew) {
      this.hidden++;
      return false;
    }
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (unsure !== undefined) this.unsure++;
    if (this.worst === undefined || isAtLeast(severity, this.worst)) this.worst = severity;
    return true;
  }
}

/**
 * Refuses to compare pseudonyms with names, or with pseudonyms of another key.
 *
 * @throws UsageError that says what to do.
 */
export function refuseOtherPseudonyms(own: Analysis["redacted"], accepted: Analysis["redacted"]): void {
  if (equal(own, accepted)) return;
  if (accepted === undefined) {
    throw new UsageError("what was accepted has names, and the analysis has pseudonyms: hide first, then redact");
  }
  const made = `was redacted${accepted.keepDomains ? " with the domains kept (--redact-keep-domains)" : ""}`;
  throw new UsageError(
    own?.key === accepted.key
      ? `what was accepted ${made}, and the analysis otherwise: redact it in the same way`
      : `what was accepted ${made}: its findings are known again only under the key of that time (--redact with --redact-key)`,
  );
}

/** What a finding says, without where it was read, and what it comes from: others may have the same cause now. */
function withoutSources({ cause: _cause, ...mismatch }: Mismatch): unknown {
  return JSON.parse(JSON.stringify(mismatch, (key, value) => (key === "source" ? undefined : value)));
}
