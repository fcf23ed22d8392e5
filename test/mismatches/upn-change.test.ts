import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const kinds = ["upn-change"] as const;
const user = {
  UserPrincipalName: "a@contoso.com",
  ProxyAddresses: "SMTP:a@contoso.com;smtp:a@contoso.onmicrosoft.com",
};

async function find(userPrincipalName: string, options = {}, licence?: string) {
  const onPremises = ldif({ userPrincipalName, proxyAddresses: "SMTP:a@contoso.com" });
  const row = licence === undefined ? user : { ...user, IsLicensed: licence };
  return (await analyzeText(onPremises, online(row), { kinds, ...options })).mismatches;
}

describe("upn-change", () => {
  it.each([
    ["new@contoso.com", "new@contoso.com", "flows"],
    ["a@corp.local", "a@contoso.onmicrosoft.com", "suffix-not-verified"],
    ["jürgen@contoso.com", "a@contoso.onmicrosoft.com", "invalid-value"],
  ])("%s becomes %s: %s", async (userPrincipalName, after, reason) => {
    expect(await find(userPrincipalName)).toMatchObject([
      { severity: "error", before: "a@contoso.com", after, reason },
    ]);
  });

  it("letter case is no change", async () => expect(await find("A@contoso.com")).toEqual([]));

  it("verified domains that are given count more than those that occur", async () => {
    expect(await find("a@contoso.com", { verifiedDomains: ["fabrikam.com"] })).toMatchObject([
      { reason: "suffix-not-verified" },
    ]);
    expect(await find("a@fabrikam.com", { verifiedDomains: ["Fabrikam.com"] })).toMatchObject([
      { after: "a@fabrikam.com", reason: "flows" },
    ]);
  });

  it("as in 2012, a licensed user keeps the name", async () => {
    expect(await find("new@contoso.com", { upnFlow: "unlicensed-only" }, "True")).toEqual([]);
    // The article of June 2012 says that the name flows: so it does for somebody of whom no licence is known.
    for (const licence of ["False", undefined]) {
      expect(await find("new@contoso.com", { upnFlow: "unlicensed-only" }, licence)).toHaveLength(1);
    }
  });
});
