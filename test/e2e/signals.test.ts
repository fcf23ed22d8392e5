import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { hasMounts } from "../real-parts.ts";
import { writeLargeLdif, writeLargeMsolUsers } from "../writing/large-directory.ts";
import { cli } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-signals-"));
afterAll(() => rmSync(folder, { recursive: true }));
const slow = new URL("slow-phases.mjs", import.meta.url).href;

const ad = join(folder, "ad.ldf");
const cloud = join(folder, "users.csv");
writeLargeLdif(ad, { users: 10_000 });
writeLargeMsolUsers(cloud, { users: 10_000 });

const output = join(folder, "report");
beforeEach(() => writeFileSync(output, "before"));
/** What is left: nothing but what was there before. */
const expectNothingLeft = () => {
  expect(readdirSync(folder).sort()).toEqual(["ad.ldf", "report", "users.csv"]);
  expect(readFileSync(output, "utf8")).toBe("before");
};

const small = ["--on-premises", "examples/contoso/ad.ldf", "--online", "examples/contoso/msolusers.csv"];
const large = ["--on-premises", ad, "--online", cloud];
const signals = ["SIGINT", "SIGTERM"] as const;

/** Starts the program; `ended` tells the signal that ended it, or its status. */
function start(args: readonly string[], place: { readonly after?: string; readonly place?: string } = {}) {
  const env = { ...process.env, NODE_OPTIONS: `--import=${slow}`, SLOW: JSON.stringify(place) };
  const child = spawn(process.execPath, [cli, ...args], { stdio: ["pipe", "ignore", "pipe"], env });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on("close", (code, signal) => resolve(signal ?? code)),
  );
  const isSlow = new Promise<void>((resolve) => {
    let text = "";
    child.stderr.on("data", (piece) => {
      text += piece;
      if (text.includes("slow\n")) resolve();
    });
    child.on("close", () => resolve());
  });
  return { child, ended, isSlow };
}

/** Ends the program by a signal; a second is the most that it may take. */
async function endBy(signal: NodeJS.Signals, { child, ended }: Pick<ReturnType<typeof start>, "child" | "ended">) {
  const sent = performance.now();
  child.kill(signal);
  const how = await ended;
  expect(performance.now() - sent).toBeLessThan(1000);
  return how;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(signals)("%s ends the program within a second, and leaves no file", (signal) => {
  it("while it reads", async () => {
    const run = start(["analyze", "--on-premises", ad, "--online", "-", "--output", output]);
    const text = readFileSync(cloud);
    // Taken up to here means that the reading has begun; the rest never comes.
    await new Promise<void>((resolve) => run.child.stdin.write(text.subarray(0, text.length / 2), () => resolve()));
    expect(await endBy(signal, run)).toBe(signal);
    expectNothingLeft();
  });

  it.each(["read on-premises", "read online", "match", "find"])("while it computes, behind %s", async (after) => {
    const run = start(["analyze", ...small, "--verbose", "--output", output], { after });
    await run.isSlow;
    expect(await endBy(signal, run)).toBe(signal);
    expectNothingLeft();
  });

  it("while it makes a workbook", async () => {
    const run = start(["analyze", ...small, "--format", "xlsx", "--output", output], { place: "workbook" });
    await run.isSlow;
    expect(await endBy(signal, run)).toBe(signal);
    expectNothingLeft();
  });

  it.each([
    ["a report", ["analyze", ...small, "--format", "csv", "--output", output]],
    ["a plan", ["plan", ...small, "--authority", "online", "--output-dir", folder]],
  ])("while it writes %s", async (_, args) => {
    const run = start(args, { place: "sync" });
    await run.isSlow;
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toHaveLength(1);
    expect(await endBy(signal, run)).toBe(signal);
    expectNothingLeft();
  });
});

describe("at any time", () => {
  const commands = [
    ["analyze", ...large, "--concurrency", "1", "--format", "html", "--output", output],
    ["analyze", ...large, "--concurrency", "2", "--format", "csv", "--output", output],
    ["plan", ...large, "--authority", "online", "--write-decisions", output],
  ];
  const delays = [50, 300, 600, 900];

  it.each(commands.flatMap((args) => delays.map((delay) => [args[0], args[6], delay, args] as const)))(
    "%s … %s, after %d ms, leaves the whole output or nothing",
    async (_, __, delay, args) => {
      const run = start(args);
      await Promise.race([sleep(delay), run.ended]);
      if (run.child.exitCode === null && (await endBy("SIGINT", run)) === "SIGINT") expectNothingLeft();
      else expect(readdirSync(folder).sort()).toEqual(["ad.ldf", "report", "users.csv"]);
    },
  );
});

describe.skipIf(process.platform === "win32")("who started it", () => {
  /** Starts something that starts the program, sends the program a signal until it ends, and tells what was printed and how it ended. */
  async function endInside(program: string, args: readonly string[], signal: NodeJS.Signals) {
    const child = spawn(program, [...args, process.execPath, cli, "inspect", "-"], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    let stdout = "";
    child.stdout.on("data", (text) => (stdout += text));
    let isOver = false;
    const ended = new Promise((resolve) => child.on("close", resolve)).finally(() => (isOver = true));
    while (!isOver) {
      await Promise.race([sleep(500), ended]);
      const [inner] = spawnSync("pgrep", ["-P", String(child.pid)], { encoding: "utf8" }).stdout.split("\n");
      if (inner !== undefined && inner !== "" && !isOver) process.kill(Number(inner), signal);
    }
    return [stdout, await ended];
  }

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("a shell sees %s as its status", async (signal, status) => {
    expect(await endInside("sh", ["-c", `"$0" "$@"; echo $?`], signal)).toEqual([`${status}\n`, 0]);
  });

  // To the first process of a container the system gives no signal that nobody listens to.
  it.skipIf(!hasMounts)("a container sees it end", async () => {
    expect(await endInside("unshare", ["--fork", "--pid", "--mount-proc"], "SIGTERM")).toEqual(["", 143]);
  });
});
