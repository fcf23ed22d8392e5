import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "upn-suffix-not-verified";

describe(cause, () => {
  const user = {
    UserPrincipalName: "ana@contoso.com",
    ProxyAddresses: "SMTP:ana@contoso.com;smtp:a@contoso.onmicrosoft.com",
  };

  it("takes all that is nothing but the suffix, whatever it is a finding of", async () => {
    const ana = {
      userPrincipalName: "ana@contoso.local",
      "msRTCSIP-PrimaryUserAddress": "sip:ana@contoso.com",
      proxyAddresses: "SMTP:ana@contoso.com",
    };
    const found = await causesOf(cause, [ana], [user], { service: "entra-connect" });
    expect(found).toEqual([{ key: "contoso.local", people: 1, findings: 4, severity: "error" }]);
  });

  it("leaves a name that differs besides, and a suffix that is verified", async () => {
    const ana = { userPrincipalName: "a.andrade@contoso.local", proxyAddresses: "SMTP:ana@contoso.com" };
    const [found] = await causesOf(cause, [ana], [user], {
      service: "entra-connect",
      kinds: ["upn-smtp-misalignment"],
    });
    expect(found).toBeUndefined();
    const own = { userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:ana@contoso.com" };
    expect(await causesOf(cause, [own], [user], { service: "entra-connect" })).toEqual([]);
  });
});
