import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeLargeLdif, writeLargeMsolUsers } from "../writing/large-directory.ts";
import { runCommandLine } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-size-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Analyzes a directory of a size; returns the counts and the memory that the process had at most, in MB. */
async function analyzeLarge(users: number, photoBytes = 0) {
  const ad = join(folder, "ad.ldf");
  const msol = join(folder, "msol.csv");
  writeLargeLdif(ad, { users, photoBytes });
  writeLargeMsolUsers(msol, { users });
  const { stdout, stderr, status } = await runCommandLine([
    "analyze",
    "--on-premises",
    ad,
    "--online",
    msol,
    "--format",
    "json",
    "--verbose",
  ]);
  return { summary: JSON.parse(stdout).summary, status, memory: Number(/memory at most +(\d+) MB/.exec(stderr)?.[1]) };
}

describe("size", () => {
  it("100,000 users on each side need less than 1 GB", async () => {
    const { summary, memory, status } = await analyzeLarge(100_000);
    expect(summary).toMatchObject({ onPremises: 100_000, online: 100_000, matched: 100_000 });
    expect(summary.byKind).toMatchObject({ "primary-smtp-change": 10_000, "upn-change": 0, "unmatched-online": 0 });
    expect(status).toBe(1);
    expect(memory).toBeGreaterThan(50);
    expect(memory).toBeLessThan(1000);
  });

  it("memory does not grow with attributes that are not used: 200 MB of photos cost less than 60 MB", async () => {
    const without = await analyzeLarge(2_000);
    const withPhotos = await analyzeLarge(2_000, 75_000);
    expect(withPhotos.summary).toEqual(without.summary);
    expect(withPhotos.memory - without.memory).toBeLessThan(60);
  });
});
