import { describe, expect, it } from "vitest";
import { analyze } from "../../../src/index.ts";
import { readAll } from "../../reading.ts";

const summaryOf = async (text: string) => (await readAll(text)).summary;

describe("what speaks for a format, and what against it", () => {
  it.each([
    [
      "columns that only the service has outweigh a DistinguishedName",
      "UserPrincipalName,ObjectId,ImmutableId,AccountEnabled,LastDirSyncTime,DistinguishedName\na@x.com,1,,True,,\n",
      "azure-ad-user",
    ],
    [
      "and an account name",
      "UserPrincipalName,SamAccountName,ImmutableId,DirSyncEnabled,ProxyAddresses\na@x.com,,,,SMTP:a@x.com\n",
      "azure-ad-user",
    ],
    [
      "mailboxes with an account name",
      "UserPrincipalName,SamAccountName,Alias,PrimarySmtpAddress,smtp\na@x.com,a-1,a,a@x.com,b@x.com\n",
      "exchange-recipient",
    ],
    [
      "the same columns with sign-in names in a domain of no tenant",
      "UserPrincipalName,SamAccountName,DisplayName,mail,PrimarySmtpAddress,smtp\na@x.local,a,A,a@x.com,a@x.com,\n",
      "ad-user",
    ],
    [
      "users of Graph without an immutable id",
      "Id,UserPrincipalName,Mail,ProxyAddresses\n1,a@x.com,,SMTP:a@x.com\n",
      "graph-user",
    ],
    [
      "an ending that all names have",
      "UserPrincipalName_Source,RecipientTypeDetails_Source\na@x.com,UserMailbox\n",
      "exchange-recipient",
    ],
  ])("%s", async (_, text, format) => {
    expect(await summaryOf(text)).toMatchObject({ format, objects: 1 });
  });

  it("columns of both sides are told", async () => {
    const { diagnostics } = await summaryOf("UserPrincipalName,ObjectId,DirSyncEnabled,SamAccountName\na@x.com,1,,a\n");
    expect(diagnostics).toMatchObject([
      { code: "columns-of-both-sides", message: expect.stringContaining("SamAccountName") },
      { code: "no-addresses" },
    ]);
  });

  it("the side that was given decides where the columns could be of both", async () => {
    const { users: read } = await readAll("userPrincipalName,immutableID\na@x.com,AAAAMAAAAECAAAAAAAAAAQ==\n", {
      format: "ad-user",
    });
    expect(read).toMatchObject([{ sourceAnchor: "AAAAMAAAAECAAAAAAAAAAQ==" }]);
    const script = "userPrincipalName,immutableID\na@x.com,AAAAMAAAAECAAAAAAAAAAQ==\n";
    const users = "UserPrincipalName,ObjectId,ImmutableId,IsLicensed,ProxyAddresses\na@x.com,1,,True,SMTP:a@x.com\n";
    const analysis = await analyze({
      onPremises: [{ name: "ad.csv", data: script }],
      online: [{ name: "users.csv", data: users }],
    });
    expect(analysis.inputs).toMatchObject([{ format: "ad-user" }, { format: "msol-user" }]);
  });

  it("no format of the other side is named where the sides are swapped", async () => {
    const users = "UserPrincipalName,ObjectId,AccountEnabled,DirSyncEnabled,DistinguishedName\na@x.com,1,True,,\n";
    const error = analyze({ onPremises: [{ name: "a", data: users }], online: [{ name: "b", data: users }] });
    await expect(error).rejects.toMatchObject({
      code: "sides-swapped",
      hint: "Give it on the other side, or all files without options: their sides are told.",
    });
  });

  it("a list of groups alone is named", async () => {
    const groups = [{ id: "1", displayName: "Sales", groupTypes: [], mailEnabled: true, proxyAddresses: [] }];
    await expect(readAll(JSON.stringify({ value: groups }))).rejects.toMatchObject({
      code: "mistaken-file",
      hint: expect.stringContaining("Get-Recipient"),
    });
  });
});

describe("columns that a format knows by another name, or by what is in them", () => {
  it.each([
    [
      "addresses",
      "UserPrincipalName,IsLicensed,ProxyAddr\na@x.com,True,SMTP:a@x.com;smtp:b@x.com\n",
      { proxyAddresses: [{}, {}] },
    ],
    [
      "addresses in numbered columns",
      "id,userPrincipalName,proxyAddresses[0],proxyAddresses[1]\n1,a@x.com,SMTP:a@x.com,smtp:b@x.com\n",
      { proxyAddresses: [{}, {}] },
    ],
    ["an account name", "DistinguishedName,UserName\nCN=A,ana\n", { samAccountName: "ana" }],
    [
      "a name in German",
      "DistinguishedName,sAMAccountName,Anzeigename\nCN=A,ana,Ana Andrade\n",
      { displayName: "Ana Andrade" },
    ],
  ])("%s", async (_, text, user) => {
    expect((await readAll(text)).users).toMatchObject([user]);
  });

  it("a deleted person among columns of two programs", async () => {
    const text =
      "Display name,User principal name,Object Id,Soft deletion time stamp,OnPremisesImmutableId,AccountEnabled,UserType\n" +
      "A,a@x.com,1,,,True,Member\nB,b@x.com,2,2024-05-06T07:08:09Z,,True,Member\n";
    expect((await summaryOf(text)).skipped).toEqual([{ reason: "deleted", count: 1 }]);
  });

  it("the name of an object in Active Directory is not its display name", async () => {
    const { users } = await readAll("DistinguishedName,Name\nCN=Ana,ana.a\n");
    expect(users[0]?.displayName).toBeUndefined();
  });
});

describe("several rows for one object", () => {
  it.each([
    "DisplayName,PrimarySmtpAddress,SMTPAddress\nAna,a@x.com,a@x.com\nAna,a@x.com,b@x.com\nBo,c@x.com,c@x.com\n",
    "UserPrincipalName,ObjectId,ImmutableId,EmailAddress\na@x.com,1,,SMTP:a@x.com\na@x.com,1,,smtp:b@x.com\nc@x.com,2,,SMTP:c@x.com\n",
    "type,alias,primary,name,address\nUserMailbox,a,a@x.com,A,SMTP:a@x.com\nUserMailbox,a,a@x.com,A,smtp:b@x.com\nUserMailbox,c,c@x.com,C,SMTP:c@x.com\n",
  ])("%s", async (text) => {
    const { users, summary } = await readAll(text);
    expect(
      users.map(({ proxyAddresses = [] }) => proxyAddresses.map(({ address, primary }) => [address, primary])),
    ).toEqual([
      [
        ["a@x.com", true],
        ["b@x.com", false],
      ],
      [["c@x.com", true]],
    ]);
    expect(summary).toMatchObject({ records: 3, objects: 2, joined: 1 });
  });

  it("one object that was exported twice, with several addresses, is not such a table", async () => {
    const text =
      "UserPrincipalName,ProxyAddresses,IsLicensed\na@x.com,SMTP:a@x.com;smtp:b@x.com,True\na@x.com,SMTP:b@x.com;smtp:a@x.com,True\n";
    expect((await summaryOf(text)).joined).toBe(0);
  });
});

describe("a row without its usual names", () => {
  it.each([
    [
      "its GUID",
      "Name,ObjectClass,ObjectGUID\nSales,group,30000000-0000-4000-8000-000000000003\n",
      "30000000-0000-4000-8000-000000000003",
    ],
    ["its first address", "Name,ObjectClass,SamAccountName,proxyAddresses\nVendor,contact,,SMTP:v@x.com\n", "v@x.com"],
    ["its name", "Name,ObjectClass,SamAccountName,mail\nVendor,user,,\nAna,user,ana,a@x.com\n", "Vendor"],
  ])("is known by %s", async (_, text, id) => {
    expect((await readAll(text, { includeSystemObjects: true })).users[0]).toMatchObject({ id });
  });
});
