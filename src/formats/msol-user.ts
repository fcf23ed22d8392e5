import { addressColumns } from "./reading/address-columns.ts";
import { defineFormat } from "./reading/define-format.ts";
import { readOnlineUser } from "./reading/online-user.ts";
import { onlyOnPremises } from "./reading/side-columns.ts";
import { negated } from "./reading/value-kinds.ts";

/** Columns of other modules. */
const OTHERS = ["Id", "Mail", "AccountEnabled", "DirSyncEnabled", "OnPremisesImmutableId", "RecipientTypeDetails"];

/** Office 365 users as the MSOnline module lists them. */
export const msolUser = defineFormat({
  name: "msol-user",
  title: "Get-MsolUser | Export-Csv",
  side: "online",
  service: "dirsync-v2",
  grammar: "table",
  plain: "online",
  recommended: true,
  exportCommand:
    "Get-MsolUser -All | Select-Object UserPrincipalName, DisplayName, ObjectId, ImmutableId, IsLicensed, UserType, " +
    "BlockCredential, SoftDeletionTimestamp, MSRtcSipPrimaryUserAddress, MSExchRecipientTypeDetails, FirstName, LastName, " +
    "Title, Department, Office, PhoneNumber, StreetAddress, City, State, PostalCode, Country, " +
    "@{ Name = 'ProxyAddresses'; Expression = { $_.ProxyAddresses -join ';' } } | " +
    "Export-Csv msolusers.csv -NoTypeInformation -Encoding UTF8",
  // Without -All and -MaxResults the command stops at 500.
  usualLimit: 500,
  columns: {
    ...addressColumns,
    userPrincipalName: { names: ["UserPrincipalName", "SignInName"], field: "userPrincipalName" },
    displayName: { names: ["DisplayName"], field: "displayName" },
    objectId: { names: ["ObjectId"], field: "objectId" },
    immutableId: { names: ["ImmutableId"], field: "immutableId" },
    isLicensed: { names: ["IsLicensed"], field: "isLicensed" },
    userType: { names: ["UserType"], field: "isGuest" },
    blockCredential: { names: ["BlockCredential"], field: "isEnabled", as: negated },
    sipAddress: { names: ["MSRtcSipPrimaryUserAddress"], field: "sipAddress" },
    softDeletionTimestamp: { names: ["SoftDeletionTimestamp"] },
    department: { names: ["Department"], field: "department" },
    jobTitle: { names: ["Title"], field: "jobTitle" },
    officeLocation: { names: ["Office"], field: "officeLocation" },
    telephoneNumber: { names: ["PhoneNumber"], field: "telephoneNumber" },
    mobilePhone: { names: ["MobilePhone"], field: "mobilePhone" },
    givenName: { names: ["FirstName"], field: "givenName" },
    surname: { names: ["LastName"], field: "surname" },
    streetAddress: { names: ["StreetAddress"], field: "streetAddress" },
    city: { names: ["City"], field: "city" },
    state: { names: ["State"], field: "state" },
    postalCode: { names: ["PostalCode"], field: "postalCode" },
    country: { names: ["Country"], field: "country" },
    recipientType: { names: ["MSExchRecipientTypeDetails"], field: "recipientType" },
    lastSyncTime: { names: ["LastDirSyncTime"], field: "lastSyncTime" },
    provisioningErrors: { names: ["DirSyncProvisioningErrors"], field: "provisioningErrors" },
  },
  signs: {
    types: ["Microsoft.Online.Administration.User"],
    own: ["BlockCredential", "IsLicensed", "LiveId", "SignInName", "ValidationStatus", "SoftDeletionTimestamp"],
    shared: ["ImmutableId", "ObjectId", "LastDirSyncTime", "MSRtcSipPrimaryUserAddress"],
    needs: [["UserPrincipalName"]],
    never: [...onlyOnPremises, ...OTHERS, "ObjectGUID", "DN", "User principal name"],
  },
  readRow: readOnlineUser,
});
