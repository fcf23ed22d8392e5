import { describe, expect, it } from "vitest";
import { analyze } from "../../src/index.ts";
import { describeMismatch } from "../../src/mismatches/definition/describe-mismatch.ts";
import { type Attributes, ldif, online } from "../reading.ts";

const SERVICES = ["dirsync-v2", "entra-connect"] as const;
const list: Attributes = {
  dn: "CN=Sales,DC=contoso,DC=com",
  objectClass: "group",
  sAMAccountName: "sales",
  proxyAddresses: "SMTP:sales@contoso.com",
};

/** What is said of groups where a list with these addresses is online. */
async function find(
  addresses: string,
  objects: readonly Attributes[],
  service: (typeof SERVICES)[number] = "dirsync-v2",
) {
  const row =
    "DisplayName,RecipientTypeDetails,PrimarySmtpAddress,ExternalDirectoryObjectId,EmailAddresses\n" +
    `Sales,MailUniversalDistributionGroup,sales@contoso.com,b0a2d000-0000-4000-8000-000000000001,${addresses}\n`;
  const ana = { dn: "CN=Ana,DC=contoso,DC=com", proxyAddresses: "SMTP:ana@contoso.com" };
  const analysis = await analyze({
    onPremises: [{ name: "ad.ldf", data: ldif(...objects, ana) }],
    online: [
      {
        name: "users.csv",
        data: online({ UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" }),
      },
      { name: "groups.csv", data: row },
    ],
    service,
    initialDomain: "contoso.onmicrosoft.com",
    verifiedDomains: ["contoso.com"],
  });
  return {
    found: analysis.mismatches.filter(({ kind }) => kind === "group-change"),
    outcome: analysis.outcomes().ofOnPremises(0),
  };
}

describe("group-change", () => {
  it.each(SERVICES)(
    "a list gets the primary address of Active Directory, and loses what it has only online: %s",
    async (service) => {
      const sales = { ...list, proxyAddresses: ["SMTP:sales@contoso.com", "smtp:verkauf@contoso.com"] };
      const addresses =
        "SMTP:team@contoso.com;smtp:sales@contoso.com;smtp:promo@contoso.com;smtp:s@contoso.onmicrosoft.com";
      const { found, outcome } = await find(addresses, [sales], service);
      expect(found).toMatchObject([
        {
          severity: "error",
          before: "team@contoso.com",
          after: "sales@contoso.com",
          added: ["verkauf@contoso.com"],
          removed: ["promo@contoso.com", "team@contoso.com"],
          onPremises: { type: "group" },
          online: { displayName: "Sales" },
        },
      ]);
      const [first] = found;
      expect(first && describeMismatch(first)).toBe(
        "team@contoso.com → sales@contoso.com; loses promo@contoso.com, team@contoso.com; gets verkauf@contoso.com",
      );
      expect(outcome).toMatchObject({ outcome: "linked", after: { primarySmtpAddress: "sales@contoso.com" } });
      // In the service's own domains addresses stay, and a list gets none there.
      expect(outcome.after?.proxyAddresses).toContain("smtp:s@contoso.onmicrosoft.com");
      expect(outcome.after?.userPrincipalName).toBeUndefined();
    },
  );

  it.each([
    ["loses addresses", "SMTP:sales@contoso.com;smtp:promo@contoso.com", list, "warning"],
    [
      "gets further ones",
      "SMTP:sales@contoso.com",
      { ...list, proxyAddresses: ["SMTP:sales@contoso.com", "smtp:a@contoso.com"] },
      "info",
    ],
    ["stands on both sides alike", "SMTP:sales@contoso.com;X500:/o=a;smtp:s@contoso.onmicrosoft.com", list, undefined],
    [
      "is another kind of object",
      "SMTP:sales@contoso.com;smtp:promo@contoso.com",
      { ...list, objectClass: "contact" },
      undefined,
    ],
  ])("where a list %s", async (_what, addresses, object, severity) => {
    const { found } = await find(addresses, [object]);
    expect(found.map((one) => one.severity)).toEqual(severity === undefined ? [] : [severity]);
  });

  it("nothing is told of several who want one list", async () => {
    const other = { ...list, dn: "CN=Promo,DC=contoso,DC=com", proxyAddresses: "SMTP:promo@contoso.com" };
    const { found } = await find("SMTP:sales@contoso.com;smtp:promo@contoso.com", [list, other]);
    expect(found).toEqual([]);
  });

  it("what somebody else keeps is refused whole in 2012, and held back today", async () => {
    const wanted = {
      ...list,
      proxyAddresses: ["SMTP:sales@contoso.com", "smtp:ana@contoso.com", "smtp:new@contoso.com"],
    };
    const then = await find("SMTP:sales@contoso.com", [wanted]);
    expect([then.found, then.outcome.outcome]).toEqual([[], "refused"]);
    const { found, outcome } = await find("SMTP:sales@contoso.com", [wanted], "entra-connect");
    expect(found).toMatchObject([{ severity: "info", added: ["new@contoso.com"] }]);
    expect(outcome).toMatchObject({ outcome: "linked", heldBack: [{ value: "smtp:ana@contoso.com" }] });
  });
});
