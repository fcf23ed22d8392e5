import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import lock from "../../package-lock.json" with { type: "json" };

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const packages: Readonly<Record<string, LockedPackage>> = lock.packages;

describe("package-lock.json", () => {
  // A registry that serves the packages of one platform only makes `npm install` drop the others from the lock, and then
  // `npm ci` refuses it. They need an entry with version, os and cpu; see docs/architecture.md.
  it("has every optional package of every other platform", () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("names no address to download from", () => {
    expect(JSON.stringify(lock)).not.toContain('"resolved"');
  });

  it("has no package with an install script among those that a user installs", () => {
    const installed = Object.entries(packages).filter(([path, { dev }]) => path !== "" && dev !== true);
    expect(installed.length).toBeGreaterThan(Object.keys(manifest.dependencies).length - 1);
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
  });
});

describe("docs/dependencies.md", () => {
  const page = readFileSync(new URL("../../docs/dependencies.md", import.meta.url), "utf8");

  it("names every package that a user installs, those of packages too, and every one that is bundled, and no other", () => {
    const installed = Object.entries(packages)
      .filter(([path, { dev }]) => path !== "" && dev !== true)
      .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
    const named = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    expect([...named].sort()).toEqual([...new Set([...installed, "ldif", "string-width"])].sort());
  });
});
