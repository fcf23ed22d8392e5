import { describe, expect, it } from "vitest";
import { analyze } from "../../src/index.ts";
import { ldif, online } from "../reading.ts";

const onPremises = [
  {
    name: "ad.ldf",
    data: ldif({
      userPrincipalName: "kim@contoso.com",
      proxyAddresses: ["SMTP:kim@contoso.com", "smtp:info@contoso.com"],
    }),
  },
];
const report = {
  category: "PropertyConflict",
  occurredDateTime: "2026-11-20T07:00:00Z",
  propertyCausingError: "ProxyAddresses",
  value: "smtp:info@contoso.com",
};

/** What is found beside a user of Graph's JSON who has these reports. */
async function findInGraph(onPremisesProvisioningErrors: unknown) {
  const user = { id: "1", userPrincipalName: "kim@contoso.com", assignedLicenses: [], onPremisesSyncEnabled: true };
  const data = JSON.stringify([{ ...user, proxyAddresses: ["SMTP:kim@contoso.com"], onPremisesProvisioningErrors }]);
  const { mismatches } = await analyze({ onPremises, online: [{ name: "users.json", data }] });
  return mismatches.filter(({ kind }) => kind === "provisioning-error" || kind === "alias-added");
}

/** What is found beside a user of Get-MsolUser with this cell. */
async function findInTable(DirSyncProvisioningErrors: string) {
  const row = {
    UserPrincipalName: "kim@contoso.com",
    ProxyAddresses: "SMTP:kim@contoso.com",
    DirSyncProvisioningErrors,
  };
  const { mismatches } = await analyze({ onPremises, online: [{ name: "users.csv", data: online(row) }] });
  return mismatches.filter(({ kind }) => kind === "provisioning-error" || kind === "alias-added");
}

describe("provisioning-error", () => {
  it("quotes what the service holds back, and since when; nobody is said to get it", async () => {
    expect(await findInGraph([report])).toMatchObject([
      {
        kind: "provisioning-error",
        attribute: "ProxyAddresses",
        value: "smtp:info@contoso.com",
        since: "2026-11-20T07:00:00Z",
      },
    ]);
  });

  it("tells each report", async () => {
    const name = { ...report, propertyCausingError: "UserPrincipalName", value: "kim@contoso.com" };
    expect(await findInGraph([report, name])).toHaveLength(2);
  });

  it("quotes a report that is no JSON as it is", async () => {
    expect(await findInTable("smtp:info@contoso.com is taken")).toMatchObject([
      { kind: "alias-added", addresses: ["info@contoso.com"] },
      { kind: "provisioning-error", attribute: "", value: "smtp:info@contoso.com is taken", since: "" },
    ]);
    expect(await findInTable("{ broken")).toMatchObject([{ kind: "alias-added" }, { value: "{ broken" }]);
  });

  it.each([[[]], [null]])("not where there is none: %j", async (reports) => {
    expect(await findInGraph(reports)).toMatchObject([{ kind: "alias-added" }]);
  });
});
