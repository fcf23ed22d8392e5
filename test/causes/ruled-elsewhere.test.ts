import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "ruled-elsewhere";

describe(cause, () => {
  it.each([
    ["Guest", [{ key: "guest", people: 1, findings: 1 }]],
    ["Member", []],
  ])("%s", async (UserType, expected) => {
    const ana = { userPrincipalName: "ana@contoso.com", mailNickname: "ana", proxyAddresses: "SMTP:ana@fabrikam.com" };
    const UserPrincipalName =
      UserType === "Guest" ? "ana_fabrikam.com#EXT#@contoso.onmicrosoft.com" : "ana@contoso.com";
    const users = [{ UserPrincipalName, UserType, ProxyAddresses: "SMTP:ana@fabrikam.com" }];
    expect(await causesOf(cause, [ana], users)).toMatchObject(expected);
  });
});
