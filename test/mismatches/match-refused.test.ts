import { describe, expect, it } from "vitest";
import { type AnalyzeOptions, applyChanges, planRemedies, redact } from "../../src/index.ts";
import { analyzeByService, ldif, online } from "../reading.ts";

const GUID = "00112233-4455-6677-8899-aabbccddeeff";
const ANCHOR = "MyIRAFVEd2aImaq7zN3u/w==";
const ad = ldif({
  dn: "CN=Jon,DC=contoso,DC=com",
  objectGUID: GUID,
  userPrincipalName: "jon@contoso.com",
  proxyAddresses: "SMTP:jon@contoso.com",
});
const jon = { UserPrincipalName: "jon@contoso.com", ObjectId: "o1", ProxyAddresses: "SMTP:jon@contoso.com" };
const soft = online({ ...jon, ImmutableId: "" });
const hard = online({ ...jon, ImmutableId: ANCHOR });
const synchronized = online({ ...jon, ImmutableId: ANCHOR, LastDirSyncTime: "2026-01-01T00:00:00Z" });

async function run(
  users: string,
  options: Partial<AnalyzeOptions>,
  service: "dirsync-v2" | "entra-connect" = "entra-connect",
) {
  const analysis = await analyzeByService(ad, users, { service, ...options });
  const told = analysis.mismatches.filter(({ severity }) => severity !== "info");
  return { analysis, told, outcome: analysis.outcomes().ofOnPremises(0), there: analysis.outcomes().ofOnline(0) };
}

describe("match-refused", () => {
  it.each([
    ["by sign-in name", ["JON@contoso.com"]],
    ["by object id", ["o1"]],
  ])("an administrator, named %s, is never soft matched", async (_, admins) => {
    for (const service of ["dirsync-v2", "entra-connect"] as const) {
      const { analysis, told, outcome, there } = await run(soft, { admins }, service);
      expect(told).toMatchObject([{ kind: "match-refused", error: "ExistingAdminRoleConflict" }]);
      expect(told).toHaveLength(1);
      expect(outcome).toMatchObject({ outcome: "refused", error: "ExistingAdminRoleConflict", online: "o1" });
      expect(there).toMatchObject({ outcome: "cloud-only" });
      expect(analysis.summary.matched).toBe(0);
    }
  });

  it("an administrator is known again by the anchor", async () => {
    expect((await run(hard, { admins: ["o1"] })).told).toEqual([]);
  });

  it("where the soft match is blocked the values stay with the online user", async () => {
    const now = await run(soft, { blockSoftMatch: true });
    expect(now.told).toMatchObject([{ kind: "match-refused", error: "InvalidSoftMatch" }]);
    expect(now.outcome).toMatchObject({
      outcome: "created",
      heldBack: [
        { attribute: "proxyAddresses", value: "SMTP:jon@contoso.com", holder: "o1" },
        { attribute: "userPrincipalName", value: "jon@contoso.com", holder: "o1" },
      ],
    });
    const then = await run(soft, { blockSoftMatch: true }, "dirsync-v2");
    expect(then.outcome).toMatchObject({ outcome: "refused", error: "InvalidSoftMatch" });
  });

  it("where the hard match is blocked no user of the cloud is taken over, and who is synchronized already is known again", async () => {
    const cloud = await run(hard, { blockHardMatch: true });
    expect(cloud.told).toMatchObject([{ kind: "match-refused", error: "InvalidHardMatch" }]);
    expect(cloud.outcome).toMatchObject({ outcome: "refused", error: "InvalidHardMatch" });
    const known = await run(synchronized, { blockHardMatch: true });
    expect(known.told).toEqual([]);
    expect(known.outcome).toMatchObject({ outcome: "linked" });
  });

  it("blocks hold for plans and for pseudonyms too, and nothing is planned for whom they stop", async () => {
    const { analysis } = await run(soft, { admins: ["jon@contoso.com"] });
    const plan = planRemedies(analysis, { authority: "online" });
    expect(plan.steps).toEqual([]);
    expect(applyChanges(analysis, []).mismatches).toEqual(analysis.mismatches);
    const hidden = redact(analysis, { key: "k" });
    expect(applyChanges(hidden, []).mismatches).toEqual(hidden.mismatches);
  });
});
