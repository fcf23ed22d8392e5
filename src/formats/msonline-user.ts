import { addressColumns } from "./reading/address-columns.ts";
import { defineFormat } from "./reading/define-format.ts";
import { readOnlineUser } from "./reading/online-user.ts";

/**
 * BPOS users as the Microsoft Online Services Migration Tools list them.
 *
 * The names of most columns are not documented in public any more: they are matched by alias list, and `inspect` tells
 * which column was taken for what.
 */
export const msonlineUser = defineFormat({
  name: "msonline-user",
  title: "Get-MSOnlineUser | Export-Csv (BPOS)",
  side: "online",
  service: "dirsync-v2",
  grammar: "table",
  exportCommand:
    "Get-MSOnlineUser -Enabled -ResultSize 100000 -SourceDetail Full -Credential $credential | " +
    "Select-Object Identity, DisplayName, IsEnabled, SmtpAddress, " +
    "@{ Name = 'EmailAddresses'; Expression = { $_.EmailAddresses -join ';' } } | " +
    "Export-Csv bpos.csv -NoTypeInformation -Encoding UTF8",
  columns: {
    ...addressColumns,
    proxyAddresses: { names: ["EmailAddresses", "ProxyAddresses"], field: "proxyAddresses", numbered: true },
    userPrincipalName: { names: ["Identity", "UserPrincipalName"], field: "userPrincipalName" },
    displayName: { names: ["DisplayName"], field: "displayName" },
    objectId: { names: ["ObjectId"], field: "objectId" },
    mail: { names: ["SmtpAddress", "PrimarySmtpAddress", "EmailAddress"], field: "mail" },
    accountEnabled: { names: ["IsEnabled", "Enabled"], field: "isEnabled" },
    givenName: { names: ["FirstName"], field: "givenName" },
    surname: { names: ["LastName"], field: "surname" },
  },
  signs: {
    types: ["MSOnlineUser", "Transporter.MSOnlineUser"],
    own: ["MailboxSize", "UsedMailboxSize", "SmtpAddress", "IsEnabled", "SubscriptionIds", "FirstName"],
    needs: [["Identity"]],
    // Objects of Exchange have an Identity too.
    never: ["RecipientType", "RecipientTypeDetails", "ExchangeGuid", "DistinguishedName", "UserPrincipalName"],
  },
  readRow: readOnlineUser,
});
