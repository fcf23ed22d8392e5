/**
 * Seeds one fault after the other into a copy of the sources and runs the tests of the rules, those beside the fault first:
 * `npm run mutate`, or `npm run mutate -- predict` for the faults of one room. The faults stand in `test/<room>/faults.json`.
 * Prints each fault that no test noticed, and how many were noticed; ends with status 1 below 95 %.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFaults } from "./faults.mjs";

const rooms = process.argv.slice(2);
const faults = listFaults().filter(({ room }) => rooms.length === 0 || rooms.includes(room));
if (faults.length === 0) throw new Error(`no faults stand beside the tests of ${rooms.join(", ")}`);
const BAR = 0.95;
const root = fileURLToPath(new URL("../../", import.meta.url));
const COPIED = [
  "src",
  "test",
  "docs",
  "examples",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
  "inline-modules.config.ts",
];
const TESTS = [
  "test/predict",
  "test/run",
  "test/service",
  "test/match",
  "test/mismatches",
  "test/model",
  "test/directory",
  "test/text",
  "test/formats",
  "test/contract/mismatches",
  "test/laws",
  "test/accepted",
  "test/explain-user",
];

/** Makes a copy of the project in which faults can be seeded. */
function makeCopy() {
  const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-mutation-"));
  for (const name of COPIED) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Runs tests, in small or as large as promised; tells whether all pass, and `print` says why they do not. */
function testsPass(folder, tests, mode, print = () => {}) {
  return new Promise((resolve) => {
    const args = [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--mode",
      mode,
      "--bail",
      "1",
      // A busy machine notices no fault.
      "--testTimeout=120000",
      "--hookTimeout=120000",
      "--maxWorkers",
      "1",
      ...tests,
    ];
    execFile(
      process.execPath,
      args,
      { cwd: folder, timeout: 1_200_000, killSignal: "SIGKILL" },
      (error, stdout, stderr) => {
        if (error !== null) print(stdout, stderr);
        resolve(error === null);
      },
    );
  });
}

/** Seeds a fault, and tells whether the tests notice it. */
async function isNoticed(folder, { room, file, from, to }, mode) {
  const path = join(folder, "src", file);
  const original = readFileSync(path, "utf8");
  if (original.split(from).length !== 2) throw new Error(`${file}: "${from}" does not occur exactly once`);
  writeFileSync(
    path,
    original.replace(from, () => to),
  );
  try {
    // Those beside the fault first: they notice most.
    const own = [`test/${room}`].filter((test) => TESTS.some((known) => test.startsWith(known)));
    if (own.length > 0 && !(await testsPass(folder, own, mode))) return true;
    return !(await testsPass(folder, TESTS, mode));
  } finally {
    writeFileSync(path, original);
  }
}

/** Seeds faults, each copy one after the other; gives those that no test noticed. */
async function findMissed(folders, seeded, mode) {
  const open = [...seeded];
  const missed = [];
  await Promise.all(
    folders.map(async (folder) => {
      for (let fault = open.shift(); fault !== undefined; fault = open.shift()) {
        if (await isNoticed(folder, fault, mode)) continue;
        missed.push(fault);
        console.log(`not noticed (${mode}): src/${fault.file}: ${fault.from}  →  ${fault.to}`);
      }
    }),
  );
  return missed;
}

const folders = Array.from({ length: Math.min(4, availableParallelism()) }, makeCopy);
try {
  if (!(await testsPass(folders[0], TESTS, "test", console.error))) throw new Error("the tests fail without any fault");
  // In small first, which takes seconds; as large as promised only for what is left.
  const left = await findMissed(folders, faults, "test");
  console.log(`${faults.length - left.length} of ${faults.length} noticed in small`);
  const missed = await findMissed(folders, left, "whole");
  const noticed = faults.length - missed.length;
  console.log(
    `${noticed} of ${faults.length} seeded faults noticed (${((100 * noticed) / faults.length).toFixed(0)} %)`,
  );
  process.exitCode = noticed / faults.length >= BAR ? 0 : 1;
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true });
}
