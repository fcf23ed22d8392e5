import readExcelFile from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { type Analysis, hideAccepted, renderReport, streamAnalysis } from "../../src/index.ts";
import { renderNotice } from "../../src/reports/before-reading.ts";
import { analyzeText, ldif, online } from "../reading.ts";

const person = {
  userAccountControl: "512",
  userPrincipalName: "ana@contoso.com",
  mail: "ana@contoso.com",
  objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e",
  proxyAddresses: "SMTP:ana@contoso.com",
};
const users = (primary: string) =>
  online({
    UserPrincipalName: primary,
    ProxyAddresses: `SMTP:${primary};smtp:ana@contoso.com`,
    ImmutableId: "",
    BlockCredential: "False",
  });

const strangers = await analyzeText(
  ldif(person),
  online({ UserPrincipalName: "bo@fabrikam.com", ProxyAddresses: "SMTP:bo@fabrikam.com", ImmutableId: "" }),
);
const loud = await analyzeText(ldif(person), users("a.silva@contoso.com"));
const filtered = await analyzeText(ldif(person), users("a.silva@contoso.com"), { kinds: ["duplicate-upn"] });
const accepted = hideAccepted(loud, loud);
const unchecked = await analyzeText(
  ldif({ ...person, userPrincipalName: [] }),
  "UserPrincipalName,ProxyAddresses\nana@contoso.com,SMTP:ana@contoso.com\n",
);
const damaged = await analyzeText(`${ldif(person)}nonsense\n\n`, users("a.silva@contoso.com"), {
  kinds: ["duplicate-upn"],
});

/** What a reader sees of each format, without what draws it. */
const formats: Readonly<Record<string, (analysis: Analysis) => string | Promise<string>>> = {
  text: (analysis) => unwrap(renderReport(analysis, "text")),
  json: (analysis) => JSON.parse(renderReport(analysis, "json")).verdict.text,
  markdown: (analysis) => renderReport(analysis, "markdown").replaceAll("\\", ""),
  html: async (analysis) => (await renderReport(analysis, "html")).replaceAll("&#39;", "'"),
  xlsx: async (analysis) => {
    const [summary] = await readExcelFile(Buffer.from(await renderReport(analysis, "xlsx")));
    return JSON.stringify(summary?.data);
  },
  "csv, on standard error": (analysis) => unwrap(renderNotice(analysis)),
};

function unwrap(text: string): string {
  return text.replaceAll(/[│\s]+/g, " ");
}

describe.each(Object.entries(formats))("%s", (_, show) => {
  it.each([
    ["kinds were not asked for", filtered],
    ["findings were accepted", accepted],
    ["a kind could not be checked", unchecked],
    ["a record could not be read", damaged],
    ["the files are of two companies", strangers],
  ])("says the one verdict where %s", async (_reason, analysis) => {
    const shown = await show(analysis);
    expect(shown).toContain(analysis.verdict.text);
    expect(shown).not.toMatch(/nothing (?:will )?change/i);
    expect(shown).not.toContain("✔");
  });

  it("says first that the files look like those of two companies", async () => {
    const shown = await show(strangers);
    const place = shown.indexOf("exports of two companies");
    expect(place).toBeGreaterThan(-1);
    for (const finding of ["unmatched-online", "has no counterpart", 'id="findings"', "people online"]) {
      const at = shown.indexOf(finding);
      if (at >= 0) expect(at).toBeGreaterThan(place);
    }
  });
});

describe("the notice beside reports that are rows", () => {
  it("is the same for an analysis that is streamed, and none where nothing needs to be known", async () => {
    const sources = {
      onPremises: [{ name: "ad.ldf", data: ldif(person) }],
      online: [{ name: "users.csv", data: users("a.silva@contoso.com") }],
    };
    expect(renderNotice(await streamAnalysis(sources))).toBe("");
    expect(renderNotice(await streamAnalysis({ ...sources, kinds: ["duplicate-upn"] }))).toBe(renderNotice(filtered));
    expect(renderNotice(filtered)).toMatch(/^⚠ Nothing was found; no change/);
  });
});
