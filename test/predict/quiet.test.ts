import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Directory } from "../../src/directory/directory.ts";
import { findMismatches } from "../../src/mismatches/definition/find-mismatches.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";
import { people, settings, toObjects, toRows } from "../invented-people.ts";
import { type Attributes, analyzeText, ldif, online } from "../reading.ts";
import { times } from "../real-parts.ts";

/** A person as most are: one name on both sides. Each option makes something else of it. */
const usual = fc.record({
  name: fc.constantFrom("ana", "bob.brown", "c-d_e", "x.y.z"),
  alias: fc.option(
    fc.constantFrom("a1@contoso.com", "a2@fabrikam.com", "a3@contoso.local", "a4@contoso.onmicrosoft.com"),
    { nil: undefined },
  ),
  oddity: fc.constantFrom(
    "none",
    "none",
    "none",
    "upn",
    "mail",
    "primary",
    "case",
    "alias",
    "moera",
    "nickname",
    "display",
    "sip",
    "x500",
    "x400",
    "target",
    "two",
    "guest",
    "unlicensed",
    "unverified",
    "bad-nickname",
    "long",
    "dot",
    "umlaut",
    "mail-only",
    "disabled",
    "blocked",
    "room",
    "named",
    "display-there",
    "title",
    "title-case",
    "title-cleared",
    "title-new",
  ),
});
type Usual = typeof usual extends fc.Arbitrary<infer Value> ? Value : never;

const LOCAL_PARTS: Readonly<Record<string, (name: string) => string>> = {
  long: (name) => `${name}${"x".repeat(70)}`,
  dot: (name) => `${name}..x`,
  umlaut: (name) => `${name}ü`,
};
const TITLES: Readonly<Record<string, string>> = { title: "Boss", "title-case": "clerk", "title-new": "" };
const FURTHER: Readonly<Record<string, readonly string[]>> = {
  two: ["SMTP:two@contoso.com"],
  x500: ["X500:/o=Contoso/cn=ana"],
  x400: ["X400:C=US;A= ;P=x;"],
  sip: ["sip:other@contoso.com"],
};

function toPair(
  { name, alias, oddity }: Usual,
  index: number,
): readonly [Attributes, Readonly<Record<string, string>>] {
  const host = oddity === "unverified" ? "contoso.con" : "contoso.com";
  const address = `${(LOCAL_PARTS[oddity] ?? String)(name)}${index}@${host}`;
  const when = (wanted: string, then: string, otherwise: string): string => (oddity === wanted ? then : otherwise);
  const aliases = alias === undefined ? [] : [`smtp:${index}${alias}`];
  const own = [`SMTP:${when("case", address.toUpperCase(), address)}`, ...aliases];
  const addresses = [...(oddity === "mail-only" ? [] : own), ...(FURTHER[oddity] ?? [])];
  const object: Attributes = {
    dn: `CN=${when("named", `Ana Ång ${index}`, String(index))},OU=Staff,DC=contoso,DC=com`,
    userPrincipalName: when("upn", `other${index}@contoso.com`, address),
    mail: when("mail", `m${index}@contoso.com`, address),
    mailNickname: when("bad-nickname", `n ${index}.`, when("nickname", "same", `n${index}`)),
    displayName: when("display", "\u3000", "Ana Ångström"),
    title: when("title-cleared", "", "Clerk"),
    userAccountControl: oddity === "disabled" || oddity === "room" ? "514" : "512",
    msExchRecipientTypeDetails: when("room", "16", "1"),
    ...(addresses.length === 0 ? {} : { proxyAddresses: addresses }),
    ...(oddity === "target" ? { targetAddress: "SMTP:x@example.org" } : {}),
  };
  const there = [
    // Of an unverified domain nothing is online.
    when(
      "primary",
      `SMTP:p${index}@contoso.com;smtp:${address}`,
      `SMTP:${oddity === "unverified" ? `u${index}@contoso.com` : address}`,
    ),
    ...(oddity === "alias" ? [] : aliases),
    ...(oddity === "moera" ? [] : [`smtp:u${index}@contoso.onmicrosoft.com`]),
  ];
  const row = {
    UserPrincipalName: oddity === "unverified" ? `u${index}@contoso.com` : address,
    ObjectId: `o${index}`,
    ProxyAddresses: there.join(";"),
    IsLicensed: when("unlicensed", "False", "True"),
    UserType: when("guest", "Guest", "Member"),
    BlockCredential: when("blocked", "True", "False"),
    DisplayName: when("display-there", "Ana Ang", "Ana Ångström"),
    Title: TITLES[oddity] ?? "Clerk",
  };
  return [object, row];
}

/** Findings with everybody looked at, and with the quiet ones passed over. */
async function bothWays(...[left, right, options]: Parameters<typeof analyzeText>) {
  const analysis = await analyzeText(left, right, options);
  const comparison = analysis.comparison;
  return [
    findMismatches(comparison, undefined, { passOver: "nobody" }),
    findMismatches(comparison, undefined, { passOver: "quiet" }),
    comparison,
  ] as const;
}

/** How many are people of whom, taken alone, there is nothing to say. */
function countOrdinary({ size, table }: Directory): number {
  return Array.from({ length: size }, (_, index) => table.isOrdinary(index)).filter(Boolean).length;
}

describe("who is passed over", () => {
  it("has no finding: of people as most are, with one oddity each", async () => {
    const runs = times(400);
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(usual, { minLength: 1, maxLength: 6 }), settings, async (list, options) => {
        const pairs = list.map(toPair);
        const [all, quick, { directories }] = await bothWays(
          ldif(...pairs.map(([object]) => object)),
          online(...pairs.map(([, row]) => row)),
          options,
        );
        expect(quick).toEqual(all);
        passed += countOrdinary(directories.onPremises);
      }),
      { numRuns: runs },
    );
    // The shortcut is one: it is taken.
    expect(passed).toBeGreaterThan(runs / 4);
  });

  it("has no finding: of people who meet as duplicates, candidates and holders", async () => {
    await fc.assert(
      fc.asyncProperty(people, people, settings, async (left, right, options) => {
        const [all, quick] = await bothWays(ldif(...toObjects(left)), online(...toRows(right)), options);
        expect(quick).toEqual(all);
      }),
      { numRuns: times(400) },
    );
  });

  it("is most of the example company", async () => {
    const [all, quick, { directories }] = await bothWays(
      contosoFiles["ad.ldf"] ?? "",
      contosoFiles["msolusers.csv"] ?? "",
    );
    expect(quick).toEqual(all);
    expect(countOrdinary(directories.onPremises)).toBeGreaterThan(25);
  });
});
