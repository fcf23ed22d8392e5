import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "domain-removed";

describe(cause, () => {
  const user = { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com;smtp:ana@fabrikam.com" };
  const ana = { userPrincipalName: "ana@contoso.com", proxyAddresses: "SMTP:ana@contoso.com" };

  it("names a domain that nobody in Active Directory has", async () => {
    expect(await causesOf(cause, [ana], [user])).toEqual([
      { key: "fabrikam.com", people: 1, findings: 1, severity: "warning" },
    ]);
  });

  it("is none where a single object has an address there, be it one outside ASCII", async () => {
    const list = { dn: "CN=List,DC=contoso,DC=com", objectClass: "group", mail: "list@fabrikam.com" };
    const exotic = { dn: "CN=Jörg,DC=contoso,DC=com", proxyAddresses: "smtp:jörg@fabrikam.com" };
    expect(await causesOf(cause, [ana, list], [user])).toEqual([]);
    expect(await causesOf(cause, [ana, exotic], [user])).toEqual([]);
  });
});
