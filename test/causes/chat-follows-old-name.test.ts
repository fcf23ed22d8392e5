import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "chat-follows-old-name";

describe(cause, () => {
  const users = [{ UserPrincipalName: "kim.lee@contoso.com", ProxyAddresses: "SMTP:kim.lee@contoso.com" }];

  it.each([
    ["kim.ng@contoso.com", [{ key: "", people: 1, findings: 1, severity: "warning" }]],
    ["kim.lee@contoso.com", []],
  ])("sip:%s", async (sip, expected) => {
    const kim = {
      userPrincipalName: "kim.lee@contoso.com",
      "msRTCSIP-PrimaryUserAddress": `sip:${sip}`,
      proxyAddresses: "SMTP:kim.lee@contoso.com",
    };
    expect(await causesOf(cause, [kim], users)).toEqual(expected);
  });
});
