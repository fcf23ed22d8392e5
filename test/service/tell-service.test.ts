import { describe, expect, it } from "vitest";
import { formats } from "../../src/formats/index.ts";
import { services } from "../../src/service/index.ts";
import { tellService } from "../../src/service/tell-service.ts";
import { analyzeByService, ldif, online } from "../reading.ts";

describe("the service is told", () => {
  it("by the option first, then by what exists only today, then by what is gone since", () => {
    const [then, now] = [{ service: "dirsync-v2" }, { service: "entra-connect" }] as const;
    expect(tellService("dirsync-v2", [now])).toEqual({ service: services["dirsync-v2"], toldBy: "option" });
    expect(tellService(undefined, [then, now])).toEqual({
      service: services["entra-connect"],
      toldBy: "online-format",
    });
    expect(tellService(undefined, [then, {}])).toEqual({ service: services["dirsync-v2"], toldBy: "online-format" });
    expect(tellService(undefined, [{}])).toEqual({ service: services["dirsync-v2"], toldBy: "default" });
  });

  it("by every online export but those that both times have", () => {
    const untold = formats.filter(({ side, service }) => side !== "onPremises" && service === undefined);
    expect(untold.map(({ name }) => name)).toEqual(["exchange-recipient"]);
  });

  it.each(Object.values(services))("$name says where each of its rules is written", ({ sources, ...service }) => {
    const { name: _name, title: _title, ...rules } = service;
    expect(Object.keys(sources).sort()).toEqual(Object.keys(rules).sort());
    for (const source of Object.values(sources)) expect(source).toMatch(/entra-docs|KB \d+/);
  });
});

describe("what the service decides", () => {
  const ana = {
    dn: "CN=Ana,DC=contoso,DC=com",
    userPrincipalName: "ana.silva@contoso.com",
    proxyAddresses: ["SMTP:ana.silva@contoso.com", "smtp:ana@contoso.com"],
  };
  const row = { UserPrincipalName: "ana@contoso.com", IsLicensed: "True", ProxyAddresses: "SMTP:ana@contoso.com" };

  it("who links, and whose sign-in name follows; a single setting overrules it", async () => {
    const kinds = ["upn-change", "unlinked-pair"] as const;
    const tell = async (options: object) =>
      (await analyzeByService(ldif(ana), online(row), { kinds, ...options })).summary.byKind;
    expect(await tell({ service: "dirsync-v2" })).toEqual({ "upn-change": 0, "unlinked-pair": 0 });
    expect(await tell({ service: "entra-connect" })).toEqual({ "upn-change": 0, "unlinked-pair": 1 });
    expect(await tell({ service: "dirsync-v2", upnFlow: "always" })).toMatchObject({ "upn-change": 1 });
  });

  it("is said with how many people would fare otherwise, who are listed if that is asked for", async () => {
    const bob = {
      dn: "CN=Bob,DC=contoso,DC=com",
      userPrincipalName: "bob@contoso.com",
      proxyAddresses: "SMTP:bob@contoso.com",
    };
    const bobOnline = { UserPrincipalName: "bob@contoso.com", ProxyAddresses: "SMTP:bob@contoso.com" };
    const analysis = await analyzeByService(ldif(ana, bob), online(row, bobOnline), { service: "both" });
    expect(analysis.service).toMatchObject({ name: "dirsync-v2", toldBy: "online-format", otherwise: 1 });
    expect(analysis.serviceDependent).toMatchObject([
      {
        onPremises: { id: ana.dn },
        dirsyncV2: { outcome: "linked", userPrincipalName: "ana@contoso.com" },
        entraConnect: { outcome: "created-beside", userPrincipalName: "ana.silva@contoso.com" },
      },
    ]);
  });
});
