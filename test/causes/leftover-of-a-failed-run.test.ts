import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "leftover-of-a-failed-run";

describe(cause, () => {
  const kim = {
    "objectGUID:": "C4GP0FyjqEmkzcaSPfwDHg==",
    userPrincipalName: "kim@contoso.com",
    proxyAddresses: "SMTP:kim@contoso.com",
  };
  const ImmutableId = "C4GP0FyjqEmkzcaSPfwDHg==";

  it.each([
    ["kim1234@contoso.onmicrosoft.com", 1],
    ["kim@contoso.onmicrosoft.com", 0],
  ])("bound to %s", async (name, count) => {
    const users = [
      { UserPrincipalName: name, ProxyAddresses: `SMTP:${name}`, ImmutableId, LastDirSyncTime: "2026-10-01T08:00:00Z" },
      { UserPrincipalName: "kim@contoso.com", ProxyAddresses: "SMTP:kim@contoso.com;smtp:k@contoso.onmicrosoft.com" },
    ];
    expect(await causesOf(cause, [kim], users)).toHaveLength(count);
  });
});
