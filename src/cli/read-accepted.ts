import { type AcceptedReport, acceptedHeadSchema } from "../analysis.ts";
import { type Mismatch, mismatchSchema } from "../mismatches/index.ts";
import type { UsageError } from "../model/errors.ts";
import { notAReport, type ReportFault, readReportMembers } from "./read-report.ts";

const OPTION = "--accept";
const FINDINGS = "mismatches";
const MEMBERS: ReadonlySet<string> = new Set([FINDINGS, ...Object.keys(acceptedHeadSchema.shape)]);

/**
 * Reads the JSON report whose findings were accepted, finding by finding: it may be longer than a string can be.
 *
 * @throws UsageError if it cannot be read, or is no such report.
 */
export async function readAccepted(path: string): Promise<AcceptedReport> {
  const head = new Map<string, unknown>();
  const mismatches: Mismatch[] = [];
  let hasFindings = false;
  for await (const member of readReportMembers(OPTION, path, MEMBERS)) {
    if (member.type === "list") hasFindings ||= member.name === FINDINGS;
    else if (member.name !== FINDINGS) head.set(member.name, member.value);
    else if (member.type === "item") mismatches.push(takeFinding(path, member.value, mismatches.length, head));
  }
  const parsed = acceptedHeadSchema.safeParse(Object.fromEntries(head));
  if (!parsed.success) throw notAccepted(path, parsed.error.issues[0]);
  if (!hasFindings) throw notAccepted(path, { path: [FINDINGS], message: "they are missing" });
  const { redacted } = parsed.data;
  return { mismatches, ...(redacted === undefined ? {} : { redacted }) };
}

function takeFinding(path: string, value: unknown, index: number, head: ReadonlyMap<string, unknown>): Mismatch {
  const parsed = mismatchSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version = acceptedHeadSchema.shape.schemaVersion.safeParse(head.get("schemaVersion"));
  if (!version.success) throw notAccepted(path, { path: ["schemaVersion"], message: version.error.issues[0]?.message });
  const [issue] = parsed.error.issues;
  throw notAccepted(path, { path: [FINDINGS, index, ...(issue?.path ?? [])], message: issue?.message });
}

function notAccepted(path: string, issue: ReportFault["issue"]): UsageError {
  return notAReport(OPTION, path, { issue, remedy: "save one with --write-accept" });
}
