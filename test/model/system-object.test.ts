import { describe, expect, it } from "vitest";
import { type SystemTraits, systemObjectReason } from "../../src/model/system-object.ts";

const person: SystemTraits = {
  distinguishedName: "CN=Ana,DC=contoso,DC=com",
  cn: "Ana",
  samAccountName: "ana",
  mailNickname: "ana",
  isCriticalSystemObject: false,
  recipientTypeDetails: 1n,
};

describe("objects that do not synchronize by default", () => {
  it("a person does", () => expect(systemObjectReason(person)).toBeUndefined());

  it.each([
    ["conflict-object", { distinguishedName: "CN=Ana\\0ACNF:d08f810b,DC=contoso,DC=com" }],
    ["conflict-object", { distinguishedName: "CN=Ana\nCNF:d08f810b,DC=contoso,DC=com" }],
    ["deleted", { distinguishedName: "CN=Ana\\0ADEL:d08f810b,CN=Deleted Objects,DC=contoso,DC=com" }],
    ["computer", { samAccountName: "PC-1$" }],
    ["critical-system-object", { isCriticalSystemObject: true }],
    ["system-mailbox", { recipientTypeDetails: 0x1000n }],
    ["system-mailbox", { recipientTypeDetails: 0x20000000n }],
    ["system-name", { cn: "HealthMailbox0d7c" }],
    ["system-name", { cn: "MSOL_AD_Sync" }],
    ["system-name", { samAccountName: "SUPPORT_388945a0" }],
    ["system-name", { mailNickname: "SystemMailbox{1f05}" }],
  ] as const)("%s", (reason, traits) => {
    expect(systemObjectReason({ ...person, ...traits })).toBe(reason);
  });

  it.each(["0x1", "0x2", "0x10", "0x80000000"])("recipient type %s synchronizes", (type) => {
    expect(systemObjectReason({ ...person, recipientTypeDetails: BigInt(type) })).toBeUndefined();
  });
});
