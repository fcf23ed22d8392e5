import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const find = async (ad: Parameters<typeof ldif>, users: Parameters<typeof online>, options = {}) =>
  (await analyzeText(ldif(...ad), online(...users), { kinds: ["unlinked-pair"], ...options })).mismatches;

describe("unlinked-pair", () => {
  it.each([
    [
      "the sign-in name",
      { userPrincipalName: "Ana@x.com", proxyAddresses: "SMTP:a1@x.com" },
      { UserPrincipalName: "ana@x.com", ProxyAddresses: "SMTP:a2@x.com" },
      ["userPrincipalName", "localPart"],
    ],
    [
      "the name before @",
      { userPrincipalName: "ana.a@x.local", proxyAddresses: "SMTP:a1@x.com" },
      { UserPrincipalName: "a2@x.com", ProxyAddresses: "SMTP:a2@x.com;smtp:ana.a@x.onmicrosoft.com" },
      ["localPart"],
    ],
    [
      "the display name in one domain",
      { displayName: "Ana  Andrade", userPrincipalName: "a1@x.com", proxyAddresses: "SMTP:a1@x.com" },
      { DisplayName: "ana andrade", UserPrincipalName: "a2@x.com", ProxyAddresses: "SMTP:a2@x.com" },
      ["displayName"],
    ],
  ])("%s", async (_, ad, user, likeness) => {
    expect(await find([ad], [user])).toMatchObject([{ severity: "error", likeness }]);
  });

  const ana = { displayName: "Ana Andrade", userPrincipalName: "ana@x.local", proxyAddresses: "SMTP:a1@x.com" };
  const anna = { DisplayName: "Ana Andrade", UserPrincipalName: "ana@x.com", ProxyAddresses: "SMTP:a2@x.com" };
  it.each([
    [
      "a name that two on-premises share",
      [
        { ...ana, dn: "CN=1" },
        { ...ana, dn: "CN=2", proxyAddresses: "SMTP:a3@x.com" },
      ],
      [anna],
    ],
    [
      "a name that two online share",
      [ana],
      [anna, { ...anna, UserPrincipalName: "ana@y.com", ProxyAddresses: "SMTP:a4@x.com" }],
    ],
    [
      "one first name",
      [{ displayName: "Ana", userPrincipalName: "a1@x.com" }],
      [{ DisplayName: "Ana", UserPrincipalName: "a2@x.com" }],
    ],
    [
      "a display name in different domains",
      [{ ...ana, userPrincipalName: "a1@y.com", proxyAddresses: "SMTP:a1@y.com" }],
      [{ ...anna, UserPrincipalName: "a2@x.com" }],
    ],
    ["a name that is nobody's", [{ userPrincipalName: "info@x.local" }], [{ UserPrincipalName: "info@x.com" }]],
    ["a guest", [ana], [{ ...anna, UserType: "Guest" }]],
  ])("tells nothing: %s", async (_, ad, users) => {
    expect(await find(ad, users)).toEqual([]);
  });

  describe("of somebody whose domains are not routed", () => {
    const ned = { displayName: "Ned Flint", userPrincipalName: "nflint@corp.local", sAMAccountName: "nflint" };
    const there = {
      DisplayName: "Ned Flint",
      UserPrincipalName: "ned.flint@x.com",
      ProxyAddresses: "SMTP:ned.flint@x.com;smtp:ned@x.onmicrosoft.com",
    };

    it("a display name that nobody else has tells, and what the second account is called", async () => {
      expect(await find([ned], [there])).toMatchObject([
        { severity: "error", likeness: ["displayName"], outcome: "created-beside", as: "nflint@x.onmicrosoft.com" },
      ]);
    });

    const other = { ...ned, dn: "CN=other", userPrincipalName: "other@x.com", proxyAddresses: "SMTP:other@x.com" };
    const matched = { ...there, UserPrincipalName: "other@x.com", ProxyAddresses: "SMTP:other@x.com" };
    it.each([
      ["on-premises", [ned, other], [there, { ...matched, DisplayName: "" }]],
      ["online", [ned, { ...other, displayName: "Somebody" }], [there, matched]],
    ])("one that somebody who is matched has %s tells nothing", async (_, ad, users) => {
      expect(await find(ad, users)).toEqual([]);
    });
  });

  it("who is matched is not looked at; a UPN links where the tenant does so", async () => {
    const same = { userPrincipalName: "ana@x.com", proxyAddresses: "SMTP:a1@x.com" };
    expect(await find([same], [anna], { upnSoftMatch: true })).toEqual([]);
  });

  it("the two are not told as unmatched besides", async () => {
    const { summary } = await analyzeText(ldif(ana), online(anna));
    expect(summary.byKind).toMatchObject({ "unlinked-pair": 1, "unmatched-online": 0, "unmatched-on-premises": 0 });
  });
});
