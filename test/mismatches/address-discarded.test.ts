import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const find = async (proxyAddresses: readonly string[], user = {}, options = {}) =>
  (
    await analyzeText(
      ldif({ userPrincipalName: "a@x.com", proxyAddresses: ["SMTP:a@x.com", ...proxyAddresses] }),
      online({ UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com", IsLicensed: "True", ...user }),
      { kinds: ["address-discarded"], ...options },
    )
  ).mismatches;

describe("address-discarded", () => {
  it.each([
    ["reserved-domain", "smtp:a@other.onmicrosoft.com", "warning"],
    ["reserved-domain", "smtp:a@other.microsoftonline.com", "warning"],
    ["unverified-domain", "smtp:a@fabrikam.com", "info"],
    ["unverified-domain", "SMTP:a@fabrikam.com", "warning"],
    ["legacy-type", "x400:C=US;A= ;P=X;", "info"],
    ["malformed", "smtp: b@x.com", "warning"],
    ["malformed", "b@x.com", "warning"],
    ["malformed", "smtp:an\u00e4@x.com", "warning"],
    ["malformed", "mailto:b@x.com", "warning"],
    ["malformed", "SIP:a b@x.com", "warning"],
  ])("%s: %s", async (reason, address, severity) => {
    expect(await find([address])).toMatchObject([{ reason, addresses: [address], severity }]);
  });

  it("addresses of one reason are told together", async () => {
    expect(await find(["smtp:a@one.com", "smtp:a@two.com", "x400:C=US;"])).toMatchObject([
      { reason: "legacy-type", addresses: ["x400:C=US;"] },
      { reason: "unverified-domain", addresses: ["smtp:a@one.com", "smtp:a@two.com"] },
    ]);
  });

  it("is none: what is there all the same, what is verified, what an unlicensed user has", async () => {
    expect(
      await find(["smtp:a@x.onmicrosoft.com"], { ProxyAddresses: "SMTP:a@x.com;smtp:a@x.onmicrosoft.com" }),
    ).toEqual([]);
    expect(await find(["smtp:a@fabrikam.com"], {}, { verifiedDomains: ["x.com", "Fabrikam.com"] })).toEqual([]);
    expect(await find(["smtp:a@fabrikam.com"], { IsLicensed: "False" })).toEqual([]);
  });

  it("people who will be new are looked at too", async () => {
    const { mismatches } = await analyzeText(
      ldif({ proxyAddresses: ["SMTP:new@x.com", "smtp:new@fabrikam.com"] }),
      online({ UserPrincipalName: "b@x.com", ProxyAddresses: "SMTP:b@x.com" }),
      { kinds: ["address-discarded"] },
    );
    expect(mismatches).toMatchObject([{ addresses: ["smtp:new@fabrikam.com"], onPremises: { type: "user" } }]);
    expect(mismatches[0]?.online).toBeUndefined();
  });
});
