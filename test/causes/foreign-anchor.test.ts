import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "foreign-anchor";

describe(cause, () => {
  const ana = {
    "objectGUID:": "C4GP0FyjqEmkzcaSPfwDHg==",
    userPrincipalName: "ana@contoso.com",
    proxyAddresses: "SMTP:ana@contoso.com",
  };

  it.each([
    ["that of another object", "MyIRAFVEd2aImaq7zN3u/w==", "other object"],
    ["what a federation wrote", "ana@contoso.com", "federation"],
  ])("%s", async (_, ImmutableId, key) => {
    const users = [{ UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com", ImmutableId }];
    expect(await causesOf(cause, [ana], users)).toMatchObject([{ key, people: 1, findings: 1 }]);
  });

  it("is none of one's own", async () => {
    const ImmutableId = "C4GP0FyjqEmkzcaSPfwDHg==";
    const users = [{ UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com", ImmutableId }];
    expect(await causesOf(cause, [ana], users)).toEqual([]);
  });
});
