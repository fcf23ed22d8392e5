import { diagnose } from "../../model/diagnostic.ts";
import { readTimestamp } from "../../model/timestamp.ts";
import type { User } from "../../model/user.ts";
import { readAddressColumns, readPrimaryColumn } from "./address-columns.ts";
import { readBoolean } from "./boolean-cell.ts";
import type { ReadRecord, RecordContext, TableRow } from "./define-format.ts";
import { isLostCollection } from "./lost-collection.ts";

/** The command that exports everything that is needed of a tenant today. */
export const graphExportCommand =
  "Get-MgUser -All -Property Id, UserPrincipalName, DisplayName, Mail, ProxyAddresses, OnPremisesImmutableId, " +
  "AccountEnabled, UserType, AssignedLicenses | Select-Object Id, UserPrincipalName, DisplayName, Mail, " +
  "OnPremisesImmutableId, AccountEnabled, UserType, " +
  "@{ Name = 'IsLicensed'; Expression = { $_.AssignedLicenses.Count -gt 0 } }, " +
  "@{ Name = 'ProxyAddresses'; Expression = { $_.ProxyAddresses -join ';' } } | " +
  "Export-Csv users.csv -NoTypeInformation -Encoding UTF8";

/**
 * Makes a user of a row of any export of the online service.
 *
 * A format names its columns by these keys, as far as it has them: userPrincipalName, objectId, displayName, mail,
 * immutableId, isLicensed, licenses, userType, blockCredential, accountEnabled, sipAddress, softDeletionTimestamp,
 * whenChanged, and those of `addressColumns`.
 */
export function readOnlineUser(row: TableRow, context: RecordContext): ReadRecord {
  const { cell, origin } = row;
  const userPrincipalName = cell("userPrincipalName")?.trim();
  const objectId = cell("objectId")?.trim();
  const proxyAddresses = readAddressColumns(row, context);
  const mail = cell("mail")?.trim() ?? readPrimaryColumn(row);
  const smtp = proxyAddresses?.find(({ type }) => type === "SMTP")?.address;
  const id = objectId || userPrincipalName || mail || smtp;
  if (!id) {
    return { type: "refused", diagnostic: diagnose("no-user-principal-name", { line: origin.line }) };
  }
  if (cell("softDeletionTimestamp")?.trim()) return { type: "skipped", reason: "deleted", origin };
  const whenChanged = readTimestamp(cell("whenChanged") ?? "");
  return {
    type: "user",
    user: {
      type: "user",
      id,
      origin,
      ...optional("userPrincipalName", userPrincipalName),
      ...optional("objectId", objectId),
      ...optional("displayName", cell("displayName")),
      ...optional("mail", mail),
      ...optional("proxyAddresses", proxyAddresses),
      ...optional("immutableId", cell("immutableId")?.trim()),
      ...optional("isLicensed", readLicensed(row)),
      ...optional("isEnabled", readEnabled(row)),
      ...optional("sipAddress", cell("sipAddress")?.trim().replace(/^sip:/i, "")),
      ...optional("whenChanged", whenChanged),
      ...optional("isGuest", readGuest(cell("userType"), userPrincipalName)),
    },
  };
}

/** A guest's sign-in name holds `#EXT#`; that another's does not says nothing where the export has no user type. */
function readGuest(userType: string | undefined, userPrincipalName: string | undefined): boolean | undefined {
  if (/#EXT#@/i.test(userPrincipalName ?? "")) return true;
  return userType === undefined ? undefined : userType.trim().toLowerCase() === "guest";
}

/** A column says so, or the licences themselves are listed. */
function readLicensed(row: TableRow): boolean | undefined {
  const said = readBoolean(row.cell("isLicensed"));
  if (said !== undefined) return said;
  const licenses = row.cells("licenses");
  if (licenses === undefined || licenses.some(isLostCollection)) return undefined;
  return licenses.some((license) => license.trim() !== "" && !/^unlicensed$/i.test(license.trim()));
}

function readEnabled(row: TableRow): boolean | undefined {
  const isBlocked = readBoolean(row.cell("blockCredential"));
  return isBlocked === undefined ? readBoolean(row.cell("accountEnabled")) : !isBlocked;
}

function optional<Key extends keyof User>(key: Key, value: User[Key] | undefined): Partial<Pick<User, Key>> {
  return value === undefined ? {} : ({ [key]: value } as unknown as Pick<User, Key>);
}
