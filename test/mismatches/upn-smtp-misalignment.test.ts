import { describe, expect, it } from "vitest";
import { describeMismatch } from "../../src/mismatches/definition/describe-mismatch.ts";
import { analyzeText, ldif, online } from "../reading.ts";

const kinds = ["upn-smtp-misalignment"] as const;
const aligned = { userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com" };

describe("upn-smtp-misalignment", () => {
  it("is told for each side, with both users where they are matched", async () => {
    const { mismatches } = await analyzeText(
      ldif({ userPrincipalName: "x@contoso.com", proxyAddresses: ["SMTP:a@contoso.com", "smtp:x@contoso.com"] }),
      online({ UserPrincipalName: "y@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" }),
      { kinds },
    );
    expect(mismatches).toMatchObject([
      {
        side: "onPremises",
        severity: "warning",
        upnIsOwnAddress: true,
        userPrincipalName: "x@contoso.com",
        online: {},
        match: {},
      },
      {
        side: "online",
        severity: "error",
        upnIsOwnAddress: false,
        userPrincipalName: "y@contoso.com",
        onPremises: {},
        match: {},
      },
    ]);
  });

  it("is told of people who are matched with nobody, too", async () => {
    const { mismatches } = await analyzeText(
      ldif(aligned),
      online({ UserPrincipalName: "y@contoso.com", ProxyAddresses: "SMTP:z@contoso.com" }),
      { kinds },
    );
    expect(mismatches).toMatchObject([{ side: "online", primarySmtpAddress: "z@contoso.com" }]);
    expect(mismatches[0]?.onPremises).toBeUndefined();
  });

  it.each([
    ["letter case differs", { UserPrincipalName: "A@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" }],
    ["the user has no mailbox", { UserPrincipalName: "y@contoso.com", ProxyAddresses: "" }],
    [
      "the user is a guest",
      { UserPrincipalName: "g_x.com#EXT#@contoso.onmicrosoft.com", ProxyAddresses: "SMTP:g@x.com" },
    ],
  ])("nothing is found where %s", async (_, user) => {
    expect((await analyzeText(ldif(aligned), online(user), { kinds })).mismatches).toEqual([]);
  });

  it.each([
    ["error", ["SMTP:b@contoso.com"]],
    ["warning", []],
  ])("is an %s where proxyAddresses are %j: with mail alone nobody has a mailbox yet", async (severity, own) => {
    const user = { dn: "CN=B,DC=contoso,DC=com", userPrincipalName: "adm-b@contoso.com", mail: "b@contoso.com" };
    const { mismatches } = await analyzeText(
      ldif(aligned, { ...user, ...(own.length === 0 ? {} : { proxyAddresses: own }) }),
      online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" }),
      { kinds },
    );
    expect(mismatches).toMatchObject([{ side: "onPremises", severity, upnIsOwnAddress: false }]);
  });

  it("one side is checked where the other lacks what is needed", async () => {
    const { mismatches, notChecked } = await analyzeText(
      ldif({ proxyAddresses: "SMTP:a@contoso.com" }),
      online({ UserPrincipalName: "y@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" }),
      { kinds },
    );
    expect(mismatches).toMatchObject([{ side: "online" }]);
    expect(notChecked).toEqual([{ kind: kinds[0], side: "onPremises", missing: ["userPrincipalName"] }]);
  });

  it("the service of 2012 changes the mail address and leaves the sign-in name: the run parts them", async () => {
    const run = async (upnFlow: "always" | "unlicensed-only", IsLicensed = "True") =>
      (
        await analyzeText(
          ldif({ userPrincipalName: "a@contoso.com", proxyAddresses: ["SMTP:a@contoso.com", "smtp:b@contoso.com"] }),
          online({
            UserPrincipalName: "b@contoso.com",
            ProxyAddresses: "SMTP:b@contoso.com;smtp:a@contoso.com",
            IsLicensed,
          }),
          { kinds: ["upn-smtp-misalignment"], upnFlow },
        )
      ).mismatches;
    expect(await run("unlicensed-only")).toMatchObject([
      {
        side: "online",
        madeByRun: true,
        userPrincipalName: "b@contoso.com",
        primarySmtpAddress: "a@contoso.com",
        severity: "warning",
      },
    ]);
    const [parted] = await run("unlicensed-only");
    expect(parted === undefined ? "" : describeMismatch(parted)).toContain("of a licensed user stays");
    expect(await run("unlicensed-only", "False")).toEqual([]);
    expect(await run("always")).toEqual([]);
  });
});
