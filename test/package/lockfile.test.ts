import { describe, expect, it } from "vitest";
import lock from "../../package-lock.json" with { type: "json" };

interface LockedPackage {
  readonly version?: string;
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
});
