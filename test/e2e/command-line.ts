import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { strict } from "../real-parts.ts";

const root = new URL("../../", import.meta.url);
/** The built command line. */
export const cli = fileURLToPath(new URL("dist/cli.js", root));

/** What a run of the built command line printed, and how it ended. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const isRoot = process.getuid?.() === 0;

/** Makes of root an ordinary user, who has no more rights than the owner of root's files. */
const ORDINARY = isRoot ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] : [];

/** Whether a program can be run as an ordinary user. */
export const hasOrdinaryUser = !isRoot || strict || spawnSync("setpriv", [...ORDINARY.slice(1), "true"]).status === 0;

/** Runs the built command line in the project's folder. */
export function runCommandLine(
  args: readonly string[],
  { input, env = {}, isOrdinary = false }: { input?: string; env?: Record<string, string>; isOrdinary?: boolean } = {},
): Promise<Run> {
  if (!existsSync(cli)) throw new Error("dist/cli.js is missing: run `npm run build` first (`npm test` does)");
  return new Promise((resolve, reject) => {
    const [program = "", ...before] = [...(isOrdinary ? ORDINARY : []), process.execPath];
    const child = spawn(program, [...before, cli, ...args], {
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
