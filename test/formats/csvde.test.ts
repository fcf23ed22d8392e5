import { describe, expect, it } from "vitest";
import { splitValues } from "../../src/formats/csvde.ts";
import { readAll } from "../reading.ts";

describe("multi-valued cells", () => {
  it.each([
    ["a;b", ["a", "b"]],
    ["X400:c=US\\;a= \\;p=EXCHANGE\\;;SMTP:a@contoso.com", ["X400:c=US;a= ;p=EXCHANGE;", "SMTP:a@contoso.com"]],
    ["c:\\\\home\\\\a", ["c:\\home\\a"]],
    ["", []],
    ["a;;b;", ["a", "b"]],
    ["CN=Roe\\, Jane", ["CN=Roe\\, Jane"]],
  ])("%s", (cell, values) => {
    expect(splitValues(cell)).toEqual(values);
  });
});

describe("CSVDE", () => {
  it("reads bytes and accents in X'…', one element of a list too", async () => {
    const { users } = await readAll(
      "DN,objectClass,displayName,objectGUID,proxyAddresses\r\n" +
        "\"CN=Roe\\, Jane,DC=contoso,DC=com\",user,X'5374c3a97068616e65',X'0b818fd05ca3a849a4cdc6923dfc031e'," +
        "SMTP:a@contoso.com;X'736d74703ac3a940636f6e746f736f2e636f6d'\r\n",
    );
    expect(users[0]).toMatchObject({
      type: "user",
      id: "CN=Roe\\, Jane,DC=contoso,DC=com",
      displayName: "Stéphane",
      sourceAnchor: "C4GP0FyjqEmkzcaSPfwDHg==",
      proxyAddresses: [
        { address: "a@contoso.com", primary: true },
        { address: "é@contoso.com", primary: false },
      ],
    });
  });

  it("adfind: all quoted, names in lower case, a space after the prefix, a line break in a cell", async () => {
    const { users } = await readAll(
      '"dn","displayname","mail","userprincipalname","proxyaddresses"\n' +
        '"CN=Roe\\, Jane,DC=contoso,DC=com","Roe,\nJane","jane@contoso.com ","RoeJ@corp.local","smtp: jane@contoso.com "\n',
    );
    expect(users[0]).toMatchObject({
      id: "CN=Roe\\, Jane,DC=contoso,DC=com",
      displayName: "Roe,\nJane",
      mail: "jane@contoso.com",
      proxyAddresses: [{ type: "SMTP", address: " jane@contoso.com", primary: false }],
    });
  });

  it("an empty cell is blank, a missing column absent, a cell that the row lacks absent", async () => {
    const { users, diagnostics } = await readAll(
      "DN,objectClass,proxyAddresses,mail\r\nCN=a,user,,\r\nCN=b,user,SMTP:b@contoso.com\r\n",
    );
    expect(users[0]).toMatchObject({ mail: "", proxyAddresses: [] });
    expect(users[0]?.userPrincipalName).toBeUndefined();
    expect(users[1]?.mail).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "csv-cell-count", line: 3 }]);
  });

  it("a row with more cells than the header is left out, with a blank one more it is told, and the others are read", async () => {
    const { users, diagnostics } = await readAll(
      "DN,objectClass,mail\nCN=a,user,x,y\nCN=b,user,b@contoso.com,\nCN=c,user,\n",
    );
    expect(users.map(({ id }) => id)).toEqual(["CN=b", "CN=c"]);
    // A blank cell too many moves no other one if it is the last; nobody can tell which one it is.
    expect(diagnostics).toMatchObject([
      { code: "csv-cell-count", line: 2, severity: "warning" },
      { code: "csv-cell-count", line: 3, severity: "warning" },
    ]);
  });

  it("columns named __proto__ and constructor do no harm; of repeated ones the first counts", async () => {
    const { users } = await readAll(
      "DN,__proto__,constructor,objectClass,mail,mail\nCN=a,x,y,user,a@contoso.com,b@contoso.com\n",
    );
    expect(users[0]).toMatchObject({ id: "CN=a", mail: "a@contoso.com" });
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("record and line numbers tell where a user was read", async () => {
    const { users } = await readAll('DN,objectClass,displayName\r\nCN=a,user,"two\r\nlines"\r\n\r\nCN=b,user,b\r\n');
    expect(users.map(({ origin }) => [origin.record, origin.line])).toEqual([
      [1, 2],
      [2, 5],
    ]);
  });
});
