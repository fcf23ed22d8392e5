import { describe, expect, it } from "vitest";
import { describeMismatch } from "../../src/mismatches/definition/describe-mismatch.ts";
import { analyzeText, ldif, online } from "../reading.ts";

const kinds = ["ambiguous-match"] as const;

describe("ambiguous-match", () => {
  it("says that an anchor which two objects have was copied", async () => {
    const anchor = { employeeID: "4711" };
    const { mismatches } = await analyzeText(
      ldif({ dn: "CN=a", ...anchor }, { dn: "CN=b", ...anchor }),
      online({ UserPrincipalName: "a@contoso.com", ImmutableId: "4711" }),
      { kinds, sourceAnchor: "employeeID" },
    );
    expect(mismatches.map(describeMismatch)).toEqual([
      expect.stringContaining("linked by the source anchor 4711, which was copied"),
    ]);
  });

  it("one on-premises, many online: the candidates are the online users", async () => {
    const { mismatches, summary } = await analyzeText(
      ldif({ proxyAddresses: ["SMTP:a@contoso.com", "smtp:b@contoso.com"] }),
      online(
        { UserPrincipalName: "b@contoso.com", ProxyAddresses: "SMTP:b@contoso.com" },
        { UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" },
      ),
      { kinds },
    );
    expect(mismatches).toMatchObject([
      {
        onPremises: {},
        on: "a@contoso.com",
        candidates: [
          { side: "online", id: "a@contoso.com" },
          { side: "online", id: "b@contoso.com" },
        ],
      },
    ]);
    expect(mismatches[0]?.online).toBeUndefined();
    expect(summary.matched).toBe(0);
  });

  it("many on-premises, one online: the candidates are the on-premises users", async () => {
    const { mismatches } = await analyzeText(
      ldif({ dn: "CN=a", proxyAddresses: "SMTP:x@contoso.com" }, { dn: "CN=b", proxyAddresses: "SMTP:x@contoso.com" }),
      online({ UserPrincipalName: "x@contoso.com", ProxyAddresses: "SMTP:x@contoso.com" }),
      { kinds },
    );
    expect(mismatches).toMatchObject([
      { online: { id: "x@contoso.com" }, candidates: [{ side: "onPremises", id: "CN=a" }, { id: "CN=b" }] },
    ]);
  });

  it("many to many: all are candidates, on-premises first", async () => {
    const { mismatches } = await analyzeText(
      ldif(
        { dn: "CN=b", proxyAddresses: ["SMTP:b@contoso.com", "smtp:x@contoso.com"] },
        { dn: "CN=a", proxyAddresses: ["SMTP:a@contoso.com", "smtp:x@contoso.com"] },
      ),
      online(
        { UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com;smtp:x@contoso.com" },
        { UserPrincipalName: "b@contoso.com", ProxyAddresses: "SMTP:b@contoso.com" },
      ),
      { kinds },
    );
    expect(mismatches).toMatchObject([
      {
        on: "x@contoso.com",
        candidates: [{ id: "CN=a" }, { id: "CN=b" }, { id: "a@contoso.com" }, { id: "b@contoso.com" }],
      },
    ]);
  });

  it.each([
    ["of those who have it by mail", [], "CN=b"],
    ["of two who have it so", ["SMTP:x@contoso.com"], undefined],
    ["beside one who has another address", ["SMTP:y@contoso.com", "smtp:x@contoso.com"], undefined],
  ])("who alone has the address in proxyAddresses is the likely one, %s", async (_, own, likely) => {
    const admin = { dn: "CN=a", userPrincipalName: "adm@contoso.com", mail: "x@contoso.com" };
    const person = { dn: "CN=b", userPrincipalName: "b@contoso.com", proxyAddresses: "SMTP:x@contoso.com" };
    const { mismatches } = await analyzeText(
      ldif({ ...admin, ...(own.length === 0 ? {} : { proxyAddresses: own }) }, person),
      online({ UserPrincipalName: "b@contoso.com", ProxyAddresses: "SMTP:x@contoso.com" }),
      { kinds, softMatch: "any-smtp" },
    );
    expect(mismatches).toHaveLength(1);
    expect(mismatches[0]).toHaveProperty("candidates");
    expect(mismatches.map((one) => "likely" in one && one.likely)).toEqual([likely ?? false]);
    const said = mismatches[0] === undefined ? "" : describeMismatch(mismatches[0]);
    expect(said.includes("likely CN=b, unless another comes first")).toBe(likely !== undefined);
  });
});
