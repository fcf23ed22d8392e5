import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";
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
  it("100,000 users on each side need less than 600 MB", async () => {
    const { summary, memory, status } = await analyzeLarge(100_000);
    expect(summary).toMatchObject({ onPremises: 100_000, online: 100_000, matched: 100_000 });
    expect(summary.byKind).toMatchObject({ "primary-smtp-change": 10_000, "upn-change": 0, "unmatched-online": 0 });
    expect(status).toBe(1);
    expect(memory).toBeGreaterThan(50);
    expect(memory).toBeLessThan(600);
  });

  it("one address on 20,000 objects of each side, and 20,000 addresses on one, are no worse than so many users", async () => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => index);
    const shared = await analyzeText(
      ldif(
        ...numbers.map((number) => ({
          dn: `CN=u${number},DC=contoso,DC=com`,
          proxyAddresses: "SMTP:same@contoso.com",
        })),
      ),
      online(
        ...numbers.map((number) => ({
          UserPrincipalName: `u${number}@contoso.com`,
          ProxyAddresses: "SMTP:same@contoso.com",
        })),
      ),
    );
    expect(shared.summary.byKind).toMatchObject({
      "ambiguous-match": 1,
      "duplicate-address": 1,
      "address-collision": 0,
    });
    const addresses = numbers.map((number) => `smtp:a${number}@contoso.com`);
    const many = await analyzeText(
      ldif({ userPrincipalName: "a@contoso.com", proxyAddresses: ["SMTP:a@contoso.com", ...addresses] }),
      online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: ["SMTP:a@contoso.com", ...addresses].join(";") }),
    );
    expect([many.summary.matched, many.summary.byKind["alias-removed"]]).toEqual([1, 0]);
  });

  it("memory does not grow with attributes that are not used: 200 MB of photos cost less than 60 MB", async () => {
    const without = await analyzeLarge(2_000);
    const withPhotos = await analyzeLarge(2_000, 75_000);
    expect(withPhotos.summary).toEqual(without.summary);
    expect(withPhotos.memory - without.memory).toBeLessThan(60);
  });
});
