import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/index.ts";
import { analyzeText, ldif, online } from "../reading.ts";

const GUID = "d08f810b-a35c-49a8-a4cd-c6923dfc031e";
const OTHER = "MyIRAFVEd2aImaq7zN3u/w==";
const ad = (more = {}) =>
  ldif({ userPrincipalName: "a@x.com", objectGUID: GUID, proxyAddresses: ["SMTP:a@x.com", "smtp:b@x.com"], ...more });
const bound = (ProxyAddresses: string) => online({ UserPrincipalName: "a@x.com", ImmutableId: OTHER, ProxyAddresses });
const find = async (onPremises: string, users: string, options = {}) =>
  (await analyzeText(onPremises, users, { kinds: ["anchor-conflict"], ...options })).mismatches;

describe("anchor-conflict", () => {
  it("an address leads to a user who is bound to another object", async () => {
    expect(await find(ad(), bound("SMTP:a@x.com"))).toMatchObject([
      { severity: "error", onPremisesAnchor: "C4GP0FyjqEmkzcaSPfwDHg==", onlineImmutableId: OTHER },
    ]);
  });

  it("an ImmutableId that a federation wrote is no anchor", async () => {
    const users = (ImmutableId: string) =>
      online({ UserPrincipalName: "a@x.com", ImmutableId, ProxyAddresses: "SMTP:a@x.com" });
    for (const [immutableId, isForeign] of [
      [OTHER, false],
      ["a@x.com", true],
      ["asmith", true],
    ] as const) {
      const analysis = await analyzeText(ad(), users(immutableId), { kinds: ["anchor-conflict"] });
      expect(analysis.mismatches).toMatchObject([{ onlineImmutableId: immutableId, isForeign }]);
      expect(renderReport(analysis, "text").includes("is no anchor")).toBe(isForeign);
    }
  });

  it("only addresses that link count", async () => {
    expect(await find(ad(), bound("SMTP:b@x.com"))).toHaveLength(1);
    expect(await find(ad(), bound("SMTP:b@x.com"), { softMatch: "primary-smtp" })).toEqual([]);
    expect(await find(ad(), bound("SMTP:c@x.com"))).toEqual([]);
  });

  it("is none where the anchors fit, or nobody is bound", async () => {
    expect(
      await find(
        ad(),
        online({
          UserPrincipalName: "a@x.com",
          ImmutableId: "C4GP0FyjqEmkzcaSPfwDHg==",
          ProxyAddresses: "SMTP:a@x.com",
        }),
      ),
    ).toEqual([]);
    expect(
      await find(ad(), online({ UserPrincipalName: "a@x.com", ImmutableId: "", ProxyAddresses: "SMTP:a@x.com" })),
    ).toEqual([]);
  });

  it("is not checked without anchors", async () => {
    const { notChecked } = await analyzeText(ldif({ proxyAddresses: "SMTP:a@x.com" }), bound("SMTP:a@x.com"), {
      kinds: ["anchor-conflict"],
    });
    expect(notChecked).toEqual([{ kind: "anchor-conflict", side: "onPremises", missing: ["sourceAnchor"] }]);
  });

  it("mS-DS-ConsistencyGuid may be the anchor, and objectGUID stands in for it", async () => {
    const consistent = ad({ "mS-DS-ConsistencyGuid": "00112233-4455-6677-8899-aabbccddeeff" });
    const count = async (sourceAnchor: "objectGUID" | "mS-DS-ConsistencyGuid", text = consistent) =>
      (await analyzeText(text, bound("SMTP:a@x.com"), { sourceAnchor })).summary.matchedBy.hard;
    expect(await count("objectGUID")).toBe(0);
    expect(await count("mS-DS-ConsistencyGuid")).toBe(1);
    expect(await count("mS-DS-ConsistencyGuid", ad({ objectGUID: "00112233-4455-6677-8899-aabbccddeeff" }))).toBe(1);
  });

  it("is none where the bound user is matched with the object that it is bound to", async () => {
    const bob = { dn: "CN=Bob", objectGUID: "00112233-4455-6677-8899-aabbccddeeff", proxyAddresses: "SMTP:z@x.com" };
    expect(await find(`${ad()}${ldif(bob)}`, bound("SMTP:z@x.com;smtp:a@x.com"))).toEqual([]);
  });
});
