import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "new-people";

describe(cause, () => {
  it("counts who is to get an account", async () => {
    const ana = { dn: "CN=Ana,DC=x", userPrincipalName: "ana@contoso.com", proxyAddresses: "SMTP:ana@contoso.com" };
    const kim = { dn: "CN=Kim,DC=x", userPrincipalName: "kim@contoso.com", proxyAddresses: "SMTP:kim@contoso.com" };
    const users = [{ UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" }];
    expect(await causesOf(cause, [ana, kim], users)).toEqual([{ key: "", people: 1, findings: 1, severity: "info" }]);
    expect(await causesOf(cause, [ana], users)).toEqual([]);
  });
});
