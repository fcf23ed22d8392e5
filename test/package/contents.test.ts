import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** What `npm pack` would put into the package, of the build that is there. */
const [packed] = JSON.parse(
  execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }),
) as readonly [{ readonly size: number; readonly files: readonly { readonly path: string; readonly size: number }[] }];

describe("the package", () => {
  it("holds the build, the documentation and what npm asks for, and nothing else", () => {
    const tops = new Set(packed.files.map(({ path }) => path.split("/")[0]));
    expect([...tops].sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "dist", "docs", "package.json"]);
    const paths = packed.files.map(({ path }) => path);
    for (const path of [
      "dist/index.js",
      "dist/index.cjs",
      "dist/cli.js",
      "dist/preflight.html",
      "dist/analysis.schema.json",
      "docs/mismatches/primary-smtp-change.md",
    ]) {
      expect(paths).toContain(path);
    }
  });

  it("is no larger than 700 kB packed, and its page than 600 kB", () => {
    expect(packed.size).toBeGreaterThan(100_000);
    expect(packed.size).toBeLessThan(700_000);
    expect(packed.files.find(({ path }) => path === "dist/preflight.html")?.size).toBeLessThan(600_000);
  });
});
