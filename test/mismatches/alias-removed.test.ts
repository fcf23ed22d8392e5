import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const kinds = ["alias-removed"] as const;
const find = async (ad: Readonly<Record<string, string | readonly string[]>>, ProxyAddresses: string, more = {}) =>
  (
    await analyzeText(
      ldif({ userPrincipalName: "a@x.com", ...ad }),
      online({ UserPrincipalName: "a@x.com", ProxyAddresses, IsLicensed: "True", ...more }),
      { kinds },
    )
  ).mismatches;

describe("alias-removed", () => {
  it("what only the online user has is lost, an old primary among it", async () => {
    expect(await find({ proxyAddresses: "SMTP:a@x.com" }, "SMTP:b@x.com;smtp:a@x.com;smtp:c@x.com")).toMatchObject([
      { severity: "warning", addresses: ["b@x.com", "c@x.com"], match: { basis: "primary-to-alias" } },
    ]);
  });

  it.each([
    ["an address that Active Directory lists, in any case of letters", "SMTP:a@x.com;smtp:B@x.com"],
    ["one in the service's own domains", "SMTP:a@x.com;smtp:a@x.onmicrosoft.com;smtp:a@x.mail.onmicrosoft.com"],
    ["other types", "SMTP:a@x.com;X500:/o=x;SIP:a@x.com"],
  ])("stays: %s", async (_, ProxyAddresses) => {
    expect(await find({ proxyAddresses: ["SMTP:a@x.com", "smtp:b@x.com"] }, ProxyAddresses)).toEqual([]);
  });

  it("the sign-in name of a licensed user stays, that of another is lost", async () => {
    const ad = { proxyAddresses: "SMTP:b@x.com" };
    expect(await find(ad, "SMTP:b@x.com;smtp:a@x.com")).toEqual([]);
    expect(await find(ad, "SMTP:b@x.com;smtp:a@x.com", { IsLicensed: "False" })).toMatchObject([
      { addresses: ["a@x.com"] },
    ]);
  });

  it("nothing is said where the on-premises addresses are not known, or there are none", async () => {
    const [ad, there] = [
      ldif({ mail: "a@x.com" }),
      online({ UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com;smtp:b@x.com" }),
    ];
    expect((await analyzeText(ad, there, { kinds, lacksProxyAddresses: true })).mismatches).toEqual([]);
    const { mismatches } = await analyzeText(
      ldif(
        { userPrincipalName: "a@x.com", objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e" },
        { dn: "CN=b", proxyAddresses: "SMTP:z@x.com" },
      ),
      online({ UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:b@x.com", ImmutableId: "C4GP0FyjqEmkzcaSPfwDHg==" }),
      { kinds },
    );
    expect(mismatches).toEqual([]);
  });
});
