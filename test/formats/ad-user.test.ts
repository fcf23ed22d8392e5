import { describe, expect, it } from "vitest";
import { formatProxyAddress } from "../../src/model/address.ts";
import { readAll } from "../reading.ts";

const addressesOf = async (text: string) =>
  (await readAll(text)).users.map(({ proxyAddresses }) => proxyAddresses?.map(formatProxyAddress));

describe("Get-ADUser", () => {
  it("reads every field of the model", async () => {
    const { users } = await readAll(
      '#TYPE Microsoft.ActiveDirectory.Management.ADUser\r\n"DistinguishedName","Enabled","EmailAddress","ObjectClass","ObjectGUID",' +
        '"SamAccountName","UserPrincipalName","DisplayName","mailNickname","msRTCSIP-PrimaryUserAddress","targetAddress","whenChanged","proxyaddresses"\r\n' +
        '"CN=Roe\\, Jane,DC=contoso,DC=com","False","jane@contoso.com","user","d08f810b-a35c-49a8-a4cd-c6923dfc031e",' +
        '"jane","jane@contoso.com","Roe, Jane","jane","sip:jane@contoso.com","SMTP:jane@fabrikam.com","20141205144600.0Z","SMTP:jane@contoso.com"\r\n',
    );
    expect(users).toEqual([
      {
        type: "user",
        id: "CN=Roe\\, Jane,DC=contoso,DC=com",
        origin: { name: "export", record: 1, line: 3 },
        distinguishedName: "CN=Roe\\, Jane,DC=contoso,DC=com",
        sourceAnchor: "C4GP0FyjqEmkzcaSPfwDHg==",
        samAccountName: "jane",
        userPrincipalName: "jane@contoso.com",
        displayName: "Roe, Jane",
        mail: "jane@contoso.com",
        mailNickname: "jane",
        sipAddress: "jane@contoso.com",
        targetAddress: "SMTP:jane@fabrikam.com",
        isEnabled: false,
        whenChanged: "2014-12-05T14:46:00Z",
        proxyAddresses: [{ type: "SMTP", address: "jane@contoso.com", primary: true }],
      },
    ]);
  });

  it("a date in the culture of a session is not guessed", async () => {
    const { users } = await readAll("DistinguishedName,whenChanged\nCN=a,05/12/2014 14:46:00\n");
    expect(users[0]?.whenChanged).toBeUndefined();
  });

  it("groups and contacts of Get-ADObject are what they are; without a class it is a user", async () => {
    const { users } = await readAll(
      "DistinguishedName,ObjectClass,proxyAddresses\nCN=a,group,SMTP:a@x.com\nCN=b,contact,SMTP:b@x.com\nCN=c,,\n",
    );
    expect(users.map(({ type }) => type)).toEqual(["group", "contact", "user"]);
  });

  it("without a distinguished name the sign-in name, or the account name, names the user", async () => {
    const { users } = await readAll("SamAccountName,UserPrincipalName,mail\nana,ana@x.com,\nbob,,bob@x.com\n");
    expect(users.map(({ id, distinguishedName }) => [id, distinguishedName])).toEqual([
      ["ana@x.com", undefined],
      ["bob", undefined],
    ]);
  });

  it.each([
    ["joined by a line break", "proxyAddresses", '"SMTP:a@x.com\r\nsmtp:b@x.com"'],
    ["numbered columns", "ProxyAddress_1,ProxyAddress_2", "SMTP:a@x.com,smtp:b@x.com"],
    ["numbered columns with spaces", "Proxy Address 1,Proxy Address 2", "SMTP:a@x.com,smtp:b@x.com"],
    ["a column for each type", "PrimarySMTPAddress,smtp", "a@x.com,b@x.com"],
    ["aliases alone beside the primary", "PrimarySmtpAddress,AliasSmtpAddresses", "a@x.com,b@x.com"],
    ["braces of Format-List", "proxyAddresses", '"{SMTP:a@x.com, smtp:b@x.com}"'],
  ])("addresses: %s", async (_, names, cells) => {
    expect(await addressesOf(`SamAccountName,${names}\r\nana,${cells}\r\n`)).toEqual([
      ["SMTP:a@x.com", "smtp:b@x.com"],
    ]);
  });

  it("addresses: X.500 and SIP in columns of their own", async () => {
    expect(
      await addressesOf("SamAccountName,PrimarySMTPAddress,smtp,x500,SIP\na,a@x.com,,/o=x/cn=a,a@x.com\n"),
    ).toEqual([["SMTP:a@x.com", "SIP:a@x.com", "X500:/o=x/cn=a"]]);
  });

  it("one row for each address: the rows of one object are one user, even far apart", async () => {
    const { users, summary } = await readAll(
      "DN;proxyAddress\nCN=a,DC=x;SMTP:a@x.com\nCN=b,DC=x;SMTP:b@x.com\nCN=a,DC=x;smtp:c@x.com\n",
    );
    expect(users.map(({ id, proxyAddresses }) => [id, proxyAddresses?.map(formatProxyAddress)])).toEqual([
      ["CN=a,DC=x", ["SMTP:a@x.com", "smtp:c@x.com"]],
      ["CN=b,DC=x", ["SMTP:b@x.com"]],
    ]);
    expect(summary).toMatchObject({ records: 3, objects: 2, users: 2 });
  });

  it("one row for each address, with commas in the DN that nobody quoted", async () => {
    expect(await addressesOf("DN,proxyAddress\nCN=a,DC=x,DC=y,SMTP:a@x.com\n")).toEqual([["SMTP:a@x.com"]]);
  });

  it("lost addresses name the command to export again", async () => {
    const { summary } = await readAll(
      "SamAccountName,proxyAddresses\nana,Microsoft.ActiveDirectory.Management.ADPropertyValueCollection\n",
    );
    expect(summary.lostFields).toEqual(["proxyAddresses"]);
    expect(summary.diagnostics[0]?.hint).toMatch(/Get-ADObject .*proxyAddresses -join ';'/s);
  });

  it("a list that Format-List cut is named", async () => {
    const { users, diagnostics } = await readAll(
      'SamAccountName,proxyAddresses\nana,"{SMTP:a@x.com, smtp:b@x.com...}"\n',
    );
    expect(users[0]?.proxyAddresses).toHaveLength(2);
    expect(diagnostics).toMatchObject([{ code: "address-list-cut", line: 2 }]);
  });

  it.each([
    ["half an address is left out", `SMTP:a@x.com;smtp:${"b".repeat(255 - 18)}`, 1],
    ["one that could be whole is kept", `SMTP:a@x.com;smtp:${"b".repeat(255 - 24)}@x.com`, 2],
  ])("a list of exactly 255 characters is suspicious: %s", async (_, cell, count) => {
    expect(cell).toHaveLength(255);
    const { users, diagnostics } = await readAll(`SamAccountName,proxyAddresses\nana,"${cell}"\n`);
    expect(users[0]?.proxyAddresses).toHaveLength(count);
    expect(diagnostics).toMatchObject([{ code: "address-list-of-a-limit", line: 2 }]);
  });
});
