import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Directory } from "../../src/directory/directory.ts";
import {
  type Analysis,
  authorities,
  type LiveAnalysis,
  planRemedies,
  predict,
  type Tenant,
  type User,
} from "../../src/index.ts";
import { addressKey, formatProxyAddress, parseProxyAddress } from "../../src/model/address.ts";
import { findAddressProblems } from "../../src/model/address-rules.ts";
import type { ValueContext } from "../../src/model/value-context.ts";
import { type CheckedAttribute, checkedAttributes, findValueProblems } from "../../src/model/value-rules.ts";
import { suggestValue } from "../../src/model/value-suggestion.ts";
import { isComputed } from "../../src/predict/upn-calculation.ts";
import table from "../fixtures/values.json" with { type: "json" };
import { type Attributes, analyzeText, ldif, online } from "../reading.ts";
import { times, whole } from "../real-parts.ts";

const RUNS = times(120);

/** Characters that are refused somewhere, among some that are not. */
const CHARACTERS = [
  ..."aabbn..@@ :;,<>()[]\"\\+&$'`_-\u00e4\u00df\u0430\u4e2d\u200b\u00a0\u0007\u2019\ufeff",
  "\ud83d\ude00",
  "\ud800",
];
const text = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 8 }).map((list) => list.join(""));
const domain = fc.constantFrom(
  "contoso.com",
  "contoso.com",
  "contoso.con",
  "contoso.local",
  "m\u00fcller.de",
  "",
  "x..y",
  "CONTOSO.com",
);
const address = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("ana@contoso.com", "bo@contoso.com", "a..b@contoso.com", "an\u00e4@contoso.com"),
  },
  { weight: 3, arbitrary: fc.tuple(text, domain).map(([name, host]) => `${name}@${host}`) },
  { weight: 1, arbitrary: text },
);
/** Values of the table, and of other attributes too. */
const known = (attribute: string) =>
  fc.constantFrom(...table.cases.filter((row) => row.attribute === attribute).map(({ value }) => value));
const entry = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom("SMTP:", "smtp:", "smtp:", "SIP:", "x500:", ""), address)
      .map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: known("proxyAddresses") },
);
const person = fc.record({
  upn: fc.oneof(address, known("userPrincipalName")),
  mail: fc.oneof(address, known("mail"), fc.constant("")),
  nickname: fc.oneof(text, known("mailNickname"), fc.constantFrom("", "ana", "a".repeat(70))),
  target: fc.oneof({ weight: 3, arbitrary: fc.constant("") }, { weight: 1, arbitrary: known("targetAddress") }),
  name: fc.oneof(text, known("displayName")),
  account: fc.constantFrom("", "ana", "a/b", "a".repeat(30)),
  addresses: fc.array(entry, { maxLength: 3 }),
  isLicensed: fc.boolean(),
});
type Person = typeof person extends fc.Arbitrary<infer Value> ? Value : never;

const tenant: Tenant = {
  initialDomain: "contoso.onmicrosoft.com",
  verifiedDomains: new Set(["contoso.com", "contoso.onmicrosoft.com"]),
  upnFlow: "always",
};

function toUser(one: Person): User {
  return {
    type: "user",
    id: "law",
    origin: { name: "law", record: 1, line: 1 },
    distinguishedName: "CN=law,DC=contoso,DC=com",
    userPrincipalName: one.upn,
    mail: one.mail.trim(),
    mailNickname: one.nickname,
    targetAddress: one.target,
    displayName: one.name,
    samAccountName: one.account,
    proxyAddresses: one.addresses.map(parseProxyAddress),
    isLicensed: one.isLicensed,
  };
}

/** Every value of a user that an attribute of Active Directory would hold. */
function valuesOf(user: User): readonly (readonly [CheckedAttribute, string])[] {
  return [
    ["userPrincipalName", user.userPrincipalName ?? ""],
    ["mail", user.mail ?? ""],
    ["mailNickname", user.mailNickname ?? ""],
    ...(user.proxyAddresses ?? []).map((one) => ["proxyAddresses", formatProxyAddress(one)] as const),
  ];
}

const base64 = (value: string): string => Buffer.from(value).toString("base64");

/** Objects of Active Directory, each value in base64: whatever it is, it is read as it is. */
function toObjects(people: readonly Person[]): Attributes[] {
  return people.map((one, index) => {
    const texts = { userPrincipalName: one.upn, mail: one.mail, mailNickname: one.nickname, targetAddress: one.target };
    const all = { ...texts, displayName: one.name, sAMAccountName: one.account, proxyAddresses: one.addresses };
    const encoded = Object.entries(all).map(([name, values]) => [`${name}:`, [values].flat().map(base64)] as const);
    return { dn: `CN=p${index},DC=contoso,DC=com`, ...Object.fromEntries(encoded) };
  });
}

function analyzePeople(left: readonly Person[], right: readonly string[]): Promise<LiveAnalysis> {
  const rows = right.map((name, index) => ({
    UserPrincipalName: name,
    ObjectId: `o${index}`,
    ProxyAddresses: `SMTP:${name};smtp:x${index}@contoso.onmicrosoft.com`,
    IsLicensed: index % 2 === 0 ? "True" : "False",
  }));
  return analyzeText(ldif(...toObjects(left)), online(...rows), { verifiedDomains: ["contoso.com"] });
}

const people = fc.array(person, { minLength: 1, maxLength: 4 });
const rows = fc.uniqueArray(fc.constantFrom("ana@contoso.com", "bo@contoso.com", "old@contoso.com"), { minLength: 1 });

describe("laws of values", () => {
  it("whatever is predicted and was not there before breaks no rule", () => {
    fc.assert(
      fc.property(
        person,
        fc.option(person),
        fc.constantFrom("always" as const, "unlicensed-only" as const),
        (left, right, upnFlow) => {
          const before = right === null ? undefined : toUser(right);
          const { user } = predict(toUser(left), before, { ...tenant, upnFlow });
          const present = new Set(before === undefined ? [] : valuesOf(before).map(([, value]) => bare(value)));
          const context: ValueContext = { verifiedDomains: tenant.verifiedDomains, isLicensed: before?.isLicensed };
          for (const [attribute, value] of valuesOf(user)) {
            if (value === "" || present.has(bare(value))) continue;
            if (attribute === "userPrincipalName" && !isComputed(value)) continue;
            expect([attribute, value, findValueProblems(attribute, value, context)]).toEqual([attribute, value, []]);
          }
        },
      ),
      { numRuns: times(3000) },
    );
  });

  it("whatever a plan writes, and tells people to use, breaks no rule", async () => {
    let written = 0;
    await fc.assert(
      fc.asyncProperty(people, rows, fc.constantFrom(...authorities), async (left, right, authority) => {
        const { steps, notices } = planRemedies(await analyzePeople(left, right), { authority });
        const context = { verifiedDomains: tenant.verifiedDomains };
        for (const { attribute, before, after } of steps.flatMap(({ changes }) => changes)) {
          for (const value of after.filter((one) => !before.includes(one))) {
            written++;
            expect([attribute, value, findValueProblems(attribute, value, context)]).toEqual([attribute, value, []]);
          }
        }
        for (const { signInBefore, signInAfter, addressBefore, addressAfter } of notices) {
          if (signInAfter !== signInBefore)
            expect(findValueProblems("userPrincipalName", signInAfter, context)).toEqual([]);
          if (addressAfter !== addressBefore) expect(findValueProblems("mail", addressAfter, context)).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
    expect(written).toBeGreaterThan(0);
  });

  it("whatever is proposed breaks no rule, is another value, and is nobody else's", async () => {
    let proposed = 0;
    await fc.assert(
      fc.asyncProperty(people, rows, async (left, right) => {
        const analysis = await analyzePeople(left, right);
        const { onPremises } = analysis.comparison.directories;
        const owners = new Map<string, string>();
        const ofOthers = outsidersOf(analysis);
        for (const { id, attribute, value, proposal } of proposalsOf(analysis)) {
          proposed++;
          expect(proposal).not.toBe(value);
          const context = ofOthers.has(id) ? { type: "user" as const } : judged;
          expect([proposal, findValueProblems(attribute, proposal, context)]).toEqual([proposal, []]);
          // The same target in small letters: whoever else has it has it already.
          const isSame = attribute === "targetAddress" && bare(proposal) === bare(value);
          if (isSame || attribute === "displayName") continue;
          expect(holdersOf(onPremises, attribute, proposal).filter((holder) => holder !== id)).toEqual([]);
          const key = `${isAddress(attribute, proposal) ? "address" : attribute} ${bare(proposal)}`;
          expect(owners.get(key) ?? id).toBe(id);
          owners.set(key, id);
        }
      }),
      { numRuns: RUNS },
    );
    expect(proposed).toBeGreaterThan(RUNS / 2.4);
  });

  it("a suggestion for a value alone breaks no rule, and leaves nothing to propose", () => {
    const attributes = [
      "userPrincipalName",
      "mail",
      "mailNickname",
      "proxyAddresses",
      "targetAddress",
      "displayName",
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...attributes), fc.oneof(entry, address, text), person, (attribute, value, one) => {
        const context = {
          verifiedDomains: tenant.verifiedDomains,
          type: "user" as const,
          primary: one.mail,
          others: one.addresses,
          online: one.upn,
        };
        const suggestion = suggestValue(attribute, value, context);
        for (const proposal of suggestion?.values ?? [suggestion?.value].filter((text) => text !== undefined)) {
          expect(proposal).not.toBe(value);
          expect([proposal, findValueProblems(attribute, proposal, context)]).toEqual([proposal, []]);
        }
      }),
      { numRuns: times(3000) },
    );
  });

  it("who is ordinary has no value that breaks a rule", async () => {
    const nickname = fc.oneof(
      text,
      fc.constantFrom("ana", "a.b", "ana.", "a..b", "o'brien", "a b", "a@b", "", "a".repeat(65)),
    );
    const local = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("ana", "a.b", "a-b", "a_b") },
      { weight: 1, arbitrary: text },
    );
    const usual = fc.tuple(
      local,
      fc.constantFrom("contoso.com", "contoso.com", "contoso.local", "x_y.com"),
      nickname,
      fc.oneof(text, fc.constant("Ana")),
      fc.constantFrom("", "", "", " "),
    );
    let ordinary = 0;
    await fc.assert(
      fc.asyncProperty(usual, async ([name, host, nick, displayName, end]) => {
        const own = `${name}@${host}`;
        const one = { upn: own + end, mail: own, nickname: nick, target: "", name: displayName, account: "ana" };
        const analysis = await analyzePeople(
          [{ ...one, addresses: [`SMTP:${own}`], isLicensed: true }],
          ["zoe@contoso.com"],
        );
        const { onPremises } = analysis.comparison.directories;
        if (onPremises.size === 0 || !onPremises.table.isOrdinary(0)) return;
        ordinary++;
        const user = onPremises.user(0);
        for (const [attribute, value] of [...valuesOf(user), ["displayName", user.displayName ?? ""] as const]) {
          if (value !== "") expect([value, findValueProblems(attribute, value)]).toEqual([value, []]);
        }
        for (const address of user.proxyAddresses ?? []) expect(findAddressProblems(address)).toEqual([]);
      }),
      { numRuns: times(480) },
    );
    expect(ordinary).toBeGreaterThan(whole ? 5 : 0);
  });
});

/** Every value that is proposed, for which value of which object. */
function proposalsOf({ mismatches }: Analysis) {
  return mismatches.flatMap((mismatch) => {
    if (mismatch.kind !== "invalid-value") return [];
    const { value, suggestion, onPremises } = mismatch;
    const attribute = checkedAttributes.find((name) => name === mismatch.attribute);
    if (attribute === undefined) return [];
    const values = suggestion?.values ?? (suggestion?.value === undefined ? [] : [suggestion.value]);
    return values.map((proposal) => ({ id: onPremises?.id ?? "", attribute, value, proposal }));
  });
}

function isAddress(attribute: string, value: string): boolean {
  return (
    attribute === "userPrincipalName" ||
    attribute === "mail" ||
    (attribute === "proxyAddresses" && /^smtp:/i.test(value))
  );
}

const judged = { verifiedDomains: tenant.verifiedDomains, type: "user" as const };

/** The ids of another company's people, of whom nothing is said of domains: it is said once. */
function outsidersOf({ comparison: { unused, directories } }: LiveAnalysis): ReadonlySet<string> {
  return new Set(Array.from(unused?.outsiders ?? [], (index) => directories.onPremises.identity(index).id));
}

function bare(value: string): string {
  return addressKey(value.replace(/^smtp:/i, ""));
}

/** The ids of all objects that have a value where it must be unique. */
function holdersOf({ size, user }: Directory, attribute: string, value: string): readonly string[] {
  return Array.from({ length: size }, (_, index) => user(index))
    .filter((one) => {
      const addresses = (one.proxyAddresses ?? []).map(formatProxyAddress);
      if (!isAddress(attribute, value)) {
        const own = {
          mailNickname: one.mailNickname,
          sAMAccountName: one.samAccountName,
          targetAddress: one.targetAddress,
        };
        const values = attribute === "proxyAddresses" ? addresses : [own[attribute as keyof typeof own] ?? ""];
        return values.some((text) => addressKey(text.trim()) === addressKey(value));
      }
      const all = [
        one.userPrincipalName ?? "",
        one.mail ?? "",
        ...addresses.filter((text) => /^smtp:/i.test(text)).map(bare),
      ];
      return all.some((text) => addressKey(text.trim()) === bare(value));
    })
    .map(({ id }) => id);
}
