import { diagnose } from "../model/diagnostic.ts";
import { sourceAnchorFromText } from "../model/source-anchor.ts";
import type { User } from "../model/user.ts";
import { excerpt } from "../text/fault.ts";
import { addressColumns } from "./reading/address-columns.ts";
import { defineFormat, type RecordContext, type TableRow } from "./reading/define-format.ts";
import { readOnlineUser } from "./reading/online-user.ts";
import { recipientTypeName } from "./reading/recipient-type-numbers.ts";
import { negated } from "./reading/value-kinds.ts";

/** Mailboxes and other recipients as Exchange lists them, on-premises or online. */
export const exchangeRecipient = defineFormat({
  name: "exchange-recipient",
  title: "Get-Mailbox, Get-Recipient or Get-MailUser | Export-Csv",
  side: "either",
  grammar: "table",
  exportCommand:
    "Get-Mailbox -ResultSize Unlimited | Select-Object UserPrincipalName, DisplayName, Alias, PrimarySmtpAddress, " +
    "WindowsEmailAddress, RecipientTypeDetails, AccountDisabled, Office, DistinguishedName, Guid, ExternalDirectoryObjectId, ImmutableId, " +
    "@{ Name = 'EmailAddresses'; Expression = { $_.EmailAddresses -join ';' } } | " +
    "Export-Csv mailboxes.csv -NoTypeInformation -Encoding UTF8",
  // Without -ResultSize the commands stop at 1000.
  usualLimit: 1000,
  columns: {
    ...addressColumns,
    proxyAddresses: { names: ["EmailAddresses", "ProxyAddresses"], field: "proxyAddresses", numbered: true },
    userPrincipalName: {
      names: ["UserPrincipalName", "WindowsLiveID", "MicrosoftOnlineServicesID"],
      field: "userPrincipalName",
    },
    displayName: { names: ["DisplayName"], field: "displayName" },
    objectId: { names: ["ExternalDirectoryObjectId"], field: "objectId" },
    immutableId: { names: ["ImmutableId"], field: "immutableId" },
    mail: { names: ["WindowsEmailAddress"], field: "mail" },
    samAccountName: { names: ["SamAccountName"], field: "samAccountName" },
    mailNickname: { names: ["Alias"], field: "mailNickname" },
    targetAddress: { names: ["ExternalEmailAddress"], field: "targetAddress" },
    recipientType: { names: ["RecipientTypeDetails", "RecipientType"], field: "recipientType" },
    distinguishedName: { names: ["DistinguishedName"], field: "distinguishedName" },
    guid: { names: ["Guid"] },
    isInactiveMailbox: { names: ["IsInactiveMailbox"] },
    whenChanged: { names: ["WhenChangedUTC"], field: "whenChanged" },
    department: { names: ["Department"], field: "department" },
    jobTitle: { names: ["Title"], field: "jobTitle" },
    companyName: { names: ["Company"], field: "companyName" },
    officeLocation: { names: ["Office"], field: "officeLocation" },
    telephoneNumber: { names: ["Phone"], field: "telephoneNumber" },
    givenName: { names: ["FirstName"], field: "givenName" },
    surname: { names: ["LastName"], field: "surname" },
    city: { names: ["City"], field: "city" },
    state: { names: ["StateOrProvince"], field: "state" },
    postalCode: { names: ["PostalCode"], field: "postalCode" },
    country: { names: ["CountryOrRegion"], field: "country" },
    masterAccountSid: { names: ["MasterAccountSid"], field: "masterAccountSid" },
    isHiddenFromAddressLists: { names: ["HiddenFromAddressListsEnabled"], field: "isHiddenFromAddressLists" },
    accountDisabled: { names: ["AccountDisabled"], field: "isEnabled", as: negated },
    isSynchronized: { names: ["IsDirSynced"], field: "isSynchronized" },
    isExchangeCloudManaged: { names: ["IsExchangeCloudManaged"], field: "isExchangeCloudManaged" },
  },
  signs: {
    types: ["Recipients.Mailbox", "ReducedRecipient", "MailUser", "Management.Mailbox"],
    own: ["RecipientTypeDetails", "RecipientType", "ExchangeGuid", "WindowsEmailAddress"],
    shared: ["PrimarySmtpAddress", "EmailAddresses", "Alias", "ExternalDirectoryObjectId", "AliasSmtpAddresses"],
    never: ["ObjectGUID", "SID", "DN", "BlockCredential", "ObjectClass", "IsEnabled", "UserAccountControl"],
  },
  readRow: (row, context) => {
    const recipientType = readRecipientType(row, context);
    if (SYSTEM_TYPES.test(recipientType) && !context.includeSystemObjects) {
      return { type: "skipped", reason: "system-mailbox", origin: row.origin };
    }
    const read = readOnlineUser(row, context);
    if (read.type !== "user") return read;
    const user = addOnPremisesNames(read.user, recipientType, row, context);
    // On hold, and without a person (KB 4337973).
    if (/^true$/i.test(row.cell("isInactiveMailbox")?.trim() ?? "") && !user.objectId) {
      return { type: "skipped", reason: "inactive-mailbox", origin: row.origin, user };
    }
    const isOut = context.isInScope?.(user.distinguishedName ?? "") === false;
    return isOut ? { type: "skipped", reason: "out-of-scope", origin: row.origin } : { type: "user", user };
  },
});

const SYSTEM_TYPES =
  /^(?:arbitration|discovery|system|monitoring|auditlog|auxauditlog|health|supervisoryreview)\w*mailbox$|publicfolder/i;

function addOnPremisesNames(user: User, recipientType: string, row: TableRow, context: RecordContext): User {
  const { distinguishedName: _distinguishedName, ...rest } = user;
  return { ...rest, type: objectType(recipientType), ...readOnPremisesNames(row, context) };
}

function readRecipientType(row: TableRow, context: RecordContext): string {
  const written = row.cell("recipientType")?.trim() ?? "";
  const name = recipientTypeName(written)?.replaceAll(" ", "");
  if (name === undefined) context.noteStrange("recipientType", written);
  return name ?? written;
}

function objectType(recipientType: string): User["type"] {
  if (/group|distributionlist/i.test(recipientType)) return "group";
  return /contact/i.test(recipientType) ? "contact" : "user";
}

/**
 * On-premises, the distinguished name and Guid are those of Active Directory. Exchange Online has a directory of its
 * own (`DC=…,DC=PROD,DC=OUTLOOK,DC=COM`), whose names say nothing of the customer's.
 */
function readOnPremisesNames(row: TableRow, context: RecordContext): Partial<User> {
  const distinguishedName = row.cell("distinguishedName")?.trim() ?? "";
  if (distinguishedName === "" || /,DC=outlook,DC=com$/i.test(distinguishedName)) return {};
  const guid = row.cell("guid")?.trim() ?? "";
  const sourceAnchor = guid === "" ? undefined : sourceAnchorFromText(guid);
  if (guid !== "" && sourceAnchor === undefined) {
    context.diagnose(diagnose("invalid-object-guid", { line: row.origin.line, detail: excerpt(guid) }));
  }
  if (sourceAnchor !== undefined) context.noteField("sourceAnchor");
  return { id: distinguishedName, distinguishedName, ...(sourceAnchor === undefined ? {} : { sourceAnchor }) };
}
