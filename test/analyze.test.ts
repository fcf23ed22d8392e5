import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analysisSchema, analyze, InputError, type MismatchKind, UsageError } from "../src/index.ts";
import { contosoFiles } from "./fixtures/write-contoso.ts";
import { type Attributes, analyzeText, ldif, online } from "./reading.ts";

const contoso = { onPremises: contosoFiles["ad.ldf"] ?? "", online: contosoFiles["msolusers.csv"] ?? "" };

describe("the example company", () => {
  it("has a mismatch of every kind, and the document fits its schema", async () => {
    const analysis = await analyzeText(contoso.onPremises, contoso.online);
    expect(analysisSchema.parse(analysis)).toEqual(analysis);
    expect(analysis.summary).toMatchObject({
      onPremises: 42,
      online: 41,
      matched: 38,
      matchedBy: { hard: 4, "soft-smtp": 34 },
    });
    expect(Object.values(analysis.summary.byKind).every((count) => count > 0)).toBe(true);
    expect(analysis.inputs[0]?.skipped).toEqual([
      { reason: "computer", count: 1 },
      { reason: "critical-system-object", count: 3 },
      { reason: "system-mailbox", count: 1 },
    ]);
  });

  it("gives the same mismatches from LDIF and from CSVDE", async () => {
    const fromLdif = await analyzeText(contoso.onPremises, contoso.online);
    const fromCsvde = await analyzeText(contosoFiles["ad.csv"] ?? "", contoso.online);
    expect(withoutSources(fromCsvde.mismatches)).toEqual(withoutSources(fromLdif.mismatches));
  });

  it("every mismatch names the file and line of those it is about", async () => {
    const { mismatches } = await analyzeText(contoso.onPremises, contoso.online);
    const lines = { "ad.ldf": contoso.onPremises.split("\r\n"), "users.csv": contoso.online.split("\r\n") };
    for (const { onPremises, online: user } of mismatches) {
      if (onPremises !== undefined) expect(lines["ad.ldf"][onPremises.source.line - 1]).toMatch(/^dn:/);
      if (user !== undefined) expect(lines["users.csv"][user.source.line - 1]).toContain(user.id);
    }
  });
});

describe("several files of one side", () => {
  const one = ldif({ dn: "CN=a", proxyAddresses: "SMTP:a@contoso.com" });
  const two = ldif({ dn: "CN=b", proxyAddresses: "SMTP:b@contoso.com" });
  const users = online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" });

  it("are one directory, in any order", async () => {
    const sources = [
      { name: "one.ldf", data: one },
      { name: "two.ldf", data: two },
    ];
    const forth = await analyze({ onPremises: sources, online: [{ name: "u", data: users }] });
    const back = await analyze({ onPremises: [...sources].reverse(), online: [{ name: "u", data: users }] });
    expect(forth.summary.onPremises).toBe(2);
    expect(back.mismatches).toEqual(forth.mismatches);
  });

  it("an object that occurs twice counts once; a contradiction is a diagnostic of the later file", async () => {
    const other = ldif({ dn: "cn=A", proxyAddresses: "SMTP:other@contoso.com", mail: "x@contoso.com" });
    const analysis = await analyze({
      onPremises: [
        { name: "one.ldf", data: one },
        { name: "same.ldf", data: one },
        { name: "two.ldf", data: other },
      ],
      online: [{ name: "u", data: users }],
    });
    expect(analysis.summary).toMatchObject({ onPremises: 1, matched: 1 });
    expect(analysis.inputs.map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
      [],
      [],
      ["duplicate-object"],
      [],
    ]);
  });
});

describe("what cannot be answered is said", () => {
  it("lost addresses end in an error that holds the command to export again", async () => {
    const lost =
      "UserPrincipalName,ProxyAddresses\r\na@contoso.com,System.Collections.Generic.List`1[System.String]\r\n";
    const error = await analyzeText(contoso.onPremises, lost).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "lost-collection", source: "users.csv", line: 2 });
    expect((error as InputError).hint).toContain("Get-MsolUser -All | Select-Object");
  });

  it("a kind that lacks a field is listed with the field", async () => {
    const { notChecked } = await analyzeText(
      ldif({ sAMAccountName: "a" }),
      "UserPrincipalName,ImmutableId\na@contoso.com,\n",
    );
    expect(notChecked).toContainEqual({ kind: "primary-smtp-change", side: "online", missing: ["proxyAddresses"] });
    expect(notChecked).toContainEqual({ kind: "upn-change", side: "onPremises", missing: ["userPrincipalName"] });
    expect(notChecked).toContainEqual({ kind: "duplicate-address", side: "onPremises", missing: ["proxyAddresses"] });
  });

  it("settings that were inferred say from what", async () => {
    const { settings } = await analyzeText(contoso.onPremises, contoso.online);
    expect(settings).toMatchObject({
      initialDomain: "contoso.onmicrosoft.com",
      verifiedDomains: ["contoso.com", "contoso.onmicrosoft.com"],
    });
    expect(settings.inferred.map(({ setting }) => setting)).toEqual([
      "softMatch",
      "initialDomain",
      "verifiedDomains",
      "upnFlow",
    ]);
  });

  it.each([
    [{ onPremises: [], online: [{ name: "u", data: "" }] }, /onPremises names no source/],
    [{ onPremises: [{ name: "u", data: "" }], online: [] }, /online names no source/],
  ])("options without meaning", async (options, message) => {
    await expect(analyze(options)).rejects.toThrow(UsageError);
    await expect(analyze(options)).rejects.toThrow(message);
  });

  it("an unknown kind", async () => {
    await expect(analyzeText("", "", { kinds: ["__proto__" as MismatchKind] })).rejects.toThrow(
      /kinds cannot be "__proto__"; use one of: primary/,
    );
  });
});

describe("laws", () => {
  const name = fc.constantFrom("a", "b", "c", "d");
  const address = name.map((text) => `${text}@contoso.com`);
  const addresses = fc.uniqueArray(address, { minLength: 1, maxLength: 3 });
  const person = fc.record({ upn: address, addresses });
  const people = fc.array(person, { minLength: 1, maxLength: 5 });

  const toObjects = (list: readonly { upn: string; addresses: readonly string[] }[]): Attributes[] =>
    list.map(({ upn, addresses: own }, index) => ({
      dn: `CN=p${index},DC=contoso,DC=com`,
      userPrincipalName: upn,
      proxyAddresses: own.map((one, position) => `${position === 0 ? "SMTP" : "smtp"}:${one}`),
    }));
  const toUsers = (list: readonly { upn: string; addresses: readonly string[] }[]) =>
    list.map(({ upn, addresses: own }, index) => ({
      UserPrincipalName: upn,
      ObjectId: `o${index}`,
      ProxyAddresses: own.map((one, position) => `${position === 0 ? "SMTP" : "smtp"}:${one}`).join(";"),
    }));

  it("the order of records, and the case of letters in addresses, change nothing", async () => {
    await fc.assert(
      fc.asyncProperty(people, people, async (left, right) => {
        const forth = await analyzeText(ldif(...toObjects(left)), online(...toUsers(right)));
        const back = await analyzeText(ldif(...toObjects(left).reverse()), online(...toUsers(right).reverse()));
        expect(withoutSources(back.mismatches)).toEqual(withoutSources(forth.mismatches));
        const shout = await analyzeText(
          ldif(...toObjects(left)).replaceAll("@contoso.com", "@CONTOSO.COM"),
          online(...toUsers(right)),
        );
        const kinds = (analysis: typeof forth) =>
          analysis.mismatches.filter(({ severity }) => severity !== "info").map(({ kind }) => kind);
        expect(kinds(shout)).toEqual(kinds(forth));
        expect(analysisSchema.parse(forth)).toEqual(forth);
      }),
      { numRuns: 150 },
    );
  });

  it("nothing changes where both sides are the same people with one name each", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 8 }),
        async (numbers) => {
          const same = numbers.map((number) => ({
            upn: `u${number}@contoso.com`,
            addresses: [`u${number}@contoso.com`],
          }));
          const { mismatches, summary } = await analyzeText(ldif(...toObjects(same)), online(...toUsers(same)));
          expect(mismatches).toEqual([]);
          expect(summary.matched).toBe(numbers.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});

function withoutSources(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "source" ? undefined : inner)));
}
