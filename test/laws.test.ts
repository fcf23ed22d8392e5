import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Analysis,
  type AnalyzeOptions,
  analysisJsonSchema,
  analyze,
  type Mismatch,
  mismatchKinds,
  predict,
  type Tenant,
  type User,
} from "../src/index.ts";
import { parseProxyAddress } from "../src/model/address.ts";
import { type Attributes, ldif, online } from "./reading.ts";

const RUNS = 200;

/** Few names and domains, so that people meet: as duplicates, candidates, holders. */
const localPart = fc.constantFrom("ana", "bob", "cid", "dora");
const domain = fc.constantFrom(
  "contoso.com",
  "contoso.com",
  "fabrikam.com",
  "contoso.onmicrosoft.com",
  "contoso.local",
);
const address = fc.tuple(localPart, domain).map(([name, host]) => `${name}@${host}`);
const entry = fc
  .tuple(fc.constantFrom("SMTP", "smtp", "smtp", "smtp", "SIP", "x400"), address)
  .map(([type, text]) => `${type}:${text}`);
const anchor = fc.constantFrom("d08f810b-a35c-49a8-a4cd-c6923dfc031e", "00112233-4455-6677-8899-aabbccddeeff");
const ANCHORS: Readonly<Record<string, string>> = {
  "d08f810b-a35c-49a8-a4cd-c6923dfc031e": "C4GP0FyjqEmkzcaSPfwDHg==",
  "00112233-4455-6677-8899-aabbccddeeff": "MyIRAFVEd2aImaq7zN3u/w==",
};
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** A person of either side. */
const person = fc.record({
  upn: maybe(address),
  mail: maybe(address),
  addresses: fc.uniqueArray(entry, { maxLength: 4, selector: (text) => text.toLowerCase() }),
  sip: maybe(address),
  nickname: maybe(localPart),
  displayName: maybe(fc.constantFrom("Ana Andrade", "Bob Brown", "Cid")),
  anchor: maybe(anchor),
  isLicensed: fc.boolean(),
});
type Person = typeof person extends fc.Arbitrary<infer Value> ? Value : never;
const people = fc.array(person, { minLength: 1, maxLength: 5 });

const present = (fields: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined));

function toObjects(list: readonly Person[]): Attributes[] {
  return list.map((one, index) => ({
    dn: `CN=p${index},DC=contoso,DC=com`,
    proxyAddresses: one.addresses,
    ...present({
      userPrincipalName: one.upn,
      mail: one.mail,
      mailNickname: one.nickname,
      displayName: one.displayName,
      objectGUID: one.anchor,
      "msRTCSIP-PrimaryUserAddress": one.sip,
    }),
  }));
}

function toRows(list: readonly Person[]): Readonly<Record<string, string>>[] {
  return list.map((one, index) => ({
    UserPrincipalName: one.upn ?? `nobody${index}@contoso.com`,
    ObjectId: `o${index}`,
    ProxyAddresses: one.addresses.join(";"),
    DisplayName: one.displayName ?? "",
    ImmutableId: ANCHORS[one.anchor ?? ""] ?? "",
    IsLicensed: one.isLicensed ? "True" : "False",
    MSRtcSipPrimaryUserAddress: one.sip ?? "",
  }));
}

const settings = fc.record({
  softMatch: fc.constantFrom("any-smtp" as const, "primary-smtp" as const),
  upnSoftMatch: fc.boolean(),
  upnFlow: fc.constantFrom("always" as const, "unlicensed-only" as const),
});

function run(
  onPremises: readonly Attributes[],
  rows: readonly Readonly<Record<string, string>>[],
  options: Partial<AnalyzeOptions>,
): Promise<Analysis> {
  return analyze({
    onPremises: [{ name: "ad.ldf", data: ldif(...onPremises) }],
    online: [{ name: "users.csv", data: online(...rows) }],
    ...options,
  });
}

/** What is found, without where it was read and without the case of letters. */
function findings({ mismatches }: Pick<Analysis, "mismatches">): readonly string[] {
  return mismatches.map((mismatch) => {
    const text = JSON.stringify(mismatch, (key, value) => (key === "source" ? undefined : value));
    return text.toLowerCase();
  });
}

const tenant: Tenant = {
  initialDomain: "contoso.onmicrosoft.com",
  verifiedDomains: new Set(["contoso.com", "contoso.onmicrosoft.com"]),
  upnFlow: "always",
};
const origin = { name: "law", record: 1, line: 1 };

function toUser({ upn, mail, addresses, nickname, isLicensed }: Person): User {
  return {
    type: "user",
    id: "law",
    origin,
    proxyAddresses: addresses.map(parseProxyAddress),
    userPrincipalName: upn ?? "",
    mail: mail ?? "",
    mailNickname: nickname ?? "",
    samAccountName: "law",
    distinguishedName: "CN=law,DC=contoso,DC=com",
    isLicensed,
  };
}

describe("laws of the prediction", () => {
  const flows = fc.constantFrom("always" as const, "unlicensed-only" as const);

  it("predicting twice changes nothing the second time", () => {
    fc.assert(
      fc.property(person, person, flows, (left, right, upnFlow) => {
        const once = predict(toUser(left), toUser(right), { ...tenant, upnFlow }).user;
        expect(predict(toUser(left), once, { ...tenant, upnFlow }).user).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });

  it("a user who is already what is predicted has no mismatch of a change", () => {
    const changes = mismatchKinds.filter(({ over }) => over === "pairs");
    expect(changes.map(({ kind }) => kind)).toEqual([
      "primary-smtp-change",
      "upn-change",
      "alias-removed",
      "alias-added",
    ]);
    fc.assert(
      fc.property(person, person, flows, (left, right, upnFlow) => {
        const onPremises = toUser(left);
        const user = predict(onPremises, toUser(right), { ...tenant, upnFlow }).user;
        const prediction = predict(onPremises, user, { ...tenant, upnFlow });
        const match = { method: "hard", basis: "anchor", on: "" } as const;
        for (const kind of changes) {
          if (kind.over !== "pairs") continue;
          const found: unknown[] = [
            ...kind.find({ onPremises, online: user, match, prediction, baseline: undefined, hasBaseline: false }),
          ];
          expect([kind.kind, ...found]).toEqual([kind.kind]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("laws of the analysis", () => {
  it("the order of records, files and addresses, and the case of letters in SMTP addresses, change no finding", async () => {
    await fc.assert(
      fc.asyncProperty(people, people, settings, async (left, right, options) => {
        const forth = await run(toObjects(left), toRows(right), options);
        const turned = (list: readonly Person[]) =>
          list.map((one) => ({ ...one, addresses: one.addresses.toReversed() }));
        const back = await run(toObjects(turned(left)).reverse(), toRows(turned(right)).reverse(), options);
        expect(findings(back)).toEqual(findings(forth));

        const parts = [toObjects(left).slice(0, 2), toObjects(left).slice(2)]
          .filter((objects) => objects.length > 0)
          .map((objects, index) => ({ name: `part${index}.ldf`, data: ldif(...objects) }));
        const users = [{ name: "users.csv", data: online(...toRows(right)) }];
        const inOrder = await analyze({ onPremises: parts, online: users, ...options });
        const reversed = await analyze({ onPremises: parts.toReversed(), online: users, ...options });
        expect(reversed.mismatches).toEqual(inOrder.mismatches);
      }),
      { numRuns: RUNS },
    );
  });

  it("the case of letters in SMTP addresses changes no finding but that of the case itself", async () => {
    const shout = (list: readonly Person[]) =>
      list.map((one) => ({
        ...one,
        addresses: one.addresses.map((text) =>
          text.replace(/^(smtp):(.*)$/i, (_, type, own) => `${type}:${own.toUpperCase()}`),
        ),
      }));
    const isOfCase = (mismatch: Mismatch) => mismatch.kind === "primary-smtp-change" && mismatch.caseOnly;
    // What the service makes up of an address keeps its letters: compared without case.
    const relevant = ({ mismatches }: Analysis) =>
      findings({ mismatches: mismatches.filter((one) => !isOfCase(one)) }).toSorted();
    await fc.assert(
      fc.asyncProperty(people, people, settings, async (left, right, options) => {
        const quiet = await run(toObjects(left), toRows(right), options);
        const loud = await run(toObjects(shout(left)), toRows(right), options);
        expect(relevant(loud)).toEqual(relevant(quiet));
      }),
      { numRuns: RUNS },
    );
  });

  it("every mismatch is valid by the JSON Schema that is shipped", async () => {
    const validate = new Ajv2020({ strict: false }).compile(analysisJsonSchema());
    await fc.assert(
      fc.asyncProperty(people, people, people, settings, async (left, right, earlier, options) => {
        const analysis = await run(toObjects(left), toRows(right), {
          ...options,
          softMatch: "both",
          baseline: [{ name: "activation.csv", data: online(...toRows(earlier)) }],
        });
        const isValid = validate(JSON.parse(JSON.stringify(analysis)));
        expect([isValid, validate.errors]).toEqual([true, null]);
      }),
      { numRuns: RUNS },
    );
    expect(validate({ schemaVersion: 1 })).toBe(false);
  });

  it("renaming all domains renames them in the findings, and changes nothing else", async () => {
    const rename = (text: string) => text.replaceAll("contoso", "contoxo").replaceAll("fabrikam", "fabrikax");
    await fc.assert(
      fc.asyncProperty(people, people, settings, async (left, right, options) => {
        const sources = { onPremises: ldif(...toObjects(left)), online: online(...toRows(right)) };
        const analyzeTexts = (onPremises: string, users: string) =>
          analyze({
            onPremises: [{ name: "ad.ldf", data: onPremises }],
            online: [{ name: "users.csv", data: users }],
            ...options,
          });
        const before = await analyzeTexts(sources.onPremises, sources.online);
        const after = await analyzeTexts(rename(sources.onPremises), rename(sources.online));
        expect(findings(after).toSorted()).toEqual(findings(before).map(rename).toSorted());
      }),
      { numRuns: RUNS },
    );
  });

  it("nobody compared with oneself has anything to change", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 8 }),
        async (numbers) => {
          const list = numbers.map((number) => ({
            dn: `CN=u${number},DC=contoso,DC=com`,
            userPrincipalName: `u${number}@contoso.com`,
            mailNickname: `u${number}`,
            proxyAddresses: [`SMTP:u${number}@contoso.com`],
          }));
          const rows = numbers.map((number) => ({
            UserPrincipalName: `u${number}@contoso.com`,
            ProxyAddresses: `SMTP:u${number}@contoso.com;smtp:u${number}@contoso.onmicrosoft.com`,
          }));
          const { mismatches, summary } = await run(list, rows, {});
          expect(mismatches).toEqual([]);
          expect(summary.matched).toBe(numbers.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});
