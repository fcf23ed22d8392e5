import fc from "fast-check";
import type { Attributes } from "./reading.ts";

/** Few names and domains, so that people meet: as duplicates, candidates, holders. */
const localPart = fc.constantFrom("ana", "bob", "cid", "dora");
const domain = fc.constantFrom(
  "contoso.com",
  "contoso.com",
  "fabrikam.com",
  "contoso.onmicrosoft.com",
  "contoso.local",
);
const address = fc.tuple(localPart, domain).map(([name, host]) => `${name}@${host}`);
const entry = fc
  .tuple(fc.constantFrom("SMTP", "smtp", "smtp", "smtp", "SIP", "x400"), address)
  .map(([type, text]) => `${type}:${text}`);
const anchor = fc.constantFrom("d08f810b-a35c-49a8-a4cd-c6923dfc031e", "00112233-4455-6677-8899-aabbccddeeff");
const ANCHORS: Readonly<Record<string, string>> = {
  "d08f810b-a35c-49a8-a4cd-c6923dfc031e": "C4GP0FyjqEmkzcaSPfwDHg==",
  "00112233-4455-6677-8899-aabbccddeeff": "MyIRAFVEd2aImaq7zN3u/w==",
};
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** A person of either side. */
export const person = fc.record({
  upn: maybe(address),
  mail: maybe(address),
  addresses: fc.uniqueArray(entry, { maxLength: 4, selector: (text) => text.toLowerCase() }),
  sip: maybe(address),
  nickname: maybe(localPart),
  displayName: maybe(fc.constantFrom("Ana Andrade", "Bob Brown", "Cid")),
  anchor: maybe(anchor),
  isLicensed: fc.boolean(),
});
/** A person of either side. */
export type Person = typeof person extends fc.Arbitrary<infer Value> ? Value : never;
/** A few people, who meet as duplicates, candidates and holders. */
export const people = fc.array(person, { minLength: 1, maxLength: 5 });

const present = (fields: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined));

/** Makes objects of Active Directory of them. */
export function toObjects(list: readonly Person[]): Attributes[] {
  return list.map((one, index) => ({
    dn: `CN=p${index},DC=contoso,DC=com`,
    proxyAddresses: one.addresses,
    ...present({
      userPrincipalName: one.upn,
      mail: one.mail,
      mailNickname: one.nickname,
      displayName: one.displayName,
      objectGUID: one.anchor,
      "msRTCSIP-PrimaryUserAddress": one.sip,
    }),
  }));
}

/** Makes rows of Get-MsolUser of them. */
export function toRows(list: readonly Person[]): Readonly<Record<string, string>>[] {
  return list.map((one, index) => ({
    UserPrincipalName: one.upn ?? `nobody${index}@contoso.com`,
    ObjectId: `o${index}`,
    ProxyAddresses: one.addresses.join(";"),
    DisplayName: one.displayName ?? "",
    ImmutableId: ANCHORS[one.anchor ?? ""] ?? "",
    IsLicensed: one.isLicensed ? "True" : "False",
    MSRtcSipPrimaryUserAddress: one.sip ?? "",
  }));
}

/** How an analysis may be set. */
export const settings = fc.record({
  softMatch: fc.constantFrom("any-smtp" as const, "primary-smtp" as const),
  upnSoftMatch: fc.boolean(),
  upnFlow: fc.constantFrom("always" as const, "unlicensed-only" as const),
});
