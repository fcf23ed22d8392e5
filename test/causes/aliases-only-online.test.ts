import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "aliases-only-online";

describe(cause, () => {
  it("takes the addresses that are lost, in domains that Active Directory knows", async () => {
    const users = [
      { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com;smtp:team@contoso.com" },
    ];
    const ana = { userPrincipalName: "ana@contoso.com", proxyAddresses: "SMTP:ana@contoso.com" };
    expect(await causesOf(cause, [ana], users)).toEqual([{ key: "", people: 1, findings: 1, severity: "warning" }]);
    const both = { ...ana, proxyAddresses: ["SMTP:ana@contoso.com", "smtp:team@contoso.com"] };
    expect(await causesOf(cause, [both], users)).toEqual([]);
  });
});
