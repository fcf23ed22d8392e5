import type { ReadOptions } from "../formats/reading/reading-options.ts";
import type { Source, SourceSummary } from "../formats/reading/source.ts";
import { DiagnosticLog, diagnose } from "../model/diagnostic.ts";
import { profileFields } from "../model/fields.ts";
import type { UserField } from "../model/user.ts";
import { fieldCodes, PERSON } from "../model/user-view.ts";
import { countOf } from "../text/count.ts";
import { combineParts, type Directory } from "./directory.ts";
import type { PartReading } from "./read-part.ts";
import { SourceReader } from "./source-reader.ts";
import type { UserTable } from "./user-table.ts";

/** One side as it was read. */
export interface DirectoryReading {
  readonly directory: Directory;
  /** How many of its objects are people. */
  readonly people: number;
  /** What became of each source, in the order given. */
  readonly summaries: readonly SourceSummary[];
}

/**
 * Reads several sides, as many sources at once as the options say, and gives each as a directory when it is asked for. What
 * is still being read when `use` ends is given up.
 */
export async function readDirectories<Result>(
  sides: readonly (readonly Source[])[],
  options: ReadOptions,
  use: (readings: readonly (() => Promise<DirectoryReading>)[]) => Promise<Result>,
): Promise<Result> {
  const reader = new SourceReader(options);
  const parts = sides.map((sources) => sources.map((source) => reader.read(source, sources.length === 1)));
  try {
    return await use(
      parts.map((reads) => async () => {
        const readings: PartReading[] = [];
        for (const read of reads) readings.push(await read());
        return combineReadings(readings);
      }),
    );
  } finally {
    reader.stop();
  }
}

/** A text of a person that nobody has was not asked for: Get-ADUser without -Properties writes such columns blank. */
function untoldFields(table: UserTable): readonly UserField[] {
  return profileFields.filter((field) => table.countOf(fieldCodes[field]) === 0);
}

function combineReadings(parts: readonly PartReading[]): DirectoryReading {
  const repeats = new Map<string, { equal: number; log: DiagnosticLog }>();
  const directory = combineParts(
    // In the order of names, so that the order in which files are given changes nothing.
    parts
      .toSorted((one, other) => (one.summary.name < other.summary.name ? -1 : 1))
      .map(({ table, hasRepeats, summary: { name, fields, lostFields } }) => ({
        table,
        hasRepeats,
        name,
        fields,
        lostFields: [...lostFields, ...untoldFields(table)],
      })),
    ({ origin }, diagnostic) => {
      const found = repeats.get(origin.name) ?? { equal: 0, log: new DiagnosticLog() };
      repeats.set(origin.name, found);
      if (diagnostic === undefined) found.equal++;
      else found.log.add(diagnostic);
    },
  );
  let people = 0;
  for (let index = 0; index < directory.size; index++) if (directory.table.typeOf(index) === PERSON) people++;
  const summaries = parts.map(({ summary }) => {
    const { equal, log } = repeats.get(summary.name) ?? { equal: 0, log: new DiagnosticLog() };
    const detail = countOf(equal, "object was", "objects were");
    const isCopy = parts.length > 1 && equal > 0 && equal === summary.objects;
    const one = isCopy ? diagnose("copy-of-a-file") : diagnose("duplicate-objects-equal", { detail });
    const same = equal === 0 ? [] : [one];
    return { ...summary, diagnostics: [...summary.diagnostics, ...log.list(), ...same] };
  });
  return { directory, people, summaries };
}
