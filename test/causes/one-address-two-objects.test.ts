import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "one-address-two-objects";

describe(cause, () => {
  it("counts all objects that share something", async () => {
    const ana = { dn: "CN=Ana,DC=x", userPrincipalName: "ana@contoso.com", proxyAddresses: "SMTP:info@contoso.com" };
    const list = {
      dn: "CN=Info,DC=x",
      objectClass: "group",
      mail: "info@contoso.com",
      proxyAddresses: "SMTP:info@contoso.com",
    };
    const users = [{ UserPrincipalName: "kim@contoso.com", ProxyAddresses: "SMTP:kim@contoso.com" }];
    expect(await causesOf(cause, [ana, list], users)).toMatchObject([{ key: "", people: 2, severity: "error" }]);
    expect(await causesOf(cause, [ana], users)).toEqual([]);
  });
});
