import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Analysis,
  analysisSchema,
  applyChanges,
  hideAccepted,
  type LiveAnalysis,
  planRemedies,
  redact,
  UsageError,
} from "../src/index.ts";
import { analyzeText, ldif, online } from "./reading.ts";

const live = await analyzeText(
  ldif({ displayName: "Ana Silva", userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com" }),
  online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:b@contoso.com;smtp:a@contoso.com" }),
);

describe("an analysis that holds its users", () => {
  it("shows them by name", () => {
    expect(live.comparison.directories.onPremises.user(0).displayName).toBe("Ana Silva");
  });

  it("keeps them out of JSON, of its schema and of copies, and the compiler knows", () => {
    const copy = { ...live };
    expectTypeOf(live).toEqualTypeOf<LiveAnalysis>();
    expectTypeOf(copy).not.toHaveProperty("comparison");
    expectTypeOf(copy).not.toExtend<LiveAnalysis>();
    expectTypeOf(copy).toExtend<Analysis>();
    const documents = [copy, JSON.parse(JSON.stringify(live)), structuredClone(live), analysisSchema.parse(live)];
    for (const document of documents) {
      expect(document).toEqual(live);
      expect("comparison" in document).toBe(false);
    }
  });

  it("keeps them where findings are hidden, names replaced or a plan applied: in fact and by its type", () => {
    const { steps } = planRemedies(live, { authority: "online" });
    const changed = [hideAccepted(live, live), redact(live, { key: "k" }), applyChanges(live, steps)];
    expectTypeOf(changed).toEqualTypeOf<LiveAnalysis[]>();
    for (const analysis of changed) expect(analysis.comparison.directories.onPremises.size).toBe(1);
    expect(changed[1]?.comparison.directories.onPremises.user(0).displayName).not.toContain("Ana");

    const document: Analysis = { ...live };
    expectTypeOf(hideAccepted(document, live)).toEqualTypeOf<Analysis>();
    expectTypeOf(redact(document, { key: "k" })).toEqualTypeOf<Analysis>();
    for (const analysis of [hideAccepted(document, live), redact(document, { key: "k" })])
      expect("comparison" in analysis).toBe(false);
  });

  it.each([
    ["a copy", { ...live }],
    ["a saved report", JSON.parse(JSON.stringify(live)) as Analysis],
  ])("%s is refused where the users are needed, by the compiler and by a sentence", (_, document) => {
    // @ts-expect-error a document holds no users
    expect(() => planRemedies(document, { authority: "online" })).toThrow(UsageError);
    // @ts-expect-error a document holds no users
    expect(() => applyChanges(document, [])).toThrow(/does not hold its users/);
  });
});
