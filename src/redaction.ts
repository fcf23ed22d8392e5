import * as z from "zod/mini";
import { type Analysis, analysisSchema, isStreamed, type StreamedAnalysis } from "./analysis.ts";
import { createDirectory, type Directory } from "./directory/directory.ts";
import { holdUsers, isLive, type LiveAnalysis } from "./live-analysis.ts";
import { matchSchema } from "./match/match.ts";
import type { Comparison } from "./mismatches/definition/finder.ts";
import { mismatchSchema } from "./mismatches/index.ts";
import { withoutQuotes } from "./model/diagnostic.ts";
import { userSchema } from "./model/user.ts";
import { withTakenNames } from "./predict/taken-names.ts";
import { Pseudonyms, type RedactOptions } from "./pseudonyms.ts";
import { type Replacements, redactorOf } from "./redactor.ts";
import { onlineOutcomeSchema, onPremisesOutcomeSchema } from "./run/outcome.ts";
import { judge } from "./verdict.ts";

/**
 * Replaces names, addresses, ids and distinguished names by pseudonyms, so that a report can be shared. Counts, kinds and
 * relations stay: the same text has the same pseudonym everywhere, two addresses that differ in case only still do, and
 * what is malformed stays malformed. Files are named by their side; diagnostics lose what they quote.
 *
 * What stays is told by the schema of an analysis: numbers, and words of this program that the schema lists. Any other text
 * is replaced, and what the schema does not know is left out.
 *
 * @throws UsageError if the key is empty.
 */
export function redact(analysis: LiveAnalysis, options: RedactOptions): LiveAnalysis;
export function redact(analysis: Analysis, options: RedactOptions): Analysis;
export function redact(analysis: StreamedAnalysis, options: RedactOptions): StreamedAnalysis;
export function redact(analysis: Analysis | StreamedAnalysis, options: RedactOptions): Analysis | StreamedAnalysis;
export function redact(analysis: Analysis | StreamedAnalysis, options: RedactOptions): Analysis | StreamedAnalysis {
  const pseudonyms = new Pseudonyms(options);
  const replacements = { pseudonyms, fileOf: fileNames(analysis.inputs) };
  const { redacted: _redacted, verdict: _verdict, mismatches: _mismatches, ...shape } = analysisSchema.shape;
  const redactMismatch = redactorOf(mismatchSchema, replacements);
  const redactOutcome = {
    onPremises: redactorOf(onPremisesOutcomeSchema, replacements),
    online: redactorOf(onlineOutcomeSchema, replacements),
  };
  const document = { ...redactorOf(z.object(shape), replacements)(analysis), redacted: markOf(options) };
  if (isStreamed(analysis)) {
    const { mismatches, outcomes, worst } = analysis;
    return judge({
      ...document,
      worst,
      outcomes: outcomes && {
        onPremises: mapEach(outcomes.onPremises, redactOutcome.onPremises),
        online: mapEach(outcomes.online, redactOutcome.online),
      },
      mismatches: mapEach(mismatches, redactMismatch),
    });
  }
  const redacted = judge({ ...document, mismatches: analysis.mismatches.map(redactMismatch) });
  return isLive(analysis) ? holdUsers(redacted, redactComparison(analysis.comparison, replacements)) : redacted;
}

/** Makes another of each thing of a list, whenever the list is gone through. */
function mapEach<One, Other>(all: Iterable<One>, make: (one: One) => Other): Iterable<Other> {
  return {
    *[Symbol.iterator]() {
      for (const one of all) yield make(one);
    },
  };
}

/** Tells how an analysis is redacted: what has another mark has other pseudonyms. */
export function markOf({ key, keepDomains = false }: RedactOptions): NonNullable<Analysis["redacted"]> {
  return { key: new Pseudonyms({ key }).fingerprint, keepDomains };
}

/** Names each source by its side, and its number there. */
function fileNames(inputs: Analysis["inputs"]): (name: string) => string {
  const counts = new Map<string, number>();
  const files = new Map(
    inputs.map(({ name, side }) => {
      const number = (counts.get(side) ?? 0) + 1;
      counts.set(side, number);
      return [name, `${side === "onPremises" ? "on-premises" : side}-${number}`] as const;
    }),
  );
  return (name) => files.get(name) ?? "file";
}

/** Gives the users their pseudonyms; who is who stays. */
function redactComparison(comparison: Comparison, replacements: Replacements): Comparison {
  const { pseudonyms } = replacements;
  const { whenChanged: _whenChanged, slices: _slices, ...shape } = userSchema.shape;
  const redactUser = redactorOf(z.object(shape), replacements);
  const redactMatch = redactorOf(matchSchema, replacements);
  const redactDirectory = (directory: Directory): Directory => {
    const users = Array.from({ length: directory.size }, (_, index) => redactUser(directory.user(index)));
    return createDirectory([{ users, fields: [...directory.fields] }]);
  };
  const { directories, alignment, tenant, unused, baseline } = comparison;
  const { admins = [] } = comparison.matching;
  const redacted = { onPremises: redactDirectory(directories.onPremises), online: redactDirectory(directories.online) };
  const redactDomains = (domains: ReadonlySet<string>) =>
    new Set(Array.from(domains, (domain) => pseudonyms.domain(domain)));
  const domains = {
    verifiedDomains: redactDomains(tenant.verifiedDomains),
    ...(tenant.doubtfulDomains && { doubtfulDomains: redactDomains(tenant.doubtfulDomains) }),
    initialDomain: tenant.initialDomain === undefined ? undefined : pseudonyms.domain(tenant.initialDomain),
  };
  return {
    ...comparison,
    matching: { ...comparison.matching, admins: admins.map((name) => pseudonyms.text(name)) },
    removed: comparison.removed.map(({ user, reason }) => ({ user: redactUser(user), reason })),
    directories: redacted,
    alignment: {
      ...alignment,
      pairs: alignment.pairs.retold(redactMatch),
      ambiguous: alignment.ambiguous.map((group) => ({ ...group, on: pseudonyms.text(group.on) })),
    },
    tenant: withTakenNames({ ...tenant, ...domains }, redacted, alignment),
    unused: unused && { ...unused, diagnostic: withoutQuotes(unused.diagnostic) },
    baseline: baseline && new Map(Array.from(baseline, ([index, user]) => [index, redactUser(user)])),
  };
}
