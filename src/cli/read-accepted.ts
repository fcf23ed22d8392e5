import { createReadStream } from "node:fs";
import { type AcceptedReport, acceptedHeadSchema } from "../analysis.ts";
import { type Mismatch, mismatchSchema } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { type JsonMember, readJsonMembers } from "../text/json-members.ts";
import { reasonOf } from "./reason.ts";

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
  for await (const member of readMembers(path)) {
    if (member.type === "list") hasFindings ||= member.name === FINDINGS;
    else if (member.name !== FINDINGS) head.set(member.name, member.value);
    else if (member.type === "item") mismatches.push(takeFinding(path, member.value, mismatches.length, head));
  }
  const parsed = acceptedHeadSchema.safeParse(Object.fromEntries(head));
  if (!parsed.success) throw notAReport(path, parsed.error.issues[0]);
  if (!hasFindings) throw notAReport(path, { path: [FINDINGS], message: "they are missing" });
  const { redacted } = parsed.data;
  return { mismatches, ...(redacted === undefined ? {} : { redacted }) };
}

async function* readMembers(path: string): AsyncGenerator<JsonMember> {
  try {
    yield* readJsonMembers(createReadStream(path), MEMBERS);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`--accept ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

function takeFinding(path: string, value: unknown, index: number, head: ReadonlyMap<string, unknown>): Mismatch {
  const parsed = mismatchSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version = acceptedHeadSchema.shape.schemaVersion.safeParse(head.get("schemaVersion"));
  if (!version.success) throw notAReport(path, { path: ["schemaVersion"], message: version.error.issues[0]?.message });
  const [issue] = parsed.error.issues;
  throw notAReport(path, { path: [FINDINGS, index, ...(issue?.path ?? [])], message: issue?.message });
}

function notAReport(
  path: string,
  issue: { readonly path: readonly PropertyKey[]; readonly message?: string | undefined } | undefined,
): UsageError {
  return new UsageError(
    `--accept ${path} is no report of this tool (${issue?.path.map(String).join(".")}: ${issue?.message}); save one with --write-accept`,
  );
}
