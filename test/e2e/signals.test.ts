import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
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

describe.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s", (signal, status) => {
  it.each([200, 900, 2000])("after %d ms ends at once, with its status, and leaves no file", async (delay) => {
    const output = join(folder, "report.csv");
    const child = spawn(process.execPath, [
      cli,
      "analyze",
      "--on-premises",
      ad,
      "--online",
      cloud,
      "--format",
      "csv",
      "--output",
      output,
    ]);
    let isOver = false;
    const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
    void ended.then(() => {
      isOver = true;
    });
    await new Promise((resolve) => setTimeout(resolve, delay));
    expect(isOver).toBe(false);
    child.kill(signal);
    expect(await ended).toBe(status);
    expect(readdirSync(folder).sort()).toEqual(["ad.ldf", "users.csv"]);
  });
});
