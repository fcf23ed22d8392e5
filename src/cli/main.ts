#!/usr/bin/env node
import { removeDrafts } from "./files.ts";
import { run } from "./run.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, `head` for one, has seen enough.
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

// 128 and the number of the signal, as shells have it. What was not written to its end is taken away.
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    removeDrafts();
    if (process.stderr.isTTY) process.stderr.write("\n");
    process.exit(status);
  });
}

process.exitCode = await run(process.argv.slice(2));
