import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  analysisJsonSchema,
  analyze,
  type Mismatch,
  type OnPremisesOutcome,
  onlineOutcomeSchema,
  onPremisesOutcomeSchema,
  renderReportPieces,
  streamAnalysis,
} from "../../src/index.ts";
import { people, settings, toObjects, toRows } from "../invented-people.ts";
import { type Attributes, analyzeByService, ldif, online } from "../reading.ts";
import { whole } from "../real-parts.ts";

const services = ["dirsync-v2", "entra-connect"] as const;
const GUID = "00112233-4455-6677-8899-aabbccddeeff";

/** What becomes of the first object of Active Directory under each service. */
async function fate(object: Attributes, ...rows: Readonly<Record<string, string>>[]) {
  const outcomes: OnPremisesOutcome[] = [];
  for (const service of services) {
    const analysis = await analyzeByService(ldif(object), online(...rows), { service });
    outcomes.push(analysis.outcomes().ofOnPremises(0));
  }
  return outcomes;
}

describe("the outcome of a person", () => {
  const ana = {
    dn: "CN=Ana,DC=contoso,DC=com",
    objectGUID: GUID,
    userPrincipalName: "ana@contoso.com",
    proxyAddresses: "SMTP:ana@contoso.com",
  };

  it("linked, with what the online user becomes", async () => {
    const row = {
      UserPrincipalName: "a@contoso.com",
      IsLicensed: "True",
      ProxyAddresses: "SMTP:a@contoso.com;smtp:ana@contoso.com",
    };
    expect(await fate(ana, row)).toMatchObject([
      { outcome: "linked", online: "a@contoso.com", after: { userPrincipalName: "a@contoso.com" } },
      { outcome: "linked", online: "a@contoso.com", after: { userPrincipalName: "ana@contoso.com" } },
    ]);
  });

  it("linked, and whether the account is enabled afterwards", async () => {
    const row = {
      UserPrincipalName: "ana@contoso.com",
      ProxyAddresses: "SMTP:ana@contoso.com",
      BlockCredential: "False",
    };
    const [then] = await fate({ ...ana, userAccountControl: "514" }, row);
    expect(then).toMatchObject({ outcome: "linked", before: { isEnabled: true }, after: { isEnabled: false } });
    expect(then?.rules).toContain("account-disabled");
    const [same] = await fate({ ...ana, userAccountControl: "512" }, row);
    expect(same?.after?.isEnabled).toBe(true);
    expect(same?.rules.filter((rule) => rule.startsWith("account-"))).toEqual([]);
  });

  it("created, as whom", async () => {
    const row = { UserPrincipalName: "zoe@contoso.com", ProxyAddresses: "SMTP:zoe@contoso.com" };
    const created = { outcome: "created", after: { primarySmtpAddress: "ana@contoso.com" }, certainty: "documented" };
    expect(await fate(ana, row)).toMatchObject([created, created]);
  });

  it("a sign-in name alone: taken in 2012, a link today", async () => {
    const bare = { dn: ana.dn, userPrincipalName: "ana@contoso.com", mail: "" };
    const row = { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" };
    expect(await fate(bare, row)).toMatchObject([
      { outcome: "refused", error: "AttributeValueMustBeUnique" },
      { outcome: "linked", online: "ana@contoso.com" },
    ]);
  });

  it("an address of somebody bound elsewhere: refused in 2012, held back today", async () => {
    const row = {
      UserPrincipalName: "ana@contoso.com",
      ImmutableId: "MyIRAFVEd2aImaq7zN3u/g==",
      ProxyAddresses: "SMTP:ana@contoso.com",
    };
    const [then, now] = await fate(ana, row);
    expect(then).toMatchObject({ outcome: "refused", error: "InvalidSoftMatch" });
    expect(now).toMatchObject({
      outcome: "created",
      heldBack: [
        { attribute: "proxyAddresses", value: "SMTP:ana@contoso.com", holder: "ana@contoso.com" },
        { attribute: "userPrincipalName", value: "ana@contoso.com", holder: "ana@contoso.com" },
      ],
    });
    expect(now?.after?.proxyAddresses).not.toContain("SMTP:ana@contoso.com");
  });

  it("an alias that somebody keeps: a link in 2012; today held back from a second account, and from who is linked", async () => {
    const other = {
      UserPrincipalName: "a.andrade@contoso.com",
      ProxyAddresses: "SMTP:a.andrade@contoso.com;smtp:info@contoso.com",
    };
    const wanted = { ...ana, proxyAddresses: ["SMTP:ana@contoso.com", "smtp:info@contoso.com"] };
    const heldBack = [{ attribute: "proxyAddresses", value: "smtp:info@contoso.com", holder: "a.andrade@contoso.com" }];
    expect(await fate(wanted, other)).toMatchObject([{ outcome: "linked" }, { outcome: "created", heldBack }]);

    const own = { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" };
    const holder = {
      dn: "CN=A,DC=contoso,DC=com",
      userPrincipalName: "a@contoso.com",
      proxyAddresses: ["SMTP:a.andrade@contoso.com", "smtp:info@contoso.com"],
    };
    const analysis = await analyzeByService(ldif(wanted, holder), online(own, other), { service: "entra-connect" });
    expect(analysis.outcomes().ofOnPremises(0)).toMatchObject({ outcome: "linked", heldBack });
    // On-premises it is a duplicate, and told as such: no collision besides.
    expect(analysis.summary.byKind).toMatchObject({ "duplicate-address": 1, "address-collision": 0 });
  });

  it("an address that the service discards, and makes up again, is nobody's to refuse for", async () => {
    const own = {
      ...ana,
      mailNickname: "ana",
      proxyAddresses: ["SMTP:ana@contoso.com", "smtp:ana@contoso.onmicrosoft.com"],
    };
    const row = {
      UserPrincipalName: "z@contoso.com",
      ProxyAddresses: "SMTP:z@contoso.com;smtp:ana@contoso.onmicrosoft.com",
    };
    // The local part is alike, which is all that they have in common.
    const beside = { outcome: "created-beside" };
    expect(await fate(own, row)).toMatchObject([beside, beside]);
  });

  it("one whose address two have: ambiguous", async () => {
    const rows = ["a", "b"].map((name) => ({
      UserPrincipalName: `${name}@contoso.com`,
      ProxyAddresses: `SMTP:${name}@contoso.com;smtp:ana@contoso.com`,
    }));
    expect(await fate(ana, ...rows)).toMatchObject([{ outcome: "ambiguous" }, { outcome: "ambiguous" }]);
  });
});

describe("the outcome of several who want one user with a role", () => {
  it.each(services)("all are refused, whoever comes first: %s", async (service) => {
    const address = { proxyAddresses: "SMTP:boss@contoso.com" };
    const objects = ["a", "b"].map((name) => ({ dn: `CN=${name},DC=contoso,DC=com`, ...address }));
    const row = { UserPrincipalName: "chief@contoso.com", ProxyAddresses: "SMTP:boss@contoso.com" };
    const options = { service, admins: ["chief@contoso.com"] };
    const analysis = await analyzeByService(ldif(...objects), online(row), options);
    const refused = { outcome: "refused", error: "ExistingAdminRoleConflict" };
    expect([...analysis.outcomes().onPremises()]).toMatchObject([refused, refused]);
    expect(analysis.summary.byKind).toMatchObject({ "match-refused": 2, "ambiguous-match": 0 });
  });
});

describe("a refusal", () => {
  const cem = { UserPrincipalName: "cem@contoso.com", ImmutableId: "/////////////////////w==" };

  it("is as sure as the value that stands in the way: not, if whether its domain is verified is not known", async () => {
    const bo = { UserPrincipalName: "bo@contoso.com", ProxyAddresses: "SMTP:bo@contoso.com", ImmutableId: "" };
    const refusedFor = async (shared: string) => {
      const ad = ldif({
        dn: "CN=Bo,DC=contoso,DC=com",
        "objectGUID:": "C4GP0FyjqEmkzcaSPfwDHg==",
        userPrincipalName: "bo@contoso.com",
        proxyAddresses: ["SMTP:bo@contoso.com", `smtp:${shared}`],
      });
      const other = { ...cem, ProxyAddresses: `SMTP:cem@contoso.com;smtp:${shared}` };
      const analysis = await analyzeByService(ad, online(bo, other), { service: "dirsync-v2" });
      return analysis.outcomes().ofOnPremises(0);
    };
    expect(await refusedFor("shop@fabrikam.com")).toMatchObject({ outcome: "refused", certainty: "unknown" });
    expect(await refusedFor("shop@contoso.com")).toMatchObject({ outcome: "refused", certainty: "documented" });
  });

  it("is inferred where addresses are only assumed", async () => {
    const ad = ldif({
      dn: "CN=Bo,DC=contoso,DC=com",
      userPrincipalName: "bo@contoso.local",
      mail: "sales@contoso.com",
    });
    const list =
      "DisplayName,RecipientTypeDetails,PrimarySmtpAddress,ExternalDirectoryObjectId,EmailAddresses\n" +
      "Sales,MailUniversalDistributionGroup,sales@contoso.com,b0a2d000-0000-4000-8000-000000000001,SMTP:sales@contoso.com\n";
    const analysis = await analyze({
      onPremises: [{ name: "ad.ldf", data: ad }],
      online: [
        { name: "users.csv", data: online({ ...cem, ProxyAddresses: "SMTP:cem@contoso.com" }) },
        { name: "groups.csv", data: list },
      ],
    });
    expect(analysis.outcomes().ofOnPremises(0)).toMatchObject({ outcome: "refused", certainty: "inferred" });
  });
});

describe("the outcomes of two who bring one address", () => {
  const two = (shared: string) =>
    ldif(
      { dn: "CN=Ana,DC=contoso,DC=com", proxyAddresses: ["SMTP:ana@contoso.com", shared] },
      { dn: "CN=Bo,DC=contoso,DC=com", proxyAddresses: ["SMTP:bo@contoso.com", shared] },
      { dn: "CN=Cem,DC=contoso,DC=com", proxyAddresses: ["SMTP:cem@contoso.com"] },
    );
  const row = {
    UserPrincipalName: "ana@contoso.com",
    ProxyAddresses: "SMTP:ana@contoso.com;smtp:a@contoso.onmicrosoft.com",
  };

  it.each(services)("are not known: the first gets it: %s", async (service) => {
    const outcomes = (await analyzeByService(two("smtp:sales@contoso.com"), online(row), { service })).outcomes();
    const [ana, bo, cem] = [0, 1, 2].map((index) => outcomes.ofOnPremises(index));
    expect(ana).toMatchObject({ outcome: "linked", certainty: "unknown" });
    expect(bo).toMatchObject({ outcome: "created", certainty: "unknown" });
    expect([ana, bo, cem].map((one) => one?.rules.includes("address-shared"))).toEqual([true, true, false]);
    expect(cem).toMatchObject({ outcome: "created", certainty: "documented" });
  });

  it.each(services)("are what they are where the service discards it: %s", async (service) => {
    const outcomes = (
      await analyzeByService(two("smtp:x@contoso.onmicrosoft.com"), online(row), { service })
    ).outcomes();
    expect(outcomes.ofOnPremises(0).rules).not.toContain("address-shared");
  });
});

describe("the outcome of a contact", () => {
  const contact = { dn: "CN=Aino,DC=contoso,DC=com", objectClass: "contact" };
  const row = { UserPrincipalName: "aino@contoso.com", ProxyAddresses: "SMTP:aino@contoso.com" };

  it("without mail: refused in 2012, left out today", async () => {
    const outcomes = await fate({ ...contact, mail: "", proxyAddresses: "SMTP:aino@contoso.com" }, row);
    expect(outcomes).toMatchObject([
      { outcome: "refused", error: "ObjectTypeMismatch", certainty: "documented" },
      { outcome: "not-synchronized" },
    ]);
  });

  it("with nothing but mail that a person has: refused", async () => {
    const refused = { outcome: "refused", error: "ObjectTypeMismatch", certainty: "inferred" };
    const other = { dn: "CN=Bo,DC=contoso,DC=com", proxyAddresses: "SMTP:bo@contoso.com" };
    for (const service of services) {
      const ad = ldif({ ...contact, mail: "aino@contoso.com" }, other);
      const analysis = await analyzeByService(ad, online(row), { service });
      expect(analysis.outcomes().ofOnPremises(0)).toMatchObject(refused);
      expect(analysis.summary.byKind["address-collision"]).toBe(1);
    }
  });
});

describe("the outcome of a group", () => {
  const group = { dn: "CN=Board,DC=contoso,DC=com", objectClass: "group", sAMAccountName: "board" };
  const board = { ...group, proxyAddresses: "SMTP:board@contoso.com" };

  /** What becomes of the objects of Active Directory under each service, where a list is online. */
  async function fateBeside(recipientType: string, ...objects: Attributes[]) {
    const list =
      "DisplayName,RecipientTypeDetails,PrimarySmtpAddress,ExternalDirectoryObjectId,EmailAddresses\n" +
      `Board,${recipientType},board@contoso.com,b0a2d000-0000-4000-8000-000000000001,SMTP:board@contoso.com;smtp:all@contoso.com\n`;
    const person = { dn: "CN=Ana,DC=contoso,DC=com", proxyAddresses: "SMTP:ana@contoso.com" };
    const row = { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" };
    const outcomes: unknown[] = [];
    for (const service of services) {
      const analysis = await analyze({
        onPremises: [{ name: "ad.ldf", data: ldif(...objects, person) }],
        online: [
          { name: "users.csv", data: online(row) },
          { name: "groups.csv", data: list },
        ],
        service,
      });
      const all = analysis.outcomes();
      outcomes.push([objects.map((_, index) => all.ofOnPremises(index)), all.ofOnline(0), analysis.summary.byKind]);
    }
    return outcomes;
  }

  it("links with a list", async () => {
    const linked = [[{ outcome: "linked" }], { outcome: "taken-over" }, { "address-collision": 0 }];
    expect(await fateBeside("MailUniversalDistributionGroup", board)).toMatchObject([linked, linked]);
  });

  it("is made, which nobody knows where the online export shows no list", async () => {
    const other = { ...group, dn: "CN=Sales,DC=contoso,DC=com", proxyAddresses: "SMTP:sales@contoso.com" };
    const made = { outcome: "created", certainty: "documented" };
    expect(await fateBeside("MailUniversalDistributionGroup", other)).toMatchObject([
      [[made], {}, {}],
      [[made], {}, {}],
    ]);
    const row = { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" };
    expect(await fate(other, row)).toMatchObject([
      { ...made, certainty: "unknown" },
      { ...made, certainty: "unknown" },
    ]);
  });

  it("collides with a Microsoft 365 group", async () => {
    const refused = [[{ outcome: "refused" }], { outcome: "cloud-only" }, { "address-collision": 1 }];
    expect(await fateBeside("GroupMailbox", board)).toMatchObject([refused, refused]);
  });

  it("is ambiguous where another wants the same list", async () => {
    const other = {
      ...group,
      dn: "CN=All,DC=contoso,DC=com",
      sAMAccountName: "all",
      proxyAddresses: "SMTP:all@contoso.com",
    };
    const both = [[{ outcome: "ambiguous" }, { outcome: "ambiguous" }], { outcome: "ambiguous" }, {}];
    expect(await fateBeside("MailUniversalDistributionGroup", board, other)).toMatchObject([both, both]);
  });
});

describe("laws of the outcomes", () => {
  /** The outcomes of both sides, and the summary of the analysis that they are of. */
  async function outcomesOf(onPremises: string, users: string, options: object) {
    const analysis = await streamAnalysis({
      onPremises: [{ name: "ad.ldf", data: onPremises }],
      online: [{ name: "users.csv", data: users }],
      outcomes: true,
      ...options,
    });
    const { outcomes = { onPremises: [], online: [] }, summary } = analysis;
    const lists = { onPremises: [...outcomes.onPremises], online: [...outcomes.online] };
    const parts: string[] = [];
    for await (const part of renderReportPieces(analysis, "json")) parts.push(String(part));
    expect(JSON.parse(parts.join("")).outcomes).toEqual(lists);
    return { ...lists, summary };
  }

  const anybody = fc.tuple(people, people, settings, fc.constantFrom(...services));

  it("every object has one, and partners name each other", async () => {
    await fc.assert(
      fc.asyncProperty(anybody, async ([left, right, options, service]) => {
        const [ad, users] = [ldif(...toObjects(left)), online(...toRows(right))];
        const { onPremises, online: there, summary } = await outcomesOf(ad, users, { service, ...options });
        for (const one of onPremises) onPremisesOutcomeSchema.parse(one);
        for (const one of there) onlineOutcomeSchema.parse(one);
        expect([onPremises.length, there.length]).toEqual([summary.onPremises, summary.online]);
        const pairs = onPremises.filter(
          (one) => one.online !== undefined && !["created-beside", "not-synchronized"].includes(one.outcome),
        );
        expect(pairs.length).toBe(summary.matched);
        expect(there.filter(({ outcome }) => outcome === "taken-over").length).toBe(summary.matched);
        for (const { id, online: partner } of pairs)
          expect(there.find((one) => one.id === partner)?.onPremises).toBe(id);
      }),
      { numRuns: whole ? 500 : 60 },
    );
  });

  it("what is refused has an error; what is held back has a holder, and only the service of today does so", async () => {
    await fc.assert(
      fc.asyncProperty(anybody, async ([left, right, options, service]) => {
        const [ad, users] = [ldif(...toObjects(left)), online(...toRows(right))];
        const { onPremises, online: there } = await outcomesOf(ad, users, { service, ...options });
        for (const { outcome, error, heldBack = [] } of onPremises) {
          expect(error !== undefined).toBe(outcome === "refused");
          expect(service === "entra-connect" || heldBack.length === 0).toBe(true);
          for (const { holder } of heldBack) expect(there.some(({ id }) => id === holder)).toBe(true);
        }
      }),
      { numRuns: whole ? 500 : 60 },
    );
  });

  it("no value stands on two objects afterwards unless a finding says so", async () => {
    await fc.assert(
      fc.asyncProperty(anybody, async ([left, right, options, service]) => {
        const [ad, users] = [ldif(...toObjects(left)), online(...toRows(right))];
        const analysis = await analyzeByService(ad, users, { service, ...options });
        const after = holdersOf(statesOf(analysis.outcomes(), "after"));
        const before = holdersOf(statesOf(analysis.outcomes(), "before"));
        const told = valuesToldOf(analysis.mismatches);
        for (const [value, holders] of after) {
          const wasShared = (before.get(value)?.size ?? 0) > 1;
          // Who shares a mail address too is told by that alone.
          const isTold = told.has(value) || told.has(value.replace(/^sip:/, ""));
          if (holders.size > 1 && !wasShared) expect(isTold, `${value} on ${[...holders].join(" and ")}`).toBe(true);
        }
      }),
      { numRuns: whole ? 1000 : 100 },
    );
  });

  it("stand in the published schema", () => {
    expect(JSON.stringify(analysisJsonSchema())).toContain("created-beside");
  });
});

type Outcomes = Awaited<ReturnType<typeof analyzeByService>> extends { outcomes: () => infer All } ? All : never;

/** Who has which value: an address, a chat address or a sign-in name, in lower case; digits that nobody knows make no two alike. */
function holdersOf(states: Iterable<readonly [string, OnPremisesOutcome["after"]]>): Map<string, Set<string>> {
  const holders = new Map<string, Set<string>>();
  for (const [id, { userPrincipalName = "", proxyAddresses = [] } = {}] of states) {
    const addresses = proxyAddresses
      .filter((value) => /^(?:smtp|sip):/i.test(value))
      .map((value) => value.replace(/^smtp:/i, ""));
    for (const value of [userPrincipalName, ...addresses].map((text) => text.toLowerCase())) {
      if (!value.includes("@") || value.includes("####@") || value.includes("<")) continue;
      holders.set(value, (holders.get(value) ?? new Set()).add(id));
    }
  }
  return holders;
}

/** What each online object is before or after the run: who is linked, what he becomes; who is made, as whom. */
function* statesOf(
  outcomes: Outcomes,
  when: "before" | "after",
): Generator<readonly [string, OnPremisesOutcome["after"]]> {
  const partners = new Map([...outcomes.onPremises()].map((one) => [one.online, one]));
  for (const { id, before, outcome } of outcomes.online()) {
    // What becomes of whom nobody can tell is told nowhere.
    if (outcome === "deleted" || (outcome === "ambiguous" && when === "after")) continue;
    const partner = partners.get(id);
    yield [id, before ?? (when === "after" ? partner?.after : undefined) ?? partner?.before];
  }
  if (when === "before") return;
  for (const { id, outcome, after } of outcomes.onPremises())
    if (outcome.startsWith("created")) yield [`new ${id}`, after];
}

/** The values that findings about several objects name, in lower case. */
function valuesToldOf(mismatches: readonly Mismatch[]): ReadonlySet<string> {
  return new Set(
    mismatches.flatMap((one) => {
      if (one.kind === "duplicate-address" || one.kind === "address-collision") return [one.address];
      if (one.kind === "duplicate-upn") return [one.userPrincipalName];
      if (one.kind === "ambiguous-match") return [one.on];
      return [];
    }),
  );
}
