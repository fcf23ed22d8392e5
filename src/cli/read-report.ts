import { createReadStream } from "node:fs";
import { UsageError } from "../model/errors.ts";
import { type JsonMember, readJsonMembers } from "../text/json-members.ts";
import { reasonOf } from "./reason.ts";

/**
 * Reads members of the JSON report that an option names, lists item by item: it may be longer than a string can be.
 *
 * @throws UsageError that names the option and the file, if it cannot be read.
 */
export async function* readReportMembers(
  option: string,
  path: string,
  members: ReadonlySet<string>,
): AsyncGenerator<JsonMember> {
  try {
    yield* readJsonMembers(createReadStream(path), members);
  } catch (cause) {
    throw new UsageError(`${option} ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

/** What is wrong with a report, and what would make one that is right: a clause. */
export interface ReportFault {
  readonly issue: { readonly path: readonly PropertyKey[]; readonly message?: string | undefined } | undefined;
  readonly remedy: string;
}

/** Says that a file that an option names is no report. */
export function notAReport(option: string, path: string, { issue, remedy }: ReportFault): UsageError {
  const place = issue?.path.map(String).join(".");
  return new UsageError(`${option} ${path} is no report of this tool (${place}: ${issue?.message}); ${remedy}`);
}
