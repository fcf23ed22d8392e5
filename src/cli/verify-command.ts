import type * as z from "zod/mini";
import { UsageError } from "../model/errors.ts";
import { renderDocument } from "../reports/json.ts";
import { renderVerification } from "../reports/verification.ts";
import { predictionSchema, type Verification, verifyRun } from "../verify-run.ts";
import type { Content } from "./content.ts";
import { openFiles } from "./open-files.ts";
import { showProgress } from "./progress.ts";
import { notAReport, readReportMembers } from "./read-report.ts";
import { terminalStyle } from "./terminal.ts";
import { writeReport } from "./write-report.ts";

/** The options of `verify`, as commander gives them. */
interface VerifyCommandOptions {
  readonly prediction: string;
  readonly after: readonly string[];
  readonly encoding?: string;
  readonly format: "text" | "json";
  readonly output?: string;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** Runs `verify`; returns the exit status: 1 if something came otherwise than it was predicted. */
export async function runVerify(options: VerifyCommandOptions): Promise<number> {
  const { after, encoding, quiet = false } = options;
  const prediction = await readPrediction(options.prediction);
  const sources = await openFiles(after, { encoding });
  const progress = showProgress(quiet);
  const verification = await verifyRun({ prediction, after: sources, onProgress: progress.update }).finally(
    progress.end,
  );
  await writeReport(renderAs(verification, options), options);
  return verification.counts.otherwise > 0 ? 1 : 0;
}

function renderAs(verification: Verification, options: VerifyCommandOptions): Content {
  if (options.format === "json") return renderDocument(verification);
  return renderVerification(verification, terminalStyle(options, options.output !== undefined));
}

const MEMBERS: ReadonlySet<string> = new Set(Object.keys(predictionSchema.shape));

/** Reads the outcomes of an analysis that was saved before the run. */
async function readPrediction(path: string): Promise<z.infer<typeof predictionSchema>> {
  const members = new Map<string, unknown>();
  for await (const member of readReportMembers("--prediction", path, MEMBERS)) {
    if (member.type === "member") members.set(member.name, member.value);
  }
  const remedy = "make it before the run: analyze … --format json --outcomes --output prediction.json";
  if (members.has("schemaVersion") && !members.has("outcomes")) {
    throw new UsageError(`--prediction ${path} has no outcomes; ${remedy}`);
  }
  const parsed = predictionSchema.safeParse(Object.fromEntries(members));
  if (parsed.success) return parsed.data;
  throw notAReport("--prediction", path, { issue: parsed.error.issues[0], remedy });
}
