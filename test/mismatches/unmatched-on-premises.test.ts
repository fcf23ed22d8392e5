import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

describe("unmatched-on-premises", () => {
  it("is told of people only, in the order of their DNs", async () => {
    const { mismatches } = await analyzeText(
      ldif(
        { dn: "CN=b", proxyAddresses: "SMTP:b@contoso.com" },
        { dn: "CN=a" },
        { dn: "CN=g", objectClass: "group", proxyAddresses: "SMTP:g@contoso.com" },
        { dn: "CN=m", proxyAddresses: "SMTP:m@contoso.com" },
      ),
      online({ UserPrincipalName: "m@contoso.com", ProxyAddresses: "SMTP:m@contoso.com" }),
      { kinds: ["unmatched-on-premises"] },
    );
    expect(mismatches).toMatchObject([
      { severity: "info", onPremises: { id: "CN=a" } },
      { onPremises: { id: "CN=b" } },
    ]);
    expect(mismatches).toHaveLength(2);
  });
});
