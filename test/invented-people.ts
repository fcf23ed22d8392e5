import fc from "fast-check";
import { msolUser } from "../src/formats/msol-user.ts";
import { attributeNames, attributeRule } from "../src/formats/reading/active-directory.ts";
import type { ColumnRule } from "../src/formats/reading/define-format.ts";
import { fieldNames, fields } from "../src/model/fields.ts";
import { guidFromSourceAnchor } from "../src/model/source-anchor.ts";
import type { UserField } from "../src/model/user.ts";
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

/** Fields by which people meet are invented below, with the values that make them meet; any other has some value. */
const MEETING: readonly UserField[] = [
  "distinguishedName",
  "userPrincipalName",
  "mail",
  "proxyAddresses",
  "sipAddress",
  "mailNickname",
  "displayName",
  "sourceAnchor",
  "immutableId",
  "objectId",
  "isLicensed",
  "samAccountName",
];
const BY_KIND = {
  text: fc.constantFrom("Sales", "Åse Ærø", "ana@contoso.com", "7", ""),
  guid: fc.constantFrom("5509cdf7-106f-6b8a-fa35-fc75c02742d5", ""),
  anchor: anchor.map((guid) => ANCHORS[guid] ?? ""),
  time: fc.constantFrom("2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z"),
  boolean: fc.constantFrom("True", "False"),
  addresses: entry,
} as const;
const further: fc.Arbitrary<Partial<Record<UserField, string>>> = fc.record(
  Object.fromEntries(
    fieldNames.filter((name) => !MEETING.includes(name)).map((name) => [name, BY_KIND[fields[name].value]]),
  ),
  { requiredKeys: [] },
);

/** A person of either side. */
export const person = fc.record({
  further,
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

/** What Active Directory has of further fields. */
function furtherAttributes({ further }: Person): Attributes {
  const values: Record<string, string> = {};
  for (const name of attributeNames) {
    const { field } = attributeRule(name);
    const value = field && further[field];
    if (field === undefined || value === undefined) continue;
    if (name === "userAccountControl") values[name] = value === "True" ? "512" : "514";
    else if (fields[field].value === "anchor") values[name] = guidFromSourceAnchor(value) ?? "";
    else if (fields[field].value === "time") values[name] = `${value.replaceAll(/[-:TZ]/g, "")}.0Z`;
    else values[name] = fields[field].value === "boolean" ? value.toUpperCase() : value;
  }
  return values;
}

/** What Get-MsolUser shows of them. */
function furtherColumns({ further }: Person): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { names, field } of Object.values<ColumnRule>(msolUser.columns)) {
    const [name] = names;
    const value = field && further[field];
    if (name === undefined || MEETING.includes(field ?? "mail")) continue;
    if (field === "isGuest") values[name] = value === "True" ? "Guest" : "Member";
    else if (field === "isEnabled") values[name] = value === "False" ? "True" : "False";
    else values[name] = value ?? "";
  }
  return values;
}

/** Makes objects of Active Directory of them. */
export function toObjects(list: readonly Person[]): Attributes[] {
  return list.map((one, index) => ({
    dn: `CN=p${index},DC=contoso,DC=com`,
    proxyAddresses: one.addresses,
    ...furtherAttributes(one),
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
    ...furtherColumns(one),
  }));
}

/** How an analysis may be set. */
export const settings = fc.record({
  softMatch: fc.constantFrom("any-smtp" as const, "primary-smtp" as const),
  upnSoftMatch: fc.boolean(),
  upnFlow: fc.constantFrom("always" as const, "unlicensed-only" as const),
});
