import { describe, expect, it } from "vitest";
import { readAll } from "../reading.ts";

describe("Get-MsolUser", () => {
  it("reads every field of the model, in any order and case of columns", async () => {
    const { users, summary } = await readAll(
      '#TYPE Selected.Microsoft.Online.Administration.User\r\n"objectid","PROXYADDRESSES","ImmutableID","UserPrincipalName","IsLicensed",' +
        '"BlockCredential","UserType","DisplayName","MSRtcSipPrimaryUserAddress","City","Fax"\r\n' +
        '"15e91f38-3651-425f-810a-56e0fb00287a","smtp:a@contoso.com;SMTP:ana@contoso.com","C4GP0FyjqEmkzcaSPfwDHg==",' +
        '"ana@contoso.com","True","False","Member","Ana","sip:ana@contoso.com","Lisboa",\r\n',
    );
    expect(users).toEqual([
      {
        type: "user",
        id: "15e91f38-3651-425f-810a-56e0fb00287a",
        origin: { name: "export", record: 1, line: 3 },
        userPrincipalName: "ana@contoso.com",
        objectId: "15e91f38-3651-425f-810a-56e0fb00287a",
        proxyAddresses: [
          { type: "SMTP", address: "a@contoso.com", primary: false },
          { type: "SMTP", address: "ana@contoso.com", primary: true },
        ],
        displayName: "Ana",
        immutableId: "C4GP0FyjqEmkzcaSPfwDHg==",
        isLicensed: true,
        isEnabled: true,
        sipAddress: "ana@contoso.com",
        isGuest: false,
        city: "Lisboa",
      },
    ]);
    expect(summary.columns).toContainEqual({ name: "Fax" });
    expect(summary.columns).toContainEqual({ name: "ImmutableID", field: "immutableId" });
  });

  it("a collection that nobody joined is an error that holds the command to export again", async () => {
    const { users, summary } = await readAll(
      "UserPrincipalName,ProxyAddresses,ImmutableId\r\nana@contoso.com,System.Collections.Generic.List`1[System.String],\r\n",
    );
    expect(users[0]?.proxyAddresses).toBeUndefined();
    expect(summary.lostFields).toEqual(["proxyAddresses"]);
    expect(summary.diagnostics).toMatchObject([{ code: "lost-collection", severity: "error", line: 2 }]);
    expect(summary.diagnostics[0]?.hint).toContain("Get-MsolUser -All | Select-Object UserPrincipalName");
    expect(summary.diagnostics[0]?.hint).toContain("$_.ProxyAddresses -join ';'");
  });

  it("deleted users are left out, guests are known as such", async () => {
    const { users, summary } = await readAll(
      "UserPrincipalName,ProxyAddresses,SoftDeletionTimestamp\na@contoso.com,SMTP:a@contoso.com,02/01/2012 10:00:00\n" +
        "b_fabrikam.com#EXT#@contoso.onmicrosoft.com,SMTP:b@fabrikam.com,\n",
    );
    expect(users).toMatchObject([{ isGuest: true }]);
    expect(summary.skipped).toEqual([{ reason: "deleted", count: 1 }]);
  });

  it("a row without any name is an error and costs that row; one with an address or a display name is known by it", async () => {
    const { users, diagnostics } = await readAll(
      "UserPrincipalName,ProxyAddresses,DisplayName,IsLicensed\n,,Ana,True\nb@contoso.com,,Bob,True\n,SMTP:c@contoso.com,Cid,True\n,,,True\n",
    );
    expect(users.map(({ id }) => id)).toEqual(["Ana", "b@contoso.com", "c@contoso.com"]);
    expect(diagnostics).toMatchObject([{ code: "no-user-principal-name", line: 5 }]);
  });

  it("rows of empty cells are nothing", async () => {
    const { users, diagnostics } = await readAll(
      "UserPrincipalName;ProxyAddresses\na@contoso.com;SMTP:a@contoso.com\n;\n;\n",
    );
    expect(users).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });
});
