import { describe, expect, it } from "vitest";
import { brokenRule, type CheckedAttribute } from "../../src/model/value-rules.ts";

const at = (local: number, domain: number) => `${"a".repeat(local)}@${"b".repeat(domain - 4)}.com`;

describe("rules of values (microsoft-365-docs, prepare-for-directory-synchronization; IdFix)", () => {
  const cases: readonly (readonly [CheckedAttribute, string, string | undefined])[] = [
    ["userPrincipalName", "ana@x.com", undefined],
    ["userPrincipalName", "a.n-a_!#^~'@x.com", undefined],
    ["userPrincipalName", at(64, 48), undefined],
    ["userPrincipalName", at(65, 40), "local-part-too-long"],
    ["userPrincipalName", at(60, 49), "domain-too-long"],
    ["userPrincipalName", at(66, 48), "too-long"],
    ...Array.from(
      '\\%&*+/=?{}|<>();:,[]" ',
      (character) => ["userPrincipalName", `a${character}b@x.com`, "invalid-character"] as const,
    ),
    ["userPrincipalName", "jürgen@x.com", "invalid-character"],
    ["userPrincipalName", "ana", "malformed"],
    ["userPrincipalName", "@x.com", "malformed"],
    ["userPrincipalName", "ana@", "malformed"],
    ["userPrincipalName", "a@b@x.com", "malformed"],
    ["userPrincipalName", "ana.@x.com", "malformed"],
    ["userPrincipalName", "a..b@x.com", "malformed"],
    ["userPrincipalName", "ana@corp.local", "not-routable"],
    ["userPrincipalName", "ana@corp", "not-routable"],
    ["userPrincipalName", "ana@server", "not-routable"],
    ["userPrincipalName", "ana@-x.com", "malformed"],
    ["userPrincipalName", "ana@x.c", "malformed"],
    ["proxyAddresses", "SMTP:ana@x.com", undefined],
    ["proxyAddresses", "smtp:a+b=c@x.com", undefined],
    ["proxyAddresses", "smtp:a b@x.com", "invalid-character"],
    ["proxyAddresses", "smtp: ana@x.com", "invalid-character"],
    ["proxyAddresses", "smtp:x:ana@x.com", "invalid-character"],
    ["proxyAddresses", "smtp:ana", "malformed"],
    ["proxyAddresses", "ana@x.com", "malformed"],
    ["proxyAddresses", `smtp:${"a".repeat(246)}@x.com`, "too-long"],
    ["proxyAddresses", "X500:/o=First Org (x)/cn=O'Neil", undefined],
    ["proxyAddresses", "X500:/o=[x]", "invalid-character"],
    ["proxyAddresses", "X400:C=US;A= ;P=x;", undefined],
    ["proxyAddresses", "EUM:1001;phone-context=x", undefined],
    ["proxyAddresses", "smtp:ana@xn--bcher-kva.xn--p1ai", undefined],
    ["mail", "a".repeat(256), undefined],
    ["mail", "a".repeat(257), "too-long"],
    ["mailNickname", "a".repeat(64), undefined],
    ["mailNickname", "a".repeat(65), "too-long"],
    ["mailNickname", ".a", "leading-dot"],
    ["sAMAccountName", "a".repeat(20), undefined],
    ["sAMAccountName", "a".repeat(21), "too-long"],
    ["sAMAccountName", "a+b", "invalid-character"],
    ["targetAddress", `SMTP:${"a".repeat(244)}@x.com`, undefined],
    ["targetAddress", `SMTP:${"a".repeat(245)}@x.com`, "too-long"],
    ["displayName", "Ana", undefined],
    ["displayName", "  ", "blank"],
    ["displayName", "D".repeat(256), "too-long"],
    ["displayName", "", undefined],
  ];
  it.each(cases)("%s %j: %s", (attribute, value, rule) => expect(brokenRule(attribute, value)).toBe(rule));
});
