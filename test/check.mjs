/**
 * The quick look before a commit, `npm run check`: types, linter, and the tests that stand where the changed files do
 * (`src/match/pairs.ts` → `test/match/pairs.test.ts`, or all of `test/match/` where it has no test of its own), besides the
 * tests of the layers and the contracts. What it leaves out, `npm test` runs.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";

/** Tests of what is built, of a browser, of real directories and of strangers' files: minutes, not seconds. */
const SLOW = /^test\/(?:browser|e2e|fuzz|node|package|security)\b/;

const git = (...args) => execFileSync("git", args, { encoding: "utf8" }).split("\n").filter(Boolean);
const changed = [
  ...git("diff", "--name-only", "--relative", "HEAD"),
  ...git("ls-files", "--others", "--exclude-standard"),
];

const tests = new Set(["test/architecture", "test/contract"]);
for (const path of changed) {
  const test = path.replace(/^src\//, "test/").replace(/(?<!\.test)\.ts$/, ".test.ts");
  const place = existsSync(test) ? test : dirname(test);
  if (place.startsWith("test/") && existsSync(place) && !SLOW.test(place)) tests.add(place);
}

const steps = [
  ["tsc", "--incremental", "--tsBuildInfoFile", "node_modules/.cache/types.tsbuildinfo"],
  ["biome", "check", "--error-on-warnings"],
  ["vitest", "run", ...tests],
];
for (const [program, ...args] of steps) {
  const { status } = spawnSync(program, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}
