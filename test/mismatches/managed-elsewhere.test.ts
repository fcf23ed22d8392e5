import { describe, expect, it } from "vitest";
import { analyze, applyChanges, planRemedies, redact } from "../../src/index.ts";
import { verifyOutcomes } from "../../src/run/verification.ts";
import { analyzeByService, ldif, online } from "../reading.ts";

const SERVICES = ["dirsync-v2", "entra-connect"] as const;
const GUIDS = ["kai", "lea", "mia", "noa"].map((_, index) => `00112233-4455-6677-8899-aabbccddee0${index}`);
const ANCHORS = ["MyIRAFVEd2aImaq7zN3uAA==", "MyIRAFVEd2aImaq7zN3uAQ==", "MyIRAFVEd2aImaq7zN3uAg=="];

/** Of Active Directory, each with a primary address that ends in `.new`. */
const people = (...names: string[]) =>
  ldif(
    ...names.map((name, index) => ({
      dn: `CN=${name},DC=contoso,DC=com`,
      objectGUID: GUIDS[index] ?? "",
      userPrincipalName: `${name}.new@contoso.com`,
      displayName: `${name} New`,
      userAccountControl: "514",
      proxyAddresses: [`SMTP:${name}.new@contoso.com`],
    })),
  );

/** Online and bound, under the name alone. */
const bound = (name: string, index: number, more: Record<string, string> = {}) => ({
  UserPrincipalName: `${name}@contoso.com`,
  DisplayName: name,
  ObjectId: `o${index}`,
  ImmutableId: ANCHORS[index] ?? "",
  ProxyAddresses: `SMTP:${name}@contoso.com;smtp:${name}.new@contoso.com`,
  BlockCredential: "False",
  ...more,
});

const SYNCED = { LastDirSyncTime: "2026-11-26T09:00:00Z" };
const would = {
  userPrincipalName: "kai.new@contoso.com",
  primarySmtpAddress: "kai.new@contoso.com",
  loses: ["kai@contoso.com"],
};

describe("managed-elsewhere", () => {
  it("whoever is bound and not synchronized while most are is left alone, and the condition is said", async () => {
    const users = online(bound("kai", 0), bound("lea", 1, SYNCED), bound("mia", 2, SYNCED));
    for (const service of SERVICES) {
      const analysis = await analyzeByService(people("kai", "lea", "mia"), users, { service });
      const told = analysis.mismatches.filter((one) => one.onPremises?.id.startsWith("CN=kai"));
      expect(told).toMatchObject([
        { kind: "managed-elsewhere", severity: "info", reason: "not-synchronized-now", would },
      ]);
      expect(told).toHaveLength(1);
      expect(analysis.summary.matched).toBe(2);
      expect(analysis.outcomes().ofOnPremises(0)).toMatchObject({
        outcome: "not-synchronized",
        online: "o0",
        certainty: "inferred",
        before: { userPrincipalName: "kai@contoso.com" },
        rules: ["not-synchronized-now"],
      });
      expect(analysis.outcomes().ofOnline(0)).toMatchObject({ outcome: "bound" });
      for (const authority of ["online", "on-premises"] as const) {
        const { steps } = planRemedies(analysis, { authority });
        expect(steps.length).toBeGreaterThan(0);
        expect(JSON.stringify(steps)).not.toContain("kai");
      }
      const hidden = redact(analysis, { key: "k" });
      expect(applyChanges(hidden, []).mismatches).toHaveLength(hidden.mismatches.length);
      expect(JSON.stringify(hidden.mismatches)).not.toContain("kai");
      const outcomes = analysis.outcomes();
      const states = verifyOutcomes(
        { onPremises: [outcomes.ofOnPremises(0)], online: [] },
        analysis.comparison.directories.online,
      );
      expect([...states]).toMatchObject([{ status: "as-predicted" }]);
    }
  });

  it("but where hardly anybody is synchronized it is the first run, or it was switched off", async () => {
    for (const synced of [{}, SYNCED]) {
      const users = online(bound("kai", 0), bound("lea", 1), bound("mia", 2, synced));
      const { mismatches } = await analyzeByService(people("kai", "lea", "mia"), users);
      expect(mismatches.filter(({ kind }) => kind === "managed-elsewhere")).toEqual([]);
      expect(mismatches.filter(({ kind }) => kind === "primary-smtp-change")).toHaveLength(3);
    }
  });

  it("nor does a user of the cloud without an ImmutableId say anything", async () => {
    const users = online(bound("kai", 0, { ImmutableId: "" }), bound("lea", 1, SYNCED), bound("mia", 2, SYNCED));
    const { mismatches } = await analyzeByService(people("kai", "lea", "mia"), users, { service: "dirsync-v2" });
    expect(mismatches.filter(({ kind }) => kind === "managed-elsewhere")).toEqual([]);
  });

  it.each([true, false])("Microsoft Graph says whose source of authority is the cloud: %s", async (isCloudManaged) => {
    const value = ["kai", "lea"].map((name, index) => ({
      id: `o${index}`,
      userPrincipalName: `${name}@contoso.com`,
      onPremisesImmutableId: ANCHORS[index],
      onPremisesSyncEnabled: index === 1 || !isCloudManaged ? true : null,
      onPremisesSyncBehavior: { isCloudManaged: index === 0 && isCloudManaged },
      proxyAddresses: [`SMTP:${name}@contoso.com`],
    }));
    const analysis = await analyze({
      onPremises: [{ name: "ad.ldf", data: people("kai", "lea") }],
      online: [{ name: "users.json", data: JSON.stringify({ value }) }],
    });
    const told = analysis.mismatches.filter(({ kind }) => kind === "managed-elsewhere");
    expect(told).toMatchObject(isCloudManaged ? [{ severity: "info", reason: "cloud-managed", would }] : []);
    const outcome = isCloudManaged ? "not-synchronized" : "linked";
    expect(analysis.outcomes().ofOnPremises(0)).toMatchObject({ outcome, certainty: "documented" });
  });

  it("of a mailbox that is managed online the addresses stay, and the sign-in name follows", async () => {
    const row = (name: string, index: number, managed: string) =>
      `${name}@contoso.com,o${index},${ANCHORS[index]},UserMailbox,True,${managed},SMTP:${name}@contoso.com\n`;
    const data =
      "UserPrincipalName,ExternalDirectoryObjectId,ImmutableId,RecipientTypeDetails,IsDirSynced,IsExchangeCloudManaged,EmailAddresses\n" +
      row("kai", 0, "True") +
      row("lea", 1, "False");
    const { mismatches } = await analyze({
      onPremises: [{ name: "ad.ldf", data: people("kai", "lea") }],
      online: [{ name: "mailboxes.csv", data }],
      kinds: ["managed-elsewhere", "primary-smtp-change", "upn-change"],
      service: "entra-connect",
    });
    const { userPrincipalName: _, ...addresses } = would;
    expect(mismatches.map(({ kind, onPremises }) => `${kind} ${onPremises?.displayName}`)).toEqual([
      "primary-smtp-change lea New",
      "upn-change kai New",
      "upn-change lea New",
      "managed-elsewhere kai New",
    ]);
    expect(mismatches[3]).toMatchObject({ severity: "info", reason: "exchange-cloud-managed", would: addresses });
  });

  it.each(["Guest", "Member"])(
    "a match with a guest (%s) is an error, and nothing is predicted of it",
    async (type) => {
      const guest = {
        UserPrincipalName: "kai_new_contoso.com#EXT#@contoso.onmicrosoft.com",
        DisplayName: "another name",
        UserType: type,
        BlockCredential: "False",
        ProxyAddresses: "SMTP:kai.new@contoso.com;smtp:k@contoso.com",
      };
      for (const service of SERVICES) {
        const analysis = await analyzeByService(people("kai"), online(guest), { service });
        expect(analysis.mismatches).toMatchObject([{ kind: "managed-elsewhere", severity: "error", reason: "guest" }]);
        expect(analysis.outcomes().ofOnPremises(0)).toMatchObject({
          outcome: "linked",
          certainty: "unknown",
          after: { userPrincipalName: guest.UserPrincipalName },
        });
        for (const authority of ["online", "on-premises"] as const) {
          expect(planRemedies(analysis, { authority }).steps).toEqual([]);
        }
      }
    },
  );
});
