import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mismatchKinds } from "../../src/mismatches/index.ts";
import { exampleOf } from "./page-example.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-emptied-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** How many tests of each kind's own file fail while the kind finds nothing. */
const failures = new Map<string, number>();

beforeAll(async () => {
  const report = join(folder, "report.json");
  const files = mismatchKinds.map(({ kind }) => `test/mismatches/${kind}.test.ts`);
  const args = ["node_modules/vitest/vitest.mjs", "run", ...files, "--maxWorkers=1", "--reporter=json"];
  const env = { ...process.env, EMPTY_OWN_KIND: "1" };
  // It ends with status 1: tests are to fail.
  await new Promise((resolve) =>
    execFile(process.execPath, [...args, `--outputFile=${report}`], { cwd: root, env }, resolve),
  );
  for (const { name, assertionResults } of JSON.parse(readFileSync(report, "utf8")).testResults) {
    const failed = assertionResults.filter(({ status }: { readonly status: string }) => status === "failed");
    failures.set(basename(name, ".test.ts"), failed.length);
  }
}, 300_000);

describe.each(mismatchKinds)("$kind, when it finds nothing", (kind) => {
  it("is missed by its own test", () => {
    expect(failures.get(kind.kind)).toBeGreaterThan(0);
  });

  it("is missed by the example of its page", async () => {
    const declaration: { find: unknown } = kind;
    const { find } = declaration;
    declaration.find = () => [];
    try {
      const { found, expected } = await exampleOf(kind.kind);
      expect(expected).not.toEqual([]);
      expect(found).toEqual([]);
    } finally {
      declaration.find = find;
    }
  });
});
