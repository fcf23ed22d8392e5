import { describe, expect, it } from "vitest";
import { causesOf } from "./causes-of.ts";

const cause = "no-primary-marked";

describe(cause, () => {
  const users = [{ UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" }];

  it.each([
    ["two are marked", ["SMTP:ana@contoso.com", "SMTP:a@contoso.com"], 1],
    ["one is marked", ["SMTP:ana@contoso.com", "smtp:a@contoso.com"], 0],
  ])("%s", async (_, proxyAddresses, count) => {
    expect(await causesOf(cause, [{ userPrincipalName: "ana@contoso.com", proxyAddresses }], users)).toHaveLength(
      count,
    );
  });
});
