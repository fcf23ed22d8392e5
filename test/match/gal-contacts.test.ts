import { describe, expect, it } from "vitest";
import { analyze, type OnPremisesOutcome } from "../../src/index.ts";
import { type Attributes, ldif, online } from "../reading.ts";

const contact = (name: string, forest: string, more: Attributes = {}) => ({
  dn: `CN=${name} (partner),OU=GAL,${forest}`,
  objectClass: "contact",
  mail: `${name}@contoso.com`,
  targetAddress: `SMTP:${name}@contoso.com`,
  mailNickname: `${name}-c`,
  proxyAddresses: [`SMTP:${name}@contoso.com`, `smtp:${name}.old@contoso.com`, `SIP:${name}@contoso.com`],
  ...more,
});
const person = (name: string, forest: string) => ({
  dn: `CN=${name},${forest}`,
  mail: `${name}@contoso.com`,
  mailNickname: name,
  userPrincipalName: `${name}@contoso.com`,
  proxyAddresses: [`SMTP:${name}@contoso.com`, `smtp:${name}.old@contoso.com`, `SIP:${name}@contoso.com`],
});
const row = (name: string) => ({
  UserPrincipalName: `${name}@contoso.com`,
  IsLicensed: "True",
  ProxyAddresses: `SMTP:${name}@contoso.com;smtp:${name}.old@contoso.com;smtp:${name}@contoso.onmicrosoft.com;SIP:${name}@contoso.com`,
});
const A = "DC=contoso,DC=com";
const B = "DC=fabrikam,DC=net";

async function look(
  forests: readonly (readonly Attributes[])[],
  service: "dirsync-v2" | "entra-connect" = "entra-connect",
) {
  const analysis = await analyze({
    onPremises: forests.map((objects, index) => ({ name: `${index}.ldf`, data: ldif(...objects) })),
    online: [{ name: "users.csv", data: online(row("ana"), row("bo")) }],
    service,
  });
  const notices = analysis.inputs
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ code }) => code === "contacts-of-other-forest");
  const outcomes: OnPremisesOutcome[] = [...analysis.outcomes().onPremises()];
  return {
    found: analysis.mismatches.map(({ kind }) => kind),
    notices: notices.map(({ message }) => message),
    outcomes,
  };
}

describe("contacts that stand for people of another forest", () => {
  it.each(["dirsync-v2", "entra-connect"] as const)(
    "are one notice, and nothing is said of the people: %s",
    async (service) => {
      const forests = [
        [person("ana", A), contact("bo", A)],
        [person("bo", B), contact("ana", B)],
      ];
      const { found, notices, outcomes } = await look(forests, service);
      expect(found).toEqual([]);
      expect(notices).toMatchObject([expect.stringMatching(/^2 contacts stand for people of another forest/)]);
      const linked = { outcome: "linked", certainty: "documented" };
      const joined = { outcome: "not-synchronized", certainty: "unknown", rules: ["stands-for-another"] };
      expect(outcomes).toMatchObject([linked, joined, linked, joined]);
    },
  );

  it("where a third has the address it is a duplicate all the same", async () => {
    const third = { dn: `CN=Info,${A}`, objectClass: "group", proxyAddresses: "SMTP:bo.old@contoso.com" };
    const { found } = await look([[person("ana", A), contact("bo", A), third], [person("bo", B)]]);
    expect(found).toEqual(["duplicate-address"]);
  });

  it.each([
    ["one domain", A, A],
    ["a domain and one below it", A, `DC=emea,${A}`],
    ["two domains below one name, in one file", `DC=corp,${A}`, `DC=emea,${A}`],
    ["no domain", "", A],
  ])("of %s are duplicates", async (_, one, other) => {
    const { found, notices } = await look([[person("bo", one), contact("bo", other)]]);
    expect(notices).toEqual([]);
    expect(found).toContain("duplicate-address");
  });

  it("two forests below one name stand in two files", async () => {
    const { found } = await look([[person("bo", `DC=corp,${A}`)], [contact("bo", `DC=emea,${A}`)]]);
    expect(found).not.toContain("duplicate-address");
  });
});
