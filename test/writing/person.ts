import { parseProxyAddress } from "../../src/model/address.ts";
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
}

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
  };
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
    },
  };
}
