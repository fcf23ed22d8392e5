import { describe, expect, it } from "vitest";
import {
  type AnalyzeOptions,
  analysisSchema,
  analyze,
  explainUser,
  InputError,
  type MismatchKind,
  renderReport,
  streamAnalysis,
  UsageError,
} from "../src/index.ts";
import { contosoFiles } from "./fixtures/write-contoso.ts";
import { analyzeText, ldif, online } from "./reading.ts";

const contoso = { onPremises: contosoFiles["ad.ldf"] ?? "", online: contosoFiles["msolusers.csv"] ?? "" };

describe("the example company", () => {
  it("has mismatches of many kinds, and the document fits its schema", async () => {
    const analysis = await analyzeText(contoso.onPremises, contoso.online);
    expect(analysisSchema.parse(analysis)).toEqual(analysis);
    expect(analysis.summary).toMatchObject({
      onPremises: 42,
      online: 41,
      matched: 38,
      matchedBy: { hard: 4, "soft-smtp": 34 },
    });
    // The other kinds have an example of their own: docs/mismatches.
    expect(Object.values(analysis.summary.byKind).filter((count) => count > 0).length).toBeGreaterThan(9);
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

  it("a file of which a part is in another is no copy", async () => {
    const both = `${one}\n${two}`;
    const { inputs } = await analyze({
      onPremises: [
        { name: "a.ldf", data: one },
        { name: "b.ldf", data: both },
      ],
      online: [{ name: "u", data: users }],
    });
    const codes = inputs.map(({ diagnostics }) => diagnostics.map(({ code }) => code));
    expect(codes.flat().filter((code) => /^(?:duplicate|copy)/.test(code))).toEqual(["duplicate-objects-equal"]);
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
    const codes = analysis.inputs.map(({ diagnostics }) => diagnostics.map(({ code }) => code));
    expect(codes.map((own) => own.filter((code) => /^(?:duplicate|copy)/.test(code)))).toEqual([
      [],
      ["copy-of-a-file"],
      ["duplicate-object"],
      [],
    ]);
  });
});

describe("files that do not belong where they stand", () => {
  it("the two sides swapped are refused, unless the format was named", async () => {
    const swapped = {
      onPremises: [{ name: "users.csv", data: contoso.online }],
      online: [{ name: "ad.ldf", data: contoso.onPremises }],
    };
    const error = await analyze(swapped).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "sides-swapped", source: "users.csv" });
    expect((error as InputError).message).toMatch(/export of the online service, and was given as on-premises/);
    const asked = {
      onPremises: [{ name: "users.csv", data: contoso.online, format: "msol-user" }],
      online: [{ name: "ad.ldf", data: contoso.onPremises, format: "ldif" }],
    };
    await expect(analyze(asked)).resolves.toMatchObject({ schemaVersion: 1 });
  });

  it("an export of Exchange may stand on either side", async () => {
    const mailboxes =
      "UserPrincipalName,EmailAddresses,RecipientTypeDetails\na@contoso.com,SMTP:a@contoso.com,UserMailbox\n";
    await expect(
      analyze({ onPremises: [{ name: "one", data: mailboxes }], online: [{ name: "two", data: mailboxes }] }),
    ).resolves.toMatchObject({ summary: { matched: 1 } });
  });

  it("two companies: no domain in common is said of the online export", async () => {
    const strangers = await analyzeText(
      ldif({ userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com" }),
      online({
        UserPrincipalName: "a@fabrikam.com",
        ProxyAddresses: "SMTP:a@fabrikam.com;smtp:a@contoso.onmicrosoft.com",
      }),
    );
    const found = strangers.inputs[1]?.diagnostics.find(({ code }) => code === "no-common-domain");
    expect(found?.message).toContain("online fabrikam.com; on-premises contoso.com");
    expect(renderReport(strangers, "text").indexOf("two companies")).toBeLessThan(
      renderReport(strangers, "text").indexOf("new account"),
    );
    const related = await analyzeText(
      ldif({ userPrincipalName: "b@contoso.com", proxyAddresses: "SMTP:b@contoso.com" }),
      online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" }),
    );
    expect(related.inputs.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).not.toContain(
      "no-common-domain",
    );
  });

  it("where the marks of primary addresses were lost, nothing is said of primary addresses", async () => {
    const names = ["a", "b", "c"];
    const { notChecked, mismatches } = await analyzeText(
      ldif(...names.map((name) => ({ dn: `CN=${name}`, proxyAddresses: `SMTP:${name}@contoso.com` }))),
      online(
        ...names.map((name) => ({
          UserPrincipalName: name,
          ProxyAddresses: `smtp:${name}@contoso.com;smtp:x${name}@contoso.com`,
        })),
      ),
      { kinds: ["primary-smtp-change"] },
    );
    expect(mismatches).toEqual([]);
    expect(notChecked).toEqual([{ kind: "primary-smtp-change", side: "online", missing: ["primarySmtpAddress"] }]);
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
    expect(settings.inferred.map(({ setting }) => setting)).toEqual(["service", "initialDomain", "verifiedDomains"]);
  });

  it.each([
    [
      { onPremises: [], online: [{ name: "u", data: "" }] },
      /^onPremises: expected at least one export of Active Directory, got an empty list$/,
    ],
    [
      { onPremises: [{ name: "u", data: "" }], online: [] },
      /^online: expected at least one export of the online service, got an empty list$/,
    ],
  ])("options without meaning", async (options, message) => {
    await expect(analyze(options)).rejects.toThrow(UsageError);
    await expect(analyze(options)).rejects.toThrow(message);
  });

  it("a part of the files", async () => {
    const sides = {
      onPremises: [{ name: "ad.ldf", data: contoso.onPremises }],
      online: [{ name: "users.csv", data: contoso.online }],
    };
    const partial = { ...sides, maxBytes: 10_000 };
    // @ts-expect-error a limit of inspectSource is no option of an analysis
    const options: AnalyzeOptions = { ...sides, maxBytes: 10_000 };
    for (const run of [analyze, streamAnalysis, (given: AnalyzeOptions) => explainUser(given, "Bruno Costa")]) {
      await expect(run(partial)).rejects.toThrow(UsageError);
      await expect(run(options)).rejects.toThrow(/^maxBytes: no such option$/);
    }
  });

  it("an unknown kind", async () => {
    await expect(analyzeText("", "", { kinds: ["__proto__" as MismatchKind] })).rejects.toThrow(
      /^kinds\[0\]: expected one of "primary-smtp-change", .*, got "__proto__"$/,
    );
  });
});

function withoutSources(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "source" ? undefined : inner)));
}
