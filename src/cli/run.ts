import { CommanderError } from "commander";
import { InputError, UsageError } from "../model/errors.ts";
import { describeError } from "./describe-error.ts";
import { makeProgram } from "./program.ts";

/** Exit status: nothing found and nothing left open, something found or left open, bad usage or unreadable input. For a crash see crash.ts. */
const exitStatus = { clean: 0, found: 1, unusable: 2 } as const;

/** Runs the command line; returns the exit status. Results go to standard output, everything else to standard error. */
export async function run(args: readonly string[]): Promise<number> {
  let status: number = exitStatus.clean;
  const program = makeProgram((found) => {
    status = found;
  });
  try {
    if (args.length === 0) program.help({ error: true });
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.clean : exitStatus.unusable;
    if (error instanceof InputError || error instanceof UsageError) {
      process.stderr.write(describeError(error));
      return exitStatus.unusable;
    }
    throw error;
  }
}
