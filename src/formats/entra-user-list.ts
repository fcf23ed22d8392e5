import { type Cells, columnKey, defineFormat } from "./reading/define-format.ts";
import { graphExportCommand, readOnlineUser } from "./reading/online-user.ts";

/** "Download users" of the Entra (Azure) portal: no proxyAddresses, no immutable id, and cells that nobody quoted. */
export const entraUserList = defineFormat({
  name: "entra-user-list",
  title: "Download users of the Entra portal",
  side: "online",
  service: "entra-connect",
  grammar: "table",
  exportCommand: graphExportCommand,
  columns: {
    userPrincipalName: { names: ["userPrincipalName"], field: "userPrincipalName" },
    displayName: { names: ["displayName"], field: "displayName" },
    objectId: { names: ["id", "objectId"], field: "objectId" },
    mail: { names: ["mail"], field: "mail" },
    userType: { names: ["userType"], field: "isGuest" },
    accountEnabled: { names: ["accountEnabled"], field: "isEnabled" },
    department: { names: ["department"], field: "department" },
    jobTitle: { names: ["jobTitle"], field: "jobTitle" },
    companyName: { names: ["companyName"], field: "companyName" },
    officeLocation: { names: ["officeLocation", "physicalDeliveryOfficeName"], field: "officeLocation" },
    telephoneNumber: { names: ["telephoneNumber"], field: "telephoneNumber" },
    mobilePhone: { names: ["mobilePhone", "mobile"], field: "mobilePhone" },
    givenName: { names: ["givenName"], field: "givenName" },
    surname: { names: ["surname"], field: "surname" },
    streetAddress: { names: ["streetAddress"], field: "streetAddress" },
    city: { names: ["city"], field: "city" },
    state: { names: ["state"], field: "state" },
    postalCode: { names: ["postalCode"], field: "postalCode" },
    country: { names: ["country"], field: "country" },
    isSynchronized: { names: ["directorySynced"], field: "isSynchronized" },
  },
  signs: {
    own: ["directorySynced", "identityIssuer", "invitationState", "authenticationEmail", "creationType"],
    shared: ["alternateEmailAddress", "ageGroup"],
    needs: [["userPrincipalName"]],
    never: ["proxyAddresses", "immutableId", "onPremisesImmutableId"],
  },
  realign: alignOnObjectId,
  readRow: readOnlineUser,
});

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Puts a row in order whose cells hold commas: the object id and the mail address can be told by what they look like.
 *
 * Before the id stand the sign-in name, names that may hold commas, the mail address, and the given name. Behind it the
 * user type follows; what comes later cannot be told if the row is too long there, and is absent.
 * `undefined` where there is not exactly one id, or more than one mail address.
 */
function alignOnObjectId(cells: readonly string[], header: readonly string[]): Cells | undefined {
  const keys = header.map(columnKey);
  const idColumn = Math.max(keys.indexOf("id"), keys.indexOf("objectid"));
  const ids = cells.flatMap((cell, index) => (GUID.test(cell.trim()) ? [index] : []));
  const [id] = ids;
  if (idColumn < 0 || id === undefined || ids.length > 1 || id < idColumn) return undefined;
  const mails = cells.slice(1, id).filter((cell) => cell.includes("@"));
  if (mails.length > 1) return undefined;

  const aligned = header.map((): string | undefined => undefined);
  const put = (name: string, value: string): void => {
    const column = keys.indexOf(name);
    if (column >= 0) aligned[column] = value;
  };
  put("userprincipalname", cells[0] ?? "");
  put("mail", mails[0]?.trim() ?? "");
  const tooMany = id - idColumn;
  // `Roe, Jane`: the display name is what holds a comma most often; for the others nothing is read from them.
  put("displayname", cells.slice(1, 2 + tooMany).join(","));
  aligned[idColumn] = cells[id]?.trim() ?? "";
  const rest = cells.slice(id + 1);
  const columns = header.length - idColumn - 1;
  const known = rest.length === columns ? rest : rest.slice(0, tellState(rest, keys.slice(idColumn + 1)));
  known.forEach((cell, index) => {
    aligned[idColumn + 1 + index] = cell;
  });
  return aligned;
}

/**
 * Counts the cells that stand under their columns: the user type alone, or all up to the state of the account, where what stands under it
 * is true or false and nothing before it could be.
 */
function tellState(rest: readonly string[], keys: readonly string[]): number {
  const column = keys.indexOf("accountenabled");
  const isState = (cell: string): boolean => /^\s*(?:true|false)\s*$/i.test(cell);
  return column > 0 && rest.findIndex(isState) === column ? column + 1 : 1;
}
