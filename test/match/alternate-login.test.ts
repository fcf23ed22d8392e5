import { describe, expect, it } from "vitest";
import { type AnalyzeOptions, analyze, type LiveAnalysis, planRemedies } from "../../src/index.ts";
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
    ["it is denied", 4, "LastDirSyncTime", { upnSource: "userPrincipalName" }],
  ])("is not told where %s", async (_why, count, column, options) => {
    expect(await saidOf(count, column, options)).toEqual([]);
  });

  describe("is taken for everybody's", () => {
    /** Eva is not synchronized yet. */
    const eva = {
      dn: "CN=eva,DC=corp,DC=local",
      userPrincipalName: "eva@corp.local",
      mail: "eva@contoso.com",
      proxyAddresses: ["SMTP:eva@contoso.com", "smtp:e@contoso.com"],
    };
    const rows = [...names, "eva"].map((name) => ({
      UserPrincipalName: `${name}@contoso.com`,
      IsLicensed: "True",
      ProxyAddresses: `SMTP:${name === "eva" ? "e" : name}@contoso.com;smtp:${name}@contoso.com;smtp:${name}@contoso.onmicrosoft.com`,
      LastDirSyncTime: name === "eva" ? "" : "2026-11-24T08:00:00Z",
    }));
    const look = (options: Partial<AnalyzeOptions> = {}, last: (typeof rows)[number] | undefined = rows.at(-1)) =>
      analyze({
        onPremises: [{ name: "ad.ldf", data: ad + ldif(eva) }],
        online: [{ name: "users.csv", data: online(...rows.slice(0, -1), ...(last ? [last] : [])) }],
        service: "entra-connect",
        ...options,
      });
    const namesIn = ({ mismatches }: LiveAnalysis) =>
      mismatches.filter(
        ({ kind }) => kind === "upn-change" || kind === "invalid-value" || kind === "upn-smtp-misalignment",
      );

    it("and nobody is to be renamed", async () => {
      const told = await look();
      expect(namesIn(told)).toMatchObject([{ side: "online", userPrincipalName: "eva@contoso.com" }]);
      expect(told.settings).toMatchObject({
        upnSource: "mail",
        inferred: expect.arrayContaining([
          { setting: "upnSource", from: "4 people who are synchronized sign in with it" },
        ]),
      });
      const outcomes = [...told.outcomes().onPremises()];
      expect(outcomes.map(({ after }) => after?.userPrincipalName)).toEqual(
        rows.map(({ UserPrincipalName }) => UserPrincipalName),
      );
      const asked = await look({ upnSource: "mail" });
      expect(JSON.stringify([asked.mismatches, ...asked.outcomes().onPremises()])).toBe(
        JSON.stringify([told.mismatches, ...outcomes]),
      );
      const denied = await look({ upnSource: "userPrincipalName" });
      expect(namesIn(denied).length).toBeGreaterThan(4);
      expect(denied.settings.inferred.map(({ setting }) => setting)).not.toContain("upnSource");
    });

    it.each([{}, { upnSource: "mail" }])("and no plan writes it into another attribute: %o", async (options) => {
      const last = {
        ...rows[0],
        UserPrincipalName: "ev@contoso.com",
        ProxyAddresses: "SMTP:eva@contoso.com;smtp:ev@contoso.com",
        LastDirSyncTime: "",
      };
      const analysis = await look(options, { IsLicensed: "True", ...last });
      expect(analysis.summary.byKind["upn-change"]).toBe(1);
      const { steps } = planRemedies(analysis, { authority: "online" });
      const attributes = steps.flatMap(({ changes }) => changes.map(({ attribute }) => attribute));
      expect(attributes).toContain("proxyAddresses");
      expect(attributes).not.toContain("userPrincipalName");
    });
  });
});
