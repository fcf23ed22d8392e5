import { describe, expect, it } from "vitest";
import { readAll } from "../../reading.ts";

const GUID = "d08f810b-a35c-49a8-a4cd-c6923dfc031e";
const ANCHOR = "C4GP0FyjqEmkzcaSPfwDHg==";

/** The same two objects as LDIF, CSVDE and PowerShell have them. */
const exports: readonly (readonly [string, string])[] = [
  [
    "LDIF",
    "dn: CN=a,DC=x\nobjectClass: user\nsAMAccountName: a\nuserPrincipalName: a@corp.local\nmail: Ana@contoso.com \n" +
      `employeeID: E 1\nextensionAttribute1:: w6QgMQ==\nmsDS-Bytes:: AAECAwT/\nobjectGUID: ${GUID}\n\n` +
      `dn: CN=g,DC=x\nobjectClass: group\nsAMAccountName: g\nemployeeID: E 2\nobjectGUID: ${GUID}\n\n`,
  ],
  [
    "CSVDE",
    "DN,objectClass,sAMAccountName,userPrincipalName,mail,employeeID,extensionAttribute1,msDS-Bytes,objectGUID\n" +
      `"CN=a,DC=x",user,a,a@corp.local,Ana@contoso.com ,E 1,X'c3a42031',X'0001020304ff',${GUID}\n` +
      `"CN=g,DC=x",group,g,,,E 2,,,${GUID}\n`,
  ],
  [
    "PowerShell",
    "DistinguishedName,ObjectClass,SamAccountName,UserPrincipalName,mail,EmployeeID,extensionAttribute1,msDS-Bytes,ObjectGUID\n" +
      `"CN=a,DC=x",user,a,a@corp.local,Ana@contoso.com ,E 1,ä 1,System.Byte[],${GUID}\n` +
      `"CN=g,DC=x",group,g,,,E 2,,,${GUID}\n`,
  ],
];

describe.each(exports)("attributes that options name, in %s", (name, data) => {
  it("objectGUID and userPrincipalName where nothing is named", async () => {
    const { users } = await readAll(data);
    expect(users).toMatchObject([
      { sourceAnchor: ANCHOR, userPrincipalName: "a@corp.local" },
      { sourceAnchor: ANCHOR },
    ]);
  });

  it.each(["employeeID", "EMPLOYEEID"])(
    "%s is the anchor as it is, of people; of groups it is objectGUID",
    async (sourceAnchor) => {
      const { users } = await readAll(data, { sourceAnchor });
      expect(users).toMatchObject([{ sourceAnchor: "E 1", employeeId: "E 1" }, { sourceAnchor: ANCHOR }]);
    },
  );

  it("an attribute that nobody knows is the anchor, as text", async () => {
    const { users, summary } = await readAll(data, { sourceAnchor: "extensionAttribute1" });
    expect(users[0]).toMatchObject({ sourceAnchor: "ä 1" });
    expect(summary.fields).toContain("sourceAnchor");
  });

  it("bytes are the anchor as base64, or lost", async () => {
    const { users, summary } = await readAll(data, { sourceAnchor: "msDS-Bytes" });
    if (name === "PowerShell") {
      expect(users[0]?.sourceAnchor).toBeUndefined();
      expect(summary.lostFields).toContain("sourceAnchor");
    } else expect(users[0]).toMatchObject({ sourceAnchor: "AAECAwT/" });
  });

  it("an attribute that is not exported gives nobody an anchor", async () => {
    const { users } = await readAll(data, { sourceAnchor: "employeeNumber" });
    expect(users[0]?.sourceAnchor).toBeUndefined();
  });

  it("mail is the sign-in name, trimmed; another attribute as it is", async () => {
    const { users } = await readAll(data, { upnSource: "mail" });
    expect(users[0]).toMatchObject({ userPrincipalName: "Ana@contoso.com", mail: "Ana@contoso.com" });
    const other = await readAll(data, { upnSource: "extensionAttribute1" });
    expect(other.users[0]).toMatchObject({ userPrincipalName: "ä 1" });
  });
});
