import { readUserBatches } from "../formats/reading/read-users.ts";
import type { ReadOptions, Source, SourceSummary, UserSink } from "../formats/reading/source.ts";
import { DiagnosticLog, diagnose } from "../model/diagnostic.ts";
import { PERSON, UserView } from "../model/user-view.ts";
import { countOf } from "../text/count.ts";
import { combineParts, type Directory } from "./directory.ts";
import { UserTable } from "./user-table.ts";

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
  const parts: { readonly table: UserTable; readonly summary: SourceSummary }[] = [];
  for (const source of sources) parts.push(await readPart(source, options));
  const repeats = new Map<string, { equal: number; log: DiagnosticLog }>();
  const directory = combineParts(
    // In the order of names, so that the order in which files are given changes nothing.
    parts
      .toSorted((one, other) => (one.summary.name < other.summary.name ? -1 : 1))
      .map(({ table, summary: { name, fields, lostFields } }) => ({ table, name, fields, lostFields })),
    ({ origin }, diagnostic) => {
      const found = repeats.get(origin.name) ?? { equal: 0, log: new DiagnosticLog() };
      repeats.set(origin.name, found);
      if (diagnostic === undefined) found.equal++;
      else found.log.add(diagnostic);
    },
  );
  let people = 0;
  for (let index = 0; index < directory.size; index++) if (directory.view(index).type === PERSON) people++;
  const summaries = parts.map(({ summary }) => {
    const { equal, log } = repeats.get(summary.name) ?? { equal: 0, log: new DiagnosticLog() };
    const detail = countOf(equal, "object was", "objects were");
    const same = equal === 0 ? [] : [diagnose("duplicate-objects-equal", { detail })];
    return { ...summary, diagnostics: [...summary.diagnostics, ...log.list(), ...same] };
  });
  return { directory, people, summaries };
}

async function readPart(
  source: Source,
  options: ReadOptions,
): Promise<{ readonly table: UserTable; readonly summary: SourceSummary }> {
  const table = new UserTable();
  const scratch = new UserView();
  const sink: UserSink = {
    addUser: (user) => table.addUser(user, 0, scratch),
    addView: (view) => table.add(view),
  };
  for await (const batch of readUserBatches(source, options, sink)) {
    for (const item of batch) if (item.type === "summary") return { table, summary: item.summary };
  }
  throw new Error("reading ended without a summary");
}
