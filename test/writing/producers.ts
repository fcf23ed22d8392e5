import type { User, UserField } from "../../src/model/user.ts";
import { writeCsvde, writeLdif } from "./active-directory.ts";
import { type Column, type CsvStyle, exportCsv, utf8WithMark, utf16, windows1252 } from "./export-csv.ts";
import {
  directoryObjectOf,
  distinguishedNameOf,
  furtherColumns,
  guidTextOf,
  immutableIdOf,
  objectIdOf,
  type Person,
  SID,
} from "./person.ts";

/** What an export makes of the truth about a person. */
type Shown = Partial<User>;

/** One file as its producer writes it. */
export interface ProducedFile {
  readonly write: (people: readonly Person[]) => string | Uint8Array;
  /** Whether it shows all fields that its format reads. */
  readonly showsFurther?: true;
  /** Whom the file can show; default everybody. */
  readonly shows?: (person: Person) => boolean;
  /** What it makes of the truth where it loses some of it. */
  readonly alters?: (truth: Shown) => Shown;
  /** Codes of the diagnostics that it deserves, sorted. */
  readonly diagnostics?: readonly string[];
}

/** A program that exports users, and how it writes. */
export interface Producer {
  /** The folder in test/conformance. */
  readonly name: string;
  readonly title: string;
  readonly format: string;
  /** What is special about its files, for docs/formats.md. */
  readonly special: string;
  /** The fields that it shows of everybody. */
  readonly fields: readonly UserField[];
  readonly files: Readonly<Record<string, ProducedFile>>;
}

type PersonColumn = Column<Person>;

/** The columns of a format that are not among some, if anybody has something in them. */
function further(format: string, people: readonly Person[], columns: readonly PersonColumn[]): readonly PersonColumn[] {
  const known = new Set(columns.map(([name]) => name.toLowerCase()));
  return people.every((person) => person.further === undefined)
    ? []
    : furtherColumns(format).filter(([name]) => !known.has(name.toLowerCase()));
}

const orNull = (text: string): string | null => (text === "" ? null : text);
const yesNo = (value: boolean): string => (value ? "True" : "False");
const joined =
  (separator: string) =>
  ({ addresses }: Person): string =>
    addresses.join(separator);

const upn: PersonColumn = ["UserPrincipalName", (person) => person.userPrincipalName];
const displayName: PersonColumn = ["DisplayName", (person) => person.displayName];
const blank = (name: string): PersonColumn => [name, () => null];
const fixed = (name: string, text: string): PersonColumn => [name, () => text];

/** The other columns of Get-MsolUser, which nobody needs, with what stands in them (formats-reference, section 4). */
const MSOL_OTHERS: readonly PersonColumn[] = [
  ...["City", "Country", "Department", "DirSyncProvisioningErrors", "Fax", "LastDirSyncTime", "LiveId"].map(blank),
  fixed("Errors", "System.Collections.Generic.List`1[Microsoft.Online.Administration.ValidationError]"),
  fixed("ExtensionData", "System.Runtime.Serialization.ExtensionDataObject"),
  fixed("Licenses", "System.Collections.Generic.List`1[Microsoft.Online.Administration.UserLicense]"),
  fixed("AlternateEmailAddresses", "System.Collections.Generic.List`1[System.String]"),
  fixed("ValidationStatus", "Healthy"),
  fixed("WhenCreated", "02/01/2012 10:00:00"),
];

const MSOL: readonly PersonColumn[] = [
  ["BlockCredential", (person) => yesNo(!person.isEnabled)],
  displayName,
  ["ImmutableId", (person) => orNull(immutableIdOf(person))],
  ["IsLicensed", (person) => yesNo(person.isLicensed)],
  ["MSRtcSipPrimaryUserAddress", (person) => orNull(person.sip === "" ? "" : `sip:${person.sip}`)],
  ["ObjectId", objectIdOf],
  ["ProxyAddresses", joined(";")],
  ["SoftDeletionTimestamp", () => null],
  upn,
  ["UserType", (person) => (person.isGuest ? "Guest" : "Member")],
];
const msolWith = (separator: string): readonly PersonColumn[] =>
  MSOL.map((column) => (column[0] === "ProxyAddresses" ? [column[0], joined(separator)] : column));

const AD_USER: readonly PersonColumn[] = [
  ["DistinguishedName", distinguishedNameOf],
  ["Enabled", (person) => yesNo(person.isEnabled)],
  ["mail", (person) => orNull(person.mail)],
  ["mailNickname", (person) => person.key],
  ["Name", (person) => person.displayName],
  ["DisplayName", (person) => person.displayName],
  fixed("ObjectClass", "user"),
  ["ObjectGUID", guidTextOf],
  ["SamAccountName", (person) => person.key],
  ["SID", (person) => String(person.further?.objectSid ?? SID)],
  upn,
];
const AZURE: readonly PersonColumn[] = [
  ["ObjectId", objectIdOf],
  upn,
  displayName,
  ["Mail", (person) => orNull(person.mail)],
  ["ImmutableId", (person) => orNull(immutableIdOf(person))],
  ["DirSyncEnabled", (person) => (person.isSynchronized ? "True" : null)],
  ["AccountEnabled", (person) => yesNo(person.isEnabled)],
  ["UserType", (person) => (person.isGuest ? "Guest" : "Member")],
  ["SipProxyAddress", (person) => orNull(person.sip)],
  ["ProxyAddresses", joined(";")],
];

const GRAPH_CSV: readonly PersonColumn[] = [
  ["Id", objectIdOf],
  upn,
  displayName,
  ["Mail", (person) => orNull(person.mail)],
  ["OnPremisesImmutableId", (person) => orNull(immutableIdOf(person))],
  ["AccountEnabled", (person) => yesNo(person.isEnabled)],
  ["UserType", (person) => (person.isGuest ? "Guest" : "Member")],
  ["IsLicensed", (person) => yesNo(person.isLicensed)],
  ["ProxyAddresses", joined(";")],
];

const MAILBOX: readonly PersonColumn[] = [
  upn,
  displayName,
  ["Alias", (person) => person.key],
  ["PrimarySmtpAddress", (person) => person.mail],
  ["WindowsEmailAddress", (person) => person.mail],
  ["RecipientTypeDetails", (person) => person.further?.recipientType || "UserMailbox"],
  ["EmailAddresses", joined(" ")],
];

const withType = (truth: Shown): Shown => ({ ...truth, recipientType: truth.recipientType || "UserMailbox" });

const hasMail = (person: Person): boolean => person.mail !== "";
const inWindows1252 = ({ displayName: name }: Person): boolean => !/[^\u0000-\u007f\u00a0-\u00ff]/.test(name);
/** A list that nobody quotes has no place for such names. */
const isPlain =
  (...characters: readonly string[]) =>
  (person: Person): boolean =>
    !['"', "\n", "\r", ...characters].some((character) => person.displayName.includes(character));

function graphObject(person: Person): object {
  return {
    id: objectIdOf(person),
    userPrincipalName: person.userPrincipalName,
    displayName: person.displayName,
    mail: person.mail === "" ? null : person.mail,
    proxyAddresses: person.addresses,
    onPremisesImmutableId: immutableIdOf(person) || null,
    onPremisesSyncEnabled: person.isSynchronized ? true : null,
    accountEnabled: person.isEnabled,
    userType: person.isGuest ? "Guest" : "Member",
    ...(person.further === undefined
      ? {}
      : Object.fromEntries(
          furtherColumns("graph-user")
            .filter(([name]) => name !== "onPremisesSyncEnabled")
            .map(([name, write]) => [name, write(person)]),
        )),
    assignedLicenses: person.isLicensed ? [{ skuId: "6fd2c87f-b296-42f0-b197-1e91e994b900", disabledPlans: [] }] : [],
  };
}

/** Keys as Get-MgUser | ConvertTo-Json has them. */
function pascalObject(person: Person): object {
  return Object.fromEntries(
    Object.entries(graphObject(person)).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}

/** The portal's columns in their order; `id` and `officeLocation` have had other names (formats-reference, section 7.2). */
function entraCsv(people: readonly Person[], idName: "id" | "objectId"): string {
  const columns: readonly PersonColumn[] = [
    ["userPrincipalName", (person) => person.userPrincipalName],
    ["displayName", (person) => person.displayName],
    fixed("surname", "Surname"),
    ["mail", (person) => person.mail],
    fixed("givenName", "Given"),
    [idName, objectIdOf],
    ["userType", (person) => (person.isGuest ? "Guest" : "Member")],
    fixed("jobTitle", "=3+1"),
    blank("department"),
    ["accountEnabled", (person) => yesNo(person.isEnabled)],
    ...["usageLocation", "companyName", "creationType"].map(blank),
    ["directorySynced", (person) => yesNo(person.isSynchronized)],
    ...["invitationState", "identityIssuer"].map(blank),
    fixed("createdDateTime", "8/19/2021 1:25:31 PM"),
  ];
  return exportCsv(people, columns, { quotes: "never" });
}

/** What stands in the same columns for everybody. */
const entraFixed = (truth: Shown): Shown => ({ ...truth, surname: "Surname", givenName: "Given", jobTitle: "=3+1" });

const ADMIN_CENTER_NAMES = {
  new: "Display name,DirSyncEnabled,User principal name,Object Id,First name,Last name,When created,Soft deletion time stamp,Title,Department,Block credential,Licenses,Proxy addresses",
  old: "Block credential,City,Country/Region,DirSyncEnabled,Display name,Licenses,Mobile Phone,Object Id,Office,Proxy addresses,Soft deletion time stamp,Title,User principal name,When created",
};

function adminCenterCsv(
  people: readonly Person[],
  header: keyof typeof ADMIN_CENTER_NAMES,
  style: CsvStyle = {},
): string {
  const values: Readonly<Record<string, (person: Person) => string>> = {
    "Display name": (person) => person.displayName,
    DirSyncEnabled: (person) => yesNo(person.isSynchronized),
    "User principal name": (person) => person.userPrincipalName,
    "Object Id": objectIdOf,
    "When created": () => "2022-03-18 19:49:35Z",
    "Block credential": (person) => yesNo(!person.isEnabled),
    Licenses: (person) => (person.isLicensed ? "Office 365 E3+Power BI (free)" : "Unlicensed"),
    "Proxy addresses": joined("+"),
  };
  const columns = ADMIN_CENTER_NAMES[header]
    .split(",")
    .map((name): PersonColumn => [name, (person) => values[name]?.(person) ?? ""]);
  return exportCsv(people, columns, { quotes: "needed", ...style });
}

/** The prefix of each address taken off, in one column for each type. */
function byTypeColumns(): readonly PersonColumn[] {
  const ofType = (prefix: RegExp) => (person: Person) =>
    person.addresses
      .filter((address) => prefix.test(address))
      .map((address) => address.slice(address.indexOf(":") + 1))
      .join(";");
  return [
    ["PrimarySMTPAddress", ofType(/^SMTP:/)],
    ["smtp", ofType(/^smtp:/)],
    ["x500", ofType(/^x500:/i)],
    ["SIP", ofType(/^sip:/i)],
  ];
}

function onlyTypes(...types: readonly string[]): (truth: Shown) => Shown {
  return (truth) => ({
    ...truth,
    proxyAddresses: (truth.proxyAddresses ?? []).filter(({ type }) => types.includes(type)),
  });
}

/** All in lower case, so that nothing says which address is the primary one. */
function lowerCased(truth: Shown): Shown {
  return {
    ...truth,
    proxyAddresses: (truth.proxyAddresses ?? []).map(({ type, address }) => ({
      type,
      address: address.toLowerCase(),
      primary: false,
    })),
  };
}

const ONLINE = ["userPrincipalName", "displayName"] as const;
const AD_TEXT = [
  "distinguishedName",
  "sourceAnchor",
  "samAccountName",
  "userPrincipalName",
  "displayName",
  "mailNickname",
  "isEnabled",
] as const;

/** Every producer whose way of writing is known from public sources; Samba's and OpenLDAP's files are real ones instead. */
export const producers: readonly Producer[] = [
  {
    name: "ldifde",
    title: "ldifde",
    format: "ldif",
    special: "`changetype: add`, CRLF, folds before the first character of a DN, base64 for accents; `-u`: UTF-16",
    fields: AD_TEXT,
    files: {
      "ad.ldf": {
        showsFurther: true,
        write: (people) =>
          writeLdif(people.map(directoryObjectOf)).replace(/^distinguishedName: (.*)$/gm, "distinguishedName: \r\n $1"),
      },
      "ad-unicode.ldf": { write: (people) => utf16(writeLdif(people.map(directoryObjectOf))) },
    },
  },
  {
    name: "csvde",
    title: "csvde",
    format: "csvde",
    special: "lists joined by `;` with `\\;`, `X'…'` for bytes and for text with accents; `-u`: UTF-16",
    fields: AD_TEXT,
    files: {
      "ad.csv": { showsFurther: true, write: (people) => writeCsvde(people.map(directoryObjectOf)) },
      "ad-unicode.csv": { showsFurther: true, write: (people) => utf16(writeCsvde(people.map(directoryObjectOf))) },
    },
  },
  {
    name: "adfind",
    title: "adfind -csv",
    format: "csvde",
    special: "everything quoted, names in lower case, `dn` first, no objectGUID unless asked for",
    fields: ["distinguishedName", "displayName", "mail", "userPrincipalName", "proxyAddresses"],
    files: {
      "adfind.csv": {
        diagnostics: ["no-object-guid"],
        write: (people) =>
          exportCsv(people, [
            ["dn", distinguishedNameOf],
            ["displayname", (person) => person.displayName],
            ["mail", (person) => person.mail],
            ["samaccountname", (person) => person.key],
            ["userprincipalname", (person) => person.userPrincipalName],
            ["proxyaddresses", (person) => person.addresses.map((one) => one.replace(/[\\;]/g, "\\$&")).join(";")],
          ]),
      },
    },
  },
  {
    name: "get-aduser",
    title: "Get-ADUser and scripts around it",
    format: "ad-user",
    special:
      "`#TYPE` line, addresses joined by anything, numbered, one column for each type, one row for each address, in lower case",
    fields: ["distinguishedName"],
    files: {
      "users.csv": {
        showsFurther: true,
        write: (people) =>
          utf8WithMark(
            exportCsv(people, [...AD_USER, ["proxyAddresses", joined(";")], ...further("ad-user", people, AD_USER)], {
              type: "Selected.Microsoft.ActiveDirectory.Management.ADUser",
            }),
          ),
      },
      "joined-by-lines.csv": {
        write: (people) => utf16(exportCsv(people, [...AD_USER, ["ProxyAddresses", joined("\r\n")]])),
      },
      "joined-by-bars.csv": {
        write: (people) =>
          exportCsv(people, [...AD_USER, ["proxyaddresses", joined("|")]], { delimiter: ";", quotes: "needed" }),
      },
      "numbered.csv": {
        write: (people) =>
          exportCsv(people, [
            ...AD_USER,
            ...Array.from(
              { length: 40 },
              (_, index): PersonColumn => [`ProxyAddress_${index + 1}`, (person) => person.addresses[index] ?? null],
            ),
          ]),
      },
      "by-type.csv": {
        write: (people) => exportCsv(people, [...AD_USER, ...byTypeColumns()]),
        alters: onlyTypes("SMTP", "X500", "SIP"),
      },
      "row-per-address.txt": {
        write: (people) =>
          utf16(
            exportCsv(
              people.flatMap((person) => person.addresses.map((address) => ({ person, address }))),
              [
                ["DN", ({ person }) => distinguishedNameOf(person)],
                ["proxyAddress", ({ address }) => address],
              ],
              { quotes: "never", delimiter: ";" },
            ),
          ),
        // An address or a name with the delimiter in it cannot be told from two cells.
        shows: (person) =>
          isPlain(";")(person) &&
          person.addresses.length > 0 &&
          !person.addresses.some((address) => address.includes(";")),
        diagnostics: ["no-object-guid"],
      },
      "lower-case.csv": {
        write: (people) =>
          exportCsv(people, [...AD_USER, ["proxyAddresses", (person) => joined(";")(person).toLowerCase()]]),
        alters: lowerCased,
        diagnostics: ["no-primary-marks"],
      },
    },
  },
  {
    name: "get-msoluser",
    title: "Get-MsolUser",
    format: "msol-user",
    special: "about 55 columns or any few of them, in any order; collections must be joined by hand",
    fields: [...ONLINE, "objectId", "proxyAddresses", "immutableId", "isLicensed", "isEnabled"],
    files: {
      "all-columns.csv": {
        write: (people) =>
          utf8WithMark(exportCsv(people, [...MSOL_OTHERS, ...MSOL], { type: "Microsoft.Online.Administration.User" })),
      },
      "joined-by-commas.csv": {
        showsFurther: true,
        write: (people) => utf16(exportCsv(people, [...msolWith(", "), ...further("msol-user", people, MSOL)])),
      },
      "joined-by-spaces.csv": {
        write: (people) => exportCsv(people, msolWith(" "), { delimiter: "|", quotes: "needed" }),
      },
      "saved-by-excel.csv": {
        write: (people) =>
          windows1252(`sep=;\r\n${exportCsv(people, MSOL, { delimiter: ";", quotes: "needed" })};;;;;;;;;\r\n`),
        shows: inWindows1252,
        diagnostics: ["not-utf-8"],
      },
      "unicode-text.txt": {
        write: (people) => utf16(exportCsv(people, MSOL, { delimiter: "\t", quotes: "needed" })),
      },
      "old-macintosh.csv": { write: (people) => exportCsv(people, MSOL, { newline: "\r" }) },
    },
  },
  {
    name: "get-msonlineuser",
    title: "Get-MSOnlineUser (BPOS)",
    format: "msonline-user",
    special: "`Identity` is the sign-in name; names of columns vary and are matched by alias",
    fields: ["userPrincipalName", "displayName", "proxyAddresses"],
    files: {
      "bpos.csv": {
        write: (people) =>
          exportCsv(people, [
            ["Identity", (person) => person.userPrincipalName],
            displayName,
            fixed("FirstName", ""),
            fixed("LastName", ""),
            ["SmtpAddress", (person) => person.mail],
            ["IsEnabled", (person) => yesNo(person.isEnabled)],
            fixed("MailboxSize", "5120"),
            ["EmailAddresses", joined(",")],
          ]),
      },
    },
  },
  {
    name: "bpos-admin-center",
    title: "user list of the BPOS administration center",
    format: "bpos-user-list",
    special: "no aliases: enough for sign-in names only",
    fields: ["userPrincipalName", "displayName", "mail"],
    files: {
      "users.csv": {
        write: (people) =>
          exportCsv(
            people,
            [
              ["User Name", (person) => person.userPrincipalName],
              fixed("First Name", "Given"),
              fixed("Last Name", "Surname"),
              ["Display Name", (person) => person.displayName],
              ["E-mail address", (person) => person.mail],
            ],
            { quotes: "needed" },
          ),
        alters: (truth) => ({ ...truth, surname: "Surname", givenName: "Given" }),
        diagnostics: ["no-addresses"],
      },
    },
  },
  {
    name: "exchange",
    title: "Get-Mailbox, Get-Recipient, Get-MailUser",
    format: "exchange-recipient",
    special:
      "addresses joined by spaces; on-premises the DN and Guid of Active Directory; groups and contacts among them",
    fields: ["displayName", "mail", "proxyAddresses"],
    files: {
      "mailboxes-online.csv": {
        write: (people) =>
          utf8WithMark(
            exportCsv(people, [
              ...MAILBOX,
              ["ExternalDirectoryObjectId", objectIdOf],
              ["Guid", () => "00000000-0000-0000-0000-00000000beef"],
              [
                "DistinguishedName",
                (person) =>
                  `CN=${person.key},OU=contoso.onmicrosoft.com,OU=Microsoft Exchange Hosted Organizations,DC=EURPR01A001,DC=PROD,DC=OUTLOOK,DC=COM`,
              ],
            ]),
          ),
        shows: hasMail,
        alters: withType,
      },
      "mailboxes-on-premises.csv": {
        write: (people) =>
          utf8WithMark(
            exportCsv(people, [...MAILBOX, ["DistinguishedName", distinguishedNameOf], ["Guid", guidTextOf]], {
              type: "Microsoft.Exchange.Data.Directory.Management.Mailbox",
            }),
          ),
        shows: hasMail,
        alters: withType,
      },
      "recipients.csv": {
        showsFurther: true,
        write: (people) =>
          exportCsv(people, [
            ["WindowsLiveID", (person) => person.userPrincipalName],
            ...MAILBOX.slice(1, 6),
            ["EmailAddresses", joined(",")],
            ...further("exchange-recipient", people, MAILBOX),
          ]),
        shows: hasMail,
        alters: withType,
      },
    },
  },
  {
    name: "get-azureaduser",
    title: "Get-AzureADUser",
    format: "azure-ad-user",
    special: "as Get-MsolUser, with `DirSyncEnabled` and `Mail`",
    fields: [...ONLINE, "objectId", "mail", "immutableId", "isEnabled", "proxyAddresses"],
    files: {
      "users.csv": {
        showsFurther: true,
        write: (people) =>
          utf8WithMark(exportCsv(people, [...AZURE, ...further("azure-ad-user", people, AZURE)], { delimiter: ";" })),
      },
    },
  },
  {
    name: "microsoft-graph",
    title: "Get-MgUser and Microsoft Graph",
    format: "graph-user",
    special:
      'CSV of Get-MgUser; JSON as an array, as a page `{ "value": […] }` and as JSON Lines; a next page is noticed',
    fields: [...ONLINE, "objectId", "mail", "isEnabled", "isLicensed", "proxyAddresses"],
    files: {
      "get-mguser.csv": {
        showsFurther: true,
        write: (people) =>
          exportCsv(people, [...GRAPH_CSV, ...further("graph-user", people, GRAPH_CSV)], {
            newline: "\n",
            quotes: "needed",
          }),
      },
      "page.json": {
        write: (people) =>
          JSON.stringify({
            "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users",
            "@odata.nextLink": "https://graph.microsoft.com/v1.0/users?$skiptoken=x",
            value: people.map(graphObject),
          }),
        diagnostics: ["json-more-pages"],
      },
      "array.json": { write: (people) => utf8WithMark(JSON.stringify(people.map(graphObject), null, 2)) },
      "lines.jsonl": {
        showsFurther: true,
        write: (people) => people.map((person) => `${JSON.stringify(graphObject(person))}\n`).join(""),
      },
      "convertto-json.json": { write: (people) => utf16(JSON.stringify(people.map(pascalObject), null, 4)) },
    },
  },
  {
    name: "entra-portal",
    title: "Download users of the Entra portal",
    format: "entra-user-list",
    special:
      "no addresses; cells are not quoted, so commas shift a row: it is put in order by its object id, or refused",
    fields: [...ONLINE, "objectId", "mail"],
    files: {
      "exportUsers.csv": {
        write: (people) => entraCsv(people, "id"),
        shows: isPlain(),
        alters: entraFixed,
        // Roe, Jane (HR) has a comma.
        diagnostics: ["no-addresses", "row-realigned"],
      },
      "exportUsers-shifted.csv": {
        write: (people) =>
          entraCsv(
            people.map((person) => ({ ...person, displayName: `Doe, ${person.displayName}` })),
            "objectId",
          ),
        shows: isPlain(),
        alters: (truth) => ({ ...entraFixed(truth), displayName: `Doe, ${truth.displayName}` }),
        diagnostics: ["no-addresses", "row-realigned"],
      },
    },
  },
  {
    name: "admin-center",
    title: "Export users of the Microsoft 365 admin center",
    format: "admin-center-user-list",
    special: "names with spaces, two orders of columns, addresses joined by `+`, no immutable id",
    fields: [...ONLINE, "objectId", "proxyAddresses", "isLicensed", "isEnabled"],
    files: {
      "users.csv": { write: (people) => utf8WithMark(adminCenterCsv(people, "new")) },
      "users-older.csv": { write: (people) => utf8WithMark(adminCenterCsv(people, "old")) },
      "saved-by-excel.csv": { write: (people) => utf8WithMark(adminCenterCsv(people, "new", { delimiter: ";" })) },
    },
  },
  {
    name: "staged-migration",
    title: "cloud.csv of a staged migration",
    format: "staged-migration",
    special: "UTF-16 without quotation marks, all in lower case: nobody's primary address is known",
    fields: ["proxyAddresses"],
    files: {
      "cloud.csv": {
        write: (people) =>
          utf16(
            exportCsv(
              people,
              [
                [
                  "LegacyExchangeDN",
                  (person) => `/o=contoso/ou=first administrative group/cn=recipients/cn=${person.key}`,
                ],
                ["CloudEmailAddress", (person) => `${person.key}@contoso.onmicrosoft.com`],
                ["OnPremiseEmailAddress", (person) => person.mail.toLowerCase()],
                fixed("MailboxGUID", "00000000-0000-0000-0000-00000000beef"),
              ],
              { quotes: "never" },
            ),
          ),
        shows: hasMail,
        alters: (truth) => ({
          proxyAddresses: [
            { type: "SMTP", address: truth.mail?.toLowerCase() ?? "", primary: false },
            { type: "SMTP", address: `${truth.mailNickname}@contoso.onmicrosoft.com`, primary: false },
            {
              type: "X500",
              address: `/o=contoso/ou=first administrative group/cn=recipients/cn=${truth.mailNickname}`,
              primary: true,
            },
          ],
        }),
        diagnostics: ["no-primary-marks"],
      },
    },
  },
];
