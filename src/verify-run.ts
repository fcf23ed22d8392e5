import * as z from "zod/mini";
import { analysisDocumentSchema, inputSchema, type StreamedAnalysis } from "./analysis.ts";
import { readDirectories } from "./directory/read-directory.ts";
import { readingOptions } from "./formats/reading/reading-options.ts";
import { sourceSchema } from "./formats/reading/source.ts";
import { refuseSwappedSides, toInput } from "./inputs.ts";
import { UsageError } from "./model/errors.ts";
import { checkOptions, type OptionRows, type OptionsOf } from "./model/option.ts";
import { tool } from "./model/tool.ts";
import {
  type VerificationStatus,
  verificationStatusSchema,
  verifiedPersonSchema,
  verifyOutcomes,
} from "./run/verification.ts";

const { concurrency, signal, onProgress } = readingOptions;
const { schemaVersion, redacted, outcomes } = analysisDocumentSchema.shape;

/** What a prediction is held against the time after the run by: of the document that `--outcomes` makes. */
export const predictionSchema = z.object({ schemaVersion, redacted, outcomes });

/** The options of a verification. */
export const verifyOptions = {
  /** The analysis of the time before the run, with its outcomes. */
  prediction: {
    schema: z.custom<Pick<StreamedAnalysis, "outcomes" | "redacted">>(
      (value) => typeof value === "object" && value !== null,
      "an analysis",
    ),
    isRequired: true,
    about: "the analysis of the time before the run, as JSON and with --outcomes",
    flag: "--prediction <file>",
  },
  /** Exports of the online service from the time after the run; several are one directory. */
  after: {
    schema: z.array(sourceSchema).check(z.minLength(1, "at least one export of the online service")),
    isRequired: true,
    about: "exports of the online service from the time after the run",
    flag: "--after <file...>",
  },
  concurrency,
  signal,
  onProgress,
} satisfies OptionRows;

/** What to verify, and by what. */
export interface VerifyOptions extends OptionsOf<typeof verifyOptions> {}

const count = z.int().check(z.minimum(0));

/** What came true of a prediction. */
export const verificationSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  inputs: z.array(inputSchema),
  counts: z.record(verificationStatusSchema, count),
  people: z.array(verifiedPersonSchema).check(z.describe("Everybody of whom there is an outcome.")),
});

/** What came true of a prediction. */
export type Verification = z.infer<typeof verificationSchema>;

/**
 * Holds a prediction against an export of the online service that was made after the run, or after its pilot.
 *
 * @throws UsageError if the analysis has no outcomes, or is redacted.
 * @throws InputError as `analyze` does.
 * @example
 * ```ts
 * const verification = await verifyRun({ prediction: JSON.parse(saved), after: [openFile("users-after.csv")] });
 * verification.counts.otherwise; // 0: nobody's prediction was wrong
 * ```
 */
export async function verifyRun(options: VerifyOptions): Promise<Verification> {
  checkOptions(verifyOptions, options);
  const { prediction, after } = options;
  const predicted = prediction.outcomes;
  if (prediction.redacted !== undefined) {
    throw new UsageError("the analysis has pseudonyms, which no export has: give one that is not redacted");
  }
  if (predicted === undefined) {
    throw new UsageError("the analysis has no outcomes: make one with --format json --outcomes");
  }
  return readDirectories([after], options, async ([read]) => {
    if (read === undefined) throw new Error("what was given is not read");
    const { directory, summaries } = await read();
    refuseSwappedSides(after, summaries, "online");
    const people = [...verifyOutcomes(predicted, directory)];
    const counts: Record<VerificationStatus, number> = {
      "as-predicted": 0,
      "not-yet": 0,
      otherwise: 0,
      "not-predicted": 0,
    };
    for (const { status } of people) counts[status]++;
    const inputs = summaries.map((summary) => toInput("online", summary));
    return { schemaVersion: 1, tool, inputs, counts, people };
  });
}
