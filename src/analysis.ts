import * as z from "zod/mini";
import { peopleSchema } from "./causes/definition/count-people.ts";
import { type Cause, causeSchema } from "./causes/index.ts";
import type { Alignment } from "./match/alignment.ts";
import { fateSchema } from "./match/soft-match-difference.ts";
import { standsAlone } from "./mismatches/definition/checkable.ts";
import { objectReferenceSchema } from "./mismatches/definition/object-reference.ts";
import {
  type Mismatch,
  type MismatchKind,
  mismatchKindSchema,
  mismatchKinds,
  mismatchSchema,
} from "./mismatches/index.ts";
import { diagnosticSchema } from "./model/diagnostic.ts";
import type { Severity } from "./model/severity.ts";
import { skipReasonSchema } from "./model/skip-reason.ts";
import { sourceAnchorAttributeSchema } from "./model/source-anchor.ts";
import { type Side, sideSchema } from "./model/user.ts";
import { fateSchema as fateUnderServiceSchema } from "./run/compare-services.ts";
import {
  type OnlineOutcome,
  type OnPremisesOutcome,
  onlineOutcomeSchema,
  onPremisesOutcomeSchema,
} from "./run/outcome.ts";
import { serviceNameSchema } from "./service/service.ts";
import { settingsSchema } from "./settings.ts";

const count = z.int().check(z.minimum(0));
const kindNames = mismatchKindSchema.options;

/** What became of one source. */
const input = z.object({
  side: z.enum(["onPremises", "online", "baseline"]),
  name: z.string(),
  format: z.string(),
  encoding: z.string(),
  records: count.check(z.describe("Records in the source, whatever became of them.")),
  users: count.check(z.describe("People among them.")),
  skipped: z.array(z.object({ reason: skipReasonSchema, count })),
  leftOut: z.optional(
    z
      .array(z.object({ reason: skipReasonSchema, id: z.string(), line: z.int() }))
      .check(z.describe("With one side alone: the first of each reason, where they are of Active Directory.")),
  ),
  diagnostics: z.array(diagnosticSchema),
});

type InputObject = typeof input;
/** The schema of an {@link Input}; by its name declarations refer to it. */
export interface InputSchema extends InputObject {}

/** What became of one source. */
export const inputSchema: InputSchema = input;

/** What no export that is read tells: it may change all the same. */
export const cannotKnow = [
  "roles",
  "groups and contacts online",
  "recycle bin",
  "federation",
  "who is enabled online",
  "mailboxes that were moved away",
  "scope",
  "passwords",
] as const;

/** What the run changes, in words that say no more than what was checked and listed. */
export const verdictSchema = z
  .object({
    text: z.string().check(z.describe("One or more sentences, without any text of an export.")),
    isComplete: z
      .boolean()
      .check(
        z.describe("Whether all kinds were asked for and checked, all findings are listed, and all records read."),
      ),
    hidden: z
      .array(z.enum(["kinds", "accepted", "counterpart"]))
      .check(
        z.describe(
          "Why findings may be missing: kinds that were not asked for, findings accepted before, the other side that was not given.",
        ),
      ),
    notChecked: z
      .array(mismatchKindSchema)
      .check(z.describe("The kinds that could not be checked on one side at least.")),
    cannotKnow: z.array(z.enum(cannotKnow)).check(z.describe("What no such export tells.")),
  })
  .check(z.describe("What the run changes, no wider than what was checked and listed."));

/** An analysis. */
export const analysisSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.string(), version: z.string() }),
    verdict: verdictSchema,
    service: z
      .object({
        name: serviceNameSchema,
        toldBy: z.enum(["option", "online-format", "default"]),
        anchor: sourceAnchorAttributeSchema.check(
          z.describe("The source anchor: the attribute that the ImmutableIds are."),
        ),
        otherwise: count.check(z.describe("How many people would fare otherwise under the other service.")),
      })
      .check(z.describe("The service whose run is predicted.")),
    alone: z.optional(
      sideSchema.check(
        z.describe("Set if only this side was given: nothing that needs its counterpart was looked for."),
      ),
    ),
    inputs: z.array(inputSchema),
    settings: settingsSchema,
    summary: z.object({
      onPremises: count.check(z.describe("People on-premises.")),
      online: count.check(z.describe("People online.")),
      matched: count.check(z.describe("People matched one to one.")),
      matchedBy: z.object({ hard: count, "soft-smtp": count, "soft-upn": count }),
      byKind: z
        .partialRecord(mismatchKindSchema, count)
        .check(z.describe("How many mismatches of each kind asked for, those without any with 0.")),
      unsure: count.check(z.describe("How many of them are not certain.")),
      people: z.optional(peopleSchema),
    }),
    notChecked: z
      .array(
        z.object({
          kind: mismatchKindSchema,
          side: sideSchema,
          missing: z.array(z.string()),
          harmless: z.optional(
            z.boolean().check(z.describe("Set if nobody who is matched would be concerned; the verdict is complete.")),
          ),
        }),
      )
      .check(z.describe("Kinds that could not be checked, and the fields that the export of that side lacks.")),
    redacted: z.optional(
      z
        .object({
          key: z.string().check(z.describe("Tells keys apart: the same for the same key, which it does not tell.")),
          keepDomains: z.boolean(),
        })
        .check(z.describe("Set if names, addresses, ids and distinguished names are pseudonyms.")),
    ),
    softMatchDependent: z.optional(
      z
        .array(
          z.object({
            onPremises: objectReferenceSchema,
            online: z.optional(objectReferenceSchema),
            anySmtp: fateSchema,
            primarySmtp: fateSchema,
          }),
        )
        .check(z.describe("With softMatch both: the people whose fate depends on which addresses may link.")),
    ),
    serviceDependent: z.optional(
      z
        .array(
          z.object({
            onPremises: objectReferenceSchema,
            online: z.optional(objectReferenceSchema),
            dirsyncV2: fateUnderServiceSchema,
            entraConnect: fateUnderServiceSchema,
          }),
        )
        .check(z.describe("With service both: the people whose fate depends on the service.")),
    ),
    accepted: z.optional(
      z
        .object({
          hidden: count.check(z.describe("Findings that are as they were accepted, and not listed.")),
          gone: z.array(mismatchSchema).check(z.describe("Accepted findings that are no more.")),
        })
        .check(z.describe("What became of the findings that were accepted in an earlier report.")),
    ),
    causes: z
      .array(causeSchema)
      .check(z.describe("What the findings come from, the worst first: decide about these, and not about findings.")),
    mismatches: z.array(mismatchSchema),
  })
  .check(z.describe("What the first run of a directory synchronization will change, for whom, and why."));

/** The document that `--format json` prints: an analysis, and the outcomes if they were asked for. */
export const analysisDocumentSchema = z.extend(analysisSchema, {
  outcomes: z.optional(
    z
      .object({ onPremises: z.array(onPremisesOutcomeSchema), online: z.array(onlineOutcomeSchema) })
      .check(z.describe("If asked for: what the run does with every object of both sides.")),
  ),
});

/** What must be known of a report, besides its findings, to know them again. */
export const acceptedHeadSchema = z.object({ schemaVersion: z.literal(1), redacted: analysisSchema.shape.redacted });

/** A report whose findings were accepted. */
export type AcceptedReport = Pick<Analysis, "mismatches" | "redacted">;

/** What became of one source. */
export type Input = z.infer<typeof inputSchema>;

/** What the run changes, in words: see {@link verdictSchema}. */
export type Verdict = z.infer<typeof verdictSchema>;

/** What the first run will change: see {@link analysisSchema}. */
export type Analysis = Omit<z.infer<typeof analysisSchema>, "mismatches" | "causes" | "accepted"> & {
  readonly causes: readonly Cause[];
  readonly mismatches: readonly Mismatch[];
  readonly accepted?: { readonly hidden: number; readonly gone: readonly Mismatch[] } | undefined;
};

/** An analysis whose mismatches are found again whenever they are gone through, and never held all at once. */
export interface StreamedAnalysis extends Omit<Analysis, "mismatches"> {
  /** What the run does with every object, if that was asked for. */
  readonly outcomes?:
    | { readonly onPremises: Iterable<OnPremisesOutcome>; readonly online: Iterable<OnlineOutcome> }
    | undefined;
  /** The mismatches, in their order. */
  readonly mismatches: Iterable<Mismatch>;
  /** The worst severity among them; `undefined` if there are none. */
  readonly worst: Severity | undefined;
}

/** Tells whether the mismatches of an analysis are found while they are gone through. */
export function isStreamed(analysis: Analysis | StreamedAnalysis): analysis is StreamedAnalysis {
  return !Array.isArray(analysis.mismatches);
}

/** Counts mismatches by kind; every kind asked for is listed, those without any with 0. */
export function countByKind(
  mismatches: readonly Mismatch[],
  asked?: readonly MismatchKind[],
): Partial<Record<MismatchKind, number>> {
  const counts = new Map<MismatchKind, number>();
  for (const { kind } of mismatches) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return listCounts(counts, asked);
}

/** Counts the mismatches that are not certain. */
export function countUnsure(mismatches: readonly Mismatch[]): number {
  return mismatches.filter(({ unsure }) => unsure !== undefined).length;
}

/** The kinds that an analysis looks for: those asked for, and with one side alone those that need no counterpart. */
export function kindsLookedFor(asked: readonly MismatchKind[] = kindNames, alone?: Side): readonly MismatchKind[] {
  if (alone === undefined) return asked;
  const able = mismatchKinds.filter((declaration) => standsAlone(declaration, alone)).map(({ kind }) => kind);
  return able.filter((kind) => asked.includes(kind));
}

/** Lists counts by kind: every kind asked for in the order of reports, those without any with 0. */
export function listCounts(
  counts: ReadonlyMap<MismatchKind, number>,
  asked: readonly MismatchKind[] = kindNames,
): Partial<Record<MismatchKind, number>> {
  return Object.fromEntries(
    kindNames.filter((kind) => asked.includes(kind)).map((kind) => [kind, counts.get(kind) ?? 0]),
  );
}

/** Counts the people who are matched, by how. */
export function countMatches({ pairs }: Alignment): Pick<Analysis["summary"], "matched" | "matchedBy"> {
  const matchedBy = { hard: 0, "soft-smtp": 0, "soft-upn": 0 };
  for (const { method } of pairs) matchedBy[method]++;
  return { matched: pairs.size, matchedBy };
}
