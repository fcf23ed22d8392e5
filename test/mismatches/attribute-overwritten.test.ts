import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const kinds = ["attribute-overwritten"] as const;

/** What is overwritten of somebody with an attribute in Active Directory and a column online. */
async function find(attributes: Readonly<Record<string, string>>, columns: Readonly<Record<string, string>>) {
  // A second person has every attribute: LDIF has no trace of those that nobody has.
  const other = { title: "Clerk", department: "Sales", co: "Norway", telephoneNumber: "1" };
  const ad = ldif(
    { userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com", ...attributes },
    { dn: "CN=b", userPrincipalName: "b@contoso.com", proxyAddresses: "SMTP:b@contoso.com", ...other },
  );
  const users = online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com", ...columns });
  return (await analyzeText(ad, users, { kinds })).mismatches;
}

describe("attribute-overwritten", () => {
  it("a value online becomes that of Active Directory", async () => {
    expect(await find({ title: "Clerk" }, { Title: "Head of Sales" })).toMatchObject([
      { severity: "warning", attribute: "jobTitle", before: "Head of Sales", after: "Clerk", clearedLater: false },
    ]);
  });

  it("a value that Active Directory has not is cleared in the second cycle", async () => {
    expect(await find({}, { Department: "Engineering" })).toMatchObject([
      { severity: "warning", attribute: "department", before: "Engineering", after: "", clearedLater: true },
    ]);
  });

  it.each([
    ["letter case", { title: "HEAD OF SALES" }, { Title: "Head of Sales" }],
    ["spaces and punctuation", { telephoneNumber: "030 / 123-45" }, { PhoneNumber: "030 123 45" }],
    ["the order of words", { displayName: "Hart, Hal" }, { DisplayName: "Hal Hart" }],
    ["the spaces of a number", { telephoneNumber: "+49 40 1234-5" }, { PhoneNumber: "+494012345" }],
    ["the code of a country", { co: "Germany" }, { Country: "DE" }],
  ])("is for information where only %s differs", async (_, attributes, columns) => {
    expect(await find(attributes, columns)).toMatchObject([{ severity: "info" }]);
  });

  it("another country, letter or number is no matter of spelling", async () => {
    for (const [attributes, columns] of [
      [{ co: "Denmark" }, { Country: "DE" }],
      [{ title: "Sales Head" }, { Title: "Head Sales" }],
      [{ title: "Clärk" }, { Title: "Clark" }],
      [{ telephoneNumber: "030 123 46" }, { PhoneNumber: "030 123 45" }],
    ] as const) {
      expect(await find(attributes, columns)).toMatchObject([{ severity: "warning" }]);
    }
  });

  it.each([
    ["both say the same", { title: "Clerk" }, { Title: "Clerk" }],
    ["nothing is there online", { title: "Clerk" }, { Title: "" }],
    ["nothing but a space is there online", {}, { Title: " " }],
    ["cn stands in for a blank display name", { displayName: "" }, { DisplayName: "Ana" }],
    ["the online export has no such column", { title: "Clerk" }, {}],
    ["a mobile number was edited online", { mobile: "1" }, { MobilePhone: "2" }],
  ])("none where %s", async (_, attributes, columns) => expect(await find(attributes, columns)).toEqual([]));

  it("nothing is said of a column that is blank for everybody, as Get-ADUser writes it without -Properties", async () => {
    const ad = (title: string) =>
      "DistinguishedName,ObjectClass,UserPrincipalName,Title,proxyAddresses\n" +
      `"CN=a,DC=x",user,a@contoso.com,,SMTP:a@contoso.com\n"CN=b,DC=x",user,b@contoso.com,${title},SMTP:b@contoso.com\n`;
    const users = online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com", Title: "Clerk" });
    expect((await analyzeText(ad(""), users, { kinds })).mismatches).toEqual([]);
    expect((await analyzeText(ad("Boss"), users, { kinds })).mismatches).toMatchObject([{ clearedLater: true }]);
  });
});
