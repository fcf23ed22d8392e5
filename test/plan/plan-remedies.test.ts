import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  analyze,
  applyChanges,
  authorities,
  type LiveAnalysis,
  type Mismatch,
  mismatchKinds,
  type Plan,
  planRemedies,
  UsageError,
  undoSteps,
} from "../../src/index.ts";
import { findingKey } from "../../src/mismatches/definition/finding-key.ts";
import { sourceAnchorFromText } from "../../src/model/source-anchor.ts";
import { people, settings, toObjects, toRows } from "../invented-people.ts";
import { type Attributes, analyzeText, ldif, online } from "../reading.ts";
import { times } from "../real-parts.ts";

const bruno = {
  dn: "CN=Bruno,OU=Staff,DC=contoso,DC=com",
  objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e",
  userPrincipalName: "bcosta@contoso.com",
  mail: "bcosta@contoso.com",
  proxyAddresses: ["SMTP:bcosta@contoso.com", "smtp:bruno.costa@contoso.com", "X500:/o=Contoso/cn=bruno"],
};
const brunoOnline = {
  UserPrincipalName: "bruno.costa@contoso.com",
  ObjectId: "o1",
  ImmutableId: "C4GP0FyjqEmkzcaSPfwDHg==",
  ProxyAddresses:
    "SMTP:bruno.costa@contoso.com;smtp:bcosta@contoso.com;smtp:costa@contoso.com;smtp:bruno@contoso.onmicrosoft.com",
};

/** Names a finding by kind and person: the same misalignment on the other side of one person is not another one. */
function findingOf({ kind, onPremises, online: there }: Mismatch): string {
  return JSON.stringify([kind, onPremises?.id, there?.id]);
}

function usersOf(analysis: LiveAnalysis) {
  const { directories } = analysis.comparison;
  return [directories.onPremises, directories.online].map((directory) =>
    Array.from({ length: directory.size }, (_, index) => directory.user(index)),
  );
}

function isPlanned(wanted: string): boolean {
  return mismatchKinds.some(({ kind, remedy }) => kind === wanted && remedy === "planned");
}

/** Every value that may stand on one object only, of one side. */
function takenTwice(analysis: LiveAnalysis): readonly string[] {
  return usersOf(analysis).flatMap((users) => {
    const seen = new Map<string, number>();
    const twice: string[] = [];
    users.forEach((user, index) => {
      const addresses = (user.proxyAddresses ?? []).filter(({ type }) => type === "SMTP").map(({ address }) => address);
      const own = new Set([
        ...[...addresses, user.mail ?? ""].map((value) => `address ${value.toLowerCase()}`),
        `name ${(user.userPrincipalName ?? "").toLowerCase()}`,
      ]);
      for (const key of own) {
        if (key.endsWith(" ")) continue;
        if (seen.has(key)) twice.push(key);
        seen.set(key, index);
      }
    });
    return twice;
  });
}

/** Holds a plan against what an issue promises of it. */
function expectHonest(analysis: LiveAnalysis, plan: Plan): void {
  const after = applyChanges(analysis, plan.steps);
  const left = new Set(after.mismatches.map(findingKey));
  // Nothing that the plan claims remains …
  const claimed = plan.remedied.map(findingKey);
  expect(claimed.filter((finding) => left.has(finding))).toEqual([]);
  // … nothing new appears but what the plan says, and that is never worse than what is known of the person already.
  const known = new Set(analysis.mismatches.map(findingOf));
  const announced = new Set(plan.appearing.map(findingOf));
  const appeared = after.mismatches.filter((mismatch) => !known.has(findingOf(mismatch)));
  expect(appeared.filter((mismatch) => !announced.has(findingOf(mismatch)))).toEqual([]);
  expect(appeared.filter(({ severity }) => severity !== "info")).toEqual([]);
  // Undo restores the model exactly.
  expect(usersOf(applyChanges(after, undoSteps(plan.steps)))).toEqual(usersOf(analysis));
  // No step puts a value on a second object, neither forth nor back, but where the exports have it so.
  const before = new Set(takenTwice(analysis));
  for (const [start, steps] of [
    [analysis, plan.steps],
    [after, undoSteps(plan.steps)],
  ] as const) {
    for (let count = 1; count <= steps.length; count++) {
      const during = takenTwice(applyChanges(start, steps.slice(0, count)));
      expect(during.filter((key) => !before.has(key))).toEqual([]);
    }
  }
}

describe("planRemedies", () => {
  it.each(authorities)("%s: no file but the documents holds a value that a rule refuses", async (authority) => {
    const person = (name: string, attributes: Attributes) => ({ dn: `CN=${name},DC=contoso,DC=com`, ...attributes });
    const analysis = await analyzeText(
      ldif(
        person("ana", {
          userPrincipalName: "ana..silva@contoso.com",
          mailNickname: "ana",
          proxyAddresses: ["SMTP:ana.@contoso.com", "smtp:ana@contoso.com"],
        }),
        person("cy", {
          userPrincipalName: "cy@contoso.local",
          mailNickname: "cy coe",
          proxyAddresses: "SMTP:cy@contoso.com",
        }),
        person("jo", {
          userPrincipalName: "jo@contoso.local",
          mailNickname: "jo\u00e3o",
          proxyAddresses: "SMTP:jo@contoso.com",
        }),
        person("bo", {
          userPrincipalName: "bo@contoso.com",
          mailNickname: "bo",
          proxyAddresses: "SMTP:bo@contoso.com",
        }),
      ),
      online(
        ...["ana", "cy", "jo"].map((name) => ({
          UserPrincipalName: `${name}@contoso.com`,
          ObjectId: name,
          ProxyAddresses: `SMTP:${name}@contoso.com;smtp:${name}@contoso.onmicrosoft.com`,
        })),
        {
          UserPrincipalName: "bo@contoso.com",
          ObjectId: "bo",
          ProxyAddresses: "SMTP:bob@contoso.com;smtp:bo@contoso.com",
        },
      ),
    );
    const plan = planRemedies(analysis, { authority });
    const written = plan.steps.flatMap(({ changes }) => changes.flatMap(({ after }) => after));
    const told = plan.notices.flatMap(({ addressAfter, signInAfter }) => [addressAfter, signInAfter]);
    for (const value of [...written, ...told]) expect(value).not.toMatch(/\.\.|\.@|[ _\u00e3]|</);
    // What is not refused is planned as ever.
    expect(written).toContain(authority === "online" ? "SMTP:bob@contoso.com" : "SMTP:bo@contoso.com");
    if (authority === "online") return;
    // What hangs on a refused value is left to a person, who is told on which one.
    const reasonOf = (id: string) =>
      plan.undecided.find(({ mismatch }) => mismatch.kind === "upn-change" && mismatch.online?.id === id)?.reason;
    expect(reasonOf("ana")).toContain("userPrincipalName ana..silva@contoso.com breaks a rule");
    expect(reasonOf("cy")).toContain("a name would be made of cy coe");
    expect(reasonOf("jo")).toContain("a name would be made of jo\u00e3o");
  });

  it("online: Active Directory gets the sign-in name, the primary and the aliases that are used online", async () => {
    const analysis = await analyzeText(ldif(bruno), online(brunoOnline));
    const plan = planRemedies(analysis, { authority: "online" });
    expect(plan.steps.map(({ side, object, changes }) => [side, object.id, changes])).toEqual([
      [
        "onPremises",
        bruno.dn,
        [
          { attribute: "userPrincipalName", before: ["bcosta@contoso.com"], after: ["bruno.costa@contoso.com"] },
          {
            attribute: "proxyAddresses",
            before: bruno.proxyAddresses.map((value) => value.replace("X500:", "X500:")),
            after: [
              "SMTP:bruno.costa@contoso.com",
              "smtp:bcosta@contoso.com",
              "smtp:costa@contoso.com",
              "X500:/o=Contoso/cn=bruno",
            ],
          },
          { attribute: "mail", before: ["bcosta@contoso.com"], after: ["bruno.costa@contoso.com"] },
        ],
      ],
    ]);
    expect(plan.remedied.map(({ kind }) => kind)).toEqual(["primary-smtp-change", "upn-change", "alias-removed"]);
    expect(applyChanges(analysis, plan.steps).mismatches).toEqual([]);
  });

  it("on-premises: the online user becomes now what the run would make of it, and the person is told", async () => {
    const analysis = await analyzeText(ldif(bruno), online(brunoOnline));
    const plan = planRemedies(analysis, { authority: "on-premises" });
    expect(plan.steps.map(({ side, object }) => [side, object.id])).toEqual([["online", "o1"]]);
    expect(plan.notices).toEqual([
      {
        name: "bruno.costa@contoso.com",
        side: "online",
        addressBefore: "bruno.costa@contoso.com",
        addressAfter: "bcosta@contoso.com",
        signInBefore: "bruno.costa@contoso.com",
        signInAfter: "bcosta@contoso.com",
      },
    ]);
    expect(applyChanges(analysis, plan.steps).mismatches).toEqual([]);
  });

  it("decisions overrule the authority for a person, and skip leaves alone", async () => {
    const analysis = await analyzeText(ldif(bruno), online(brunoOnline));
    const decide = (decision: "online" | "on-premises" | "skip") =>
      planRemedies(analysis, { authority: "online", decisions: new Map([["o1", decision]]) }).steps.map(
        ({ side }) => side,
      );
    expect([decide("online"), decide("on-premises"), decide("skip")]).toEqual([["onPremises"], ["online"], []]);
  });

  it("swaps two addresses through a free one", async () => {
    const pair = (name: string, guid: string, own: string) => ({
      dn: `CN=${name},DC=contoso,DC=com`,
      objectGUID: guid,
      userPrincipalName: own,
      proxyAddresses: `SMTP:${own}`,
    });
    const analysis = await analyzeText(
      ldif(
        pair("kim", "d08f810b-a35c-49a8-a4cd-c6923dfc031e", "lee@contoso.com"),
        pair("lee", "00112233-4455-6677-8899-aabbccddeeff", "lee2@contoso.com"),
      ),
      online(
        {
          UserPrincipalName: "lee2@contoso.com",
          ObjectId: "kim",
          ImmutableId: "C4GP0FyjqEmkzcaSPfwDHg==",
          ProxyAddresses: "SMTP:lee2@contoso.com",
        },
        {
          UserPrincipalName: "lee@contoso.com",
          ObjectId: "lee",
          ImmutableId: "MyIRAFVEd2aImaq7zN3u/w==",
          ProxyAddresses: "SMTP:lee@contoso.com",
        },
      ),
    );
    for (const authority of authorities) {
      const plan = planRemedies(analysis, { authority });
      expect(plan.steps.map(({ isInterim }) => isInterim)).toEqual([true, false, false]);
      expectHonest(analysis, plan);
      expect(plan.undecided).toEqual([]);
    }
  });

  it("leaves to a person what it does not dare, with the choices", async () => {
    const data = await analyzeText(
      ldif(
        { ...bruno, dn: "CN=One,DC=contoso,DC=com" },
        { dn: "CN=Two,DC=contoso,DC=com", proxyAddresses: ["smtp:bcosta@contoso.com", "SMTP:two@contoso.com"] },
      ),
      online({ ...brunoOnline, ImmutableId: "" }),
    );
    const plan = planRemedies(data, { authority: "online" });
    const kinds = plan.undecided.map(({ mismatch }) => mismatch.kind);
    expect(kinds).toContain("ambiguous-match");
    expect(kinds).toContain("duplicate-address");
    expect(plan.undecided.every(({ choices, reason }) => choices.length > 0 && reason.length > 0)).toBe(true);
    expect(plan.steps).toEqual([]);
  });

  it("blocks what needs an address that somebody keeps, and names the holder", async () => {
    const analysis = await analyzeText(
      ldif(bruno, {
        dn: "CN=Sales,DC=contoso,DC=com",
        objectClass: "group",
        proxyAddresses: "SMTP:costa@contoso.com",
      }),
      online(brunoOnline),
    );
    const plan = planRemedies(analysis, { authority: "online" });
    expect(plan.steps).toEqual([]);
    expect(plan.undecided.map(({ reason }) => reason)).toContain(
      "costa@contoso.com belongs to CN=Sales,DC=contoso,DC=com and stays there",
    );
  });

  it("refuses to make the service's own addresses those of Active Directory", async () => {
    const analysis = await analyzeText(
      ldif(bruno),
      online({
        ...brunoOnline,
        UserPrincipalName: "bruno@contoso.onmicrosoft.com",
        ProxyAddresses: "SMTP:bruno@contoso.onmicrosoft.com;smtp:bcosta@contoso.com",
      }),
    );
    const plan = planRemedies(analysis, { authority: "online" });
    expect(plan.steps).toEqual([]);
    expect(plan.undecided[0]?.reason).toMatch(/in the service's own domain/);
  });

  it("refuses an authority without meaning, and a report that was saved", async () => {
    const analysis = await analyzeText(ldif(bruno), online(brunoOnline));
    expect(() => planRemedies(analysis, { authority: "both" as "online" })).toThrow(UsageError);
    expect(() => planRemedies(JSON.parse(JSON.stringify(analysis)), { authority: "online" })).toThrow(/saved report/);
  });

  it("plans only for kinds that say so", () => {
    expect(mismatchKinds.filter(({ remedy }) => remedy === "planned").map(({ kind }) => kind)).toEqual([
      "primary-smtp-change",
      "primary-smtp-unsure",
      "upn-change",
      "alias-removed",
      "alias-added",
    ]);
  });
});

/**
 * A tidy company of which the two sides went different ways: everybody is bound by an anchor, and has some of the sign-in
 * names, primaries and aliases of all, each value once on each side.
 */
const company = fc.integer({ min: 2, max: 6 }).chain((size) => {
  const numbers = Array.from({ length: size }, (_, index) => index);
  const some = fc.shuffledSubarray(numbers, { minLength: size, maxLength: size });
  const side = fc.record({
    upn: some,
    primary: some,
    aliases: fc.array(fc.nat(size - 1), { minLength: size * 2, maxLength: size * 2 }),
  });
  return fc.record({ size: fc.constant(size), onPremises: side, online: side, isLicensed: fc.boolean() });
});
type Company = typeof company extends fc.Arbitrary<infer Value> ? Value : never;

function toExports({ size, onPremises, online: there, isLicensed }: Company): readonly [string, string] {
  const numbers = Array.from({ length: size }, (_, index) => index);
  const guid = (index: number) => `d08f810b-a35c-49a8-a4cd-c6923dfc031${index}`;
  const addresses = (side: Company["online"], index: number) => [
    `SMTP:p${side.primary[index]}@contoso.com`,
    ...side.aliases.flatMap((owner, alias) => (owner === index ? [`smtp:a${alias}@contoso.com`] : [])),
  ];
  return [
    ldif(
      ...numbers.map((index) => ({
        dn: `CN=u${index},DC=contoso,DC=com`,
        objectGUID: guid(index),
        userPrincipalName: `u${onPremises.upn[index]}@contoso.com`,
        proxyAddresses: addresses(onPremises, index),
      })),
    ),
    online(
      ...numbers.map((index) => ({
        UserPrincipalName: `u${there.upn[index]}@contoso.com`,
        ObjectId: `o${index}`,
        ImmutableId: sourceAnchorFromText(guid(index)) ?? "",
        IsLicensed: isLicensed ? "True" : "False",
        ProxyAddresses: [...addresses(there, index), `smtp:u${index}@contoso.onmicrosoft.com`].join(";"),
      })),
    ),
  ];
}

describe("laws of the plan", () => {
  it("of a company whose sides went different ways everything planned is remedied, swaps and rings included", async () => {
    const runs = times(200);
    let interim = 0;
    await fc.assert(
      fc.asyncProperty(company, fc.constantFrom(...authorities), async (one, authority) => {
        const analysis = await analyzeText(...toExports(one));
        const plan = planRemedies(analysis, { authority });
        expectHonest(analysis, plan);
        interim += plan.steps.filter(({ isInterim }) => isInterim).length;
        const after = applyChanges(analysis, plan.steps);
        // Online nothing changes any more; an alias that only Active Directory has comes to stay.
        const isLeft = ({ kind }: Mismatch) =>
          isPlanned(kind) && (authority === "on-premises" || kind !== "alias-added");
        expect(after.mismatches.filter(isLeft)).toEqual([]);
      }),
      { numRuns: runs },
    );
    expect(interim).toBeGreaterThan(runs / 4);
  });

  it("of people who meet as duplicates, candidates and holders nothing claimed remains, and nothing gets worse", async () => {
    const runs = times(600);
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(
        people,
        people,
        settings,
        fc.constantFrom(...authorities),
        async (left, right, options, authority) => {
          const analysis = await analyzeText(ldif(...toObjects(left)), online(...toRows(right)), options);
          const plan = planRemedies(analysis, { authority });
          expectHonest(analysis, plan);
          steps += plan.steps.length;
        },
      ),
      { numRuns: runs },
    );
    expect(steps).toBeGreaterThan(runs / 30);
  });

  it.each(["ad.ldf", "ad.csv"])("the example company, %s", async (name) => {
    const read = (file: string) => ({
      name: file,
      data: readFileSync(new URL(`../../examples/contoso/${file}`, import.meta.url)),
    });
    const analysis = await analyze({ onPremises: [read(name)], online: [read("msolusers.csv")] });
    for (const authority of authorities) {
      const plan = planRemedies(analysis, { authority });
      expectHonest(analysis, plan);
      const after = applyChanges(analysis, plan.steps);
      const refused = new Set(plan.undecided.map(({ mismatch }) => findingOf(mismatch)));
      const remaining = after.mismatches.filter(({ kind, severity }) => severity !== "info" && isPlanned(kind));
      expect(remaining.filter((mismatch) => !refused.has(findingOf(mismatch)))).toEqual([]);
      expect(plan.remedied.length).toBeGreaterThan(5);
    }
  });
});
