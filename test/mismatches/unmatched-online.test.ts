import { describe, expect, it } from "vitest";
import { describeMismatch } from "../../src/mismatches/definition/describe-mismatch.ts";
import { analyzeText, ldif, online } from "../reading.ts";

describe("unmatched-online", () => {
  it("is told of people of the tenant, not of its guests", async () => {
    const { mismatches } = await analyzeText(
      ldif({ proxyAddresses: "SMTP:m@contoso.com" }),
      online(
        { UserPrincipalName: "m@contoso.com", ProxyAddresses: "SMTP:m@contoso.com" },
        { UserPrincipalName: "scanner@contoso.com", ProxyAddresses: "SMTP:scanner@contoso.com" },
        { UserPrincipalName: "g_x.com#EXT#@contoso.onmicrosoft.com", ProxyAddresses: "SMTP:g@x.com" },
      ),
      { kinds: ["unmatched-online"] },
    );
    expect(mismatches).toMatchObject([{ severity: "warning", online: { id: "scanner@contoso.com" } }]);
    expect(mismatches).toHaveLength(1);
  });

  it.each([
    [{}, false],
    [{ ImmutableId: "AAAAAAAAAAAAAAAAAAAAAQ==" }, true],
    [{ LastDirSyncTime: "2026-11-20T07:00:00Z" }, true],
  ])("says whether it belongs to an object that the export lacks: %j", async (cells, isBound) => {
    const row = { UserPrincipalName: "scanner@contoso.com", ProxyAddresses: "SMTP:scanner@contoso.com", ...cells };
    const { mismatches } = await analyzeText(
      ldif({ proxyAddresses: "SMTP:m@contoso.com" }),
      online({ UserPrincipalName: "m@contoso.com", ProxyAddresses: "SMTP:m@contoso.com" }, row),
      { kinds: ["unmatched-online"] },
    );
    expect(mismatches).toMatchObject([{ isBound }]);
  });

  it("does not say that an account stays as it is whose name somebody has who is ambiguous", async () => {
    const shared = (name: string) => ({
      dn: `CN=${name}`,
      userPrincipalName: `${name}@contoso.com`,
      mail: "shop@contoso.com",
    });
    const row = (name: string) => ({
      UserPrincipalName: `${name}@contoso.com`,
      ProxyAddresses: `SMTP:${name}@contoso.com`,
    });
    const { mismatches } = await analyzeText(
      ldif(shared("tom"), shared("ute")),
      online(row("shop"), row("tom"), row("scanner")),
      { kinds: ["unmatched-online", "duplicate-address"] },
    );
    // Also without proxyAddresses a shared `mail` is a duplicate.
    expect(mismatches).toMatchObject([
      { kind: "duplicate-address", address: "shop@contoso.com" },
      { online: { id: "scanner@contoso.com" } },
      { online: { id: "tom@contoso.com" }, isNameOfAmbiguous: true },
    ]);
    const said = mismatches.slice(1).map(describeMismatch);
    expect(said[0]).toContain("stays as it is");
    expect(said[1]).not.toContain("stays as it is");
  });
});
