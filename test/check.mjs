/**
 * The quick look before a commit, `npm run check`: types, linter, and the tests that stand where the changed files do
 * (`src/match/pairs.ts` → `test/match/pairs.test.ts`, or all of `test/match/` where it has no test of its own), besides the
 * tests of the layers and the contracts. What it leaves out, `npm test` runs.
 */
import { execFileSync, spawn } from "node:child_process";
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

/** Runs a program of the project; gives its status, and what it printed unless that was shown at once. */
function run(program, args, stdio) {
  const child = spawn(program, args, { stdio: ["ignore", stdio, stdio], shell: process.platform === "win32" });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece) => (text += piece));
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, text })));
}

// All at once: types take one processor, and tests do not always need the others.
const results = await Promise.all([
  run("tsc", ["--incremental", "--tsBuildInfoFile", "node_modules/.cache/types.tsbuildinfo"], "pipe"),
  run("biome", ["check", "--error-on-warnings"], "pipe"),
  run("vitest", ["run", ...tests], "inherit"),
]);
for (const { text } of results) process.stdout.write(text);
process.exitCode = results.find(({ status }) => status !== 0)?.status ?? 0;
