import { describe, expect, it } from "vitest";
import { type LeftOutTraits, leftOutReason, leftOutRules, type ObjectKind } from "../../src/service/left-out.ts";
import { readEitherWay } from "../both-readers.ts";
import { ldif } from "../reading.ts";

function traits(kind: ObjectKind, attributes: Readonly<Record<string, string>>, hasAddress = true): LeftOutTraits {
  return {
    kind,
    valuesOf: (name) => (name in attributes ? [attributes[name] ?? ""] : undefined),
    hasAddress,
  };
}

describe("who is left out", () => {
  it.each<[string | undefined, ObjectKind, Readonly<Record<string, string>>]>([
    [undefined, "user", { distinguishedName: "CN=Ana,DC=contoso,DC=com", sAMAccountName: "ana" }],
    ["conflict-object", "user", { distinguishedName: "CN=Ana\\0ACNF:d08f810b,DC=contoso,DC=com" }],
    ["conflict-object", "user", { distinguishedName: "CN=Ana\nCNF:d08f810b,DC=contoso,DC=com" }],
    ["deleted", "user", { distinguishedName: "CN=Ana\\0ADEL:d08f810b,CN=Deleted Objects,DC=contoso,DC=com" }],
    ["critical-system-object", "user", { isCriticalSystemObject: "TRUE" }],
    ["critical-system-object", "user", { isCriticalSystemObject: "True" }],
    ["system-mailbox", "user", { msExchRecipientTypeDetails: "0x1000" }],
    ["system-mailbox", "user", { msExchRecipientTypeDetails: "536870912" }],
    ["dynamic-list", "other", { objectClass: "msExchDynamicDistributionList" }],
    ["public-folder", "other", { objectClass: "publicFolder" }],
    ["system-name", "user", { sAMAccountName: "SUPPORT_388945a0" }],
    ["system-name", "user", { sAMAccountName: "MSOL_0d7c" }],
    ["system-name", "user", { sAMAccountName: "aad_1a2b3c" }],
    ["system-name", "user", { sAMAccountName: "CAS_{1}" }],
    ["system-name", "user", { mailNickname: "SystemMailbox{1f05}" }],
    ["kept-out", "user", { adminDescription: "User_NoSync" }],
    ["kept-out", "group", { adminDescription: "group_nosync" }],
    ["no-account-name", "user", { sAMAccountName: "" }],
    // People, whose names begin as those of IdFix's list do.
    [undefined, "user", { cn: "HealthMailbox0d7c", sAMAccountName: "healthmailbox" }],
    [undefined, "user", { cn: "Guest Services", sAMAccountName: "guest.services" }],
    [undefined, "user", { sAMAccountName: "support_desk" }],
    [undefined, "user", { sAMAccountName: "cas_per" }],
    [undefined, "user", { adminDescription: "Group_NoSync" }],
    [undefined, "contact", { sAMAccountName: "" }],
    ["linked-mailbox", "user", { msExchRecipientTypeDetails: "2" }],
    [undefined, "contact", { msExchRecipientTypeDetails: "2" }],
    ...["0x1", "0x4", "0x10", "0x80000000"].map((type): [undefined, ObjectKind, Record<string, string>] => [
      undefined,
      "user",
      { msExchRecipientTypeDetails: type },
    ]),
  ])("%s: %s %j", (reason, kind, attributes) => {
    expect(leftOutReason(traits(kind, attributes))).toBe(reason);
  });

  it("a contact, and a distribution group, without an address", () => {
    expect(leftOutReason(traits("contact", {}, false))).toBe("no-address");
    expect(leftOutReason(traits("group", { sAMAccountType: "268435457" }, false))).toBe("no-address");
    expect(leftOutReason(traits("group", { sAMAccountType: "268435456" }, false))).toBeUndefined();
    expect(leftOutReason(traits("user", {}, false))).toBeUndefined();
    expect(leftOutReason({ ...traits("contact", {}), hasAddress: undefined })).toBeUndefined();
  });
});

describe("both readers agree on it", () => {
  /** Values that are the rules' own, or are nearly. */
  const values = leftOutRules.flatMap(({ attribute, values: tests }) =>
    tests.flatMap(({ is, begins, contains, bits }) => {
      const whole = is ?? (bits === undefined ? `${begins ?? "x"}${contains ?? "1"}` : String(bits));
      return [whole, whole.toUpperCase(), whole.toLowerCase(), ` ${whole}`, whole.slice(0, 4), `x${whole}`, `${whole}x`]
        .filter((value) => !value.startsWith("\n") && value.trim() !== "")
        .map((value) => [attribute, value] as const);
    }),
  );

  it.each(values)("%s: %j", async (attribute, value) => {
    const own =
      attribute === "distinguishedName"
        ? { dn: `CN=Ana${value},DC=contoso,DC=com` }
        : { [attribute]: attribute === "objectClass" ? ["user", value] : value };
    for (const objectClass of ["user", "group", "contact"]) {
      const records = [
        { dn: "CN=first,DC=contoso,DC=com", mail: "first@contoso.com" },
        { objectClass, proxyAddresses: "SMTP:ana@contoso.com", ...own },
      ];
      const data = ldif(...records).replace(/^(.*): (.*\n.*|[ :].*)$/gm, (line, name: string, text: string) =>
        name === "dn" && text.includes("\n") ? line : `${name}:: ${Buffer.from(text).toString("base64")}`,
      );
      const inspected = await readEitherWay({ name: "ad.ldf", data }, false);
      const analyzed = await readEitherWay({ name: "ad.ldf", data }, true);
      if (typeof inspected === "string" || typeof analyzed === "string") throw new Error("nothing was read");
      expect(analyzed.users).toEqual(inspected.users);
      expect(analyzed.summary).toEqual(inspected.summary);
    }
  });

  it("a DN with a real line feed, as base64 has it", async () => {
    const dn = Buffer.from("CN=Ana\nCNF:d08f810b,DC=contoso,DC=com").toString("base64");
    const data = `dn: CN=a,DC=contoso,DC=com\nobjectClass: user\n\ndn:: ${dn}\nobjectClass: user\nmail: a@b.c\n\n`;
    for (const takesViews of [false, true]) {
      const read = await readEitherWay({ name: "ad.ldf", data }, takesViews);
      expect(read).toMatchObject({ users: [{}], summary: { skipped: [{ reason: "conflict-object", count: 1 }] } });
    }
  });
});
