/**
 * Writes a seeded directory of any size as ldifde, csvde and Get-MsolUser write it: 20 to 60 attributes a user, 1 to 8
 * addresses, a photo for every twentieth, letters beyond ASCII, and a finding for every tenth.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { randomNumbers } from "../fuzz/random.mjs";

const BATCH_BYTES = 4 * 1024 * 1024;
const GIVEN = ["Ana", "Bruno", "Céline", "David", "Elena", "Søren", "Fatima", "Igor", "Kim", "Łukasz", "Maria", "Zoë"];
const FAMILY = [
  "Andrade",
  "Costa",
  "Dubois",
  "Müller",
  "Nguyen",
  "Okafor",
  "Petrova",
  "Reis",
  "Sørensen",
  "Tanaka",
  "Wang",
  "Ångström",
];
const CITIES = ["Lisboa", "København", "Paris", "München", "Porto", "Oslo"];

/** One user, the same for the same number and seed. */
function userOf(index, seed) {
  const random = randomNumbers(seed * 1_000_003 + index);
  const given = GIVEN[random(GIVEN.length)];
  const family = FAMILY[random(FAMILY.length)];
  const name = `u${index}.${"abcdefghij"[random(10)]}${"klmnopqrst"[random(10)]}`;
  const guid = Buffer.alloc(16);
  guid.writeUInt32LE(index, 0);
  guid.writeUInt32LE(random(4_294_967_295), 8);
  const aliases = Array.from(
    { length: random(8) },
    (_, number) => `${name}.${number}@${number % 3 === 2 ? "fabrikam.com" : "contoso.com"}`,
  );
  return {
    index,
    name,
    display: `${given} ${family}`,
    cn: `${given} ${family} ${index}`,
    guid,
    primary: `${name}@contoso.com`,
    aliases,
    city: CITIES[random(CITIES.length)],
    further: random(41),
    hasPhoto: random(20) === 0,
    // Of every hundred: four other primaries, two sign-in names, two lost aliases, one mail attribute, one unmatched.
    fault: random(100),
  };
}

const isAscii = (text) => !/[^\x20-\x7e]/.test(text);
const PHOTO = Buffer.alloc(4500, "photo of nobody ");

class FileWriter {
  #file;
  #parts = [];
  #size = 0;
  bytes = 0;
  constructor(path) {
    this.#file = openSync(path, "w");
  }
  write(text) {
    this.#parts.push(text);
    this.#size += text.length;
    if (this.#size >= BATCH_BYTES) this.#flush();
  }
  #flush() {
    this.bytes += writeSync(this.#file, this.#parts.join(""));
    this.#parts = [];
    this.#size = 0;
  }
  end() {
    this.#flush();
    closeSync(this.#file);
    return this.bytes;
  }
}

function ldifLine(name, value) {
  const line = isAscii(value) ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString("base64")}`;
  return line.length <= 80
    ? `${line}\r\n`
    : `${line.slice(0, 80)}\r\n ${(line.slice(80).match(/.{1,79}/g) ?? []).join("\r\n ")}\r\n`;
}

function mailOf({ fault, primary, name }) {
  return fault === 8 ? `${name}@old.contoso.com` : primary;
}

/** Attributes of Active Directory that nobody needs here, as many as the user has. */
function* furtherAttributes({ index, further, city, display }) {
  yield ["whenCreated", "20120101000000.0Z"];
  yield ["uSNCreated", String(index)];
  yield ["uSNChanged", String(index + 7)];
  yield ["instanceType", "4"];
  yield ["badPwdCount", "0"];
  yield ["lastLogon", "129806554560000000"];
  yield ["sn", display.split(" ")[1]];
  yield ["givenName", display.split(" ")[0]];
  yield ["l", city];
  yield ["description", "invented for a measurement"];
  for (let number = 0; number < further; number++)
    yield [`extensionAttribute${number + 1}`, `value ${number} of ${index}`];
}

/** Writes LDIF as ldifde does; returns bytes. */
export function writeLdif(path, users, seed = 1) {
  const out = new FileWriter(path);
  for (let index = 0; index < users; index++) {
    const user = userOf(index, seed);
    if (user.fault === 9) continue;
    const dn = `CN=${user.cn},OU=Staff ${index % 50},DC=contoso,DC=com`;
    let text = `${ldifLine("dn", dn)}changetype: add\r\nobjectClass: top\r\nobjectClass: person\r\nobjectClass: organizationalPerson\r\nobjectClass: user\r\n`;
    text += ldifLine("cn", user.cn) + ldifLine("distinguishedName", dn) + ldifLine("displayName", user.display);
    for (const [name, value] of furtherAttributes(user)) text += ldifLine(name, value);
    text += `objectGUID:: ${user.guid.toString("base64")}\r\nuserAccountControl: 512\r\nsAMAccountName: ${user.name.slice(0, 20)}\r\n`;
    text += `userPrincipalName: ${user.fault === 4 || user.fault === 5 ? `x${user.primary}` : user.primary}\r\nmail: ${mailOf(user)}\r\nmailNickname: ${user.name}\r\n`;
    text += `proxyAddresses: SMTP:${user.primary}\r\n`;
    for (const alias of user.aliases) text += `proxyAddresses: smtp:${alias}\r\n`;
    text += ldifLine("proxyAddresses", `X500:/o=Contoso/ou=First Administrative Group/cn=Recipients/cn=${user.name}`);
    text += `whenChanged: 20260101000000.0Z\r\n`;
    if (user.hasPhoto) text += ldifLine("thumbnailPhoto", `${PHOTO.toString("latin1")}é`);
    out.write(`${text}\r\n`);
  }
  return out.end();
}

const CSVDE = [
  "DN",
  "objectClass",
  "cn",
  "distinguishedName",
  "displayName",
  "whenCreated",
  "uSNCreated",
  "uSNChanged",
  "instanceType",
  "badPwdCount",
  "lastLogon",
  "sn",
  "givenName",
  "l",
  "description",
  ...Array.from({ length: 15 }, (_, number) => `extensionAttribute${number + 1}`),
  "objectGUID",
  "userAccountControl",
  "sAMAccountName",
  "userPrincipalName",
  "mail",
  "mailNickname",
  "proxyAddresses",
  "whenChanged",
  "thumbnailPhoto",
];
const csvdeCell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvdeText = (text) => (isAscii(text) ? csvdeCell(text) : `X'${Buffer.from(text).toString("hex")}'`);

/** Writes CSVDE, with the most frequent of the attributes; returns bytes. */
export function writeCsvde(path, users, seed = 1) {
  const out = new FileWriter(path);
  out.write(`${CSVDE.join(",")}\r\n`);
  for (let index = 0; index < users; index++) {
    const user = userOf(index, seed);
    if (user.fault === 9) continue;
    const dn = `CN=${user.cn},OU=Staff ${index % 50},DC=contoso,DC=com`;
    const further = new Map(furtherAttributes(user));
    const addresses = [
      `SMTP:${user.primary}`,
      ...user.aliases.map((alias) => `smtp:${alias}`),
      `X500:/o=Contoso/ou=First Administrative Group/cn=Recipients/cn=${user.name}`,
    ];
    const own = new Map([
      ["DN", dn],
      ["objectClass", "user"],
      ["cn", user.cn],
      ["distinguishedName", dn],
      ["displayName", user.display],
      ["userAccountControl", "512"],
      ["sAMAccountName", user.name.slice(0, 20)],
      ["userPrincipalName", user.fault === 4 || user.fault === 5 ? `x${user.primary}` : user.primary],
      ["mail", mailOf(user)],
      ["mailNickname", user.name],
      ["proxyAddresses", addresses.join(";")],
      ["whenChanged", "20260101000000.0Z"],
    ]);
    out.write(
      `${CSVDE.map((name) =>
        name === "objectGUID"
          ? `X'${user.guid.toString("hex")}'`
          : name === "thumbnailPhoto"
            ? user.hasPhoto
              ? `X'${PHOTO.toString("hex")}'`
              : ""
            : csvdeText(own.get(name) ?? further.get(name) ?? ""),
      ).join(",")}\r\n`,
    );
  }
  return out.end();
}

const MSOL = [
  "ExtensionData",
  "AlternateEmailAddresses",
  "AlternateMobilePhones",
  "AlternativeSecurityIds",
  "BlockCredential",
  "City",
  "CloudExchangeRecipientDisplayType",
  "Country",
  "Department",
  "DirSyncProvisioningErrors",
  "DisplayName",
  "Errors",
  "Fax",
  "FirstName",
  "ImmutableId",
  "IndirectLicenseErrors",
  "IsBlackberryUser",
  "IsLicensed",
  "LastDirSyncTime",
  "LastName",
  "LastPasswordChangeTimestamp",
  "LicenseAssignmentDetails",
  "LicenseReconciliationNeeded",
  "Licenses",
  "LiveId",
  "MSExchRecipientTypeDetails",
  "MSRtcSipDeploymentLocator",
  "MSRtcSipPrimaryUserAddress",
  "MobilePhone",
  "ObjectId",
  "Office",
  "OverallProvisioningStatus",
  "PasswordNeverExpires",
  "PasswordResetNotRequiredDuringActivate",
  "PhoneNumber",
  "PortalSettings",
  "PostalCode",
  "PreferredDataLocation",
  "PreferredLanguage",
  "ProxyAddresses",
  "ReleaseTrack",
  "ServiceInformation",
  "SignInName",
  "SoftDeletionTimestamp",
  "State",
  "StreetAddress",
  "StrongAuthenticationMethods",
  "StrongAuthenticationPhoneAppDetails",
  "StrongAuthenticationProofupTime",
  "StrongAuthenticationRequirements",
  "StrongAuthenticationUserDetails",
  "StrongPasswordRequired",
  "StsRefreshTokensValidFrom",
  "Title",
  "UsageLocation",
  "UserLandingPageIdentifierForO365Shell",
  "UserPrincipalName",
  "UserThemeIdentifierForO365Shell",
  "UserType",
  "ValidationStatus",
  "WhenCreated",
];

/** Writes Get-MsolUser with all its columns, addresses joined; returns bytes. */
export function writeMsolUsers(path, users, seed = 1) {
  const out = new FileWriter(path);
  out.write(`\ufeff${MSOL.map((name) => `"${name}"`).join(",")}\r\n`);
  for (let index = 0; index < users; index++) {
    const user = userOf(index, seed);
    const aliases =
      user.fault === 6 || user.fault === 7 ? [...user.aliases, `${user.name}.lost@contoso.com`] : user.aliases;
    const all = [user.primary, ...aliases];
    const primary = user.fault < 4 ? (all[1] ?? `${user.name}.cloud@contoso.com`) : user.primary;
    const addresses = [
      `SMTP:${primary}`,
      ...all.filter((one) => one !== primary).map((one) => `smtp:${one}`),
      `smtp:${user.name}@contoso.onmicrosoft.com`,
    ];
    const hex = user.guid.toString("hex");
    const own = new Map([
      ["UserPrincipalName", user.primary],
      ["SignInName", user.primary],
      ["DisplayName", user.display],
      ["ProxyAddresses", addresses.join(";")],
      ["ObjectId", `${hex.slice(0, 8)}-0000-4000-8000-${hex.slice(8, 20)}`],
      ["ImmutableId", index % 10 === 0 ? user.guid.toString("base64") : ""],
      ["IsLicensed", "True"],
      ["BlockCredential", "False"],
      ["UserType", "Member"],
      ["City", user.city],
      ["UsageLocation", "PT"],
      ["FirstName", user.display.split(" ")[0]],
      ["LastName", user.display.split(" ")[1]],
      ["ValidationStatus", "Healthy"],
      ["WhenCreated", "01/01/2012 10:00:00"],
      ["ExtensionData", "System.Runtime.Serialization.ExtensionDataObject"],
      ["Licenses", "System.Collections.Generic.List`1[Microsoft.Online.Administration.UserLicense]"],
      ["OverallProvisioningStatus", "Success"],
    ]);
    out.write(`${MSOL.map((name) => (own.has(name) ? `"${own.get(name)}"` : "")).join(",")}\r\n`);
  }
  return out.end();
}
