import { visible } from "../text/fault.ts";
import type { Content } from "./content.ts";
import { print } from "./print.ts";
import { writeOutput } from "./write-files.ts";

/** Where a report goes. */
interface ReportPlace {
  readonly output?: string;
  readonly quiet?: boolean;
}

/** Writes a report to the file that `--output` names, and says so; to standard output, if it names none. */
export async function writeReport(report: Content, { output, quiet = false }: ReportPlace): Promise<void> {
  if (output === undefined) return print(report);
  await writeOutput("--output", output, report);
  if (!quiet) process.stderr.write(`Report written to ${visible(output)}\n`);
}
