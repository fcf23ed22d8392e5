import { addressColumns } from "./reading/address-columns.ts";
import { defineFormat } from "./reading/define-format.ts";
import { graphExportCommand, readOnlineUser } from "./reading/online-user.ts";
import { onlyOnPremises } from "./reading/side-columns.ts";
import { cloudManaged, licenses, lines, negated } from "./reading/value-kinds.ts";

/** Users of Microsoft Graph: Get-MgUser as CSV, answers of the service and of `az ad user list` as JSON. */
export const graphUser = defineFormat({
  name: "graph-user",
  title: "Get-MgUser | Export-Csv, or users of Microsoft Graph as JSON",
  side: "online",
  service: "entra-connect",
  grammar: "table",
  recommended: true,
  exportCommand: graphExportCommand,
  // Without -All a page of 100 comes.
  usualLimit: 100,
  columns: {
    ...addressColumns,
    proxyAddresses: { names: ["proxyAddresses"], field: "proxyAddresses", numbered: true },
    userPrincipalName: { names: ["userPrincipalName"], field: "userPrincipalName" },
    displayName: { names: ["displayName"], field: "displayName" },
    objectId: { names: ["id", "objectId"], field: "objectId" },
    immutableId: { names: ["onPremisesImmutableId"], field: "immutableId" },
    mail: { names: ["mail"], field: "mail" },
    isLicensed: { names: ["isLicensed"], field: "isLicensed" },
    licenses: { names: ["assignedLicenses"], field: "isLicensed", as: licenses },
    userType: { names: ["userType"], field: "isGuest" },
    accountEnabled: { names: ["accountEnabled"], field: "isEnabled" },
    softDeletionTimestamp: { names: ["deletedDateTime"] },
    department: { names: ["department"], field: "department" },
    jobTitle: { names: ["jobTitle"], field: "jobTitle" },
    companyName: { names: ["companyName"], field: "companyName" },
    officeLocation: { names: ["officeLocation"], field: "officeLocation" },
    telephoneNumber: { names: ["businessPhones"], field: "telephoneNumber", as: lines },
    mobilePhone: { names: ["mobilePhone"], field: "mobilePhone" },
    givenName: { names: ["givenName"], field: "givenName" },
    surname: { names: ["surname"], field: "surname" },
    streetAddress: { names: ["streetAddress"], field: "streetAddress" },
    city: { names: ["city"], field: "city" },
    state: { names: ["state"], field: "state" },
    postalCode: { names: ["postalCode"], field: "postalCode" },
    country: { names: ["country"], field: "country" },
    employeeId: { names: ["employeeId"], field: "employeeId" },
    objectSid: { names: ["onPremisesSecurityIdentifier"], field: "objectSid" },
    isSynchronized: { names: ["onPremisesSyncEnabled"], field: "isSynchronized" },
    isCloudManaged: { names: ["isCloudManaged", "onPremisesSyncBehavior"], field: "isCloudManaged", as: cloudManaged },
    lastSyncTime: { names: ["onPremisesLastSyncDateTime"], field: "lastSyncTime" },
    provisioningErrors: { names: ["onPremisesProvisioningErrors"], field: "provisioningErrors" },
    isHiddenFromAddressLists: { names: ["showInAddressList"], field: "isHiddenFromAddressLists", as: negated },
  },
  signs: {
    types: ["MicrosoftGraphUser"],
    own: [
      "onPremisesImmutableId",
      "onPremisesSyncEnabled",
      "onPremisesDistinguishedName",
      "businessPhones",
      "assignedLicenses",
    ],
    shared: ["id", "accountEnabled", "mail", "deletedDateTime"],
    needs: [["userPrincipalName"]],
    never: [
      ...onlyOnPremises,
      "objectGUID",
      "recipientTypeDetails",
      "immutableId",
      "directorySynced",
      "identityIssuer",
      "blockCredential",
    ],
  },
  readRow: readOnlineUser,
});
