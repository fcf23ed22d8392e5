import { formats } from "../../src/formats/index.ts";
import { attributeNames, attributeRule } from "../../src/formats/reading/active-directory.ts";
import type { ColumnRule, FieldSource } from "../../src/formats/reading/field-source.ts";
import { valueKinds } from "../../src/formats/reading/value-kinds.ts";
import { parseProxyAddress } from "../../src/model/address.ts";
import { fieldNames, type UserField } from "../../src/model/fields.ts";
import { sourceAnchorFromBytes } from "../../src/model/source-anchor.ts";
import type { User } from "../../src/model/user.ts";
import { type DirectoryObject, guidBytes } from "./active-directory.ts";

/** An invented person with everything that any export may show of one. */
export interface Person {
  /** Lower-case ASCII, different for everybody: names of accounts are made of it. */
  readonly key: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail: string;
  /** Values of proxyAddresses. */
  readonly addresses: readonly string[];
  readonly sip: string;
  readonly isLicensed: boolean;
  readonly isEnabled: boolean;
  readonly isGuest: boolean;
  /** Whether the online user is bound to the on-premises one. */
  readonly isSynchronized: boolean;
  /** The other fields, as far as the person has them. */
  readonly further?: FurtherFields;
}

/** Fields of which nothing else is made, as the model has them. */
export type FurtherFields = Partial<Pick<User, Exclude<UserField, "proxyAddresses">>>;

const NOBODY: Person = {
  key: "nobody",
  displayName: "",
  userPrincipalName: "",
  mail: "",
  addresses: [],
  sip: "",
  isLicensed: false,
  isEnabled: false,
  isGuest: false,
  isSynchronized: false,
};

export function guidOf({ key }: Person): Uint8Array {
  return guidBytes(key);
}

/** The objectGUID as text, in the order in which Windows writes it. */
export function guidTextOf(person: Person): string {
  const hex = Buffer.from(guidOf(person));
  hex.subarray(0, 4).reverse();
  hex.subarray(4, 6).reverse();
  hex.subarray(6, 8).reverse();
  return hex.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function objectIdOf({ key }: Person): string {
  return Buffer.from(guidBytes(`online ${key}`))
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function immutableIdOf(person: Person): string {
  return person.isSynchronized ? Buffer.from(guidOf(person)).toString("base64") : "";
}

/** The distinguished name; commas and quotation marks are escaped as RFC 4514 section 2.4 asks for. */
export function distinguishedNameOf({ key, displayName }: Person): string {
  const name = displayName
    .replace(/[,+"\\<>;=]/g, "\\$&")
    .replace(/^([ #])/, "\\$1")
    .replace(/ $/, "\\ ");
  return `CN=${name || key},OU=Staff,DC=contoso,DC=com`;
}

/** Everything that is true of a person, as the model has it. What an export does not show is left out by its reader. */
export function truthOf(person: Person): Partial<User> {
  return {
    displayName: person.displayName,
    userPrincipalName: person.userPrincipalName,
    samAccountName: person.key,
    mail: person.mail,
    mailNickname: person.key,
    proxyAddresses: person.addresses.map(parseProxyAddress),
    sipAddress: person.sip,
    isLicensed: person.isLicensed,
    isEnabled: person.isEnabled,
    isGuest: person.isGuest,
    objectId: objectIdOf(person),
    immutableId: immutableIdOf(person),
    sourceAnchor: sourceAnchorFromBytes(guidOf(person)) ?? "",
    distinguishedName: distinguishedNameOf(person),
    isSynchronized: person.isSynchronized,
    objectSid: SID,
    ...person.further,
  };
}

/** The security identifier of whoever has no other. */
export const SID = "S-1-5-21-1-2-3-1000";

/** The fields that are in `further`: all that nothing else here says, and those that may be another there. */
export const furtherFields: readonly UserField[] = fieldNames.filter(
  (field) => field === "objectSid" || !(field in truthOf(NOBODY) || field === "whenChanged"),
);

/** The columns of a format that feed further fields, and what stands in them. */
export function furtherColumns(format: string): readonly (readonly [string, (person: Person) => string | null])[] {
  const found = formats.find(({ name }) => name === format);
  if (found?.grammar !== "table") return [];
  return Object.values<ColumnRule>(found.columns).flatMap(({ names: [name = ""], field, as }) => {
    if (field === undefined || field === "proxyAddresses" || !furtherFields.includes(field)) return [];
    return [[name, (person: Person) => writtenOf(person.further?.[field], as === valueKinds.negated)] as const];
  });
}

function writtenOf(value: string | boolean | undefined, isNegated: boolean): string | null {
  if (typeof value === "boolean") return value === isNegated ? "False" : "True";
  return value || null;
}

/** The further fields as attributes of Active Directory. */
function furtherAttributes({ further = {} }: Person): Readonly<Record<string, string | Uint8Array>> {
  return Object.fromEntries(
    attributeNames.flatMap((name) => {
      const { field, as } = attributeRule(name) as Partial<FieldSource>;
      const value = field === undefined || field === "proxyAddresses" ? undefined : further[field];
      if (value === undefined || value === "") return [];
      if (typeof value === "boolean") return [[name, value ? "TRUE" : "FALSE"]];
      if (as === valueKinds.otherGuid) return [[name, Buffer.from(value, "base64")]];
      return [[name, as === valueKinds.sid ? sidBytes(value) : value]];
    }),
  );
}

/** The bytes of `S-1-5-…` (MS-DTYP 2.4.2.2). */
function sidBytes(sid: string): Uint8Array {
  const parts = sid.split("-").slice(3).map(Number);
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes[0] = 1;
  bytes[1] = parts.length;
  bytes[7] = Number(sid.split("-")[2]);
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + 4 * index);
  return bytes;
}

/** The person as an object of Active Directory. */
export function directoryObjectOf(person: Person): DirectoryObject {
  const given = (name: string, value: string) => (value === "" ? {} : { [name]: value });
  return {
    dn: distinguishedNameOf(person),
    attributes: {
      objectClass: ["top", "person", "organizationalPerson", "user"],
      cn: person.displayName || person.key,
      objectGUID: guidOf(person),
      sAMAccountName: person.key,
      userPrincipalName: person.userPrincipalName,
      ...given("displayName", person.displayName),
      ...given("mail", person.mail),
      mailNickname: person.key,
      userAccountControl: person.isEnabled ? "512" : "514",
      ...given("msRTCSIP-PrimaryUserAddress", person.sip === "" ? "" : `sip:${person.sip}`),
      ...(person.addresses.length === 0 ? {} : { proxyAddresses: person.addresses }),
      whenChanged: "20261124080000.0Z",
      description: "invented",
      ...furtherAttributes(person),
    },
  };
}
