import { describe, expect, it } from "vitest";
import { ldif, readAll } from "../reading.ts";

describe("LDIF of Active Directory", () => {
  it("reads every field of the model", async () => {
    const { users, summary } = await readAll(
      ldif({
        objectClass: ["top", "person", "user"],
        "objectGUID:": "C4GP0FyjqEmkzcaSPfwDHg==",
        sAMAccountName: "ana",
        userPrincipalName: "ana@contoso.com",
        displayName: "Ana",
        mail: "ana@contoso.com",
        mailNickname: "ana.a",
        proxyAddresses: ["SMTP:ana@contoso.com", "smtp:a@contoso.com"],
        targetAddress: "SMTP:ana@fabrikam.com",
        "msRTCSIP-PrimaryUserAddress": "sip:ana@contoso.com",
        userAccountControl: "514",
      }),
    );
    expect(users).toEqual([
      {
        type: "user",
        id: "CN=Ana,OU=Staff,DC=contoso,DC=com",
        origin: { name: "export", record: 1, line: 1 },
        distinguishedName: "CN=Ana,OU=Staff,DC=contoso,DC=com",
        sourceAnchor: "C4GP0FyjqEmkzcaSPfwDHg==",
        samAccountName: "ana",
        userPrincipalName: "ana@contoso.com",
        displayName: "Ana",
        mail: "ana@contoso.com",
        mailNickname: "ana.a",
        proxyAddresses: [
          { type: "SMTP", address: "ana@contoso.com", primary: true },
          { type: "SMTP", address: "a@contoso.com", primary: false },
        ],
        targetAddress: "SMTP:ana@fabrikam.com",
        sipAddress: "ana@contoso.com",
        isEnabled: false,
      },
    ]);
    expect(summary).toMatchObject({
      format: "ldif",
      encoding: "utf-8",
      records: 1,
      objects: 1,
      users: 1,
      diagnostics: [],
    });
  });

  it("objectGUID in text and in bytes give one anchor", async () => {
    const { users } = await readAll(
      ldif(
        { objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e" },
        { dn: "CN=b", "objectGUID:": "C4GP0FyjqEmkzcaSPfwDHg==" },
      ),
    );
    expect(users.map(({ sourceAnchor }) => sourceAnchor)).toEqual([
      "C4GP0FyjqEmkzcaSPfwDHg==",
      "C4GP0FyjqEmkzcaSPfwDHg==",
    ]);
  });

  it("an objectGUID that is none costs the anchor, not the user", async () => {
    const { users, diagnostics } = await readAll(ldif({ objectGUID: "42", department: "Sales" }));
    expect(users[0]).toMatchObject({ department: "Sales" });
    expect(users[0]?.sourceAnchor).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "invalid-object-guid", line: 1 }]);
  });

  it("groups and contacts are kept, other objects are left out with their reason", async () => {
    const { users, summary } = await readAll(
      ldif(
        { dn: "CN=a", objectClass: ["top", "group"] },
        { dn: "CN=b", objectClass: ["top", "person", "contact"], mail: "b@contoso.com" },
        { dn: "CN=c", objectClass: ["top", "person", "user", "computer"] },
        { dn: "OU=d", objectClass: ["top", "organizationalUnit"] },
        { dn: "CN=e", objectClass: ["publicFolder"], proxyAddresses: "SMTP:e@contoso.com" },
        { dn: "CN=f", isCriticalSystemObject: "TRUE" },
        { dn: "CN=g", msExchRecipientTypeDetails: "0x1000" },
        { dn: "CN=h", sAMAccountName: "MSOL_0123456789ab" },
        { dn: "CN=i", objectClass: ["top", "person", "contact"] },
        { dn: "CN=j", objectClass: ["top", "server"], proxyAddresses: "SMTP:j@contoso.com" },
        { dn: "CN=Guest Services" },
      ),
    );
    expect(users.map(({ id, type }) => [id, type])).toEqual([
      ["CN=a", "group"],
      ["CN=b", "contact"],
      ["CN=j", "unknown"],
      ["CN=Guest Services", "user"],
    ]);
    expect(summary.skipped).toEqual([
      { reason: "computer", count: 1 },
      { reason: "critical-system-object", count: 1 },
      { reason: "no-address", count: 1 },
      { reason: "not-a-recipient", count: 1 },
      { reason: "public-folder", count: 1 },
      { reason: "system-mailbox", count: 1 },
      { reason: "system-name", count: 1 },
    ]);
    expect(summary.diagnostics.map(({ code }) => code)).toContain("left-out-by-name");
  });

  it("keeps objects of the system where asked to", async () => {
    const { users } = await readAll(ldif({ dn: "CN=krbtgt", isCriticalSystemObject: "TRUE" }), {
      includeSystemObjects: true,
    });
    expect(users).toHaveLength(1);
  });

  it("without objectClass a UPN makes a user, and the rest is said to be unknown", async () => {
    const { users, diagnostics } = await readAll(
      "dn: CN=a\nuserPrincipalName: a@contoso.com\n\ndn: CN=b\nproxyAddresses: SMTP:b@contoso.com\n\n" +
        "dn: CN=c\nsAMAccountType: 268435456\n\ndn: CN=d\nobjectCategory: CN=Person,CN=Schema\nmail: d@contoso.com\n\n",
    );
    expect(users.map(({ type }) => type)).toEqual(["user", "unknown", "group", "contact"]);
    expect(diagnostics).toMatchObject([{ code: "object-class-missing" }]);
  });

  it("joins the ranges of an attribute, and names a missing one", async () => {
    const { users, diagnostics } = await readAll(
      "dn: CN=a\nobjectClass: user\nproxyAddresses;range=0-1: SMTP:a@contoso.com\nproxyAddresses;range=0-1: smtp:b@contoso.com\n" +
        "proxyAddresses;range=2-*: smtp:c@contoso.com\n\ndn: CN=d\nobjectClass: user\nproxyAddresses;range=0-1499: SMTP:d@contoso.com\n\n",
    );
    expect(users[0]?.proxyAddresses).toHaveLength(3);
    expect(diagnostics).toMatchObject([{ code: "range-incomplete", line: 9 }]);
  });

  it("absent is not blank: an attribute without a value is blank, one not written is absent", async () => {
    const { users, summary } = await readAll(
      "dn: CN=a\nobjectClass: user\ndepartment:\n\ndn: CN=b\nobjectClass: user\n\n",
    );
    expect(users.map(({ department }) => department)).toEqual(["", undefined]);
    expect(summary.fields).toContain("department");
    expect(summary.fields).not.toContain("proxyAddresses");
  });

  it("text that is not UTF-8 is read as Windows-1252 and said so", async () => {
    const bytes = Uint8Array.from([...Buffer.from("dn: CN=a\nobjectClass: user\ndisplayName: "), 0xc5, 0x67, 10, 10]);
    const { users, summary, diagnostics } = await readAll(bytes);
    expect(users[0]?.displayName).toBe("Åg");
    expect(summary).toMatchObject({ encoding: "windows-1252" });
    expect(diagnostics).toMatchObject([{ code: "not-utf-8" }]);
  });

  it("ldifde -u: UTF-16 with a byte order mark", async () => {
    const text = "dn: CN=Ågren\r\nchangetype: add\r\nobjectClass: user\r\ndisplayName: 日本\r\n\r\n";
    const { users, summary, diagnostics } = await readAll(
      Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, "utf16le")]),
    );
    expect(users[0]).toMatchObject({ id: "CN=Ågren", displayName: "日本" });
    expect(summary).toMatchObject({ encoding: "utf-16le" });
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ["one object of twenty: damage, of that one", 1, ["name-contradicted"]],
    ["most of them: how the file was written, said once", 15, ["names-contradicted"]],
  ])("has another name than its DN: %s", async (_what, count, codes) => {
    const objects = Array.from({ length: 20 }, (_, index) => ({
      dn: `CN=Ana ${index},DC=contoso,DC=com`,
      cn: index < count ? "Ana" : `Ana ${index}`,
      proxyAddresses: `SMTP:ana${index}@contoso.com`,
    }));
    const { summary } = await readAll(ldif(...objects));
    expect(summary.users).toBe(20);
    const said = summary.diagnostics.map(({ code }) => code);
    expect(said.filter((code) => code.includes("contradicted"))).toEqual(codes);
  });
});
