import { addressColumns } from "./reading/address-columns.ts";
import { defineFormat, hasOneOf } from "./reading/define-format.ts";
import { graphExportCommand, readOnlineUser } from "./reading/online-user.ts";

/** "Export users" of the Microsoft 365 admin center: names with spaces, addresses joined by `+`, no immutable id. */
export const adminCenterUserList = defineFormat({
  name: "admin-center-user-list",
  title: "Export users of the Microsoft 365 admin center",
  side: "online",
  grammar: "table",
  exportCommand: graphExportCommand,
  columns: {
    ...addressColumns,
    proxyAddresses: { names: ["Proxy addresses"], field: "proxyAddresses" },
    userPrincipalName: { names: ["User principal name"], field: "userPrincipalName" },
    displayName: { names: ["Display name"], field: "displayName" },
    objectId: { names: ["Object Id"], field: "objectId" },
    licenses: { names: ["Licenses"], field: "isLicensed" },
    blockCredential: { names: ["Block credential"], field: "isEnabled" },
    softDeletionTimestamp: { names: ["Soft deletion time stamp"] },
  },
  recognize: (header) =>
    header.written.has("user principal name")
      ? hasOneOf(header, ["Block credential", "Proxy addresses", "Licenses", "Display name"], true)
      : undefined,
  readRow: readOnlineUser,
});
