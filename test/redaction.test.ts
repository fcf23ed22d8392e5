import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type Analysis, type ReportFormat, redact, renderReport, reportFormats, UsageError } from "../src/index.ts";
import { diagnose } from "../src/model/diagnostic.ts";
import { Pseudonyms } from "../src/pseudonyms.ts";
import { contosoFiles } from "./fixtures/write-contoso.ts";
import { people, settings, toObjects, toRows } from "./invented-people.ts";
import { analyzeText, ldif, online } from "./reading.ts";
import { times } from "./real-parts.ts";

const contoso = await analyzeText(contosoFiles["ad.ldf"] ?? "", contosoFiles["msolusers.csv"] ?? "", {
  softMatch: "both",
});
const key = "a key of this test";

/** A report as text, whatever its format: of a workbook all that its files say. */
async function textOf(analysis: Analysis, format: ReportFormat): Promise<string> {
  const report = await renderReport(analysis, format);
  if (typeof report === "string")
    return format === "html" ? report.replace(/<(style|details)>[\s\S]*?<\/\1>/g, "") : report;
  return Object.values(unzipSync(report))
    .map((file) => strFromU8(file))
    .join("\n");
}

/** Every word of the example company that tells somebody: local parts, names, components of DNs, ids. */
function originalWords(): ReadonlySet<string> {
  const words = new Set<string>();
  const text = `${contosoFiles["ad.ldf"]}\n${contosoFiles["msolusers.csv"]}`;
  const decoded = text.replace(
    /:: ([A-Za-z0-9+/=]+)/g,
    (_, base64: string) => `: ${Buffer.from(base64, "base64").toString()}`,
  );
  for (const [, localPart = ""] of decoded.matchAll(/([\p{L}\d._'-]+)@/gu)) words.add(localPart.toLowerCase());
  for (const [, name = ""] of decoded.matchAll(/(?:displayName|cn): (.*)/g)) words.add(name.trim().toLowerCase());
  for (const [, part = ""] of decoded.matchAll(/(?:CN|OU|DC)=([^,\n]+)/g)) words.add(part.trim().toLowerCase());
  // Words of this program and of the service are nobody's.
  for (const common of ["com", "users", "staff", "user", "person", "top", "domain", "smtp"]) words.delete(common);
  return new Set([...words].filter((word) => word.length > 2));
}

/** What a finding says without names: kinds, severities, sides, reasons. */
function shapeOf({ mismatches, summary, notChecked }: Analysis): unknown {
  const shapes = mismatches.map((mismatch) =>
    JSON.parse(
      JSON.stringify(mismatch, (field, value) =>
        typeof value === "string" &&
        ![
          "kind",
          "severity",
          "side",
          "reason",
          "rule",
          "attribute",
          "method",
          "basis",
          "type",
          "movedBy",
          "movedByFrom",
        ].includes(field)
          ? "…"
          : value,
      ),
    ),
  );
  return { shapes, summary, notChecked };
}

describe("redact", () => {
  it("keeps counts, kinds and relations", () => {
    const redacted = redact(contoso, { key });
    expect(shapeOf(redacted)).toEqual(shapeOf(contoso));
    // The same text has the same pseudonym, and different ones have different ones.
    const addresses = (analysis: Analysis) =>
      analysis.mismatches.flatMap(({ online: there, onPremises }) => [
        there?.userPrincipalName ?? "",
        onPremises?.primarySmtpAddress ?? "",
      ]);
    const pairs = addresses(contoso).map(
      (address, index) => [address.toLowerCase(), addresses(redacted)[index]?.toLowerCase()] as const,
    );
    expect(new Map(pairs).size).toBe(new Set(pairs.map(([, pseudonym]) => pseudonym)).size);
  });

  it.each(reportFormats)("leaves no name, local part, id or component of a DN in %s", async (format) => {
    const text = (await textOf(redact(contoso, { key }), format)).toLowerCase();
    const known = (await textOf(contoso, format)).toLowerCase();
    const words = [...originalWords()];
    const isIn = (word: string, where: string) => {
      const pattern = word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
      return new RegExp(`(?<![\\p{L}\\d])${pattern}(?![\\p{L}\\d])`, "u").test(where);
    };
    // The test can fail: most of the words stand in the report of which nothing is hidden.
    expect(words.filter((word) => isIn(word, known)).length).toBeGreaterThan(5);
    expect(words.filter((word) => isIn(word, text))).toEqual([]);
    for (const { online: there } of contoso.mismatches)
      if (there !== undefined) expect(text).not.toContain(there.id.toLowerCase());
  });

  it("leaves the names of attributes that every directory has, and of no other", () => {
    const settings = { ...contoso.settings, sourceAnchor: "employeeid", upnSource: "contosoLoginName" };
    const redacted = redact({ ...contoso, settings }, { key }).settings;
    expect(redacted.sourceAnchor).toBe("employeeid");
    expect(redacted.upnSource).not.toMatch(/contoso/i);
    expect(redact(contoso, { key }).settings).toMatchObject({ upnSource: "userPrincipalName" });
  });

  it("leaves domains where asked to", async () => {
    const text = await textOf(redact(contoso, { key, keepDomains: true }), "csv");
    expect(text).toContain("@contoso.com");
    expect(text).not.toMatch(/bruno/i);
    expect(await textOf(redact(contoso, { key }), "csv")).not.toContain("contoso");
  });

  it("gives the same pseudonyms for the same key, and others for another", async () => {
    const [one, again, other] = [key, key, "another"].map((own) => renderReport(redact(contoso, { key: own }), "json"));
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it("keeps nothing of what is not understood, and its shape of what is", () => {
    const pseudonyms = new Pseudonyms({ key });
    const word = /^[pP]-[a-z2-9]{10}$/;
    for (const text of [
      'CN="Roe, Jane",OU=Staff,DC=contoso,DC=com',
      "CN=Roe, Jane,OU=Staff,DC=contoso,DC=com",
      "CN=Jane+UID=roe,DC=contoso,DC=com",
      "X-NAME=Jane,OU=Staff,DC=contoso,DC=com",
      "/o=Contoso/ou=Staff/cn=Jane",
    ]) {
      expect(pseudonyms.text(text)).toMatch(word);
    }
    expect(pseudonyms.text("smtp:a@contoso.com (Jane Roe)")).toMatch(/^smtp:P-[a-z2-9]{10}\($/);
    expect(pseudonyms.text("E=jane@contoso.com,OU=Staff,DC=contoso,DC=com")).toMatch(
      /^E=p-[a-z2-9]{10},OU=P-[a-z2-9]{10},DC=d-[a-z2-9]{10},DC=com$/,
    );
    expect(pseudonyms.text("jane@mail.contoso.janeroe")).toMatch(/^p-\w{10}@d-\w{10}\.d-\w{10}\.d[a-z]{10}$/);
    expect(pseudonyms.text("jane@contoso.mail.onmicrosoft.com")).toMatch(/@d-\w{10}\.mail\.onmicrosoft\.com$/);
    expect(pseudonyms.text("MSNOTES:Jane Roe")).toMatch(/^X-[A-Z2-9]{10}:P-\w{10}$/);
    expect(pseudonyms.text("smtp:".repeat(100_000))).toMatch(/^smtp:p-/);
  });

  it("keeps the numbers of a diagnostic, and nothing that it quotes", () => {
    const diagnostic = diagnose("ldif-no-colon", { line: 7, detail: "Jane Roe" });
    const input = {
      ...contoso.inputs[0],
      diagnostics: [{ ...diagnostic, message: `12 more like this, the last on line 7: ${diagnostic.message}` }],
    };
    const [redacted] = redact({ ...contoso, inputs: [input as Analysis["inputs"][number]] }, { key }).inputs;
    expect(redacted?.diagnostics).toEqual([
      {
        ...diagnostic,
        message: "12 more like this, the last on line 7: The line has no colon: …. The line is left out.",
      },
    ]);
  });

  it("keeps no domain of which it is not known whether it is verified, and no unit of which nobody is online", async () => {
    const person = (name: string, ou: string, suffix: string, ...aliases: string[]) => ({
      dn: `CN=${name},OU=${ou},DC=contoso,DC=com`,
      userPrincipalName: `${name}@${suffix}`,
      proxyAddresses: [`SMTP:${name}@${suffix}`, ...aliases],
    });
    const analysis = await analyzeText(
      ldif(
        person("kira", "Staff", "contoso.com", "smtp:kira@fabrikam.com"),
        person("olaf", "Elsewhere", "tailspin.example.com"),
      ),
      online({ UserPrincipalName: "kira@contoso.com", ProxyAddresses: "SMTP:kira@contoso.com;smtp:k@fabrikam.com" }),
      { service: "dirsync-v2" },
    );
    expect([...(analysis.comparison.tenant.doubtfulDomains ?? [])]).toEqual(["fabrikam.com"]);
    expect(analysis.comparison.unused?.diagnostic.message).toContain("OU=Elsewhere");
    const { tenant, unused } = redact(analysis, { key }).comparison;
    expect([...(tenant.doubtfulDomains ?? [])]).toHaveLength(1);
    expect([...tenant.verifiedDomains]).toEqual(expect.arrayContaining([...(tenant.doubtfulDomains ?? [])]));
    expect([...(tenant.doubtfulDomains ?? []), unused?.diagnostic.message].join()).not.toMatch(
      /fabrikam|Elsewhere|tailspin/,
    );
  });

  it("refuses an empty key, with which anybody could try names", () => {
    expect(() => redact(contoso, { key: "" })).toThrow(UsageError);
  });

  it("shows a difference in case alone as one", () => {
    const change = redact(contoso, { key }).mismatches.find(
      (one) => one.kind === "primary-smtp-change" && one.caseOnly,
    );
    if (change?.kind !== "primary-smtp-change") throw new Error("none");
    expect(change.before).not.toBe(change.after);
    expect(change.before.toLowerCase()).toBe(change.after.toLowerCase());
  });

  it("of any two directories: the same shapes, and no local part left", async () => {
    await fc.assert(
      fc.asyncProperty(people, people, settings, async (left, right, options) => {
        const analysis = await analyzeText(ldif(...toObjects(left)), online(...toRows(right)), options);
        const redacted = redact(analysis, { key });
        expect(shapeOf(redacted)).toEqual(shapeOf(analysis));
        expect(JSON.stringify(redacted.mismatches)).not.toMatch(
          /\b(?:ana|bob|cid|dora)@|contoso|fabrikam|Andrade|CN=p\d/i,
        );
      }),
      { numRuns: times(200) },
    );
  });
});
