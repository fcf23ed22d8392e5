import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDirectory, type MatchSettings, matchUsers, type User, type UserField } from "../../src/index.ts";
import { parseProxyAddress } from "../../src/model/address.ts";
import { times } from "../real-parts.ts";

type Fields = Omit<Partial<User>, "proxyAddresses"> & { readonly proxyAddresses?: readonly string[] };

function directory(fields: readonly UserField[], ...users: readonly Fields[]) {
  const made = users.map(
    ({ proxyAddresses = [], ...rest }, index): User => ({
      type: "user",
      id: `user ${index}`,
      origin: { name: "test", record: index + 1, line: index + 1 },
      ...rest,
      proxyAddresses: proxyAddresses.map(parseProxyAddress),
    }),
  );
  return createDirectory([{ users: made, fields: ["proxyAddresses", ...fields] }]);
}

function match(onPremises: readonly Fields[], online: readonly Fields[], settings?: MatchSettings) {
  const left = directory(["sourceAnchor", "mail"], ...onPremises);
  const right = directory(["immutableId", "mail"], ...online);
  const alignment = matchUsers(left, right, settings);
  const pairs = Array.from(alignment.pairs, ({ onPremises: one, online: other, match: { method, basis, on } }) =>
    [one, other, method, basis, on].join(" "),
  );
  return { ...alignment, pairs };
}

const ANCHOR = "C4GP0FyjqEmkzcaSPfwDHg==";

it.each(["smtp: lee@x.com", "SMTP: lee@x.com", "smtp:lee @x.com", "smtp: lée@x.com"])(
  "links nobody by a value that is discarded: %s",
  (discarded) => {
    const address = discarded.replace(/^smtp:|\s/gi, "");
    const online = [{ proxyAddresses: ["SMTP:kim@x.com"] }, { proxyAddresses: [`SMTP:${address}`] }];
    for (const softMatch of ["any-smtp", "primary-smtp"] as const) {
      const kim = { proxyAddresses: [discarded, "SMTP:kim@x.com"] };
      const { pairs, ambiguous } = match(
        [discarded.startsWith("SMTP") ? { proxyAddresses: [discarded] } : kim],
        online,
        {
          softMatch,
        },
      );
      expect(ambiguous).toEqual([]);
      expect(pairs).toEqual(discarded.startsWith("SMTP") ? [] : ["0 0 soft-smtp primary-to-primary kim@x.com"]);
    }
  },
);

/** Two online users who hold one address of the service's own domain, and their counterparts, one of whom has it too. */
it.each(["s@x.onmicrosoft.com", "ä@x.onmicrosoft.com"])(
  "joins nobody through an address of the service's: %s",
  (shared) => {
    const onPremises = [{ proxyAddresses: ["SMTP:a@x.com", `smtp:${shared}`] }, { proxyAddresses: ["SMTP:b@x.com"] }];
    const online = ["a@x.com", "b@x.com"].map((own) => ({ proxyAddresses: [`SMTP:${own}`, `smtp:${shared}`] }));
    const { pairs, ambiguous } = match(onPremises, online);
    expect([pairs, ambiguous]).toEqual([
      ["0 0 soft-smtp primary-to-primary a@x.com", "1 1 soft-smtp primary-to-primary b@x.com"],
      [],
    ]);
  },
);

describe("one pair", () => {
  const cases: readonly (readonly [
    what: string,
    onPremises: Fields,
    online: Fields,
    pair: string | undefined,
    settings?: MatchSettings,
  ])[] = [
    ["hard match", { sourceAnchor: ANCHOR }, { immutableId: ANCHOR }, `0 0 hard anchor ${ANCHOR}`],
    ["anchors count letter by letter", { sourceAnchor: ANCHOR }, { immutableId: ANCHOR.toLowerCase() }, undefined],
    [
      "primary to primary, in any case",
      { proxyAddresses: ["SMTP:A@x.com"] },
      { proxyAddresses: ["SMTP:a@X.com"] },
      "0 0 soft-smtp primary-to-primary a@x.com",
    ],
    [
      "letters beyond ASCII, in any case",
      { proxyAddresses: ["SMTP:Ärna@x.com"] },
      { proxyAddresses: ["SMTP:ärna@X.com"] },
      "0 0 soft-smtp primary-to-primary ärna@x.com",
    ],
    [
      "no address of a domain of the service's, whatever its letters",
      { proxyAddresses: ["SMTP:ärna@x.onmicrosoft.com"] },
      { proxyAddresses: ["SMTP:ärna@x.onmicrosoft.com"] },
      undefined,
    ],
    [
      "primary to alias",
      { proxyAddresses: ["SMTP:a@x.com"] },
      { proxyAddresses: ["SMTP:b@x.com", "smtp:a@x.com"] },
      "0 0 soft-smtp primary-to-alias a@x.com",
    ],
    [
      "alias only",
      { proxyAddresses: ["SMTP:a@x.com", "smtp:b@x.com"] },
      { proxyAddresses: ["SMTP:b@x.com"] },
      "0 0 soft-smtp alias b@x.com",
    ],
    [
      "alias only, by the stricter rule",
      { proxyAddresses: ["SMTP:a@x.com", "smtp:b@x.com"] },
      { proxyAddresses: ["SMTP:b@x.com"] },
      undefined,
      { softMatch: "primary-smtp" },
    ],
    [
      "primary to alias, by the stricter rule",
      { proxyAddresses: ["SMTP:a@x.com"] },
      { proxyAddresses: ["SMTP:b@x.com", "smtp:a@x.com"] },
      "0 0 soft-smtp primary-to-alias a@x.com",
      { softMatch: "primary-smtp" },
    ],
    [
      "mail stands in for proxyAddresses",
      { mail: "a@x.com" },
      { proxyAddresses: ["SMTP:a@x.com"] },
      "0 0 soft-smtp primary-to-primary a@x.com",
    ],
    [
      "mail is masked by proxyAddresses",
      { mail: "a@x.com", proxyAddresses: ["SMTP:c@x.com"] },
      { proxyAddresses: ["SMTP:a@x.com"] },
      undefined,
    ],
    [
      "addresses of the service link nobody",
      { proxyAddresses: ["SMTP:a@x.com", "smtp:a@x.onmicrosoft.com"] },
      { proxyAddresses: ["SMTP:a@x.onmicrosoft.com"] },
      undefined,
    ],
    [
      "who is bound to another object is no candidate",
      { sourceAnchor: ANCHOR, proxyAddresses: ["SMTP:a@x.com"] },
      { immutableId: "x".repeat(24), proxyAddresses: ["SMTP:a@x.com"] },
      undefined,
    ],
    [
      "addresses of other types link nobody",
      { proxyAddresses: ["SIP:a@x.com"] },
      { proxyAddresses: ["SIP:a@x.com"] },
      undefined,
    ],
    ["the same UPN links nobody", { userPrincipalName: "a@x.com" }, { userPrincipalName: "a@x.com" }, undefined],
    [
      "an address that is another's UPN links nobody",
      { proxyAddresses: ["SMTP:a@x.com"] },
      { userPrincipalName: "a@x.com" },
      undefined,
    ],
    [
      "who is bound to another object is no candidate, whatever the UPN",
      { sourceAnchor: ANCHOR, userPrincipalName: "a@x.com" },
      { immutableId: "x".repeat(24), userPrincipalName: "a@x.com" },
      undefined,
      { upnSoftMatch: true },
    ],
    [
      "the same UPN, where the tenant matches by it",
      { userPrincipalName: "a@x.com" },
      { userPrincipalName: "A@x.com" },
      "0 0 soft-upn upn a@x.com",
      { upnSoftMatch: true },
    ],
    [
      "groups are not matched",
      { type: "group", proxyAddresses: ["SMTP:a@x.com"] },
      { proxyAddresses: ["SMTP:a@x.com"] },
      undefined,
    ],
  ];
  it.each(
    cases.map(([what, onPremises, online, pair, settings = {}]) => ({ what, onPremises, online, pair, settings })),
  )("$what", ({ onPremises, online, pair, settings }) => {
    expect(match([onPremises], [online], settings).pairs).toEqual(pair === undefined ? [] : [pair]);
  });

  it("the article's example, taken word for word, shares no address", () => {
    const { pairs } = match(
      [{ proxyAddresses: ["SMTP:user@contoso.com", "smtp:user.last@contoso.com"] }],
      [{ proxyAddresses: ["SMTP:user.lastName@contoso.com"] }],
    );
    expect(pairs).toEqual([]);
  });

  it("without anchors on-premises a bound user may be the one", () => {
    const left = directory([], { proxyAddresses: ["SMTP:a@x.com"] });
    const right = directory(["immutableId"], { immutableId: ANCHOR, proxyAddresses: ["SMTP:a@x.com"] });
    expect(matchUsers(left, right).pairs.size).toBe(1);
  });
});

describe("ambiguity", () => {
  it("one to many, many to one, and a chain are ambiguous as a whole; others are matched", () => {
    const { pairs, ambiguous } = match(
      [
        { proxyAddresses: ["SMTP:a@x.com", "smtp:b@x.com"] },
        { proxyAddresses: ["SMTP:c@x.com"] },
        { proxyAddresses: ["SMTP:d@x.com", "smtp:c@x.com"] },
        { proxyAddresses: ["SMTP:e@x.com"] },
      ],
      [
        { proxyAddresses: ["SMTP:a@x.com"] },
        { proxyAddresses: ["SMTP:b@x.com"] },
        { proxyAddresses: ["SMTP:c@x.com"] },
        { proxyAddresses: ["SMTP:e@x.com"] },
      ],
    );
    expect(pairs).toEqual(["3 3 soft-smtp primary-to-primary e@x.com"]);
    expect(ambiguous).toEqual([
      { onPremises: [0], online: [0, 1], on: "a@x.com" },
      { onPremises: [1, 2], online: [2], on: "c@x.com" },
    ]);
  });

  it("an anchor decides before any address does", () => {
    const { pairs, ambiguous } = match(
      [{ sourceAnchor: ANCHOR, proxyAddresses: ["SMTP:a@x.com"] }],
      [{ proxyAddresses: ["SMTP:a@x.com"] }, { immutableId: ANCHOR }],
    );
    expect(pairs).toEqual([`0 1 hard anchor ${ANCHOR}`]);
    expect(ambiguous).toEqual([]);
  });
});

describe("laws", () => {
  const address = fc.constantFrom("a", "b", "c", "d", "e").map((name) => `${name}@x.com`);
  const person = fc.record({
    proxyAddresses: fc
      .uniqueArray(address, { maxLength: 3 })
      .map((all) => all.map((one, index) => `${index === 0 ? "SMTP" : "smtp"}:${one}`)),
    anchor: fc.option(fc.constantFrom("A", "B", "C"), { nil: "" }),
  });
  const side = fc.array(person, { maxLength: 6 });

  it("every person is in exactly one list", () => {
    fc.assert(
      fc.property(side, side, (left, right) => {
        const { pairs, ambiguous, unmatchedOnPremises, unmatchedOnline } = match(
          left.map(({ anchor, ...rest }) => ({ ...rest, sourceAnchor: anchor })),
          right.map(({ anchor, ...rest }) => ({ ...rest, immutableId: anchor })),
        );
        const onPremises = [
          ...pairs.map((pair) => Number(pair.split(" ")[0])),
          ...ambiguous.flatMap((group) => group.onPremises),
          ...unmatchedOnPremises,
        ];
        const online = [
          ...pairs.map((pair) => Number(pair.split(" ")[1])),
          ...ambiguous.flatMap((group) => group.online),
          ...unmatchedOnline,
        ];
        expect(onPremises.sort()).toEqual(left.map((_, index) => index));
        expect(online.sort()).toEqual(right.map((_, index) => index));
      }),
      { numRuns: times(500) },
    );
  });

  it("everybody matches oneself by the primary", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 10 }), (numbers) => {
        const users = numbers.map((number) => ({ proxyAddresses: [`SMTP:u${number}@x.com`, `smtp:v${number}@x.com`] }));
        const { pairs } = match(users, users);
        expect(pairs).toEqual(
          numbers.map((number, index) => `${index} ${index} soft-smtp primary-to-primary u${number}@x.com`),
        );
      }),
    );
  });
});

describe("size", () => {
  it("one address on 20,000 objects of each side stays linear", () => {
    const many = Array.from({ length: 20_000 }, () => ({ proxyAddresses: ["SMTP:a@x.com"] }));
    const { ambiguous } = match(many, many);
    expect(ambiguous).toHaveLength(1);
    expect(ambiguous[0]?.online).toHaveLength(20_000);
  });
});
