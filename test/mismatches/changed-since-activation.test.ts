import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const ad = ldif({ userPrincipalName: "a@x.com", proxyAddresses: ["SMTP:a@x.com", "smtp:b@x.com"] });
const now = { UserPrincipalName: "b@x.com", ObjectId: "1", ProxyAddresses: "SMTP:b@x.com;smtp:a@x.com" };
const analyzeSince = (baseline: string, users = online(now), onPremises = ad) =>
  analyzeText(onPremises, users, {
    kinds: ["changed-since-activation", "primary-smtp-change"],
    baseline: [{ name: "activation.csv", data: baseline }],
  });

describe("changed-since-activation", () => {
  it.each([
    ["by object id", { UserPrincipalName: "old@x.com", ObjectId: "1", ProxyAddresses: "SMTP:old@x.com" }],
    ["by an address", { UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com" }],
  ])("recognises a user %s", async (_, earlier) => {
    const { mismatches } = await analyzeSince(online(earlier));
    expect(mismatches.filter(({ kind }) => kind === "changed-since-activation")).toMatchObject([
      {
        attribute: "primarySmtpAddress",
        now: "b@x.com",
        severity: "warning",
        onPremises: { userPrincipalName: "a@x.com" },
      },
      { attribute: "userPrincipalName", now: "b@x.com" },
    ]);
  });

  it.each([
    ["letter case only", { UserPrincipalName: "B@x.com", ObjectId: "1", ProxyAddresses: "SMTP:B@x.com" }],
    ["nobody whom it could be", { UserPrincipalName: "c@x.com", ObjectId: "2", ProxyAddresses: "SMTP:c@x.com" }],
  ])("is none: %s", async (_, earlier) => {
    const { mismatches } = await analyzeSince(online(earlier));
    expect(mismatches.filter(({ kind }) => kind === "changed-since-activation")).toEqual([]);
  });

  it("who fits several records is left out", async () => {
    const { mismatches } = await analyzeSince(
      online(
        { UserPrincipalName: "x@x.com", ProxyAddresses: "SMTP:a@x.com" },
        { UserPrincipalName: "y@x.com", ProxyAddresses: "SMTP:a@x.com" },
      ),
    );
    expect(mismatches.filter(({ kind }) => kind === "changed-since-activation")).toEqual([]);
  });
});

describe("who moved", () => {
  const stamped = (address: string) =>
    online({ UserPrincipalName: address, ObjectId: "1", ProxyAddresses: `SMTP:${address}` });
  it.each([
    ["a@x.com", "online"],
    ["b@x.com", "on-premises"],
    ["c@x.com", "both"],
  ])("with a baseline of %s: %s", async (address, movedBy) => {
    const { mismatches, inputs } = await analyzeSince(stamped(address));
    expect(mismatches.find(({ kind }) => kind === "primary-smtp-change")).toMatchObject({
      movedBy,
      movedByFrom: "baseline",
    });
    expect(inputs.map(({ side }) => side)).toEqual(["onPremises", "online", "baseline"]);
  });

  it("a baseline of BPOS may have the sign-in name only, which was stamped with the address", async () => {
    const { mismatches } = await analyzeSince(
      "User Name,First Name,Last Name,Display Name,E-mail address\na@x.com,A,A,Ana,\n",
    );
    expect(mismatches.find(({ kind }) => kind === "primary-smtp-change")).toMatchObject({
      movedBy: "online",
      movedByFrom: "baseline",
    });
  });

  it.each([
    [
      "the sign-in name is still the on-premises primary",
      "a@x.com",
      ["SMTP:a@x.com", "smtp:b@x.com"],
      "SMTP:b@x.com;smtp:a@x.com",
      "online",
    ],
    ["the on-premises primary is an alias online", "z@x.com", ["SMTP:a@x.com"], "SMTP:b@x.com;smtp:a@x.com", "online"],
    [
      "the online primary is an alias on-premises",
      "z@x.com",
      ["SMTP:a@x.com", "smtp:b@x.com"],
      "SMTP:b@x.com",
      "on-premises",
    ],
    ["both have traces", "z@x.com", ["SMTP:a@x.com", "smtp:b@x.com"], "SMTP:b@x.com;smtp:a@x.com", "unknown"],
  ])("without one: %s", async (_, UserPrincipalName, proxyAddresses, ProxyAddresses, movedBy) => {
    const { mismatches } = await analyzeText(
      ldif({ userPrincipalName: "a@x.com", proxyAddresses }),
      online({ UserPrincipalName, ProxyAddresses }),
      { kinds: ["primary-smtp-change"] },
    );
    expect(mismatches).toMatchObject([{ movedBy, movedByFrom: "inference" }]);
  });
});
