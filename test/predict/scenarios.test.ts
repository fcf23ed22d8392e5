import { describe, expect, it } from "vitest";
import { predict, type Tenant, type User } from "../../src/index.ts";
import { formatProxyAddress, parseProxyAddress } from "../../src/model/address.ts";
import { primarySmtpAddress } from "../../src/model/user.ts";
import proxies from "../fixtures/scenarios/proxy-calculation.json" with { type: "json" };
import upns from "../fixtures/scenarios/upn-calculation.json" with { type: "json" };

const origin = { name: "scenario", record: 1, line: 1 };

/** The fields of a user as a scenario has them: addresses as text. */
type Fields = Omit<Partial<User>, "proxyAddresses"> & { readonly proxyAddresses?: readonly string[] };

function toUser({ proxyAddresses = [], ...fields }: Fields): User {
  return { type: "user", id: "scenario", origin, ...fields, proxyAddresses: proxyAddresses.map(parseProxyAddress) };
}

function toTenant({ initialDomain, verifiedDomains }: { initialDomain?: string; verifiedDomains: string[] }): Tenant {
  return { initialDomain, verifiedDomains: new Set(verifiedDomains), upnFlow: "always" };
}

describe(proxies.source, () => {
  it.each(proxies.cases)("$name", ({ onPremises, online, licensed, expected }) => {
    const before = online === undefined ? undefined : { ...toUser(online), isLicensed: licensed };
    // A new user has no licence to look at: one without any stands for it.
    const blank = licensed ? undefined : { ...toUser({}), isLicensed: false };
    const { user, discarded } = predict(toUser(onPremises), before ?? blank, toTenant(proxies.tenant));
    const { proxyAddresses, discarded: reasons = [], ...fields } = expected;
    expect(user).toMatchObject(fields);
    expect(user.proxyAddresses?.map(formatProxyAddress).sort()).toEqual([...proxyAddresses].sort());
    expect(discarded.length === 0 || reasons.length > 0 ? discarded.map(({ reason }) => reason) : reasons).toEqual(
      reasons,
    );
  });

  it.each(proxies.cases)("$name: predicting again changes nothing", ({ onPremises, online, licensed }) => {
    const before = { ...toUser(online ?? {}), isLicensed: licensed };
    const once = predict(toUser(onPremises), before, toTenant(proxies.tenant)).user;
    expect(predict(toUser(onPremises), once, toTenant(proxies.tenant)).user).toEqual(once);
  });
});

describe(upns.source, () => {
  it.each(upns.cases)("$name", ({ onPremises, tenant, expected: { reason, ...fields } }) => {
    const prediction = predict(toUser(onPremises as Fields), undefined, toTenant(tenant));
    expect(prediction.user).toMatchObject(fields);
    expect(prediction.upnReason).toBe(reason);
  });

  it("the service of 2012 left the UPN of a licensed user as it was", () => {
    const tenant: Tenant = {
      initialDomain: undefined,
      verifiedDomains: new Set(["contoso.com"]),
      upnFlow: "unlicensed-only",
    };
    const onPremises = toUser({ userPrincipalName: "new@contoso.com" });
    const online = toUser({ userPrincipalName: "old@contoso.com" });
    expect(predict(onPremises, { ...online, isLicensed: true }, tenant).user.userPrincipalName).toBe("old@contoso.com");
    expect(predict(onPremises, { ...online, isLicensed: false }, tenant).user.userPrincipalName).toBe(
      "new@contoso.com",
    );
  });
});

describe("where the documents say nothing, nothing is predicted", () => {
  const tenant = toTenant(proxies.tenant);
  const online = toUser({
    userPrincipalName: "a@contoso.com",
    proxyAddresses: ["SMTP:a@contoso.com", "smtp:b@contoso.com"],
  });

  it("an on-premises user without proxyAddresses and mail keeps the online addresses", () => {
    const { user } = predict(toUser({ userPrincipalName: "a@contoso.com" }), online, tenant);
    expect(user.proxyAddresses).toEqual(online.proxyAddresses);
  });

  it("two SMTP: values have no predictable winner", () => {
    const onPremises = toUser({
      userPrincipalName: "a@contoso.com",
      proxyAddresses: ["SMTP:a@contoso.com", "SMTP:b@contoso.com"],
    });
    const { user } = predict(onPremises, online, tenant);
    expect(user.mail).toBeUndefined();
    expect(user.proxyAddresses?.filter(({ primary }) => primary)).toHaveLength(2);
  });

  it("proxyAddresses that were not exported leave the addresses unknown", () => {
    const { proxyAddresses: _, ...onPremises } = toUser({ userPrincipalName: "a@contoso.com", mail: "c@contoso.com" });
    const prediction = predict(onPremises, online, tenant);
    expect(prediction.addressesKnown).toBe(false);
    expect(prediction.user.proxyAddresses).toEqual(online.proxyAddresses);
  });

  it("of a new user whose UPN could not be made up the address in the initial domain has a placeholder too", () => {
    const unknown: Tenant = { ...tenant, initialDomain: undefined };
    const { user, discarded } = predict(toUser({ userPrincipalName: "a@corp.local" }), undefined, unknown);
    expect(user.userPrincipalName).toBe("a@<initial domain>");
    expect(user.proxyAddresses).toEqual([{ type: "SMTP", address: "a@<initial domain>", primary: true }]);
    expect(discarded).toEqual([]);
  });
});

describe("the primary address where none is marked, and the initial domain is not known", () => {
  const unknown: Tenant = { ...toTenant(proxies.tenant), initialDomain: undefined };
  const aliases = toUser({ userPrincipalName: "a@contoso.com", proxyAddresses: ["smtp:a@contoso.com"] });
  const primaryOf = (onPremises: User, isLicensed: boolean) =>
    primarySmtpAddress(
      predict(onPremises, toUser({ proxyAddresses: ["SMTP:a@contoso.com"], isLicensed }), unknown).user,
    );

  it("is the one there, of a licensed user", () => {
    expect(primaryOf(aliases, true)).toBe("a@<initial domain>");
    expect(primaryOf(aliases, false)).toBeUndefined();
  });

  it("is the marked one where there is one, and nothing is added", () => {
    const marked = toUser({ userPrincipalName: "a@contoso.com", proxyAddresses: ["SMTP:a@contoso.com"] });
    const { user } = predict(marked, toUser({ proxyAddresses: ["SMTP:a@contoso.com"] }), unknown);
    expect(user.proxyAddresses).toEqual([{ type: "SMTP", address: "a@contoso.com", primary: true }]);
  });
});

describe("the list of addresses", () => {
  const tenant = toTenant(proxies.tenant);

  it("has the primary first", () => {
    const onPremises = toUser({ proxyAddresses: ["smtp:z@contoso.com", "X500:/o=x", "SMTP:a@contoso.com"] });
    const { user } = predict(onPremises, toUser({ isLicensed: false }), tenant);
    expect(user.proxyAddresses?.map(formatProxyAddress)).toEqual([
      "SMTP:a@contoso.com",
      "smtp:z@contoso.com",
      "X500:/o=x",
    ]);
  });

  it("has every address once, and of two spellings the marked one", () => {
    const onPremises = toUser({ proxyAddresses: ["smtp:a@contoso.com", "SMTP:A@contoso.com", "smtp:a@Contoso.com"] });
    const { user } = predict(onPremises, toUser({ isLicensed: false }), tenant);
    expect(user.proxyAddresses?.map(formatProxyAddress)).toEqual(["SMTP:A@contoso.com"]);
  });
});
