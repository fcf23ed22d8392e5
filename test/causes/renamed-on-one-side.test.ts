import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "renamed-on-one-side";

describe(cause, () => {
  it.each([
    [
      "online",
      { UserPrincipalName: "kim@contoso.com", ProxyAddresses: "SMTP:kim.lee@contoso.com;smtp:kim@contoso.com" },
    ],
    ["on-premises", { UserPrincipalName: "lee@contoso.com", ProxyAddresses: "SMTP:lee@contoso.com" }],
  ])("%s", async (key, user) => {
    const kim = {
      userPrincipalName: "kim@contoso.com",
      proxyAddresses: ["SMTP:kim@contoso.com", "smtp:lee@contoso.com"],
    };
    expect(await causesOf(cause, [kim], [user])).toEqual([{ key, people: 1, findings: 1, severity: "error" }]);
  });

  it("is none where nothing tells which side was changed", async () => {
    const kim = { userPrincipalName: "kim@contoso.com", proxyAddresses: ["SMTP:a@contoso.com", "smtp:b@contoso.com"] };
    const user = { UserPrincipalName: "c@contoso.com", ProxyAddresses: "SMTP:b@contoso.com;smtp:a@contoso.com" };
    expect(await causesOf(cause, [kim], [user])).toEqual([]);
  });
});
