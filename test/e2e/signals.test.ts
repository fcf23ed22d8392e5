import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { writeLargeLdif, writeLargeMsolUsers } from "../writing/large-directory.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-signals-"));
afterAll(() => rmSync(folder, { recursive: true }));
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

const users = 60_000;
const [ad, cloud] = [join(folder, "ad.ldf"), join(folder, "users.csv")];
writeLargeLdif(ad, { users });
writeLargeMsolUsers(cloud, { users });

const output = join(folder, "report.csv");
const inputs = ["ad.ldf", "users.csv"];
const signals = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

/** Starts an analysis; `ended` tells its status, or the signal that ended it before it could answer. */
function start(online: string, ...further: readonly string[]) {
  const sides = ["--on-premises", ad, "--online", online];
  const args = [cli, "analyze", ...sides, "--format", "csv", "--output", output, ...further];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "ignore", "ignore"] });
  let isOver = false;
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on("close", (code, signal) => {
      isOver = true;
      resolve(code ?? signal);
    }),
  );
  return { child, ended, isOver: () => isOver };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const files = () => readdirSync(folder).sort();

describe.each(signals)("%s", (signal, status) => {
  it("while a file is read ends the program, with its status, and leaves no file", async () => {
    const { child, ended } = start("-");
    const text = readFileSync(cloud);
    // Taken up to here means that the reading has begun; the rest never comes.
    await new Promise<void>((resolve) => child.stdin.write(text.subarray(0, text.length / 2), () => resolve()));
    child.kill(signal);
    expect(await ended).toBe(status);
    expect(files()).toEqual(inputs);
  });

  // The draft stands there for a tenth of a second: on a busy machine the program may be through before it is seen.
  it("while the report is written ends the program, with its status, and leaves no file", { retry: 3 }, async () => {
    rmSync(output, { force: true });
    const { child, ended, isOver } = start(cloud);
    while (!isOver() && !files().some((name) => name.endsWith(".part"))) await sleep(1);
    child.kill(signal);
    expect(await ended).toBe(status);
    expect(files()).toEqual(inputs);
  });

  it.each([100, 400, 700, 1000, 1300, 1600].flatMap((delay) => [1, 2].map((threads) => [delay, threads] as const)))(
    "after %d ms, reading %d at once, leaves the whole report or nothing",
    async (delay, threads) => {
      const { child, ended } = start(cloud, "--concurrency", String(threads));
      await sleep(delay);
      child.kill(signal);
      if ((await ended) === 1) {
        expect(files()).toEqual(["ad.ldf", "report.csv", "users.csv"]);
        rmSync(output);
      } else {
        expect([status, signal]).toContain(await ended);
        expect(files()).toEqual(inputs);
      }
    },
  );
});
