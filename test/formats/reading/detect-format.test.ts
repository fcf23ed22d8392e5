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

  it("ends at the signal, with its reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(readAll(text, { signal })).rejects.toThrow("enough");
  });
});
