import { msonlineUser } from "./msonline-user.ts";
import { addressColumns } from "./reading/address-columns.ts";
import { defineFormat } from "./reading/define-format.ts";
import { readOnlineUser } from "./reading/online-user.ts";

/** The user list of the BPOS administration centre (MOAC). */
export const bposUserList = defineFormat({
  name: "bpos-user-list",
  title: "user list of the BPOS administration center",
  side: "online",
  service: "dirsync-v2",
  grammar: "table",
  exportCommand: msonlineUser.exportCommand,
  columns: {
    ...addressColumns,
    proxyAddresses: { names: ["E-mail addresses", "Proxy addresses"], field: "proxyAddresses", numbered: true },
    userPrincipalName: { names: ["User Name", "Username", "Sign-in name"], field: "userPrincipalName" },
    displayName: { names: ["Display Name"], field: "displayName" },
    mail: { names: ["E-mail address", "Email"], field: "mail" },
    department: { names: ["Department"], field: "department" },
    jobTitle: { names: ["Job Title"], field: "jobTitle" },
    officeLocation: { names: ["Office Number"], field: "officeLocation" },
    telephoneNumber: { names: ["Office Phone"], field: "telephoneNumber" },
    mobilePhone: { names: ["Mobile Phone"], field: "mobilePhone" },
    givenName: { names: ["First Name"], field: "givenName" },
    surname: { names: ["Last Name"], field: "surname" },
    streetAddress: { names: ["Address"], field: "streetAddress" },
    city: { names: ["City"], field: "city" },
    state: { names: ["State or Province"], field: "state" },
    postalCode: { names: ["ZIP or Postal Code", "Postal Code"], field: "postalCode" },
    country: { names: ["Country or Region"], field: "country" },
  },
  signs: {
    own: ["User Name"],
    shared: ["Username"],
    needs: [["Username"], ["Display Name"], ["E-mail address", "E-mail addresses"]],
    never: ["UserPrincipalName", "DistinguishedName", "SamAccountName", "RecipientTypeDetails"],
  },
  readRow: readOnlineUser,
});
