import { describe, expect, it } from "vitest";
import { nameCause } from "../../src/causes/definition/explain-findings.ts";
import { surveyExplained } from "../../src/causes/definition/find-explained.ts";
import { analyze, hideAccepted, redact, streamAnalysis } from "../../src/index.ts";
import { analyzeText, ldif, online } from "../reading.ts";

const ad = ldif(
  ...["ana", "kim", "lea"].map((name) => ({
    dn: `CN=${name},DC=contoso,DC=com`,
    displayName: name,
    userPrincipalName: `${name}@contoso.local`,
    proxyAddresses: [`SMTP:${name}@contoso.com`, "smtp:shared@contoso.com"],
  })),
);
const users = online(
  { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com;smtp:team@contoso.com" },
  { UserPrincipalName: "kim@contoso.com", ProxyAddresses: "SMTP:k@contoso.com;smtp:kim@contoso.com" },
  { UserPrincipalName: "x@contoso.com", ProxyAddresses: "SMTP:x@contoso.com;smtp:x@contoso.onmicrosoft.com" },
);
const sources = { onPremises: [{ name: "ad.ldf", data: ad }], online: [{ name: "users.csv", data: users }] };

describe("causes", () => {
  it("are the same for findings that are held, streamed, and found twice", async () => {
    const whole = await analyzeText(ad, users);
    expect(whole.causes.length).toBeGreaterThan(3);
    const streamed = await streamAnalysis({ ...sources, upnFlow: "always" });
    expect(streamed.causes).toEqual(whole.causes);
    expect([...streamed.mismatches]).toEqual(whole.mismatches);
    for (const holds of [0, 1, 1000]) {
      const { causes, people, mismatches } = surveyExplained(whole.comparison, undefined, holds);
      expect(causes).toEqual(whole.causes);
      expect(people).toEqual(whole.summary.people);
      expect([...mismatches]).toEqual(whole.mismatches);
    }
  });

  it("add up: a finding has at most one, and each says how many name it", async () => {
    const { causes, mismatches } = await analyzeText(ad, users);
    const names = causes.map(nameCause);
    expect(new Set(names).size).toBe(names.length);
    for (const cause of causes) {
      const own = mismatches.filter(({ cause: name }) => name === nameCause(cause));
      expect(own).toHaveLength(cause.findings);
      expect(own.some(({ severity }) => severity === cause.severity)).toBe(true);
      expect(cause.people).toBeLessThanOrEqual(3);
    }
    for (const { cause } of mismatches) if (cause !== undefined) expect(names).toContain(cause);
  });

  it("are counted anew without what was accepted", async () => {
    const analysis = await analyzeText(ad, users);
    const cause = "aliases-only-online";
    const accepted = analysis.mismatches.filter((mismatch) => mismatch.cause === cause);
    expect(accepted).not.toEqual([]);
    const left = hideAccepted(analysis, { mismatches: accepted });
    expect(left.causes).toEqual(analysis.causes.filter((one) => one.cause !== cause));
    const [first, ...others] = analysis.mismatches.filter((mismatch) => mismatch.cause?.startsWith("upn-suffix"));
    if (first === undefined) throw new Error("no such finding");
    const fewer = hideAccepted(analysis, { mismatches: [first] });
    expect(fewer.causes.find((one) => one.cause === "upn-suffix-not-verified")?.findings).toBe(others.length);
    expect([
      ...hideAccepted(await streamAnalysis({ ...sources, upnFlow: "always" }), { mismatches: accepted }).causes,
    ]).toEqual(left.causes);
  });

  it("have pseudonyms where they name a domain, and findings name them so", async () => {
    const analysis = redact(await analyze({ ...sources, upnFlow: "always" }), { key: "a key" });
    const text = JSON.stringify({ causes: analysis.causes, mismatches: analysis.mismatches });
    expect(text).not.toMatch(/contoso|ana@|"ana"/);
    const names = new Set(analysis.causes.map(nameCause));
    expect(names.size).toBeGreaterThan(3);
    for (const { cause } of analysis.mismatches) if (cause !== undefined) expect(names).toContain(cause);
    const suffix = analysis.causes.find(({ cause }) => cause === "upn-suffix-not-verified");
    expect(suffix?.title).toContain(suffix?.key);
  });
});
