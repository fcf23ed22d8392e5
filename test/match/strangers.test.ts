import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

interface Company {
  /** How many people are on one side only. */
  readonly onPremises?: number;
  readonly online?: number;
  /** How many are on both. */
  readonly both?: number;
  readonly domain?: string;
  readonly onlineDomain?: string;
}

const guid = (index: number) => `00112233-4455-6677-8899-${String(index).padStart(12, "0")}`;
const range = (length: number) => Array.from({ length }, (_, index) => index);

/** Invented people whose names nobody on the other side has, and some who are on both sides. */
function sides({
  onPremises = 0,
  online: there = 0,
  both = 0,
  domain = "contoso.com",
  onlineDomain = domain,
}: Company) {
  const here = [...range(onPremises).map((index) => `here${index}`), ...range(both).map((index) => `both${index}`)];
  const people = [...range(there).map((index) => `there${index}`), ...range(both).map((index) => `both${index}`)];
  return [
    ldif(
      ...here.map((name, index) => ({
        dn: `CN=${name},DC=contoso,DC=com`,
        objectGUID: guid(index),
        userPrincipalName: `${name}@${domain}`,
        proxyAddresses: `SMTP:${name}@${domain}`,
      })),
    ),
    online(
      ...people.map((name) => ({
        UserPrincipalName: `${name}@${onlineDomain}`,
        ProxyAddresses: `SMTP:${name}@${onlineDomain}`,
        ImmutableId: "",
      })),
    ),
  ] as const;
}

async function cautionOf(ad: string, users: string) {
  const { inputs, verdict } = await analyzeText(ad, users);
  const found = inputs
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ message }) => message.includes("two companies"));
  expect(verdict.text.startsWith("These look like the exports of two companies.")).toBe(found.length > 0);
  return found.map(({ code, message }) => ({ code, message }));
}

describe("two companies", () => {
  it("have no domain in common", async () => {
    const [found] = await cautionOf(...sides({ onPremises: 3, online: 2, onlineDomain: "fabrikam.com" }));
    expect(found).toMatchObject({
      code: "no-common-domain",
      message: expect.stringContaining("online fabrikam.com; on-premises contoso.com"),
    });
  });

  it.each<[string, Company, string]>([
    [
      "nobody",
      { onPremises: 30, online: 25 },
      "of 30 people on-premises and 25 online in contoso.com none shares an address",
    ],
    [
      "one",
      { onPremises: 29, online: 24, both: 1 },
      "of 30 people on-premises and 25 online in contoso.com 1 shares an address",
    ],
    [
      "a few of many",
      { onPremises: 300, online: 60, both: 3 },
      "303 people on-premises and 63 online in contoso.com 3 share an address",
    ],
  ])("have a domain in common, and %s of the people", async (_, company, says) => {
    const [found] = await cautionOf(...sides(company));
    expect(found).toMatchObject({ code: "few-in-common", message: expect.stringContaining(says) });
  });
});

describe("one company", () => {
  it.each<[string, Company]>([
    ["of which hardly anybody is online yet", { onPremises: 400, online: 3 }],
    ["of which a pilot is online", { onPremises: 400, both: 8 }],
    ["of which a pilot is online, and others besides", { onPremises: 400, online: 15, both: 8 }],
    ["of which one part was exported on-premises", { online: 400, both: 25 }],
    ["that is too small to tell", { onPremises: 19, online: 19 }],
    ["of which one in ten is on both sides", { onPremises: 180, online: 180, both: 20 }],
  ])("%s", async (_, company) => {
    expect(await cautionOf(...sides(company))).toEqual([]);
  });

  it("that is bound by other anchors shares its addresses", async () => {
    const [ad, users] = sides({ both: 40 });
    const bound = users.replaceAll(/""$/gm, '"AAARESIiMzNERAAAAAADhA=="');
    expect(bound).not.toBe(users);
    expect(await cautionOf(ad, bound)).toEqual([]);
  });

  it("whose guests and cloud accounts have other domains is measured by the others", async () => {
    const [ad] = sides({ onPremises: 60 });
    const [, guests] = sides({ online: 80, domain: "fabrikam.com" });
    const [, admins] = sides({ online: 2 });
    expect(await cautionOf(ad, guests + admins.slice(admins.indexOf("\n") + 1))).toEqual([]);
  });

  it("without mail on-premises, under a local suffix, is known by the names", async () => {
    const [ad, users] = sides({ both: 30, domain: "corp.local", onlineDomain: "contoso.com" });
    expect(await cautionOf(ad, users)).toEqual([]);
    const few = sides({ onPremises: 20, online: 20, both: 10, domain: "corp.local", onlineDomain: "contoso.com" });
    expect(await cautionOf(...few)).toMatchObject([{ code: "no-common-domain" }]);
  });

  it("whose addresses are built otherwise online is known by the names of its people", async () => {
    const named = (prefix: string) =>
      range(40).map((index) => ({ address: `${prefix}${index}@contoso.com`, name: `Person Number${index}` }));
    const ad = ldif(
      ...named("first.last").map(({ address, name }, index) => ({
        dn: `CN=${name},DC=contoso,DC=com`,
        objectGUID: guid(index),
        displayName: name,
        userPrincipalName: address,
        proxyAddresses: `SMTP:${address}`,
      })),
    );
    const users = online(
      ...named("flast").map(({ address, name }) => ({
        UserPrincipalName: address,
        ProxyAddresses: `SMTP:${address}`,
        DisplayName: name,
      })),
    );
    expect(await cautionOf(ad, users)).toEqual([]);
  });
});
