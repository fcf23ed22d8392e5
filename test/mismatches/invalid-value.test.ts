import { describe, expect, it } from "vitest";
import { describeMismatch } from "../../src/mismatches/definition/describe-mismatch.ts";
import { mismatchSchema } from "../../src/mismatches/index.ts";
import { type Attributes, analyzeText, ldif, online } from "../reading.ts";

const find = async (...objects: Parameters<typeof ldif>) =>
  (await analyzeText(ldif(...objects), online({ UserPrincipalName: "z@x.com" }), { kinds: ["invalid-value"] }))
    .mismatches;

describe("invalid-value", () => {
  it.each([
    ["userPrincipalName", "a b@x.com", "white-space", 1, "U+0020", "error"],
    ["userPrincipalName", "a@x.local", "not-routable", 4, undefined, "error"],
    ["userPrincipalName", "a@y.com", "unverified-domain", 2, undefined, "error"],
    ["proxyAddresses", "SMTP:a@x.local", "not-routable", 9, undefined, "error"],
    [
      "mail",
      `${"a".repeat(60)}@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(20)}.com`,
      "too-long",
      256,
      undefined,
      "error",
    ],
    ["mail", "a..b@x.com", "double-dot", 2, "U+002E", "error"],
    ["mailNickname", ".a", "leading-dot", 0, "U+002E", "error"],
    ["mailNickname", "a b", "white-space", 1, "U+0020", "warning"],
    ["targetAddress", "SMTP:a b@x.com", "white-space", 6, "U+0020", "error"],
    ["displayName", "D".repeat(257), "too-long", 256, undefined, "error"],
  ])("%s %s: %s", async (attribute, value, rule, where, codePoint, severity) => {
    const found = await find({ [attribute]: value });
    const place = codePoint === undefined ? { where } : { where, codePoint };
    expect(found).toMatchObject([{ side: "onPremises", severity, attribute, value, rule, ...place }]);
    for (const mismatch of found) expect(mismatchSchema.parse(mismatch)).toEqual(mismatch);
  });

  it("a value has one finding, with everything that is wrong with it", async () => {
    expect(await find({ userPrincipalName: "a b@x.local" })).toMatchObject([
      { rule: "white-space", where: 1, also: [{ rule: "not-routable", where: 6 }] },
    ]);
  });

  it("says what is wrong, with what, where, and what is proposed", async () => {
    const describe = async (object: Attributes) => (await find(object)).map(describeMismatch);
    expect(await describe({ mail: "an\u00e4@x.com" })).toEqual([
      "mail an\u00e4@x.com: a character that is not ASCII, U+00E4 '\u00e4', at character 3; proposed: ana@x.com",
    ]);
    expect(await describe({ userPrincipalName: "\u0430na\u200b@x.com" })).toEqual([
      "userPrincipalName \u0430na\u200b@x.com: a character that is not ASCII, U+0430 '\u0430', at character 1; " +
        "a character that is not ASCII, U+200B (zero-width space), at character 4; proposed, if it is meant: ana@x.com",
    ]);
    expect(await describe({ proxyAddresses: ["smtp:a1@x.com;a2@x.com", "SMTP:"] })).toEqual([
      "proxyAddresses SMTP:: blank; proposed: remove it",
      "proxyAddresses smtp:a1@x.com;a2@x.com: several addresses in one value at character 14; proposed: smtp:a1@x.com and smtp:a2@x.com",
    ]);
  });

  it.each([
    ["an alias that is not routed: everybody has one", { proxyAddresses: ["SMTP:a@x.com", "smtp:a@x.local"] }],
    [
      "what the documents do not agree on",
      { mailNickname: "jo\u00e3o", targetAddress: "a@x.com", userPrincipalName: "a$b@x.com" },
    ],
    ["names of any letters", { displayName: "D".repeat(256) }],
  ])("is none: %s", async (_, object) => expect(await find(object)).toEqual([]));

  it("mail that is masked is a warning", async () => {
    expect(await find({ mail: "a b@x.com", proxyAddresses: "SMTP:a@x.com" })).toMatchObject([{ severity: "warning" }]);
  });

  it("a person should have a sign-in name; a group and a contact have none", async () => {
    const named = { dn: "CN=n", userPrincipalName: "n@x.com" };
    expect(await find(named, { dn: "CN=a", mail: "a@x.com" })).toMatchObject([
      { attribute: "userPrincipalName", value: "", rule: "blank", severity: "warning", onPremises: { id: "CN=a" } },
    ]);
    expect(await find(named, { dn: "CN=g", objectClass: "group", mail: "g@x.com" })).toEqual([]);
  });

  it("a domain is judged only where one of the company's own is known to be verified", async () => {
    const analysis = await analyzeText(
      ldif({ userPrincipalName: "a@y.com" }),
      online({ UserPrincipalName: "admin@x.onmicrosoft.com" }),
      { kinds: ["invalid-value"] },
    );
    expect(analysis.mismatches).toEqual([]);
  });

  it("the account name counts only where there is no UPN", async () => {
    const long = "a".repeat(21);
    expect(await find({ sAMAccountName: long })).toMatchObject([{ attribute: "sAMAccountName", rule: "too-long" }]);
    expect(await find({ sAMAccountName: long, userPrincipalName: "a@x.com" })).toEqual([]);
    expect(await find({ objectClass: "group", sAMAccountName: long })).toEqual([]);
  });

  it("groups and contacts count; an alias of two people is not unique, that of two lists may be", async () => {
    expect(await find({ dn: "CN=g", objectClass: "group", proxyAddresses: "smtp:a b@x.com" })).toHaveLength(1);
    expect(await find({ dn: "CN=a", mailNickname: "Ana" }, { dn: "CN=b", mailNickname: "ana" })).toMatchObject([
      { onPremises: { id: "CN=a" }, rule: "not-unique", value: "Ana", severity: "warning" },
      { onPremises: { id: "CN=b" }, rule: "not-unique", value: "ana" },
    ]);
    const lists = ["CN=g,DC=a", "CN=g,DC=b"].map((dn) => ({ dn, objectClass: "group", mailNickname: "all" }));
    expect(await find(...lists)).toEqual([]);
  });

  it("what is in order is no finding", async () => {
    expect(
      await find({
        userPrincipalName: "ana.o'neil@x.com",
        mail: "ana@x.com",
        mailNickname: "ana",
        displayName: "Ana",
        targetAddress: "smtp:ana@y.com",
        proxyAddresses: ["SMTP:ana@x.com", "X500:/o=First Org (x)/cn=O'Neil", "X400:C=US;A= ;P=x;"],
      }),
    ).toEqual([]);
  });

  it("what is white space around a sign-in name is told", async () => {
    // The service does not trim it.
    expect(await find({ userPrincipalName: "ana@x.com " })).toMatchObject([{ rule: "white-space", where: 9 }]);
  });
});

describe("what is proposed", () => {
  const suggestionsOf = async (...objects: Parameters<typeof ldif>) =>
    (await find(...objects)).map((mismatch) => (mismatch.kind === "invalid-value" ? mismatch.suggestion?.value : ""));

  it("is nobody else's: an address, a nickname, an external address, a SIP address", async () => {
    const bad = { dn: "CN=a", userPrincipalName: "an\u00e4@x.com" };
    expect(await suggestionsOf(bad)).toEqual(["ana@x.com"]);
    expect(
      await suggestionsOf(bad, { dn: "CN=b", userPrincipalName: "b@x.com", proxyAddresses: "smtp:Ana@x.com" }),
    ).toEqual([undefined]);
    expect(await suggestionsOf(bad, { dn: "CN=b", objectClass: "group", mail: "ana@x.com" })).toEqual([undefined]);
    expect(await suggestionsOf({ dn: "CN=a", mailNickname: "a(n" })).toEqual(["an"]);
    const untyped = { dn: "CN=a", userPrincipalName: "v@x.com", proxyAddresses: ["a@x.com", "v@x.com"] };
    expect(await suggestionsOf(untyped)).toEqual(["smtp:a@x.com", "SMTP:v@x.com"]);
    expect(await suggestionsOf({ dn: "CN=a", mailNickname: "a(n" }, { dn: "CN=b", mailNickname: "AN" })).toEqual([
      undefined,
    ]);
    const target = { dn: "CN=a", objectClass: "contact", mail: "a@x.com", targetAddress: "SMTP: v@y.com" };
    expect(await suggestionsOf(target)).toEqual(["SMTP:v@y.com"]);
    const other = { dn: "CN=b", objectClass: "contact", mail: "b@x.com", targetAddress: "SMTP:V@y.com" };
    expect(await suggestionsOf(target, other)).toEqual([undefined]);
    const sip = { dn: "CN=a", proxyAddresses: ["SIP: v@x.com"] };
    expect(await suggestionsOf(sip)).toEqual(["SIP:v@x.com"]);
    expect(await suggestionsOf(sip, { dn: "CN=b", proxyAddresses: ["sip:V@x.com"] })).toEqual([undefined]);
  });

  it("is nobody's where two are to get it, whoever comes first", async () => {
    const [one, other] = ["CN=a", "CN=b"].map((dn) => ({ dn, proxyAddresses: "smtp:sales(team)@x.com" }));
    expect(await suggestionsOf(one ?? {})).toEqual(["smtp:salesteam@x.com"]);
    expect(await suggestionsOf(one ?? {}, other ?? {})).toEqual([undefined, undefined]);
  });

  it("is nobody's where another has it with white space around it", async () => {
    const one = { dn: "CN=a", proxyAddresses: "smtp:an\u00e4@x.com" };
    const other = { dn: "CN=b", proxyAddresses: "SMTP: ana@x.com" };
    expect(await suggestionsOf(one)).toEqual(["smtp:ana@x.com"]);
    expect(await suggestionsOf(one, other)).toEqual([undefined, undefined]);
  });

  it("is given once to an object that has the same mistake twice", async () => {
    expect(await suggestionsOf({ proxyAddresses: ["smtp:an\u00e4@x.com", "smtp:an\u00e1@x.com"] })).toEqual([
      "smtp:ana@x.com",
      undefined,
    ]);
  });

  it("is the name of the object where displayName is blank", async () => {
    expect(await suggestionsOf({ dn: "CN=Ana\\, Andrade,DC=x,DC=com", displayName: "\u3000" })).toEqual([
      "Ana, Andrade",
    ]);
  });

  it("is the primary one where it is the only address", async () => {
    expect(await suggestionsOf({ proxyAddresses: "ana@x.com" })).toEqual(["SMTP:ana@x.com"]);
    expect(await suggestionsOf({ proxyAddresses: ["ana@x.com", "SMTP:b@x.com"] })).toEqual(["smtp:ana@x.com"]);
  });

  it("a target address in capitals is a primary address to be, unless it is that already or the way to the service", async () => {
    const user = (attributes: Attributes) =>
      find({ mailNickname: "ana", proxyAddresses: "SMTP:ana@x.com", targetAddress: "SMTP:ana@y.com", ...attributes });
    expect(await user({})).toMatchObject([
      {
        attribute: "targetAddress",
        rule: "marked-primary",
        severity: "warning",
        suggestion: { action: "edit", value: "smtp:ana@y.com" },
      },
    ]);
    for (const targetAddress of ["smtp:ana@y.com", "SMTP:ANA@x.com", "SMTP:ana@x.mail.onmicrosoft.com", ""])
      expect(await user({ targetAddress })).toEqual([]);
    expect(await user({ mailNickname: "" })).toEqual([]);
    expect(await user({ objectClass: "contact" })).toEqual([]);
  });

  it("more addresses than are safe are told once", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `smtp:a${index}@x.com`);
    expect(await find({ proxyAddresses: many(300) })).toEqual([]);
    expect(await find({ proxyAddresses: many(301) })).toMatchObject([
      { attribute: "proxyAddresses", rule: "too-many", severity: "warning", value: "301 values" },
    ]);
  });
});
