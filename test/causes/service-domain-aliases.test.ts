import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "service-domain-aliases";

describe(cause, () => {
  const user = {
    UserPrincipalName: "ana@contoso.com",
    ProxyAddresses: "SMTP:ana@contoso.com;smtp:ana@contoso.onmicrosoft.com",
  };

  it.each([
    ["old.onmicrosoft.com", 1],
    ["contoso.microsoftonline.com", 1],
    ["fabrikam.com", 0],
  ])("of an address in %s", async (domain, count) => {
    const ana = {
      userPrincipalName: "ana@contoso.com",
      proxyAddresses: ["SMTP:ana@contoso.com", `smtp:ana@${domain}`],
    };
    expect(await causesOf(cause, [ana], [user])).toHaveLength(count);
  });
});
