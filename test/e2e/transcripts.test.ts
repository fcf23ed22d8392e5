import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCommandLine, splitArguments } from "./command-line.ts";

const page = new URL("transcripts.md", import.meta.url);
const text = readFileSync(page, "utf8");

/** A transcript: a heading, a command, what it prints, and its exit status. */
const transcripts = Array.from(
  text.matchAll(/^## (.+)\n\n```console\n\$ dirsync-preflight ?(.*)\n([\s\S]*?)```\n\nExit status: (\d+)/gm),
  ([, title = "", command = "", output = "", status = ""]) => ({ title, command, output, status: Number(status) }),
);

describe("transcripts.md", () => {
  it("holds a transcript under every heading", () => {
    expect(transcripts.map(({ title }) => title)).toEqual(
      Array.from(text.matchAll(/^## (.+)$/gm), ([, title]) => title),
    );
  });

  it.each(transcripts)("$title", async ({ command, output, status }) => {
    const run = await runCommandLine(splitArguments(command));
    // Standard output first, then standard error, as a reader finds them on a terminal.
    expect(`${run.stdout}${run.stderr}`.replaceAll(/[ \t]+$/gm, "")).toBe(output);
    expect(run.status).toBe(status);
  });
});
