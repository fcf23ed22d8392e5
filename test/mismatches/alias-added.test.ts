import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const find = async (proxyAddresses: readonly string[], ProxyAddresses: string) =>
  (
    await analyzeText(
      ldif({ userPrincipalName: "a@x.com", mailNickname: "a", proxyAddresses }),
      online({ UserPrincipalName: "a@x.com", ProxyAddresses, IsLicensed: "True" }),
      { kinds: ["alias-added"], verifiedDomains: ["x.com"] },
    )
  ).mismatches;

describe("alias-added", () => {
  it("what only Active Directory has comes, and the sign-in name", async () => {
    expect(await find(["SMTP:b@x.com", "smtp:c@x.com"], "SMTP:b@x.com")).toMatchObject([
      { severity: "info", addresses: ["a@x.com", "c@x.com"] },
    ]);
  });

  it("a new primary is told as a change, not here", async () => {
    expect(await find(["SMTP:a@x.com", "smtp:b@x.com"], "SMTP:b@x.com")).toEqual([]);
  });

  it.each([
    ["the same in another case of letters", ["SMTP:a@x.com", "smtp:B@X.com"]],
    ["what does not arrive", ["SMTP:a@x.com", "smtp:c@other.com"]],
  ])("is not added: %s", async (_, addresses) => {
    expect(await find(addresses, "SMTP:a@x.com;smtp:b@x.com")).toEqual([]);
  });
});
