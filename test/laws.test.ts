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
  streamAnalysis,
  type Tenant,
  type User,
} from "../src/index.ts";
import { findMismatches, surveyMismatches } from "../src/mismatches/definition/find-mismatches.ts";
import { parseProxyAddress } from "../src/model/address.ts";
import { severities } from "../src/model/severity.ts";
import { type Person, people, person, settings, toObjects, toRows } from "./invented-people.ts";
import { type Attributes, ldif, online } from "./reading.ts";
import { times } from "./real-parts.ts";

const RUNS = times(200);

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

function toUser({ upn, mail, addresses, nickname, isLicensed, displayName, further }: Person): User {
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
    ...(displayName === undefined ? {} : { displayName }),
    ...(further.jobTitle === undefined ? {} : { jobTitle: further.jobTitle }),
    ...(further.isEnabled === undefined ? {} : { isEnabled: further.isEnabled === "True" }),
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
      { numRuns: times(2000) },
    );
  });

  it("a user who is already what is predicted has no mismatch of a change", () => {
    const changes = mismatchKinds.filter(({ over }) => over === "pairs");
    expect(changes.map(({ kind }) => kind)).toEqual([
      "primary-smtp-change",
      "primary-smtp-unsure",
      "upn-change",
      "sign-in-blocked",
      "sign-in-restored",
      "alias-removed",
      "alias-added",
      "managed-elsewhere",
      "attribute-overwritten",
    ]);
    fc.assert(
      fc.property(person, person, flows, (left, right, upnFlow) => {
        const onPremises = toUser(left);
        const user = predict(onPremises, toUser(right), { ...tenant, upnFlow }).user;
        const prediction = predict(onPremises, user, { ...tenant, upnFlow });
        const match = { method: "hard", basis: "anchor", on: "" } as const;
        for (const kind of changes) {
          // What is not certain is so until a run shows it.
          if (kind.over !== "pairs" || kind.kind === "primary-smtp-unsure") continue;
          const found: unknown[] = [
            ...kind.find({
              onPremises,
              online: user,
              match,
              prediction,
              apart: undefined,
              isNameOfAnother: () => false,
              foreseeRuled: () => prediction,
              baseline: undefined,
              hasBaseline: false,
            }),
          ];
          // What Active Directory does not have is cleared in the cycle after the run.
          const now = found.filter((one) => !(one as { clearedLater?: boolean }).clearedLater);
          expect([kind.kind, ...now]).toEqual([kind.kind]);
        }
      }),
      { numRuns: times(1000) },
    );
  });
});

/** A guest, whose addresses tell nobody the initial domain, with two of them in the service's own domain. */
const nobody: Person = {
  further: {},
  upn: undefined,
  mail: undefined,
  addresses: [],
  sip: undefined,
  nickname: undefined,
  displayName: undefined,
  anchor: undefined,
  isLicensed: false,
};
const guest: Person = {
  ...nobody,
  further: { isGuest: "True" },
  addresses: ["SMTP:ana@contoso.com", "smtp:ana@contoso.onmicrosoft.com", "smtp:cid@contoso.onmicrosoft.com"],
  isLicensed: true,
};

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
      {
        numRuns: RUNS,
        examples: [
          [
            [{ ...nobody, addresses: ["SMTP:ana@contoso.com"] }],
            [guest],
            { softMatch: "any-smtp", upnSoftMatch: false, upnFlow: "always" },
          ],
        ],
      },
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

  it("findings that are streamed are those that are held, in the same order, as often as they are asked for", async () => {
    await fc.assert(
      fc.asyncProperty(people, people, settings, async (left, right, options) => {
        const inputs = {
          onPremises: [{ name: "ad.ldf", data: ldif(...toObjects(left)) }],
          online: [{ name: "users.csv", data: online(...toRows(right)) }],
          ...options,
        };
        const { mismatches: held, ...whole } = await analyze(inputs);
        const { mismatches: streamed, worst, ...counted } = await streamAnalysis(inputs);
        expect([...streamed]).toEqual(held);
        expect([...streamed]).toEqual(held);
        expect(counted).toEqual(whole);
        expect(worst).toBe(severities.find((severity) => held.some((one) => one.severity === severity)));
      }),
      { numRuns: RUNS },
    );
  });

  it("mismatches that are too many to be held are found again: the same, in the same order, however few are held", async () => {
    await fc.assert(
      fc.asyncProperty(people, people, fc.nat(12), async (left, right, holds) => {
        const { comparison } = await analyze({
          onPremises: [{ name: "ad.ldf", data: ldif(...toObjects(left)) }],
          online: [{ name: "users.csv", data: online(...toRows(right)) }],
        });
        const { mismatches } = findMismatches(comparison, undefined);
        const surveyed = surveyMismatches(comparison, undefined, { holds });
        expect([...surveyed.mismatches]).toEqual(mismatches);
        expect([...surveyed.mismatches]).toEqual(mismatches);
        expect(Array.from(surveyed.counts.values()).reduce((sum, count) => sum + count, 0)).toBe(mismatches.length);
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
      { numRuns: times(50) },
    );
  });
});
