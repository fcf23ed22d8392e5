import { describe, expect, it } from "vitest";
import type { MismatchKind } from "../../src/index.ts";
import { analyze } from "../../src/index.ts";
import { describeMismatch } from "../../src/mismatches/definition/describe-mismatch.ts";
import addressFlow from "../fixtures/scenarios/address-flow.json" with { type: "json" };
import { analyzeText, ldif, online } from "../reading.ts";

const kinds: readonly MismatchKind[] = ["primary-smtp-change"];

async function find(onPremises: Parameters<typeof ldif>[0], user: Readonly<Record<string, string>>) {
  return (await analyzeText(ldif(onPremises), online(user), { kinds })).mismatches;
}

describe("primary-smtp-change", () => {
  it.each(addressFlow.cases)("$name", async ({ onPremises, online: user, expected }) => {
    const analysis = await analyzeText(
      ldif(onPremises),
      online({ UserPrincipalName: user.userPrincipalName, ProxyAddresses: user.proxyAddresses.join(";") }),
    );
    expect(analysis.mismatches.find(({ kind }) => kind === "primary-smtp-change")).toMatchObject({
      ...expected["primary-smtp-change"],
      match: { method: expected.match },
    });
    expect(analysis.mismatches.find(({ kind }) => kind === "upn-change")).toMatchObject(expected["upn-change"]);
  });

  it("says whether the old address is lost", async () => {
    const found = await find(
      { userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com" },
      { UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:b@contoso.com;smtp:a@contoso.com" },
    );
    expect(found).toMatchObject([
      { before: "b@contoso.com", after: "a@contoso.com", beforeStays: false, severity: "error" },
    ]);
  });

  it("a sign-in name stays an address of a licensed user, even if Active Directory does not list it", async () => {
    const found = await find(
      { userPrincipalName: "b@contoso.com", proxyAddresses: "SMTP:a@contoso.com" },
      {
        UserPrincipalName: "b@contoso.com",
        ProxyAddresses: "SMTP:b@contoso.com;smtp:a@contoso.com",
        IsLicensed: "True",
      },
    );
    expect(found).toMatchObject([{ beforeStays: true }]);
  });

  it("a difference in letter case is no change of address, only worth knowing", async () => {
    const found = await find(
      { proxyAddresses: "SMTP:Ana@contoso.com" },
      { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" },
    );
    expect(found).toMatchObject([{ caseOnly: true, beforeStays: true, severity: "info" }]);
  });

  it("mail stands in where proxyAddresses is empty", async () => {
    const found = await analyzeText(
      ldif({ mail: "a@contoso.com" }, { dn: "CN=b", proxyAddresses: "SMTP:b@contoso.com" }),
      online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:x@contoso.com;smtp:a@contoso.com" }),
      { kinds },
    );
    expect(found.mismatches).toMatchObject([{ before: "x@contoso.com", after: "a@contoso.com" }]);
  });

  it.each([
    ["both are the same", { proxyAddresses: "SMTP:a@contoso.com" }, "SMTP:a@contoso.com"],
    [
      "on-premises has two primaries: nobody knows which one wins",
      { proxyAddresses: ["SMTP:a@contoso.com", "SMTP:b@contoso.com"] },
      "SMTP:c@contoso.com;smtp:a@contoso.com",
    ],
    ["nobody is matched", { proxyAddresses: "SMTP:z@contoso.com" }, "SMTP:a@contoso.com"],
  ])("nothing is found where %s", async (_, onPremises, ProxyAddresses) => {
    expect(await find(onPremises, { UserPrincipalName: "a@contoso.com", ProxyAddresses })).toEqual([]);
  });

  const withoutAddresses = [
    ldif({ mail: "a@contoso.com" }),
    online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:b@contoso.com;smtp:a@contoso.com" }),
  ] as const;

  it("follows from mail, and is not certain, where LDIF shows proxyAddresses of nobody", async () => {
    const { mismatches, summary } = await analyzeText(...withoutAddresses, { kinds });
    expect(mismatches).toMatchObject([
      { severity: "error", unsure: "no-proxy-addresses", before: "b@contoso.com", after: "a@contoso.com" },
    ]);
    expect(summary.unsure).toBe(1);
  });

  it("is certain where another file shows that they were asked for", async () => {
    const further = ldif({ dn: "CN=b", proxyAddresses: "SMTP:z@contoso.com" });
    const [ad, there] = withoutAddresses;
    const onPremises = [
      { name: "ad.ldf", data: ad },
      { name: "more.ldf", data: further },
    ];
    const { mismatches } = await analyze({ onPremises, online: [{ name: "users.csv", data: there }], kinds });
    expect(mismatches).toHaveLength(1);
    expect(mismatches[0]).not.toHaveProperty("unsure");
  });

  it("is not checked without proxyAddresses on-premises", async () => {
    const { mismatches, notChecked } = await analyzeText(...withoutAddresses, { kinds, lacksProxyAddresses: true });
    expect(mismatches).toEqual([]);
    expect(notChecked).toEqual([{ kind: "primary-smtp-change", side: "onPremises", missing: ["proxyAddresses"] }]);
  });

  it("a mailbox that was moved away loses an external primary address without a licence too", async () => {
    const pia = {
      userPrincipalName: "pia@contoso.com",
      mailNickname: "pia",
      proxyAddresses: ["SMTP:pia@tailspin.example.com", "smtp:pia@contoso.com"],
    };
    const row = { UserPrincipalName: "pia@contoso.com", IsLicensed: "False", ProxyAddresses: "SMTP:pia@contoso.com" };
    const rest = { verifiedDomains: ["contoso.com"], initialDomain: "contoso.onmicrosoft.com", kinds };
    const afterOf = async (attributes: object) =>
      (await analyzeText(ldif({ ...pia, ...attributes }), online(row), rest)).mismatches;
    expect(await afterOf({ msExchRemoteRecipientType: "8" })).toMatchObject([{ after: "pia@contoso.onmicrosoft.com" }]);
    const external = { after: "pia@tailspin.example.com" };
    const [other] = await afterOf({ msExchRemoteRecipientType: "1" });
    expect(other).toMatchObject(external);
    expect(other?.unsure).toBeUndefined();
    // Nobody knows where it is not exported; who has no mailNickname is no recipient.
    const [unknown] = await afterOf({});
    expect(unknown).toMatchObject({ ...external, unsure: "may-be-moved-away" });
    expect(unknown === undefined ? "" : describeMismatch(unknown)).toContain("msExchRemoteRecipientType");
    const [never] = await afterOf({ mailNickname: "" });
    expect(never).toMatchObject(external);
    expect(never?.unsure).toBeUndefined();
  });

  it("what hangs on a mailbox that may have been moved away is named, and only where somebody's address does", async () => {
    const ola = {
      userPrincipalName: "ola@contoso.com",
      mailNickname: "ola",
      proxyAddresses: "SMTP:ola@tailspin.example.com",
    };
    const row = {
      UserPrincipalName: "ola@contoso.com",
      IsLicensed: "False",
      ProxyAddresses: "SMTP:ola@tailspin.example.com",
    };
    const rest = { verifiedDomains: ["contoso.com"] };
    const lookAt = async (ad: object, cells: object = {}) => {
      const { verdict, mismatches, summary } = await analyzeText(
        ldif({ ...ola, ...ad }),
        online({ ...row, ...cells }),
        rest,
      );
      const changes = mismatches.filter(({ kind }) => kind === "primary-smtp-change").length;
      expect(verdict.notChecked).not.toContain("primary-smtp-change");
      return [verdict.cannotKnow.includes("mailboxes that were moved away"), changes, summary.unsure];
    };
    expect(await lookAt({})).toEqual([true, 0, 0]);
    expect(await lookAt({ msExchRemoteRecipientType: "1" })).toEqual([false, 0, 0]);
    // A licence alone discards it.
    expect(await lookAt({}, { IsLicensed: "True" })).toEqual([false, 1, 0]);
    expect(
      await lookAt({ proxyAddresses: "SMTP:ola@contoso.com" }, { ProxyAddresses: "SMTP:ola@contoso.com" }),
    ).toEqual([false, 0, 0]);
    expect(await lookAt({ mailNickname: [] })).toEqual([false, 0, 0]);
  });
});
