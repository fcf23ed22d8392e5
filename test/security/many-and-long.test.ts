import { describe, expect, it } from "vitest";
import { type Analysis, redact, renderReport, reportFormats } from "../../src/index.ts";
import { analyzeText, ldif, online } from "../reading.ts";
import { whole } from "../real-parts.ts";

function analyzePerson(name: string): Promise<Analysis> {
  return analyzeText(
    ldif({
      userPrincipalName: "a@contoso.com",
      displayName: name,
      mailNickname: name,
      proxyAddresses: ["SMTP:a@contoso.com", `smtp:${name}`],
    }),
    online({
      UserPrincipalName: "a@contoso.com",
      DisplayName: name.replaceAll('"', '""'),
      ProxyAddresses: "SMTP:b@contoso.com;smtp:a@contoso.com",
    }),
  );
}

/** Many of what is counted, matched or taken apart somewhere. */
const LONG = [
  "`",
  "`a",
  "x500:",
  "smtp:",
  "\\",
  "(",
  "<",
  "[",
  "*a",
  "CN=",
  ",",
  ";",
  " ",
  "@",
  ".",
  "=",
  '"',
  "'",
  "|",
  "\u202e",
];

const pieces = whole ? LONG : LONG.slice(0, 3);

describe("what is long or many", () => {
  it.each(pieces)("a name of 200,000 times %j, in every report", { timeout: 120_000 }, async (piece) => {
    const analysis = await analyzePerson(piece.repeat(200_000));
    expect(analysis.mismatches.length).toBeGreaterThan(0);
    for (const one of [analysis, redact(analysis, { key: "k" })])
      for (const format of reportFormats) expect((await renderReport(one, format)).length).toBeGreaterThan(100);
  });

  // One rule for the syntax of all of src (test/architecture/unbounded.test.ts) stands for it in a quick run.
  it.runIf(whole)("200,000 findings, in every report that is text", { timeout: 300_000 }, async () => {
    const { mismatches, ...analysis } = await analyzePerson("Ana");
    const [first] = mismatches;
    if (first === undefined) throw new Error("nothing was found");
    const many = { ...analysis, mismatches: Array.from({ length: 200_000 }, () => first) };
    for (const format of ["text", "markdown", "csv", "ndjson", "json"] as const)
      expect(renderReport(many, format, { verbose: true }).length, format).toBeGreaterThan(100);
  });
});
