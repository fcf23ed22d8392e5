import { describe, expect, it } from "vitest";
import { columnWords, nameKey } from "../../../src/formats/reading/column-words.ts";
import { proposeColumns } from "../../../src/formats/reading/propose-columns.ts";

/** The roles of a table whose first line is its header; cells are parted by bars. */
function rolesOf(...lines: readonly string[]): readonly (string | undefined)[] {
  const [header = [], ...rows] = lines.map((line) => line.split("|"));
  return proposeColumns(header, rows).map(({ role }) => role);
}

describe("what the columns of an unknown table are for", () => {
  it.each([
    [
      "German, with merged addresses",
      [
        "Anmeldename|Anzeigename|Haupt-E-Mail|Weitere Adressen",
        "ana@contoso.com|Ana Andrade|ana@contoso.com|a@contoso.com; b@contoso.com",
      ],
      ["userPrincipalName", "displayName", "primarySmtpAddress", "smtpAddresses"],
    ],
    [
      "French",
      [
        "Identifiant|Nom|Prénom|Adresse principale|Autres adresses",
        "ana@contoso.com|Andrade|Ana|ana@contoso.com|a@contoso.com",
      ],
      ["userPrincipalName", "surname", "givenName", "primarySmtpAddress", "smtpAddresses"],
    ],
    [
      "Spanish",
      ["Nombre|Apellidos|Correo electrónico|Habilitado", "Ana|Andrade|ana@contoso.com|verdadero"],
      ["givenName", "surname", "mail", "isEnabled"],
    ],
    [
      "Dutch",
      ["Gebruikersnaam|Weergavenaam|Primair e-mailadres|Overige adressen", "ana|Ana Andrade|ana@contoso.com|"],
      ["samAccountName", "displayName", "primarySmtpAddress", "smtpAddresses"],
    ],
    [
      "Italian",
      [
        "Nome utente|Nome completo|Indirizzo principale|Altri indirizzi",
        "ana@contoso.com|Ana Andrade|ana@contoso.com|",
      ],
      ["userPrincipalName", "displayName", "primarySmtpAddress", "smtpAddresses"],
    ],
    [
      "English, with addresses in many columns",
      ["Name|Login|primary|alias1|alias2", "Ana Andrade|ana@contoso.com|ana@contoso.com|a@contoso.com|b@contoso.com"],
      ["displayName", "userPrincipalName", "primarySmtpAddress", "smtpAddresses", "smtpAddresses"],
    ],
    [
      "one name, told by what is in the cells: a sign-in name, an account name, a person",
      ["User|UserName|Alias", "Ana Andrade|ana|a.andrade"],
      ["displayName", "samAccountName", "mailNickname"],
    ],
    [
      "names that say nothing, told by what is in the cells",
      [
        "A|B|C",
        "SMTP:ana@contoso.com;smtp:a@contoso.com|AAAAMAAAAECAAAAAAAAAAQ==|CN=Ana,DC=contoso,DC=com",
        "smtp:bo@contoso.com|AAAAMAAAAECAAAAAAAAAAg==|CN=Bo,DC=contoso,DC=com",
      ],
      ["proxyAddresses", "immutableId", "distinguishedName"],
    ],
    [
      "the same in all rows names nobody, and a manager is somebody else",
      [
        "Base|Manager|ForwardingAddress",
        "CN=A,DC=contoso,DC=com|CN=Bo,DC=contoso,DC=com|smtp:x@contoso.com",
        "CN=A,DC=contoso,DC=com|CN=Cy,DC=contoso,DC=com|",
      ],
      [undefined, undefined, undefined],
    ],
    [
      "an ending that all names have",
      ["UserPrincipalName_Source|EmailAddresses_Source", "ana@contoso.com|SMTP:ana@contoso.com"],
      ["userPrincipalName", "proxyAddresses"],
    ],
    ["nothing", ["name|age", "ana|3"], ["displayName", undefined]],
  ])("%s", (_, lines, roles) => {
    expect(rolesOf(...lines)).toEqual(roles);
  });

  it("says why, and how certain it is", () => {
    expect(proposeColumns(["Login", "X"], [["ana@contoso.com", "SMTP:ana@contoso.com"]])).toEqual([
      { name: "Login", index: 0, role: "userPrincipalName", why: "its name says so", certainty: "sure" },
      {
        name: "X",
        index: 1,
        role: "proxyAddresses",
        why: expect.stringContaining("SMTP:"),
        certainty: "sure",
        isByCells: true,
      },
    ]);
    expect(proposeColumns(["Login"], [[""]])).toMatchObject([{ certainty: "likely" }]);
  });

  it("names are written as they are compared, and none twice for a role", () => {
    for (const { names } of columnWords) {
      const list = names.split(" ");
      expect(list.map(nameKey)).toEqual(list);
      expect(new Set(list).size).toBe(list.length);
    }
  });
});
