import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "invalid-characters";

describe(cause, () => {
  const users = [{ UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" }];
  const find = (...names: readonly string[]) =>
    causesOf(
      cause,
      names.map((userPrincipalName, at) => ({
        dn: `CN=${at},DC=x`,
        userPrincipalName,
        proxyAddresses: "SMTP:ana@contoso.com",
      })),
      users,
      { kinds: ["invalid-value"] },
    );

  it("is one for each attribute, rule and character", async () => {
    expect(await find("anä@contoso.com", "änn@contoso.com", "a..b@contoso.com")).toMatchObject([
      { key: "userPrincipalName non-ascii-character U+00E4", people: 2, findings: 2 },
      { key: expect.stringMatching(/^userPrincipalName double-dot/), people: 1 },
    ]);
    expect(await find("ana@contoso.com")).toEqual([]);
  });
});
