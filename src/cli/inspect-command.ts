import { inspectSource } from "../formats/reading/inspect-source.ts";
import { listParts } from "../formats/reading/list-parts.ts";
import { InputError } from "../model/errors.ts";
import { renderInspection } from "../reports/inspection.ts";
import { describeError } from "./describe-error.ts";
import { openFiles } from "./open-files.ts";
import { print } from "./print.ts";
import { readColumns } from "./read-columns.ts";
import { terminalStyle } from "./terminal.ts";

/** How much of a file is looked at: enough to know it, and read in a few seconds. */
const ENOUGH_BYTES = 64 * 1024 * 1024;

interface InspectCommandOptions {
  readonly color: boolean;
  readonly includeSystemObjects?: boolean;
  readonly encoding?: string;
  readonly whole?: boolean;
  readonly columns?: readonly string[];
}

/** Runs `inspect`; returns the exit status. A file that cannot be read does not keep the others from being looked at. */
export async function runInspect(files: readonly string[], options: InspectCommandOptions): Promise<number> {
  let status = 0;
  const columns = readColumns(options.columns ?? []);
  for (const source of await openFiles(files, { encoding: options.encoding })) {
    try {
      for (const part of await listParts(source, { columns })) {
        const inspection = await inspectSource(part, {
          columns,
          ...(options.includeSystemObjects === true ? { includeSystemObjects: true } : {}),
          ...(options.whole === true ? {} : { maxBytes: ENOUGH_BYTES }),
        });
        await print(`${renderInspection(inspection, terminalStyle(options))}\n`);
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      process.stderr.write(describeError(error));
      status = 2;
    }
  }
  return status;
}
