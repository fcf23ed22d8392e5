import { describe, expect, it } from "vitest";
import { type Attributes, analyzeText, ldif, online } from "../reading.ts";

const kinds = ["sign-in-blocked", "sign-in-restored"] as const;
const disabled = { userAccountControl: "514" };

async function find(attributes: Attributes, cells: Readonly<Record<string, string>>) {
  return analyzeText(
    ldif({ userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com", ...attributes }),
    online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com", ...cells }),
    { kinds },
  );
}

describe("sign-in-blocked", () => {
  it.each([
    ["licensed", { BlockCredential: "False", IsLicensed: "True" }],
    ["of whom no licence is known", { BlockCredential: "False" }],
  ])("of somebody who is enabled online and disabled on-premises: %s", async (_, cells) => {
    const { mismatches } = await find(disabled, cells);
    expect(mismatches).toMatchObject([{ kind: "sign-in-blocked", severity: "error" }]);
  });

  it.each([
    ["both are enabled", { userAccountControl: "512" }, { BlockCredential: "False" }],
    ["both are disabled", disabled, { BlockCredential: "True" }],
    ["nobody has a licence for it", disabled, { BlockCredential: "False", IsLicensed: "False" }],
    ["a room online", disabled, { BlockCredential: "False", MSExchRecipientTypeDetails: "16" }],
    ["a room on-premises", { ...disabled, msExchRecipientTypeDetails: "16" }, { BlockCredential: "False" }],
    ["a room that was moved", { ...disabled, msExchRecipientTypeDetails: "8589934592" }, { BlockCredential: "False" }],
    ["one that was made online", { ...disabled, msExchRemoteRecipientType: "100" }, { BlockCredential: "False" }],
    ["a linked mailbox", { ...disabled, msExchMasterAccountSid: "S-1-5-21-1-2-3-4" }, { BlockCredential: "False" }],
  ])("not of those whom it does not change, or whose account is disabled on purpose: %s", async (_, ad, cells) => {
    expect((await find(ad, cells)).mismatches).toEqual([]);
  });

  it("also of a mailbox of a person", async () => {
    const { mismatches } = await find(
      { ...disabled, msExchRecipientTypeDetails: "1", msExchRemoteRecipientType: "4" },
      { BlockCredential: "False", MSExchRecipientTypeDetails: "1" },
    );
    expect(mismatches).toHaveLength(1);
  });

  it("cannot be checked where one side does not say who is enabled", async () => {
    const { mismatches, notChecked } = await find(disabled, {});
    expect(mismatches).toEqual([]);
    expect(notChecked).toContainEqual({ kind: "sign-in-blocked", side: "online", missing: ["isEnabled"] });
  });

  it.each([
    ["nobody who is matched is disabled", { userAccountControl: "512" }, true],
    ["a room is, on purpose", { ...disabled, msExchRecipientTypeDetails: "16" }, true],
    ["somebody is", disabled, false],
    ["the other side does not say either", {}, false],
  ])("which concerns nobody, or leaves the verdict incomplete, where %s", async (_, ad, harmless) => {
    const { notChecked, verdict } = await find(ad, {});
    const entry = { kind: "sign-in-blocked", side: "online", missing: ["isEnabled"] };
    expect(notChecked).toContainEqual(harmless ? { ...entry, harmless } : entry);
    expect(verdict.notChecked.includes("sign-in-blocked")).toBe(!harmless);
    expect(verdict.cannotKnow.includes("who is enabled online")).toBe(harmless);
  });

  it.each([
    ["UserMailbox", 1],
    ["RoomMailbox", 0],
    ["SharedMailbox", 0],
  ])("of a %s, as Exchange lists it: %i", async (type, count) => {
    const { mismatches } = await analyzeText(
      ldif({ userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com", ...disabled }),
      "UserPrincipalName,EmailAddresses,RecipientTypeDetails,AccountDisabled\n" +
        `a@contoso.com,SMTP:a@contoso.com,${type},False\n`,
      { kinds },
    );
    expect(mismatches).toHaveLength(count);
  });
});
