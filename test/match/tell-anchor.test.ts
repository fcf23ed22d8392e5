import { describe, expect, it } from "vitest";
import { type AnalyzeOptions, analyze, renderReport, sourceAnchorFromText } from "../../src/index.ts";
import { type Attributes, ldif, online } from "../reading.ts";

const guidOf = (number: number): string => `00112233-4455-6677-8899-${String(number).padStart(12, "0")}`;
const anchorOf = (number: number): string => sourceAnchorFromText(guidOf(number)) ?? "";

const person = (name: string, guid: number, more: Attributes = {}): Attributes => ({
  dn: `CN=${name},DC=contoso,DC=com`,
  objectGUID: guidOf(guid),
  userPrincipalName: `${name}@contoso.com`,
  proxyAddresses: `SMTP:${name}@contoso.com`,
  ...more,
});
const row = (name: string, immutableId: string) => ({
  UserPrincipalName: `${name}@contoso.com`,
  ImmutableId: immutableId,
  ProxyAddresses: `SMTP:${name}@contoso.com`,
});

const compare = (
  objects: readonly Attributes[],
  rows: readonly Record<string, string>[],
  options: Partial<AnalyzeOptions> = {},
) =>
  analyze({
    onPremises: [{ name: "ad.ldf", data: ldif(...objects) }],
    online: [{ name: "users.csv", data: online(...rows) }],
    ...options,
  });

describe("the source anchor", () => {
  const consistent = { "mS-DS-ConsistencyGuid": guidOf(101) };

  it("is mS-DS-ConsistencyGuid where the ImmutableIds are, and objectGUID stands in for it", async () => {
    const analysis = await compare(
      [person("ana", 1, consistent), person("bo", 2), person("cy", 3, { "mS-DS-ConsistencyGuid": guidOf(103) })],
      [row("ana", anchorOf(101)), row("bo", anchorOf(2)), row("cy", anchorOf(103))],
    );
    expect(analysis.summary.matchedBy).toEqual({ hard: 3, "soft-smtp": 0, "soft-upn": 0 });
    expect(analysis.settings.sourceAnchor).toBe("mS-DS-ConsistencyGuid");
    expect(analysis.settings.inferred).toContainEqual({
      setting: "sourceAnchor",
      from: "3 ImmutableIds online are values of it",
    });
    expect(renderReport(analysis, "text").replaceAll(/\s+/g, " ")).toContain(
      "source anchor mS-DS-ConsistencyGuid (3 ImmutableIds online are values of it)",
    );
    expect(analysis.outcomes().ofOnPremises(0)).toMatchObject({ anchor: anchorOf(101) });
    expect(analysis.mismatches).toEqual([]);
  });

  it("is objectGUID for everybody where another program uses mS-DS-ConsistencyGuid", async () => {
    const analysis = await compare(
      [person("ana", 1, consistent), person("bo", 2)],
      [row("ana", anchorOf(1)), row("bo", anchorOf(2))],
    );
    expect([analysis.settings.sourceAnchor, analysis.summary.matchedBy.hard]).toEqual(["objectGUID", 2]);
  });

  it("is a text where the ImmutableIds are", async () => {
    const analysis = await compare(
      [person("ana", 1, { employeeID: "E1" }), person("bo", 2, { employeeID: "E2" })],
      [row("ana", "E1"), row("bo", "e2")],
    );
    // Letter case counts.
    expect([analysis.settings.sourceAnchor, analysis.summary.matchedBy.hard]).toEqual(["employeeID", 1]);
  });

  it("is told for the tenant and not by object: the most ImmutableIds decide", async () => {
    const analysis = await compare(
      [
        person("ana", 1, consistent),
        person("bo", 2, { "mS-DS-ConsistencyGuid": guidOf(102) }),
        person("cy", 3, { "mS-DS-ConsistencyGuid": guidOf(103) }),
      ],
      [row("ana", anchorOf(101)), row("bo", anchorOf(2)), row("cy", anchorOf(103))],
    );
    expect([analysis.settings.sourceAnchor, analysis.summary.matchedBy.hard]).toEqual(["mS-DS-ConsistencyGuid", 2]);
  });

  it("that an option names is overruled by nothing; where it fits no ImmutableId one notice says so", async () => {
    const objects = [person("ana", 1, consistent)];
    const analysis = await compare(objects, [row("ana", anchorOf(101))], { sourceAnchor: "objectGUID" });
    expect([analysis.settings.sourceAnchor, analysis.summary.matchedBy.hard]).toEqual(["objectGUID", 0]);
    const unfit = await compare(objects, [row("ana", anchorOf(1))], { sourceAnchor: "mS-DS-ConsistencyGuid" });
    expect(unfit.inputs[0]?.diagnostics).toMatchObject([{ code: "anchor-fits-nobody" }]);
    const fit = await compare(objects, [row("ana", anchorOf(101))], { sourceAnchor: "mS-DS-ConsistencyGuid" });
    expect([fit.inputs[0]?.diagnostics, fit.summary.matchedBy.hard]).toEqual([[], 1]);
  });

  it("of a group is objectGUID", async () => {
    const list = { ...person("list", 9, consistent), objectClass: "group" };
    const { comparison } = await compare(
      [list, person("ana", 1, { "mS-DS-ConsistencyGuid": guidOf(104) })],
      [row("ana", anchorOf(104))],
    );
    const { size, user } = comparison.directories.onPremises;
    const anchors = Array.from({ length: size }, (_, index) => user(index).sourceAnchor);
    expect(anchors).toEqual([anchorOf(9), anchorOf(104)]);
  });

  it("in Get-ADUser's CSV may be lost, and that is no fault of the record", async () => {
    const data =
      'DistinguishedName,ObjectClass,SamAccountName,ObjectGUID,mS-DS-ConsistencyGuid,UserPrincipalName,ProxyAddresses\n"CN=ana,DC=x",user,ana,00112233-4455-6677-8899-000000000001,System.Byte[],ana@contoso.com,SMTP:ana@contoso.com\n';
    const analysis = await analyze({
      onPremises: [{ name: "ad.csv", data }],
      online: [{ name: "users.csv", data: online(row("ana", anchorOf(1))) }],
    });
    expect(analysis.inputs[0]?.diagnostics.map(({ code }) => code)).not.toContain("invalid-object-guid");
    expect(analysis.summary.matchedBy.hard).toBe(1);
  });
});
