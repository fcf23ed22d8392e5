import { addressColumns } from "./reading/address-columns.ts";
import { defineFormat } from "./reading/define-format.ts";
import { graphExportCommand, readOnlineUser } from "./reading/online-user.ts";
import { licenses, negated } from "./reading/value-kinds.ts";

/** "Export users" of the Microsoft 365 admin center: names with spaces, addresses joined by `+`, no immutable id. */
export const adminCenterUserList = defineFormat({
  name: "admin-center-user-list",
  title: "Export users of the Microsoft 365 admin center",
  side: "online",
  service: "entra-connect",
  grammar: "table",
  exportCommand: graphExportCommand,
  columns: {
    ...addressColumns,
    proxyAddresses: { names: ["Proxy addresses"], field: "proxyAddresses" },
    userPrincipalName: { names: ["User principal name"], field: "userPrincipalName" },
    displayName: { names: ["Display name"], field: "displayName" },
    objectId: { names: ["Object Id"], field: "objectId" },
    licenses: { names: ["Licenses"], field: "isLicensed", as: licenses },
    blockCredential: { names: ["Block credential"], field: "isEnabled", as: negated },
    softDeletionTimestamp: { names: ["Soft deletion time stamp"] },
    department: { names: ["Department"], field: "department" },
    jobTitle: { names: ["Title"], field: "jobTitle" },
    officeLocation: { names: ["Office"], field: "officeLocation" },
    telephoneNumber: { names: ["Phone number"], field: "telephoneNumber" },
    mobilePhone: { names: ["Mobile Phone"], field: "mobilePhone" },
    givenName: { names: ["First name"], field: "givenName" },
    surname: { names: ["Last name"], field: "surname" },
    streetAddress: { names: ["Street address"], field: "streetAddress" },
    city: { names: ["City"], field: "city" },
    state: { names: ["State"], field: "state" },
    postalCode: { names: ["Postal code"], field: "postalCode" },
    country: { names: ["Country/Region"], field: "country" },
    isSynchronized: { names: ["DirSyncEnabled"], field: "isSynchronized" },
    lastSyncTime: { names: ["Last dirsync time"], field: "lastSyncTime" },
  },
  signs: {
    own: ["User principal name"],
    shared: [
      "Block credential",
      "Proxy addresses",
      "Soft deletion time stamp",
      "Last dirsync time",
      "Display name",
      "Object Id",
      "Licenses",
    ],
    needs: [["User principal name"]],
    never: ["OnPremisesImmutableId", "AccountEnabled", "UserType", "ImmutableId"],
  },
  readRow: readOnlineUser,
});
