import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/index.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";
import { analyzeText, ldif, online } from "../reading.ts";
import { unchanged } from "./unchanged.ts";

const contoso = await analyzeText(contosoFiles["ad.ldf"] ?? "", contosoFiles["msolusers.csv"] ?? "");

describe("the text report", () => {
  it("of the example company", async () => {
    await expect(renderReport(contoso, "text")).toMatchFileSnapshot("contoso.txt");
  });

  it.each([60, 80, 120])("fits %d columns", (width) => {
    const lines = renderReport(contoso, "text", { width }).split("\n");
    expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
  });

  it("has colours only where they are asked for, and the same words with them", () => {
    const plain = renderReport(contoso, "text");
    const colored = renderReport(contoso, "text", { color: true });
    expect(plain).not.toContain("\u001b");
    expect(colored).toContain("\u001b[31m");
    expect(colored.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  it("says what does not change where nothing will", async () => {
    const same = await unchanged();
    expect(renderReport(same, "text")).toContain(
      "✔ For the 1 person matched no mail address and no sign-in name changes.\n",
    );
  });

  it("says what was not checked, why, and how to export it", async () => {
    const analysis = await analyzeText(
      ldif({ userPrincipalName: "a@contoso.com", mail: "a@contoso.com" }),
      online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" }),
      { lacksProxyAddresses: true },
    );
    const report = renderReport(analysis, "text");
    expect(report).toMatch(
      /primary-smtp-change, primary-smtp-unsure, upn-smtp-misalignment,\s+alias-removed[^:]*: the on-premises export has no\s+proxyAddresses/,
    );
    expect(report).toContain('ldifde -f ad.ldf -r "(|(objectCategory=person)(objectCategory=group))"');
  });

  it("names the file and line of every problem in reading", async () => {
    const analysis = await analyzeText(
      `${ldif({ proxyAddresses: "SMTP:a@contoso.com" })}dn: CN=b\nobjectClass: user\nnonsense\n\n`,
      online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" }),
    );
    expect(renderReport(analysis, "text")).toMatch(
      /2 problems\s+reading[\s\S]*✖ ad\.ldf:7 {2}The line has no colon: nonsense\./,
    );
  });

  it("shows what would act on a terminal instead of printing it", async () => {
    const analysis = await analyzeText(
      ldif({ displayName: "Ana \u001b[2J\u202egnp", proxyAddresses: "SMTP:a@contoso.com" }),
      online({
        UserPrincipalName: "a@contoso.com",
        ProxyAddresses: "SMTP:b@contoso.com;smtp:a@contoso.com",
        DisplayName: "Ana \u001b[2J\u202egnp",
      }),
    );
    const report = renderReport(analysis, "text");
    expect(report).toContain("Ana \\u001b[2J\\u202egnp");
    expect(report).not.toMatch(/[\u001b\u202e]/);
  });

  it("lists 200 of a kind, and all where asked to", async () => {
    const numbers = Array.from({ length: 250 }, (_, index) => index);
    const analysis = await analyzeText(
      ldif({ proxyAddresses: "SMTP:x@contoso.com" }),
      online(
        ...numbers.map((number) => ({
          UserPrincipalName: `u${number}@contoso.com`,
          ProxyAddresses: `SMTP:u${number}@contoso.com`,
        })),
      ),
    );
    expect(renderReport(analysis, "text")).toContain("… and 50 more; --verbose lists all");
    expect(renderReport(analysis, "text", { verbose: true })).not.toContain("--verbose");
  });
});

describe("the machine-readable reports", () => {
  it("json is the analysis, whole", () => {
    expect(JSON.parse(renderReport(contoso, "json"))).toEqual(contoso);
  });

  it("ndjson is one mismatch a line", () => {
    const lines = renderReport(contoso, "ndjson").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(contoso.mismatches);
  });

  it("there is no other format", () => {
    expect(() => renderReport(contoso, "constructor" as "text")).toThrow(
      /there is no report format "constructor"; use one of: text, json/,
    );
  });
});
