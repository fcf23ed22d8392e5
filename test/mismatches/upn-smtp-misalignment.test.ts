import { describe, expect, it } from "vitest";
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
    expect(await run("unlicensed-only", "False")).toEqual([]);
    expect(await run("always")).toEqual([]);
  });
});
