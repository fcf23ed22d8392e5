#!/usr/bin/env node
import { tool } from "../model/tool.ts";
import { CRASHED, describeCrash, wantsStack } from "./crash.ts";
import { listenAsFirstProcess } from "./signals.ts";

const args = process.argv.slice(2);

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, `head` for one, has seen enough.
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  // Anything else is told by whoever writes (print).
});
// Where nobody reads what is told, nothing can be told of it.
process.stderr.on("error", () => undefined);

// Node's own status for it, 1, would mean that something was found.
process.on("uncaughtException", (error) => {
  process.exitCode = CRASHED;
  process.stderr.write(describeCrash(error, wantsStack(args)), () => process.exit(CRASHED));
});
listenAsFirstProcess();

if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  // Answered before anything else is loaded.
  process.stdout.write(`${tool.version}\n`);
} else {
  const { run } = await import("./run.ts");
  process.exitCode = await run(args);
}
