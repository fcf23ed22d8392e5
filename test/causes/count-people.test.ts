import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { people as invented, settings, toObjects, toRows } from "../invented-people.ts";
import { analyzeByService, ldif, online } from "../reading.ts";

const RUNS = 150;

describe("summary.people", () => {
  it("counts everybody of both sides once, as their outcomes are", async () => {
    await fc.assert(
      fc.asyncProperty(invented, invented, settings, async (left, right, options) => {
        const analysis = await analyzeByService(ldif(...toObjects(left)), online(...toRows(right)), options);
        const { people } = analysis.summary;
        if (people === undefined) throw new Error("all kinds were asked for");
        const { pairs, apart, ambiguous, unmatchedOnPremises, unmatchedOnline } = analysis.comparison.alignment;
        const torn = ambiguous.reduce((sum, group) => sum + group.onPremises.length + group.online.length, 0);
        const { matched, ...others } = people;
        const sum = Object.values(others).reduce((all, count) => all + count, 0);
        expect(matched).toBe(pairs.size);
        expect(sum).toBe(pairs.size + apart.length + torn + unmatchedOnPremises.length + unmatchedOnline.length);
        const outcomes = [...analysis.outcomes().onPremises()].filter(({ type }) => type === "user");
        const count = (wanted: string): number => outcomes.filter(({ outcome }) => outcome === wanted).length;
        expect([people.refused, people.secondAccount, people.new]).toEqual([
          count("refused"),
          count("created-beside"),
          count("created"),
        ]);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ["nothing", { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" }, "unchanged"],
    [
      "mail",
      { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:a@contoso.com;smtp:ana@contoso.com" },
      "mailChanges",
    ],
    ["letter case", { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:Ana@contoso.com" }, "unchanged"],
    ["a sign-in name", { UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" }, "signInChanges"],
    [
      "a sign-in name of the service",
      { UserPrincipalName: "ana@contoso.onmicrosoft.com", ProxyAddresses: "SMTP:ana@contoso.com" },
      "signInImproves",
    ],
    [
      "an address",
      { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com;smtp:x@contoso.com" },
      "losesAddresses",
    ],
    ["nobody", { UserPrincipalName: "x@contoso.com", ProxyAddresses: "SMTP:x@contoso.com" }, "new"],
  ])("%s changes", async (_, user, effect) => {
    const ana = { userPrincipalName: "ana@contoso.com", proxyAddresses: "SMTP:ana@contoso.com" };
    const { summary } = await analyzeByService(ldif(ana), online(user), { service: "entra-connect" });
    const { people } = summary;
    expect(people).toMatchObject({
      [effect]: 1,
      matched: effect === "new" ? 0 : 1,
      onlineOnly: effect === "new" ? 1 : 0,
    });
  });

  it("is left out where what tells it was not asked for", async () => {
    const ana = { userPrincipalName: "ana@contoso.com", proxyAddresses: "SMTP:ana@contoso.com" };
    const user = { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" };
    const { summary } = await analyzeByService(ldif(ana), online(user), { kinds: ["upn-change"] });
    expect(summary.people).toBeUndefined();
  });
});
