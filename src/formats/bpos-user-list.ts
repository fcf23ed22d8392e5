import { msonlineUser } from "./msonline-user.ts";
import { addressColumns } from "./reading/address-columns.ts";
import { defineFormat } from "./reading/define-format.ts";
import { readOnlineUser } from "./reading/online-user.ts";

/** The user list of the BPOS administration centre (MOAC). */
export const bposUserList = defineFormat({
  name: "bpos-user-list",
  title: "user list of the BPOS administration center",
  side: "online",
  grammar: "table",
  exportCommand: msonlineUser.exportCommand,
  columns: {
    ...addressColumns,
    proxyAddresses: { names: ["E-mail addresses", "Proxy addresses"], field: "proxyAddresses", numbered: true },
    userPrincipalName: { names: ["User Name", "Username", "Sign-in name"], field: "userPrincipalName" },
    displayName: { names: ["Display Name"], field: "displayName" },
    mail: { names: ["E-mail address", "Email"], field: "mail" },
  },
  recognize: ({ names }) =>
    names.has("username") && names.has("displayname") && (names.has("emailaddress") || names.has("emailaddresses"))
      ? { why: "its header has User Name, Display Name and E-mail address", sure: true }
      : undefined,
  readRow: readOnlineUser,
});
