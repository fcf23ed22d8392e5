import { describe, expect, it } from "vitest";
import { formatProxyAddress } from "../../../src/model/address.ts";
import { readAll } from "../../reading.ts";

const graph = (cell: string) =>
  `id,userPrincipalName,assignedLicenses,proxyAddresses\n1,ana@contoso.com,,"${cell.replaceAll('"', '""')}"\n`;

async function addressesOf(text: string): Promise<readonly (readonly string[] | undefined)[]> {
  return (await readAll(text)).users.map(({ proxyAddresses }) => proxyAddresses?.map(formatProxyAddress));
}

describe("lists in one cell", () => {
  it.each([
    ['["SMTP:ana@contoso.com","smtp:a@contoso.com"]', ["SMTP:ana@contoso.com", "smtp:a@contoso.com"]],
    ["['SMTP:ana@contoso.com', 'smtp:a@contoso.com']", ["SMTP:ana@contoso.com", "smtp:a@contoso.com"]],
    ["[]", []],
    ["SMTP:ana@contoso.com#smtp:a@contoso.com", ["SMTP:ana@contoso.com", "smtp:a@contoso.com"]],
    ["SIP:ana@contoso.com~smtp:a@contoso.com", ["SIP:ana@contoso.com", "smtp:a@contoso.com"]],
  ])("%s", async (cell, addresses) => {
    expect(await addressesOf(graph(cell))).toEqual([addresses]);
  });

  it.each(["smtp:a@contoso.com#?!smtp:b@contoso.com/*smtp:c@contoso.com", "smtp:[a@contoso.com"])(
    "%s is no address, and nothing is concluded from it",
    async (cell) => {
      const { users, summary } = await readAll(graph(cell));
      expect(users.map(({ proxyAddresses }) => proxyAddresses)).toEqual([undefined]);
      expect(summary.lostFields).toEqual(["proxyAddresses"]);
      expect(summary.diagnostics).toMatchObject([{ code: "addresses-not-split", severity: "error", line: 2 }]);
    },
  );

  it("a python list in any column of CSV", async () => {
    const text = `dn,objectClass,sAMAccountName,proxyAddresses\n"CN=Ana,DC=x","['top', 'user']",['ana'],"[b'SMTP:a@x.com', b'smtp:b@x.com']"\n`;
    expect((await readAll(text)).users).toMatchObject([
      { type: "user", samAccountName: "ana", proxyAddresses: [{ address: "a@x.com" }, { address: "b@x.com" }] },
    ]);
  });

  it.each([";", ",", " ", "|", "\n"])("objectClass joined by %j", async (separator) => {
    const list = ["top", "person", "organizationalPerson", "user"].join(separator);
    const text = `DistinguishedName,ObjectClass,proxyAddresses\n"CN=Ana,DC=x","${list}",\n"CN=PC,DC=x","${list}${separator}computer",\n`;
    const { users, summary } = await readAll(text);
    expect(users).toMatchObject([{ type: "user" }]);
    expect(summary.skipped).toEqual([{ reason: "computer", count: 1 }]);
  });

  it("a class that was lost costs nobody, and is told", async () => {
    const text = "DistinguishedName,ObjectClass,UserPrincipalName\nCN=Ana,System.Object[],ana@contoso.com\n";
    const { users, diagnostics } = await readAll(text);
    expect(users).toMatchObject([{ type: "user" }]);
    expect(diagnostics).toMatchObject([{ code: "lost-collection", message: expect.stringContaining("objectClass") }]);
  });

  it("a row of which all was lost is no object", async () => {
    const lost = "System.DirectoryServices.ResultPropertyValueCollection";
    const text = `distinguishedname,objectclass,mail\n${lost},${lost},${lost}\n`;
    await expect(readAll(text)).rejects.toMatchObject({ code: "nothing-read", line: 2 });
  });

  it("columns for one type hold several addresses", async () => {
    const text =
      "SamAccountName,PrimarySmtpAddress,smtp,x500,SIP\n" +
      "ana,ana@x.com,a@x.com;b@x.com,x500:/o=A/ou=First Group/cn=a;x500:/o=B/cn=b,sip:ana@x.com\n" +
      "bo,bo@x.com,,/o=A/ou=First Group/cn=c;/o=B/cn=d,\n";
    expect(await addressesOf(text)).toEqual([
      [
        "SMTP:ana@x.com",
        "smtp:a@x.com",
        "smtp:b@x.com",
        "SIP:ana@x.com",
        "X500:/o=A/ou=First Group/cn=a",
        "X500:/o=B/cn=b",
      ],
      ["SMTP:bo@x.com", "X500:/o=A/ou=First Group/cn=c", "X500:/o=B/cn=d"],
    ]);
  });
});

describe("what ConvertTo-Json makes of objects and enumerations", () => {
  it("addresses of Exchange, and types of recipients", async () => {
    const rows = [
      {
        Alias: "ana",
        RecipientTypeDetails: 1,
        EmailAddresses: [{ ProxyAddressString: "SMTP:ana@x.com" }],
        PrimarySmtpAddress: { Local: "ana", Address: "ana@x.com" },
      },
      { Alias: "all", RecipientTypeDetails: 256, EmailAddresses: ["SMTP:all@x.com"], PrimarySmtpAddress: "all@x.com" },
      { Alias: "d", RecipientTypeDetails: 536870912, EmailAddresses: ["SMTP:d@x.com"], PrimarySmtpAddress: "d@x.com" },
      { Alias: "e", RecipientTypeDetails: 3, EmailAddresses: ["SMTP:e@x.com"], PrimarySmtpAddress: "e@x.com" },
    ];
    const { users, summary } = await readAll(JSON.stringify(rows));
    expect(users).toMatchObject([
      { type: "user", mail: "ana@x.com", proxyAddresses: [{ type: "SMTP", address: "ana@x.com", primary: true }] },
      { type: "group" },
      { type: "user" },
    ]);
    expect(summary.skipped).toEqual([{ reason: "system-mailbox", count: 1 }]);
    expect(summary.diagnostics).toMatchObject([
      { code: "values-not-understood", message: expect.stringContaining("“3” in 1 row (recipientType)") },
    ]);
  });

  it.each([
    [2, true],
    [1, false],
    ["Gast", true],
  ])("user type %s", async (UserType, isGuest) => {
    const { users } = await readAll(JSON.stringify([{ UserPrincipalName: "p@x.com", IsLicensed: false, UserType }]));
    expect(users).toMatchObject([{ isGuest }]);
  });
});

describe("truth in words", () => {
  it.each([
    ["Enabled", "enabled", true],
    ["Enabled", "Disabled", false],
    ["Enabled", "deaktiviert", false],
    ["Enabled", "oui", true],
  ])("%s: %s", async (name, word, isEnabled) => {
    expect((await readAll(`SamAccountName,${name}\nana,${word}\n`)).users).toMatchObject([{ isEnabled }]);
  });

  it("the state of an account is the same under a name that asks the opposite", async () => {
    const { users } = await readAll(
      "UserPrincipalName,BlockCredential\na@x.com,blocked\nb@x.com,True\nc@x.com,enabled\n",
    );
    expect(users.map((user) => user.isEnabled)).toEqual([false, false, true]);
  });

  it("what is not understood is told once", async () => {
    const { diagnostics } = await readAll("SamAccountName,Enabled\nana,perhaps\nbo,perhaps\ncy,True\n");
    expect(diagnostics).toMatchObject([
      { code: "values-not-understood", message: expect.stringContaining("“perhaps” in 2 rows (isEnabled)") },
    ]);
  });
});
