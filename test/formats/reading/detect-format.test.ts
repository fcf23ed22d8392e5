import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/index.ts";
import { readAll } from "../../reading.ts";

describe("what cannot be read is refused in words to act on", () => {
  it.each([
    ["nothing", "", "empty-input", /Export again/],
    ["white space", " \r\n\r\n", "empty-input", /Export again/],
    ["prose", "Connecting to DC1\nExporting directory\n", "unknown-format", /Get-MsolUser -All/],
    ["an unknown table", "name,age\nana,3\n", "unknown-format", /ldifde/],
    ["a header and no rows", "UserPrincipalName,ProxyAddresses\n", "nothing-read", /no record/],
    ["LDIF without a record that can be read", "dn:: ??\nmail: a\n\n", "nothing-read", /export again/],
  ])("%s", async (_, data, code, hint) => {
    const error = await readAll(data).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code, source: "export", hint: expect.stringMatching(hint) });
  });

  it("a format that does not exist", async () => {
    await expect(readAll("dn: CN=a\n", { format: "xml" })).rejects.toThrow(/there is no format "xml"/);
  });

  it("a format that is asked for overrules detection", async () => {
    const { summary } = await readAll("UserPrincipalName,DisplayName\na@contoso.com,Ana\n", { format: "msol-user" });
    expect(summary).toMatchObject({ format: "msol-user", why: "it was asked for" });
  });

  it("a file that is usually a mistake is read if its format is named", async () => {
    const text = "User Name,First Name,Last Name,Display Name,Job Title\na@x.com,A,A,Ana,\n";
    await expect(readAll(text)).rejects.toMatchObject({ code: "mistaken-file", line: 1 });
    const { users } = await readAll(text, { format: "bpos-user-list" });
    expect(users).toMatchObject([{ userPrincipalName: "a@x.com", displayName: "Ana" }]);
  });
});

describe("columns that several formats have", () => {
  it("the choice is explained, and the others are named", async () => {
    const { summary } = await readAll("UserPrincipalName,ProxyAddresses\na@x.com,SMTP:a@x.com\n");
    expect(summary).toMatchObject({
      format: "msol-user",
      why: "its header has ProxyAddresses",
      couldBe: ["graph-user"],
    });
    const asked = await readAll("UserPrincipalName,ProxyAddresses\na@x.com,SMTP:a@x.com\n", { format: "graph-user" });
    expect(asked.summary.couldBe).toBeUndefined();
    expect(asked.users.map(({ proxyAddresses }) => proxyAddresses)).toEqual([
      [{ type: "SMTP", address: "a@x.com", primary: true }],
    ]);
  });

  it("are not named where the columns leave no doubt", async () => {
    const { summary } = await readAll("UserPrincipalName,ProxyAddresses,IsLicensed\na@x.com,SMTP:a@x.com,True\n");
    expect(summary.couldBe).toBeUndefined();
  });
});

describe("tables as people send them", () => {
  const row = "a@x.com,SMTP:a@x.com,True";
  it.each([
    ["a leading empty line", `\r\nUserPrincipalName,ProxyAddresses,IsLicensed\r\n${row}\r\n`],
    ["several #TYPE lines", `#TYPE A\n#TYPE B\nUserPrincipalName,ProxyAddresses,IsLicensed\n${row}\n`],
    ["another order and case", "ISLICENSED,userprincipalname,proxyADDRESSES\nTrue,a@x.com,SMTP:a@x.com\n"],
    ["columns without a name", "UserPrincipalName,ProxyAddresses,IsLicensed,,\na@x.com,SMTP:a@x.com,True,,\n"],
    [
      "columns named like properties of all objects",
      `__proto__,constructor,UserPrincipalName,ProxyAddresses,IsLicensed\nx,y,${row}\n`,
    ],
    [
      "a last line of words",
      `UserPrincipalName,ProxyAddresses,IsLicensed\n${row}\n\nThe command completed successfully.\n`,
    ],
    ["rows of nothing but delimiters", `UserPrincipalName,ProxyAddresses,IsLicensed\n${row}\n,,\n,,\n`],
    ["a last row without a line end", `UserPrincipalName,ProxyAddresses,IsLicensed\n${row}`],
    ["a last row that was cut", `UserPrincipalName,ProxyAddresses,IsLicensed\n${row}\nb@x.com,SMTP:b@`],
    ["a row without its last cells", "UserPrincipalName,ProxyAddresses,IsLicensed,City\na@x.com,SMTP:a@x.com,True\n"],
  ])("%s", async (_, text) => {
    const { users } = await readAll(text);
    expect(users).toMatchObject([
      { userPrincipalName: "a@x.com", isLicensed: true, proxyAddresses: [{ address: "a@x.com" }] },
    ]);
  });

  it("of a repeated column the first is used, and that is said", async () => {
    const { users, diagnostics } = await readAll(
      "UserPrincipalName,Fax,ProxyAddresses,Fax,proxyaddresses\na@x.com,,SMTP:a@x.com,,SMTP:b@x.com\n",
    );
    expect(users[0]?.proxyAddresses).toMatchObject([{ address: "a@x.com" }]);
    expect(diagnostics).toMatchObject([{ code: "csv-repeated-column", line: 1 }]);
    expect(diagnostics).toHaveLength(1);
  });

  it("a cell of 1 MB", async () => {
    const aliases = Array.from({ length: 40_000 }, (_, index) => `smtp:alias${index}@contoso.com`).join(";");
    expect(aliases.length).toBeGreaterThan(1_000_000);
    const { users, diagnostics } = await readAll(
      `UserPrincipalName,ProxyAddresses\na@x.com,"SMTP:a@x.com;${aliases}"\n`,
    );
    expect(users[0]?.proxyAddresses).toHaveLength(40_001);
    expect(diagnostics).toEqual([]);
  });
});

describe("any form of source data", () => {
  const text = "dn: CN=a\nobjectClass: user\n\n";
  it.each([
    ["text", text],
    ["bytes", Buffer.from(text)],
    ["a Blob", new Blob([text])],
    ["a web stream", new Blob([text]).stream()],
    ["an iterable of chunks", Array.from(text, (character) => Buffer.from(character))],
  ])("%s", async (_, data) => {
    expect((await readAll(data)).users).toHaveLength(1);
  });

  it("a compressed file is read in place, and a cut one to where it was cut", async () => {
    const packed = gzipSync(text.repeat(2000).replaceAll("CN=a", () => `CN=${Math.random()}`));
    const whole = await readAll(packed);
    expect(whole.summary).toMatchObject({ compression: "gzip", users: 2000 });
    const cut = await readAll(packed.subarray(0, packed.length / 2));
    expect(cut.users.length).toBeGreaterThan(500);
    expect(cut.users).toEqual(whole.users.slice(0, cut.users.length));
    expect(cut.diagnostics.map(({ code }) => code)).toContain("gzip-damaged");
  });

  it("reading ends early where no more is asked for, and says so", async () => {
    const description = "x".repeat(1000);
    const chunks = Array.from({ length: 500 }, (_, index) =>
      Buffer.from(`dn: CN=${index}\nobjectClass: user\ndescription: ${description}\n\n`),
    );
    const { users, summary, diagnostics } = await readAll(chunks, { maxBytes: 100_000 });
    expect(users.length).toBeGreaterThan(60);
    expect(users.length).toBeLessThan(120);
    expect(summary.isPartial).toBe(true);
    expect(diagnostics).toEqual([]);
  });

  it("an encoding that does not exist is an error of use", async () => {
    await expect(readAll(text, { encoding: "latin1" })).resolves.toBeDefined();
    await expect(readAll(text, { encoding: "cp-none" })).rejects.toThrow(/encoding cannot be "cp-none"/);
  });

  it("ends at the signal, with its reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(readAll(text, { signal })).rejects.toThrow("enough");
  });
});
