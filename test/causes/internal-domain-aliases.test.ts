import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "internal-domain-aliases";

describe(cause, () => {
  const user = {
    UserPrincipalName: "ana@contoso.com",
    ProxyAddresses: "SMTP:ana@contoso.com;smtp:ana@contoso.onmicrosoft.com",
  };

  it.each([
    ["contoso.local", [{ key: "contoso.local", people: 1, findings: 1, severity: "info" }]],
    ["fabrikam.com", []],
  ])("of an address in %s", async (domain, expected) => {
    const ana = {
      userPrincipalName: "ana@contoso.com",
      proxyAddresses: ["SMTP:ana@contoso.com", `smtp:ana@${domain}`],
    };
    expect(await causesOf(cause, [ana], [user])).toEqual(expected);
  });
});
