import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "mail-domain-not-verified";

describe(cause, () => {
  const user = {
    UserPrincipalName: "ana@contoso.com",
    ProxyAddresses: "SMTP:ana@contoso.com;smtp:ana@contoso.onmicrosoft.com",
  };

  it("names the domain of what is discarded, and of a primary address that is replaced", async () => {
    const ana = {
      userPrincipalName: "ana@contoso.com",
      mailNickname: "ana",
      proxyAddresses: ["SMTP:ana@fabrikam.com", "smtp:ana@contoso.com"],
    };
    const found = await causesOf(cause, [ana], [user]);
    expect(found).toEqual([{ key: "fabrikam.com", people: 1, findings: 2, severity: "error" }]);
  });

  it("is none of a domain that no tenant can verify", async () => {
    const ana = {
      userPrincipalName: "ana@contoso.com",
      proxyAddresses: ["SMTP:ana@contoso.com", "smtp:ana@contoso.local"],
    };
    expect(await causesOf(cause, [ana], [user])).toEqual([]);
  });
});
