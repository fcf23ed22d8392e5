import { addressColumns } from "./reading/address-columns.ts";
import { defineFormat } from "./reading/define-format.ts";
import { readOnlineUser } from "./reading/online-user.ts";
import { onlyOnPremises } from "./reading/side-columns.ts";
import { licenses, negated } from "./reading/value-kinds.ts";

/** Columns of other exports of the service. */
const OTHERS = [
  "Id",
  "RecipientTypeDetails",
  "OnPremisesImmutableId",
  "OnPremisesSyncEnabled",
  "DirectorySynced",
  "AuthenticationEmail",
];

/** Users as the AzureAD module lists them. */
export const azureAdUser = defineFormat({
  name: "azure-ad-user",
  title: "Get-AzureADUser | Export-Csv",
  side: "online",
  service: "entra-connect",
  grammar: "table",
  exportCommand:
    "Get-AzureADUser -All $true | Select-Object ObjectId, UserPrincipalName, DisplayName, Mail, ImmutableId, " +
    "DirSyncEnabled, AccountEnabled, UserType, SipProxyAddress, GivenName, Surname, JobTitle, Department, CompanyName, " +
    "PhysicalDeliveryOfficeName, TelephoneNumber, StreetAddress, City, State, PostalCode, Country, " +
    "@{ Name = 'IsLicensed'; Expression = { $_.AssignedLicenses.Count -gt 0 } }, " +
    "@{ Name = 'ProxyAddresses'; Expression = { $_.ProxyAddresses -join ';' } } | " +
    "Export-Csv azureadusers.csv -NoTypeInformation -Encoding UTF8",
  // Without -All the command stops at 100.
  usualLimit: 100,
  columns: {
    ...addressColumns,
    userPrincipalName: { names: ["UserPrincipalName"], field: "userPrincipalName" },
    displayName: { names: ["DisplayName"], field: "displayName" },
    objectId: { names: ["ObjectId"], field: "objectId" },
    immutableId: { names: ["ImmutableId"], field: "immutableId" },
    mail: { names: ["Mail"], field: "mail" },
    isLicensed: { names: ["IsLicensed"], field: "isLicensed" },
    licenses: { names: ["AssignedLicenses"], field: "isLicensed", as: licenses },
    userType: { names: ["UserType"], field: "isGuest" },
    accountEnabled: { names: ["AccountEnabled"], field: "isEnabled" },
    sipAddress: { names: ["SipProxyAddress"], field: "sipAddress" },
    softDeletionTimestamp: { names: ["DeletionTimestamp"] },
    department: { names: ["Department"], field: "department" },
    jobTitle: { names: ["JobTitle"], field: "jobTitle" },
    companyName: { names: ["CompanyName"], field: "companyName" },
    officeLocation: { names: ["PhysicalDeliveryOfficeName"], field: "officeLocation" },
    telephoneNumber: { names: ["TelephoneNumber"], field: "telephoneNumber" },
    mobilePhone: { names: ["Mobile"], field: "mobilePhone" },
    givenName: { names: ["GivenName"], field: "givenName" },
    surname: { names: ["Surname"], field: "surname" },
    streetAddress: { names: ["StreetAddress"], field: "streetAddress" },
    city: { names: ["City"], field: "city" },
    state: { names: ["State"], field: "state" },
    postalCode: { names: ["PostalCode"], field: "postalCode" },
    country: { names: ["Country"], field: "country" },
    objectSid: { names: ["OnPremisesSecurityIdentifier"], field: "objectSid" },
    isSynchronized: { names: ["DirSyncEnabled"], field: "isSynchronized" },
    lastSyncTime: { names: ["LastDirSyncTime"], field: "lastSyncTime" },
    provisioningErrors: { names: ["ProvisioningErrors"], field: "provisioningErrors" },
    isHiddenFromAddressLists: { names: ["ShowInAddressList"], field: "isHiddenFromAddressLists", as: negated },
  },
  signs: {
    types: ["Microsoft.Open.AzureAD.Model.User"],
    own: ["DirSyncEnabled", "SipProxyAddress", "OtherMails", "ExtensionProperty", "UserState", "DeletionTimestamp"],
    shared: ["ObjectId", "ImmutableId", "AccountEnabled", "LastDirSyncTime", "ShowInAddressList"],
    needs: [["UserPrincipalName"]],
    never: [...onlyOnPremises, ...OTHERS, "BlockCredential", "ObjectGUID", "User principal name"],
  },
  readRow: readOnlineUser,
});
