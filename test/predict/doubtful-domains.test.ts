import { describe, expect, it } from "vitest";
import { type AnalyzeOptions, streamAnalysis } from "../../src/index.ts";
import { ldif, online } from "../reading.ts";

/** Kira has an address in fabrikam.com, Marek's primary one is there; online it occurs in these two values. */
async function analyzeWith(
  options: Partial<AnalyzeOptions>,
  marek = "smtp:marek@fabrikam.com",
  name = "marek@contoso.com",
) {
  const analysis = await streamAnalysis({
    service: "dirsync-v2",
    outcomes: true,
    onPremises: [
      {
        name: "ad.ldf",
        data: ldif(
          {
            userPrincipalName: "kira@contoso.com",
            proxyAddresses: ["SMTP:kira@contoso.com", "smtp:kira@fabrikam.com"],
          },
          {
            dn: "CN=marek",
            userPrincipalName: name,
            proxyAddresses: ["SMTP:marek@fabrikam.com", "smtp:marek@contoso.com"],
          },
          { dn: "CN=ana", userPrincipalName: "ana@contoso.com", proxyAddresses: ["SMTP:ana@contoso.com"] },
        ),
      },
    ],
    online: [
      {
        name: "users.csv",
        data: online(
          { UserPrincipalName: "kira@contoso.com", ProxyAddresses: "SMTP:kira@contoso.com;smtp:kira@fabrikam.com" },
          { UserPrincipalName: name, ProxyAddresses: `SMTP:marek@contoso.com;${marek}` },
          { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" },
        ),
      },
    ],
    ...options,
  });
  return {
    named: analysis.inputs.flatMap(({ diagnostics }) => diagnostics).filter(({ code }) => code === "doubtful-domains"),
    findings: [...analysis.mismatches].filter(({ kind }) => kind === "primary-smtp-change"),
    certainties: [...(analysis.outcomes?.onPremises ?? [])].map(({ certainty }) => certainty),
    unsure: analysis.summary.unsure,
  };
}

describe("a domain that online occurs in aliases alone", () => {
  it("is named, with how many hang on it, and what hangs on it is not certain", async () => {
    const { named, findings, certainties, unsure } = await analyzeWith({});
    expect(named).toMatchObject([
      { severity: "warning", message: expect.stringContaining("fabrikam.com (2 objects)") },
    ]);
    expect(findings).toMatchObject([{ after: "marek@fabrikam.com", unsure: "doubtful-domain" }]);
    expect(certainties).toEqual(["unknown", "unknown", "documented"]);
    expect(unsure).toBeGreaterThan(0);
  });

  it.each<[string, Partial<AnalyzeOptions>, string?, string?]>([
    ["under Entra Connect, where an address proves its domain", { service: "entra-connect" }],
    ["where the domains were named", { verifiedDomains: ["contoso.com", "fabrikam.com"] }],
    ["where somebody signs in with it", {}, "smtp:marek@fabrikam.com", "marek@fabrikam.com"],
    ["where it is somebody's primary address", {}, "SMTP:m@fabrikam.com;smtp:marek@fabrikam.com"],
  ])("is taken as verified %s", async (_, options, ...rest) => {
    const { named, findings } = await analyzeWith(options, ...rest);
    expect(named).toEqual([]);
    expect(findings.filter(({ unsure }) => unsure !== undefined)).toEqual([]);
  });
});
