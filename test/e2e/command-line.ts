import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { strict, whole } from "../real-parts.ts";

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

interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isOrdinary?: boolean;
  /** Whether it needs a process of its own, for what the system knows of one. */
  readonly isAlone?: boolean;
}

/**
 * Runs the built command line in the project's folder.
 *
 * Each run is a process in `npm run test:all`; in `npm test` only one that is given something that a process is given.
 */
export function runCommandLine(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  if (!existsSync(cli)) throw new Error("dist/cli.js is missing: run `npm run build` first (`npm test` does)");
  if (whole || Object.keys(options).length > 0) return runProcess(args, options);
  return runHere(args);
}

/**
 * Starts a program behind a small one: what the system says of a process's memory begins with that of the process which started
 * it, and a worker of the tests is large.
 */
export const APART = ["sh", "-c", '"$@"; exit "$?"', "sh"] as const;

function runProcess(
  args: readonly string[],
  { input, env = {}, isOrdinary = false, isAlone = false }: RunOptions,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const [program = "", ...before] = [...(isAlone ? APART : []), ...(isOrdinary ? ORDINARY : []), process.execPath];
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

/** The run before: standard output is one at a time. */
let last: Promise<unknown> = Promise.resolve();
let runs = 0;

/** Runs it in this process: what an earlier run has loaded is there already. */
export function runHere(args: readonly string[]): Promise<Run> {
  const run = last.then(() => runAlone(args));
  last = run.catch(() => undefined);
  return run;
}

async function runAlone(args: readonly string[]): Promise<Run> {
  const { argv, exitCode, stdout, stderr } = process;
  const { NO_COLOR } = process.env;
  const before = events.map(([emitter, event]) => emitter.listeners(event));
  const [out, err] = [catchText(stdout), catchText(stderr)];
  process.argv = [process.execPath, cli, ...args];
  process.env["NO_COLOR"] = "1";
  process.exitCode = undefined;
  try {
    await importAsNode(new URL(`?run=${runs++}`, pathToFileURL(cli)));
    return { status: Number(process.exitCode ?? 0), stdout: out.text(), stderr: err.text() };
  } finally {
    for (const one of [out, err]) one.release();
    for (const [index, [emitter, event]] of events.entries()) {
      for (const listener of emitter.listeners(event)) {
        if (!before[index]?.includes(listener)) emitter.off(event, listener as () => void);
      }
    }
    if (NO_COLOR === undefined) delete process.env["NO_COLOR"];
    else process.env["NO_COLOR"] = NO_COLOR;
    Object.assign(process, { argv, exitCode });
  }
}

/** What the program listens to as long as its process lives. */
const events: readonly (readonly [NodeJS.EventEmitter, string])[] = [
  [process, "uncaughtException"],
  [process.stdout, "error"],
  [process.stderr, "error"],
];

/** Keeps what is written to a stream instead of writing it. */
function catchText(stream: NodeJS.WriteStream): { readonly text: () => string; readonly release: () => void } {
  const { write } = stream;
  const pieces: Uint8Array[] = [];
  stream.write = (piece: string | Uint8Array, ...rest: readonly unknown[]) => {
    pieces.push(Buffer.from(piece as Uint8Array));
    const done = rest.find((one) => typeof one === "function");
    if (done !== undefined) process.nextTick(done);
    return true;
  };
  return {
    text: () => Buffer.concat(pieces).toString(),
    release: () => {
      stream.write = write;
    },
  };
}

const nativeImport: (url: string) => Promise<never> = createRequire(import.meta.url)("./native-import.cjs");

/** Imports a built module as Node does, and not as a module of the tests. */
export function importAsNode<Module>(url: URL): Promise<Module> {
  return nativeImport(url.href);
}

/** Takes a line as a shell does that knows single quotes only. */
export function splitArguments(line: string): readonly string[] {
  return Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? "");
}
