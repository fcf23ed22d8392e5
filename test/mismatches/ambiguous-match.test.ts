import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const kinds = ["ambiguous-match"] as const;

describe("ambiguous-match", () => {
  it("one on-premises, many online: the candidates are the online users", async () => {
    const { mismatches, summary } = await analyzeText(
      ldif({ proxyAddresses: ["SMTP:a@contoso.com", "smtp:b@contoso.com"] }),
      online(
        { UserPrincipalName: "b@contoso.com", ProxyAddresses: "SMTP:b@contoso.com" },
        { UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" },
      ),
      { kinds },
    );
    expect(mismatches).toMatchObject([
      {
        onPremises: {},
        on: "a@contoso.com",
        candidates: [
          { side: "online", id: "a@contoso.com" },
          { side: "online", id: "b@contoso.com" },
        ],
      },
    ]);
    expect(mismatches[0]?.online).toBeUndefined();
    expect(summary.matched).toBe(0);
  });

  it("many on-premises, one online: the candidates are the on-premises users", async () => {
    const { mismatches } = await analyzeText(
      ldif({ dn: "CN=a", proxyAddresses: "SMTP:x@contoso.com" }, { dn: "CN=b", proxyAddresses: "SMTP:x@contoso.com" }),
      online({ UserPrincipalName: "x@contoso.com", ProxyAddresses: "SMTP:x@contoso.com" }),
      { kinds },
    );
    expect(mismatches).toMatchObject([
      { online: { id: "x@contoso.com" }, candidates: [{ side: "onPremises", id: "CN=a" }, { id: "CN=b" }] },
    ]);
  });

  it("many to many: all are candidates, on-premises first", async () => {
    const { mismatches } = await analyzeText(
      ldif(
        { dn: "CN=b", proxyAddresses: ["SMTP:b@contoso.com", "smtp:x@contoso.com"] },
        { dn: "CN=a", proxyAddresses: ["SMTP:a@contoso.com", "smtp:x@contoso.com"] },
      ),
      online(
        { UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com;smtp:x@contoso.com" },
        { UserPrincipalName: "b@contoso.com", ProxyAddresses: "SMTP:b@contoso.com" },
      ),
      { kinds },
    );
    expect(mismatches).toMatchObject([
      {
        on: "x@contoso.com",
        candidates: [{ id: "CN=a" }, { id: "CN=b" }, { id: "a@contoso.com" }, { id: "b@contoso.com" }],
      },
    ]);
  });
});
