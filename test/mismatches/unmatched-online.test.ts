import { describe, expect, it } from "vitest";
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
});
