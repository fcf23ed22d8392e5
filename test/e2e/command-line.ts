import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const cli = fileURLToPath(new URL("dist/cli.js", root));

/** What a run of the built command line printed, and how it ended. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line in the project's folder. */
export function runCommandLine(
  args: readonly string[],
  { input, env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Run> {
  if (!existsSync(cli)) throw new Error("dist/cli.js is missing: run `npm run build` first (`npm test` does)");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: fileURLToPath(root),
      env: { ...process.env, NO_COLOR: "1", ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
    child.stdin.on("error", () => undefined).end(input ?? "");
  });
}

/** Takes a line as a shell does that knows single quotes only. */
export function splitArguments(line: string): readonly string[] {
  return Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? "");
}
