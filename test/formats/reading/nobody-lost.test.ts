import { describe, expect, it } from "vitest";
import { analyzeByService, ldif, readAll } from "../../reading.ts";

const codes = (diagnostics: readonly { readonly code: string }[]) => diagnostics.map(({ code }) => code);

describe("a file in which nobody was read says so first", () => {
  it("computers", async () => {
    const { summary } = await readAll("DN,objectClass,sAMAccountName\nCN=PC1,computer,PC1$\nCN=PC2,computer,PC2$\n");
    expect(summary.diagnostics).toMatchObject([
      { code: "nobody-read", severity: "error", message: expect.stringContaining("2 computer accounts") },
    ]);
  });

  it("people of another directory, by their classes", async () => {
    const { summary } = await readAll(
      ldif(
        { dn: "uid=ana,dc=x", objectClass: ["account", "posixAccount"] },
        { dn: "cn=Bo,dc=x", objectClass: "person" },
      ),
    );
    expect(summary.skipped).toEqual([{ reason: "not-a-recipient", count: 2 }]);
    expect(summary.diagnostics).toMatchObject([
      { code: "nobody-read", message: expect.stringContaining("2 people of the classes posixAccount, person") },
    ]);
  });

  it("is not said of a file of groups", async () => {
    const { summary } = await readAll(ldif({ objectClass: "group", mail: "g@x.com" }));
    expect(codes(summary.diagnostics)).not.toContain("nobody-read");
  });
});

describe("entries that the account was not allowed to read", () => {
  const hidden = ["CN=Kai Roth,OU=Staff,DC=x", "CN=Users,DC=x", "OU=Staff,DC=x", "CN=P,CN=Policies,CN=System,DC=x"];
  const text = `${hidden.map((dn) => `dn: ${dn}\n\n`).join("")}${ldif({ dn: "CN=Ana,OU=Staff,DC=x", objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e", proxyAddresses: "SMTP:a@x.com" })}`;

  it("are counted, and people among them are named", async () => {
    const { users, summary } = await readAll(text);
    expect(users).toHaveLength(1);
    expect(summary.skipped).toEqual([{ reason: "no-attributes", count: 4 }]);
    const [said] = summary.diagnostics;
    expect(said).toMatchObject({ code: "entries-without-attributes", severity: "error" });
    expect(said?.message).toContain("4 entries have a DN and nothing else");
    expect(said?.message).toMatch(/among them: CN=Kai Roth,OU=Staff,DC=x\.$/);
  });
});

describe("a column that lists the primary address alone", () => {
  const onPremises = ldif({
    objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e",
    proxyAddresses: ["SMTP:ana.a@x.com", "smtp:ana@x.com"],
  });
  const online = "DisplayName,PrimarySmtpAddress,RecipientTypeDetails\nAna,ana@x.com,UserMailbox\n";

  it("tells whose primary address changes, and proves the domain", async () => {
    const analysis = await analyzeByService(onPremises, online);
    expect(analysis.mismatches).toMatchObject([
      { kind: "primary-smtp-change", before: "ana@x.com", after: "ana.a@x.com" },
    ]);
    expect(analysis.notChecked.filter(({ kind }) => kind === "primary-smtp-change")).toEqual([]);
    expect(analysis.notChecked.filter(({ kind }) => kind === "alias-removed")).toHaveLength(1);
  });
});

describe("addresses that were lost of some only", () => {
  it("are told before anything else", async () => {
    const { diagnostics } = await readAll(
      "DisplayName,PrimarySmtpAddress,EmailAddresses\nAna,a@x.com,System.Object[]\nBo,b@x.com,c@x.com\n",
    );
    expect(diagnostics.find(({ code }) => code === "addresses-partly-lost")).toMatchObject({
      severity: "error",
      message: expect.stringContaining("1 object"),
    });
  });
});

describe("a text that a console window has wrapped", () => {
  it("line breaks inside names and addresses are taken out, and that is said", async () => {
    const { users, diagnostics } = await readAll(
      'dn,objectClass,mail,proxyaddresses\n"CN=Ana,DC=con\ntoso",user,ana@x.com,"SMTP:\nana@x.com;smtp:a@x\n.com"\n',
    );
    expect(users).toMatchObject([
      { distinguishedName: "CN=Ana,DC=contoso", proxyAddresses: [{ address: "ana@x.com" }, { address: "a@x.com" }] },
    ]);
    expect(diagnostics).toMatchObject([
      { code: "file-wrapped", message: expect.stringContaining("3 names and addresses") },
    ]);
  });

  it("addresses on lines of their own are several", async () => {
    const { users, diagnostics } = await readAll('dn,proxyaddresses\nCN=Ana,"SMTP:ana@x.com;smtp:a@x.com\nb@x.com"\n');
    expect(users[0]?.proxyAddresses).toHaveLength(2);
    expect(codes(diagnostics)).not.toContain("file-wrapped");
  });
});

it("the state of an account is read in a row of the Entra portal that holds commas behind it", async () => {
  const { users } = await readAll(
    "userPrincipalName,displayName,mail,givenName,objectId,userType,jobTitle,accountEnabled,authenticationEmail,streetAddress\n" +
      "bo@x.com,Bo,bo@x.com,Bo,10000000-0000-4000-8000-000000000002,Member,,False,,1 Main St, Suite 2\n",
  );
  expect(users).toMatchObject([{ isEnabled: false }]);
});
