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
  it("holds the build, the documentation and what npm asks for, and nothing else: each file is listed", async () => {
    // The hashes in the names of chunks change with their content.
    const paths = new Set(packed.files.map(({ path }) => path.replace(/-[A-Za-z0-9_-]{8}(?=\.[^/]*$)/, "-HASH")));
    await expect(`${[...paths].sort().join("\n")}\n`).toMatchFileSnapshot("./contents.txt");
  });

  it("is no larger than 900 kB packed, its page than 370 kB, its types than 170 kB", () => {
    expect(packed.size).toBeGreaterThan(100_000);
    expect(packed.size).toBeLessThan(900_000);
    expect(packed.files.find(({ path }) => path === "dist/preflight.html")?.size).toBeLessThan(370_000);
    expect(packed.files.find(({ path }) => path === "dist/index.d.ts")?.size).toBeLessThan(170_000);
  });
});
