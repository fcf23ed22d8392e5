import { describe, expect, it } from "vitest";
import { type AnalyzeOptions, analyze, applyChanges, planRemedies, redact } from "../../src/index.ts";
import { analyzeByService, ldif, online } from "../reading.ts";

const GUID = "00112233-4455-6677-8899-aabbccddeeff";
const ANCHOR = "MyIRAFVEd2aImaq7zN3u/w==";
const kai = ldif({
  dn: "CN=Kai,DC=contoso,DC=com",
  objectGUID: GUID,
  userPrincipalName: "kai@contoso.com",
  proxyAddresses: ["SMTP:kai@contoso.com", "smtp:k@contoso.com"],
});
const admin = { UserPrincipalName: "boss@contoso.com", ObjectId: "o0" };
const deleted = {
  UserPrincipalName: "kai@contoso.com",
  ObjectId: "o1",
  SoftDeletionTimestamp: "2026-11-01T00:00:00Z",
  ProxyAddresses: "SMTP:kai@contoso.com",
};
const bound = { ...deleted, ImmutableId: ANCHOR };

async function run(users: readonly Record<string, string>[], options: Partial<AnalyzeOptions> = {}) {
  const found = [];
  for (const service of ["dirsync-v2", "entra-connect"] as const) {
    const rows = [admin, ...users].map((row) => ({
      ImmutableId: "",
      SoftDeletionTimestamp: "",
      ProxyAddresses: "",
      ...row,
    }));
    const analysis = await analyzeByService(kai, online(...rows), { service, ...options });
    const { mismatches, verdict } = analysis;
    const told = mismatches.filter(({ onPremises }) => onPremises !== undefined);
    found.push({
      analysis,
      told,
      verdict,
      outcome: analysis.outcomes().ofOnPremises(0),
      there: [...analysis.outcomes().online()],
    });
  }
  return found;
}

describe("deleted-account", () => {
  it("one with the anchor is restored", async () => {
    for (const { told, outcome, there, verdict } of await run([bound])) {
      expect(told).toMatchObject([{ kind: "deleted-account", severity: "info", outcome: "restored" }]);
      expect(told).toHaveLength(1);
      expect(outcome).toMatchObject({
        outcome: "linked",
        online: "o1",
        after: { primarySmtpAddress: "kai@contoso.com" },
      });
      expect(outcome.rules).toContain("restored-by-anchor");
      expect(there).toMatchObject([{ outcome: "cloud-only" }, { id: "o1", outcome: "restored" }]);
      expect(verdict.cannotKnow).not.toContain("recycle bin");
    }
  });

  it("which fails where somebody has the address meanwhile, who stays as he is", async () => {
    const other = { UserPrincipalName: "kai@contoso.com", ObjectId: "o2", ProxyAddresses: "SMTP:kai@contoso.com" };
    for (const { told, outcome, there } of await run([bound, other])) {
      expect(told).toMatchObject([{ kind: "deleted-account", severity: "error", outcome: "restore-fails" }]);
      expect(outcome).toMatchObject({ outcome: "refused", error: "AttributeValueMustBeUnique" });
      expect(there).toMatchObject([{}, { id: "o2", outcome: "cloud-only" }, { id: "o1", outcome: "deleted" }]);
    }
  });

  it("or where the tenant blocks the hard match", async () => {
    for (const { told, outcome } of await run([bound], { blockHardMatch: true })) {
      expect(told).toMatchObject([{ kind: "deleted-account", outcome: "restore-fails" }]);
      expect(outcome).toMatchObject({ outcome: "refused", error: "InvalidHardMatch" });
    }
  });

  it("one without the anchor holds nothing against anybody, and is left behind", async () => {
    for (const { told, outcome, there } of await run([deleted])) {
      expect(told).toMatchObject([{ kind: "deleted-account", severity: "info", outcome: "left-behind" }]);
      expect(told).toHaveLength(1);
      expect(outcome).toMatchObject({ outcome: "created", after: { userPrincipalName: "kai@contoso.com" } });
      expect(there).toMatchObject([{}, { id: "o1", outcome: "deleted" }]);
    }
  });

  it("of another name is nothing to anybody", async () => {
    const zoe = { ...deleted, UserPrincipalName: "zoe@contoso.com", ProxyAddresses: "SMTP:zoe@contoso.com" };
    for (const { told } of await run([zoe])) expect(told).toMatchObject([{ kind: "unmatched-on-premises" }]);
  });

  it("as Microsoft Graph lists it, with the object id before the sign-in name", async () => {
    const id = "aaaa0000-bbbb-4ccc-bddd-eeee00000034";
    const users = {
      value: [
        {
          id: "o0",
          userPrincipalName: "admin@contoso.onmicrosoft.com",
          proxyAddresses: [],
          onPremisesImmutableId: null,
        },
        {
          id,
          userPrincipalName: `${id.replaceAll("-", "")}kai@contoso.com`,
          proxyAddresses: [],
          onPremisesImmutableId: null,
          deletedDateTime: "2026-11-01T00:00:00Z",
        },
      ],
    };
    const { mismatches } = await analyze({
      onPremises: [{ name: "ad.ldf", data: kai }],
      online: [{ name: "users.json", data: JSON.stringify(users) }],
      kinds: ["deleted-account"],
    });
    expect(mismatches).toMatchObject([{ outcome: "left-behind", online: { userPrincipalName: "kai@contoso.com" } }]);
  });

  it("may be nothing but a mailbox that is kept", async () => {
    const data =
      "UserPrincipalName,RecipientTypeDetails,ExternalDirectoryObjectId,IsInactiveMailbox,EmailAddresses\n" +
      "kai@contoso.com,UserMailbox,,True,SMTP:k@contoso.com;smtp:kai@contoso.com\n" +
      "lea@contoso.com,UserMailbox,o3,False,SMTP:lea@contoso.com\n";
    const analysis = await analyze({
      onPremises: [{ name: "ad.ldf", data: kai }],
      online: [{ name: "mailboxes.csv", data }],
    });
    expect(analysis.inputs[1]?.skipped).toEqual([{ reason: "inactive-mailbox", count: 1 }]);
    expect(analysis.mismatches.filter(({ onPremises }) => onPremises)).toMatchObject([
      { kind: "deleted-account", outcome: "left-behind", isMailboxKept: true },
    ]);
    expect([...analysis.outcomes().online()]).toMatchObject([{ id: "o3", outcome: "cloud-only" }]);
  });

  it("is known to plans and to pseudonyms", async () => {
    const [{ analysis } = { analysis: undefined }] = await run([bound]);
    if (analysis === undefined) throw new Error("nothing was run");
    expect(planRemedies(analysis, { authority: "online" }).steps).toEqual([]);
    const hidden = redact(analysis, { key: "k" });
    expect(applyChanges(hidden, []).mismatches).toEqual(hidden.mismatches);
    expect(JSON.stringify([hidden.mismatches, [...hidden.outcomes().online()]])).not.toContain("kai");
  });
});
