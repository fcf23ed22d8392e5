import { describe, expect, it } from "vitest";
import { userSchema } from "../../src/model/user.ts";
import type { KnownOfObject } from "../../src/model/value-case.ts";
import { valueProblemSchema } from "../../src/model/value-problem.ts";
import { checkedAttributes, findValueProblems, toComputedName } from "../../src/model/value-rules.ts";
import { suggestValue, valueSuggestionSchema } from "../../src/model/value-suggestion.ts";
import table from "../fixtures/values.json" with { type: "json" };

type Row = (typeof table.cases)[number];

/** What a row knows of its object. */
function knownOf({ type, given }: Row): KnownOfObject {
  const domains = given?.verifiedDomains;
  return {
    ...given,
    type: userSchema.shape.type.parse(type),
    verifiedDomains: domains === undefined ? undefined : new Set(domains),
  };
}

function attributeOf({ attribute }: Row) {
  const found = checkedAttributes.find((name) => name === attribute);
  if (found === undefined) throw new Error(`no rule for ${attribute}`);
  return found;
}

describe(table.source, () => {
  it("has rows for every attribute that is checked", () => {
    expect([...new Set(table.cases.map(({ attribute }) => attribute))].sort()).toEqual([...checkedAttributes].sort());
  });

  it.each(table.cases)("$attribute $value: $why", (row) => {
    const attribute = attributeOf(row);
    const known = knownOf(row);
    const problems = findValueProblems(attribute, row.value, known);
    expect(problems).toEqual(row.problems ?? []);
    // Where the documents are silent or disagree nothing is said to be wrong.
    expect(problems.length === 0).toBe(row.valid !== false);
    for (const problem of problems) expect(valueProblemSchema.parse(problem)).toEqual(problem);

    const suggestion = suggestValue(attribute, row.value, known);
    if (row.suggestion === undefined) expect(suggestion).toBeUndefined();
    else expect(suggestion).toEqual({ ...row.suggestion, reason: expect.stringMatching(/^[A-Z].*\.$/) });
    if (suggestion !== undefined) expect(valueSuggestionSchema.parse(suggestion)).toEqual(suggestion);
  });

  it.each(table.cases.filter(({ suggestion }) => suggestion !== undefined))(
    "$attribute $value: what is proposed breaks no rule and needs no proposal",
    (row) => {
      const { value, values = [value] } = row.suggestion ?? {};
      for (const proposed of values.filter((one) => one !== undefined)) {
        expect(findValueProblems(attributeOf(row), proposed, knownOf(row))).toEqual([]);
        expect(suggestValue(attributeOf(row), proposed, knownOf(row))).toBeUndefined();
      }
    },
  );
});

describe("rules beyond the table", () => {
  it.each([
    ["userPrincipalName", "ana..@x.com", ["double-dot 4", "dot-before-at 4"]],
    ["userPrincipalName", "a b c@x.com", ["white-space 1", "white-space 3"]],
    ["userPrincipalName", "ana@x.com@y.local", ["two-at-signs 9", "not-routable 12"]],
    ["userPrincipalName", "ana@x.local ", ["not-routable 6", "white-space 11"]],
    ["userPrincipalName", "Ana <a..a@x.com>", ["display-form 0", "double-dot 7"]],
    ["userPrincipalName", "ana@", ["nothing-behind-at 4"]],
    ["userPrincipalName", "ana@x..com", ["domain-malformed 6"]],
    ["userPrincipalName", "ana@.x.com", ["domain-malformed 4"]],
    ["userPrincipalName", "ana@x-.com", ["domain-malformed 5"]],
    ["userPrincipalName", "ana@x.c", ["domain-malformed 6"]],
    ["userPrincipalName", " ", ["blank 0"]],
    ["proxyAddresses", " smtp:a b@x.com", ["white-space 7"]],
    ["proxyAddresses", `smtp:ana@${"a".repeat(64)}.com`, ["label-too-long 72"]],
    ["proxyAddresses", "smtp:ana@x", []],
    ["proxyAddresses", "SMTP:ana@x", ["not-routable 9"]],
    ["proxyAddresses", "SMTP:@x.com", ["nothing-before-at 5"]],
    ["proxyAddresses", "smtp:.@x.com", ["leading-dot 5"]],
    ["proxyAddresses", "smtp:A@X.COM", []],
    ["mail", "a:b@x.com", ["invalid-character 1"]],
    ["mail", "   ", []],
    ["mailNickname", "a\u0142", ["non-ascii-character 1"]],
    ["mailNickname", "a..b.", ["double-dot 2", "trailing-dot 4"]],
    ["targetAddress", " SMTP:a@x.com", ["white-space 0"]],
    ["targetAddress", "X400:c=US;a= ;", []],
  ] as const)("%s %j", (attribute, value, expected) => {
    expect(findValueProblems(attribute, value).map(({ rule, where }) => `${rule} ${where}`)).toEqual(expected);
  });

  it("what is verified is routed, whatever its ending", () => {
    const verifiedDomains = new Set(["contoso.local"]);
    expect(findValueProblems("userPrincipalName", "ana@contoso.local", { verifiedDomains })).toEqual([]);
    expect(findValueProblems("proxyAddresses", "SMTP:ana@contoso.local", { verifiedDomains })).toEqual([]);
  });

  it("white space around a sign-in name leaves its domain verified", () => {
    const problems = findValueProblems("userPrincipalName", "ana@x.com ", { verifiedDomains: new Set(["x.com"]) });
    expect(problems.map(({ rule }) => rule)).toEqual(["white-space"]);
  });

  it("who is not licensed keeps a primary address that is not routed (KB 3190357)", () => {
    expect(findValueProblems("proxyAddresses", "SMTP:ana@contoso.local", { isLicensed: false })).toEqual([]);
  });

  it("an account name counts with a sign-in name that is not valid", () => {
    const problems = findValueProblems("sAMAccountName", "a/b", { userPrincipalName: "a b@x.com" });
    expect(problems.map(({ rule }) => rule)).toEqual(["invalid-character"]);
  });

  it("a valid value allocates nothing: its list of problems is always the same one", () => {
    const lists = [
      findValueProblems("userPrincipalName", "ana.andrade@contoso.com"),
      findValueProblems("proxyAddresses", "SMTP:ana.andrade@contoso.com"),
      findValueProblems("mail", "ana.andrade@contoso.com"),
      findValueProblems("mailNickname", "ana.andrade"),
      findValueProblems("displayName", "Ana Andrade"),
    ];
    expect(new Set(lists).size).toBe(1);
  });
});

describe("names that the service computes", () => {
  it.each([
    ["ana", "ana", "ana"],
    ["cy coe", "cy_coe", "cy_coe"],
    ["a@b", "a_b", "a_b"],
    ["joão", "jo_o", "jo_o"],
    ["a\u{1f600}", "a_", "a_"],
    ["r&d", "r_d", "r&d"],
    [".ana", undefined, undefined],
    ["ana.", undefined, undefined],
    ["a..b", undefined, undefined],
    ["a".repeat(65), undefined, undefined],
  ])("of %j", (name, ofSignIn, ofAddress) => {
    expect(toComputedName(name, "userPrincipalName")).toBe(ofSignIn);
    expect(toComputedName(name, "proxyAddresses")).toBe(ofAddress);
  });
});
