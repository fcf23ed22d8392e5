import { describe, expect, it } from "vitest";
import { analyze } from "../../src/index.ts";
import { ldif, online } from "../reading.ts";

describe("mail as the sign-in name", () => {
  const names = ["ana", "bo", "cem", "dora"];
  const ad = ldif(
    ...names.map((name) => ({
      dn: `CN=${name},DC=corp,DC=local`,
      userPrincipalName: `${name}@corp.local`,
      mail: `${name}@contoso.com`,
      proxyAddresses: `SMTP:${name}@contoso.com`,
    })),
  );

  /** What is said of an export where so many of the four sign in with their mail. */
  async function saidOf(count: number, column: string, options = {}): Promise<readonly string[]> {
    const rows = names.map((name, index) => ({
      UserPrincipalName: index < count ? `${name}@contoso.com` : `${name}@contoso.onmicrosoft.com`,
      ProxyAddresses: `SMTP:${name}@contoso.com;smtp:${name}@contoso.onmicrosoft.com`,
      LastDirSyncTime: "",
      [column]: "2026-11-24T08:00:00Z",
    }));
    const { inputs } = await analyze({
      onPremises: [{ name: "ad.ldf", data: ad }],
      online: [{ name: "users.csv", data: online(...rows) }],
      ...options,
    });
    return (
      inputs[0]?.diagnostics.filter(({ code }) => code === "alternate-login-id").map(({ message }) => message) ?? []
    );
  }

  it("is told of those who are synchronized, once, with their number", async () => {
    expect(await saidOf(4, "LastDirSyncTime")).toEqual([expect.stringMatching(/^All 4 people who are synchronized/)]);
  });

  it.each([
    ["only half of them do", 2, "LastDirSyncTime", {}],
    ["nobody is synchronized yet: the name that DirSync V1 gave is the mail address", 4, "WhenCreated", {}],
    ["it is known already", 4, "LastDirSyncTime", { upnSource: "mail" }],
  ])("is not told where %s", async (_why, count, column, options) => {
    expect(await saidOf(count, column, options)).toEqual([]);
  });
});
