import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const find = async (...objects: Parameters<typeof ldif>) =>
  (await analyzeText(ldif(...objects), online({ UserPrincipalName: "z@x.com" }), { kinds: ["invalid-value"] }))
    .mismatches;

describe("invalid-value", () => {
  it.each([
    ["userPrincipalName", "a b@x.com", "invalid-character"],
    ["proxyAddresses", "smtp:a@x.local", "not-routable"],
    ["mail", `${"a".repeat(260)}@x.com`, "too-long"],
    ["mailNickname", ".a", "leading-dot"],
    ["targetAddress", "a@x.com", "malformed"],
    ["displayName", "D".repeat(256), "too-long"],
  ])("%s %s: %s", async (attribute, value, rule) => {
    expect(await find({ [attribute]: value })).toMatchObject([
      { side: "onPremises", severity: "error", attribute, value, rule, onPremises: { type: "user" } },
    ]);
  });

  it("the account name counts only where there is no UPN", async () => {
    const long = "a".repeat(21);
    expect(await find({ sAMAccountName: long })).toMatchObject([{ attribute: "sAMAccountName", rule: "too-long" }]);
    expect(await find({ sAMAccountName: long, userPrincipalName: "a@x.com" })).toEqual([]);
    expect(await find({ objectClass: "group", sAMAccountName: long })).toEqual([]);
  });

  it("groups and contacts count; an alias of two objects is not unique", async () => {
    expect(await find({ dn: "CN=g", objectClass: "group", proxyAddresses: "smtp:a b@x.com" })).toHaveLength(1);
    expect(
      await find({ dn: "CN=a", mailNickname: "Ana" }, { dn: "CN=g", objectClass: "group", mailNickname: "ana" }),
    ).toMatchObject([
      { onPremises: { id: "CN=a" }, rule: "not-unique", value: "Ana" },
      { onPremises: { id: "CN=g" }, rule: "not-unique", value: "ana" },
    ]);
  });

  it("what is in order is no finding", async () => {
    expect(
      await find({
        userPrincipalName: "ana.o'neil@x.com",
        mail: "ana@x.com",
        mailNickname: "ana",
        displayName: "Ana",
        targetAddress: "SMTP:ana@y.com",
        proxyAddresses: ["SMTP:ana@x.com", "X500:/o=First Org (x)/cn=O'Neil", "X400:C=US;A= ;P=x;"],
      }),
    ).toEqual([]);
  });
});
