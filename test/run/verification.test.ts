import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type OnlineOutcome,
  type OnPremisesOutcome,
  sourceAnchorFromText,
  streamAnalysis,
  type Verification,
  verificationSchema,
  verifyRun,
} from "../../src/index.ts";
import { renderVerification } from "../../src/reports/verification.ts";
import { type Attributes, ldif, online } from "../reading.ts";
import { times } from "../real-parts.ts";

type Row = Readonly<Record<string, string>>;
interface Outcomes {
  readonly onPremises: readonly OnPremisesOutcome[];
  readonly online: readonly OnlineOutcome[];
}

const services = ["dirsync-v2", "entra-connect"] as const;

async function predictRun(objects: readonly Attributes[], rows: readonly Row[], service: (typeof services)[number]) {
  const { outcomes } = await streamAnalysis({
    onPremises: [{ name: "ad.ldf", data: ldif(...objects) }],
    online: [{ name: "users.csv", data: online(...rows) }],
    service,
    outcomes: true,
  });
  return { onPremises: [...(outcomes?.onPremises ?? [])], online: [...(outcomes?.online ?? [])] };
}

/** Holds a prediction against an export, by the document that is saved. */
function verifyBy(outcomes: Outcomes, rows: readonly Row[]): Promise<Verification> {
  const prediction = JSON.parse(JSON.stringify({ outcomes }));
  return verifyRun({ prediction, after: [{ name: "after.csv", data: online(...rows) }] });
}

/** A row of an export of the time after the run. */
const toRow = (state: OnPremisesOutcome["after"] = {}, id = "", anchor = ""): Row => ({
  ObjectId: id,
  UserPrincipalName: state.userPrincipalName ?? "",
  ImmutableId: anchor,
  ProxyAddresses: (state.proxyAddresses ?? []).join(";"),
});

/** What an export shows if everything comes as it was predicted. */
function comeTrue({ onPremises, online: there }: Outcomes): Row[] {
  return [
    ...onPremises.flatMap(({ outcome, online: id, after, anchor }) => {
      if (outcome === "linked") return [toRow(after, id, anchor)];
      return outcome.startsWith("created") ? [toRow(after, `new ${anchor}`, anchor)] : [];
    }),
    ...there.flatMap(({ id, outcome, before }) => (outcome === "taken-over" ? [] : [toRow(before, id)])),
  ];
}

const guidOf = (number: number): string => `00112233-4455-6677-8899-${String(number).padStart(12, "0")}`;

/** People who do not meet each other: what comes true of one is no matter of another. */
const crowd = fc
  .uniqueArray(
    fc.record({
      number: fc.nat(40),
      hasAccount: fc.boolean(),
      isThere: fc.boolean(),
      primary: fc.constantFrom("first.last", "flast"),
      name: fc.constantFrom("contoso.com", "contoso.local"),
      isLicensed: fc.boolean(),
    }),
    { selector: ({ number }) => number, minLength: 1, maxLength: 8 },
  )
  .filter((all) => all.some(({ hasAccount }) => hasAccount));

const objectsOf = (all: typeof crowd extends fc.Arbitrary<infer Value> ? Value : never): Attributes[] =>
  all.flatMap(({ number, hasAccount, primary, name }) =>
    hasAccount
      ? [
          {
            dn: `CN=User ${number},DC=contoso,DC=com`,
            objectGUID: guidOf(number),
            userPrincipalName: `u${number}@${name}`,
            mailNickname: `u${number}`,
            proxyAddresses: [`SMTP:${primary}${number}@contoso.com`, `smtp:u${number}@contoso.com`],
          },
        ]
      : [],
  );
const rowsOf = (all: typeof crowd extends fc.Arbitrary<infer Value> ? Value : never): Row[] => [
  { ObjectId: guidOf(999), UserPrincipalName: "admin@contoso.onmicrosoft.com", ImmutableId: "", ProxyAddresses: "" },
  ...all.flatMap(({ number, isThere, isLicensed }) =>
    isThere
      ? [
          {
            ObjectId: guidOf(100 + number),
            UserPrincipalName: `u${number}@contoso.com`,
            ImmutableId: "",
            ProxyAddresses: `SMTP:u${number}@contoso.com;smtp:first.last${number}@contoso.com;smtp:flast${number}@contoso.com`,
            IsLicensed: String(isLicensed),
          },
        ]
      : [],
  ),
];

describe("what came true of a prediction", () => {
  const anybody = fc.tuple(crowd, fc.constantFrom(...services));

  it("is as predicted where an export shows what was predicted", async () => {
    await fc.assert(
      fc.asyncProperty(anybody, async ([all, service]) => {
        const outcomes = await predictRun(objectsOf(all), rowsOf(all), service);
        const verification = await verifyBy(outcomes, comeTrue(outcomes));
        expect(verificationSchema.parse(verification)).toEqual(verification);
        expect(verification.people.filter(({ status }) => status !== "as-predicted")).toEqual([]);
        expect(verification.people.length).toBe(
          outcomes.onPremises.length + outcomes.online.filter(({ outcome }) => outcome !== "taken-over").length,
        );
      }),
      { numRuns: times(100) },
    );
  });

  it("is as predicted whatever the digits of a name are that the service makes up, and where one has none", async () => {
    const objects = ["one", "two"].map((name, index) => ({
      dn: `CN=${name},DC=contoso,DC=com`,
      objectGUID: guidOf(index),
      userPrincipalName: `${name}@contoso.local`,
      mailNickname: "kim",
      proxyAddresses: `SMTP:${name}@contoso.com`,
    }));
    const rows = ["one", "two"].map((name) => ({
      UserPrincipalName: `${name}@contoso.com`,
      ProxyAddresses: `SMTP:${name}@contoso.com`,
    }));
    const home = { UserPrincipalName: "zoe@contoso.onmicrosoft.com", ProxyAddresses: "SMTP:zoe@contoso.com" };
    const outcomes = await predictRun(objects, [...rows, home], "entra-connect");
    const statusWith = async (...digits: string[]) => {
      const after = comeTrue(outcomes).map((row, index) =>
        Object.fromEntries(
          Object.entries(row).map(([name, text]) => [name, text.replaceAll("####", digits[index] ?? "")]),
        ),
      );
      const { people } = await verifyBy(outcomes, after);
      return people.slice(0, 2).map(({ status }) => status);
    };
    expect(await statusWith("4711", "")).toEqual(["as-predicted", "as-predicted"]);
    expect(await statusWith("47", "x")).toEqual(["otherwise", "otherwise"]);
  });

  it("is not yet where an export shows what there was", async () => {
    await fc.assert(
      fc.asyncProperty(anybody, async ([all, service]) => {
        const outcomes = await predictRun(objectsOf(all), rowsOf(all), service);
        const { people } = await verifyBy(outcomes, rowsOf(all));
        for (const { outcome, status } of people) {
          const isToChange = outcome === "linked" || outcome === "created";
          expect(status).toBe(isToChange ? "not-yet" : "as-predicted");
        }
      }),
      { numRuns: times(100) },
    );
  });

  const ana: Attributes = {
    dn: "CN=Ana,DC=contoso,DC=com",
    objectGUID: guidOf(1),
    userPrincipalName: "ana@contoso.com",
    proxyAddresses: ["SMTP:ana@contoso.com", "smtp:a@contoso.com"],
  };
  const row: Row = {
    ObjectId: guidOf(101),
    UserPrincipalName: "a@contoso.com",
    ImmutableId: "",
    ProxyAddresses: "SMTP:a@contoso.com;smtp:ana@contoso.com",
  };

  it("is otherwise, field by field, with the rules that had spoken", async () => {
    const outcomes = await predictRun([ana], [row], "entra-connect");
    const [predicted] = comeTrue(outcomes);
    const after = { ...predicted, ProxyAddresses: "SMTP:ana@contoso.com;smtp:press@contoso.com" };
    const verification = await verifyBy(outcomes, [after]);
    expect(verification.people[0]).toMatchObject({
      status: "otherwise",
      userPrincipalName: "ana@contoso.com",
      differences: [{ attribute: "proxyAddresses", predicted: ["a@contoso.com"], found: ["press@contoso.com"] }],
    });
    expect(verification.people[0]?.rules).toContain("linked-by-address");
    expect(renderVerification(verification)).toContain("without a@contoso.com, with press@contoso.com");
  });

  it("is otherwise where the account was linked with another user", async () => {
    const other = {
      ...row,
      ObjectId: guidOf(102),
      UserPrincipalName: "z@contoso.com",
      ProxyAddresses: "SMTP:z@contoso.com",
    };
    const outcomes = await predictRun([ana], [row, other], "entra-connect");
    const anchor = outcomes.onPremises[0]?.anchor ?? "";
    const verification = await verifyBy(outcomes, [row, { ...other, ImmutableId: anchor }]);
    expect(verification.people[0]).toMatchObject({ status: "otherwise", online: guidOf(102) });
    expect(verification.people[0]?.differences).toContainEqual({
      attribute: "object",
      predicted: [guidOf(101)],
      found: [guidOf(102)],
    });
  });

  it("is otherwise where somebody who was to stay is gone or taken over", async () => {
    const zoe = {
      ...row,
      ObjectId: guidOf(103),
      UserPrincipalName: "zoe@contoso.com",
      ProxyAddresses: "SMTP:zoe@contoso.com",
    };
    const outcomes = await predictRun([ana], [row, zoe], "entra-connect");
    const rest = comeTrue(outcomes).filter(({ ObjectId }) => ObjectId !== zoe.ObjectId);
    expect((await verifyBy(outcomes, rest)).counts).toMatchObject({ otherwise: 1, "as-predicted": 1 });
    const taken = { ...zoe, ImmutableId: "MyIRAFVEd2aImaq7zN3u/w==" };
    expect((await verifyBy(outcomes, [...rest, taken])).counts).toMatchObject({ otherwise: 1, "as-predicted": 1 });
  });

  it("is not yet for who is to be restored, and as predicted once he is there", async () => {
    const guid = guidOf(1);
    const anchor = sourceAnchorFromText(guid) ?? "";
    const zoe = {
      ...row,
      ObjectId: guidOf(103),
      UserPrincipalName: "zoe@contoso.com",
      ProxyAddresses: "SMTP:zoe@contoso.com",
      SoftDeletionTimestamp: "",
    };
    const deleted = {
      ...row,
      UserPrincipalName: "ana@contoso.com",
      ProxyAddresses: "SMTP:ana@contoso.com",
      ImmutableId: anchor,
      SoftDeletionTimestamp: "2026-11-01",
    };
    const outcomes = await predictRun([ana], [zoe, deleted], "entra-connect");
    expect(outcomes.onPremises).toMatchObject([{ outcome: "linked", online: row["ObjectId"] }]);
    expect((await verifyBy(outcomes, [zoe])).people[0]).toMatchObject({ status: "not-yet" });
    const after = comeTrue(outcomes)
      .filter(({ ObjectId }) => ObjectId === row["ObjectId"])
      .slice(0, 1);
    expect((await verifyBy(outcomes, [zoe, ...after])).people[0]).toMatchObject({ status: "as-predicted" });
  });

  it("cannot be told of an analysis without outcomes, or with pseudonyms", async () => {
    const after = [{ name: "after.csv", data: online(row) }];
    await expect(verifyRun({ prediction: {}, after })).rejects.toThrow("--outcomes");
    const redacted = { key: "abc", keepDomains: false };
    const outcomes = { onPremises: [], online: [] };
    await expect(verifyRun({ prediction: { outcomes, redacted }, after })).rejects.toThrow("pseudonyms");
  });
});
