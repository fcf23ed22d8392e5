import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const kinds = ["sip-misalignment"] as const;
const find = async (ad: Readonly<Record<string, string>>, user: Readonly<Record<string, string>> = {}) =>
  (
    await analyzeText(ldif(ad), online({ UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com", ...user }), {
      kinds,
    })
  ).mismatches;
const SIP = "msRTCSIP-PrimaryUserAddress";

describe("sip-misalignment", () => {
  const upn = { userPrincipalName: "a@x.com" };
  it.each([
    ["neither sign-in nor mail", { ...upn, [SIP]: "sip:b@x.com", proxyAddresses: "SMTP:a@x.com" }, 1],
    ["not the mail", { ...upn, [SIP]: "sip:a@x.com", proxyAddresses: "SMTP:b@x.com" }, 1],
    ["not the sign-in", { ...upn, [SIP]: "sip:b@x.com", proxyAddresses: "SMTP:b@x.com" }, 1],
    ["all one, in any case of letters", { ...upn, [SIP]: "SIP:A@x.com", proxyAddresses: "SMTP:a@x.com" }, 0],
    ["no chat address", { ...upn, proxyAddresses: "SMTP:b@x.com" }, 0],
    ["SIP: in proxyAddresses stands in", { ...upn, proxyAddresses: "SIP:b@x.com" }, 1],
    ["no mail: the sign-in alone counts", { ...upn, [SIP]: "sip:a@x.com" }, 0],
  ])("%s", async (_, ad, count) => {
    const found = await find(ad);
    expect(found).toHaveLength(count);
    if (count > 0) expect(found[0]).toMatchObject({ side: "onPremises", severity: "warning" });
  });

  it("online, too; a guest's names are another company's", async () => {
    const chat = { MSRtcSipPrimaryUserAddress: "sip:b@x.com" };
    expect(await find(upn, chat)).toMatchObject([
      { side: "online", sipAddress: "b@x.com", primarySmtpAddress: "a@x.com" },
    ]);
    expect(await find(upn, { ...chat, UserType: "Guest" })).toEqual([]);
  });
});
