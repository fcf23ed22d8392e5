#!/usr/bin/env node
import { tool } from "../model/tool.ts";

/** Takes away what was not written to its end; nothing, as long as nothing is written. */
let cleanUp = (): void => undefined;

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, `head` for one, has seen enough.
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  // Anything else is told by whoever writes (print).
});

// 128 and the number of the signal, as shells have it.
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    cleanUp();
    if (process.stderr.isTTY) process.stderr.write("\n");
    process.exit(status);
  });
}

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  // Answered before anything else is loaded.
  process.stdout.write(`${tool.version}\n`);
} else {
  const [{ run }, { removeDrafts }] = await Promise.all([import("./run.ts"), import("./files.ts")]);
  cleanUp = removeDrafts;
  process.exitCode = await run(args);
}
