import { describe, expect, it } from "vitest";
import { analyze } from "../../src/index.ts";
import { ldif, online, readAll } from "../reading.ts";

const person = (name: string, unit: string) => ({
  dn: `CN=${name},${unit},DC=contoso,DC=com`,
  userPrincipalName: `${name}@contoso.com`,
  proxyAddresses: `SMTP:${name}@contoso.com`,
});
const inside = person("ana", "OU=Staff");
const outside = person("bo", "OU=Not synchronized");
const excludeOu = ["ou=not synchronized,dc=contoso,dc=com"];

describe("what is out of scope", () => {
  it.each([
    ["LDIF", ldif(inside, outside)],
    [
      "CSVDE",
      `DN,objectClass,userPrincipalName,proxyAddresses\n"${inside.dn}",user,ana@contoso.com,SMTP:ana@contoso.com\n"${outside.dn}",user,bo@contoso.com,SMTP:bo@contoso.com\n`,
    ],
    [
      "Get-ADUser",
      `DistinguishedName,ObjectClass,SamAccountName,UserPrincipalName,ProxyAddresses\n"${inside.dn}",user,ana,ana@contoso.com,SMTP:ana@contoso.com\n"${outside.dn}",user,bo,bo@contoso.com,SMTP:bo@contoso.com\n`,
    ],
    [
      "Get-Mailbox on-premises",
      `UserPrincipalName,RecipientTypeDetails,EmailAddresses,DistinguishedName,Guid\nana@contoso.com,UserMailbox,SMTP:ana@contoso.com,"${inside.dn}",\nbo@contoso.com,UserMailbox,SMTP:bo@contoso.com,"${outside.dn}",\n`,
    ],
  ])("is left out and counted: %s", async (_, text) => {
    const { users, summary } = await readAll(text, { excludeOu });
    expect(users.map(({ userPrincipalName }) => userPrincipalName)).toEqual(["ana@contoso.com"]);
    expect(summary.skipped).toEqual([{ reason: "out-of-scope", count: 1 }]);
    const included = await readAll(text, { includeOu: ["OU=Staff,DC=contoso,DC=com"] });
    expect(included.users).toEqual(users);
  });

  it("takes part in nothing: neither as a match nor as a duplicate or a holder", async () => {
    const twin = { ...outside, proxyAddresses: ["SMTP:bo@contoso.com", "smtp:ana@contoso.com"] };
    const { mismatches, summary, settings } = await analyze({
      onPremises: [{ name: "ad.ldf", data: ldif(inside, twin) }],
      online: [
        {
          name: "users.csv",
          data: online(
            { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" },
            {
              UserPrincipalName: "helpdesk@contoso.com",
              ProxyAddresses: "SMTP:helpdesk@contoso.com;smtp:bo@contoso.com",
            },
          ),
        },
      ],
      excludeOu,
    });
    expect(mismatches).toMatchObject([
      { kind: "unmatched-online", online: { userPrincipalName: "helpdesk@contoso.com" } },
    ]);
    expect(summary.onPremises).toBe(1);
    expect(settings).toMatchObject({ includeOu: [], excludeOu });
  });

  it("may be everything", async () => {
    const { users, summary } = await readAll(ldif(outside), { excludeOu });
    expect([users, summary.skipped]).toEqual([[], [{ reason: "out-of-scope", count: 1 }]]);
  });
});
