import { readUserBatches } from "../formats/reading/read-users.ts";
import type { ReadOptions, Source, SourceSummary } from "../formats/reading/source.ts";
import { DiagnosticLog } from "../model/diagnostic.ts";
import type { User } from "../model/user.ts";
import { createDirectory, type Directory } from "./directory.ts";

/** One side as it was read. */
export interface DirectoryReading {
  readonly directory: Directory;
  /** How many of its objects are people. */
  readonly people: number;
  /** What became of each source, in the order given. */
  readonly summaries: readonly SourceSummary[];
}

/** Reads all sources of one side into one directory. */
export async function readDirectory(sources: readonly Source[], options: ReadOptions): Promise<DirectoryReading> {
  const parts: { users: readonly User[]; summary: SourceSummary }[] = [];
  for (const source of sources) parts.push(await readPart(source, options));
  const contradictions = new Map<string, DiagnosticLog>();
  const directory = createDirectory(
    // In the order of names, so that the order in which files are given changes nothing.
    parts
      .toSorted((one, other) => (one.summary.name < other.summary.name ? -1 : 1))
      .map(({ users, summary: { fields, lostFields } }) => ({ users, fields, lostFields })),
    ({ origin }, diagnostic) => {
      const log = contradictions.get(origin.name) ?? new DiagnosticLog();
      contradictions.set(origin.name, log);
      log.add(diagnostic);
    },
  );
  let people = 0;
  for (let index = 0; index < directory.size; index++) if (directory.user(index).type === "user") people++;
  const summaries = parts.map(({ summary }) => {
    const more = contradictions.get(summary.name)?.list() ?? [];
    return { ...summary, diagnostics: [...summary.diagnostics, ...more] };
  });
  return { directory, people, summaries };
}

async function readPart(source: Source, options: ReadOptions): Promise<{ users: User[]; summary: SourceSummary }> {
  const users: User[] = [];
  for await (const batch of readUserBatches(source, options)) {
    for (const item of batch) {
      if (item.type === "user") users.push(item.user);
      else if (item.type === "summary") return { users, summary: item.summary };
    }
  }
  throw new Error("reading ended without a summary");
}
