import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";
import { whole } from "../real-parts.ts";
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
  const { stdout, stderr, status } = await runCommandLine(
    ["analyze", "--on-premises", ad, "--online", msol, "--format", "json", "--verbose"],
    { isAlone: true },
  );
  return { summary: JSON.parse(stdout).summary, status, memory: Number(/memory at most +(\d+) MB/.exec(stderr)?.[1]) };
}

describe("size", () => {
  const [users, most] = whole ? [100_000, 600] : [20_000, 300];
  it(`${users} users on each side need less than ${most} MB`, async () => {
    const { summary, memory, status } = await analyzeLarge(users);
    expect(summary).toMatchObject({ onPremises: users, online: users, matched: users });
    expect(summary.byKind).toMatchObject({ "primary-smtp-change": users / 10, "upn-change": 0, "unmatched-online": 0 });
    expect(status).toBe(1);
    expect(memory).toBeGreaterThan(50);
    expect(memory).toBeLessThan(most);
  });

  it("one address on very many objects of each side, and as many addresses on one, are no worse than so many users", async () => {
    const numbers = Array.from({ length: whole ? 20_000 : 5_000 }, (_, index) => index);
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
