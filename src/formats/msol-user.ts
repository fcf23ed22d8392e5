import { diagnose } from "../model/diagnostic.ts";
import type { User } from "../model/user.ts";
import { excerpt } from "../text/fault.ts";
import { readAddressList } from "./reading/address-list.ts";
import { defineFormat, type RecordContext, type TableRow } from "./reading/define-format.ts";
import { isLostCollection } from "./reading/lost-collection.ts";

const exportCommand =
  "Get-MsolUser -All | Select-Object UserPrincipalName, DisplayName, ObjectId, ImmutableId, IsLicensed, UserType, " +
  "BlockCredential, SoftDeletionTimestamp, MSRtcSipPrimaryUserAddress, " +
  "@{ Name = 'ProxyAddresses'; Expression = { $_.ProxyAddresses -join ';' } } | " +
  "Export-Csv msolusers.csv -NoTypeInformation -Encoding UTF8";

/** Columns that only Get-MsolUser has, or that only an online export has. */
const TELLING_COLUMNS = [
  "blockcredential",
  "immutableid",
  "islicensed",
  "lastdirsynctime",
  "liveid",
  "msrtcsipprimaryuseraddress",
  "proxyaddresses",
  "signinname",
  "validationstatus",
];
const ON_PREMISES_COLUMNS = ["dn", "distinguishedname", "samaccountname", "objectguid"];

/** Office 365 users as the MSOnline module lists them. */
export const msolUser = defineFormat({
  name: "msol-user",
  title: "Get-MsolUser | Export-Csv",
  side: "online",
  grammar: "csv",
  exportCommand,
  columns: {
    userPrincipalName: { names: ["UserPrincipalName", "SignInName"], field: "userPrincipalName" },
    proxyAddresses: { names: ["ProxyAddresses"], field: "proxyAddresses" },
    displayName: { names: ["DisplayName"], field: "displayName" },
    objectId: { names: ["ObjectId"], field: "objectId" },
    immutableId: { names: ["ImmutableId"], field: "immutableId" },
    isLicensed: { names: ["IsLicensed"], field: "isLicensed" },
    userType: { names: ["UserType"], field: "isGuest" },
    blockCredential: { names: ["BlockCredential"], field: "isEnabled" },
    sipAddress: { names: ["MSRtcSipPrimaryUserAddress"], field: "sipAddress" },
    softDeletionTimestamp: { names: ["SoftDeletionTimestamp"] },
  },
  recognize: ({ names, typeName }) => {
    if (!names.has("userprincipalname") || ON_PREMISES_COLUMNS.some((name) => names.has(name))) return undefined;
    if (typeName?.endsWith("Microsoft.Online.Administration.User")) return `its #TYPE line names ${typeName}`;
    const telling = TELLING_COLUMNS.find((name) => names.has(name));
    return telling === undefined ? undefined : `its header has UserPrincipalName and ${telling}`;
  },
  readRow: (row, context) => {
    const { cell, origin } = row;
    const userPrincipalName = cell("userPrincipalName")?.trim();
    const objectId = cell("objectId")?.trim();
    if (!userPrincipalName && !objectId) {
      context.diagnose(diagnose("no-user-principal-name", { line: origin.line }));
      return { type: "nothing" };
    }
    if (cell("softDeletionTimestamp")?.trim()) return { type: "skipped", reason: "deleted", origin };
    return { type: "user", user: readUser(row, userPrincipalName, objectId, context) };
  },
});

function readUser(
  { cell, origin }: TableRow,
  userPrincipalName: string | undefined,
  objectId: string | undefined,
  context: RecordContext,
): User {
  const proxyAddresses = readAddresses(cell("proxyAddresses"), origin.line, context);
  const displayName = cell("displayName");
  const immutableId = cell("immutableId")?.trim();
  const isLicensed = readBoolean(cell("isLicensed"));
  const isBlocked = readBoolean(cell("blockCredential"));
  const sipAddress = cell("sipAddress")?.trim().replace(/^sip:/i, "");
  const userType = cell("userType");
  return {
    type: "user",
    id: objectId || userPrincipalName || "",
    origin,
    ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
    ...(objectId === undefined ? {} : { objectId }),
    ...(proxyAddresses === undefined ? {} : { proxyAddresses }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(immutableId === undefined ? {} : { immutableId }),
    ...(isLicensed === undefined ? {} : { isLicensed }),
    ...(isBlocked === undefined ? {} : { isEnabled: !isBlocked }),
    ...(sipAddress === undefined ? {} : { sipAddress }),
    isGuest: userType?.toLowerCase() === "guest" || /#EXT#@/i.test(userPrincipalName ?? ""),
  };
}

function readAddresses(cell: string | undefined, line: number, context: RecordContext): User["proxyAddresses"] {
  if (cell === undefined || !isLostCollection(cell)) return cell === undefined ? undefined : readAddressList(cell);
  context.noteLost("proxyAddresses");
  context.diagnose(
    diagnose("lost-collection", { line, detail: excerpt(cell), hint: `Export again with: ${exportCommand}` }),
  );
  return undefined;
}

function readBoolean(cell: string | undefined): boolean | undefined {
  const text = cell?.trim().toLowerCase();
  return text === "true" ? true : text === "false" ? false : undefined;
}
