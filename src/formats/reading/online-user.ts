import { diagnose } from "../../model/diagnostic.ts";
import { isExternal, type User } from "../../model/user.ts";
import { readAddressColumns, readPrimaryColumn } from "./address-columns.ts";
import { isNothing } from "./cell-shape.ts";
import type { ReadRecord, RecordContext, TableRow } from "./define-format.ts";
import { readFields } from "./field-source.ts";

const ofPerson =
  "GivenName, Surname, JobTitle, Department, CompanyName, OfficeLocation, StreetAddress, City, State, PostalCode, Country";

/** The command that exports everything that is needed of a tenant today. */
export const graphExportCommand =
  `Get-MgUser -All -Property Id, UserPrincipalName, DisplayName, Mail, ProxyAddresses, OnPremisesImmutableId, ` +
  `OnPremisesSyncEnabled, AccountEnabled, UserType, AssignedLicenses, BusinessPhones, ${ofPerson} | Select-Object Id, UserPrincipalName, ` +
  `DisplayName, Mail, OnPremisesImmutableId, OnPremisesSyncEnabled, AccountEnabled, UserType, ${ofPerson}, ` +
  "@{ Name = 'BusinessPhones'; Expression = { $_.BusinessPhones -join ';' } }, " +
  "@{ Name = 'IsLicensed'; Expression = { $_.AssignedLicenses.Count -gt 0 } }, " +
  "@{ Name = 'ProxyAddresses'; Expression = { $_.ProxyAddresses -join ';' } } | " +
  "Export-Csv users.csv -NoTypeInformation -Encoding UTF8";

/**
 * Makes a user of a row of any export of the online service.
 *
 * What its columns feed is told by the format. Besides, a format may have columns of these keys: softDeletionTimestamp, and
 * those of `addressColumns`.
 */
export function readOnlineUser(row: TableRow, context: RecordContext): ReadRecord {
  const { cell, origin } = row;
  const valuesOf = (column: string) => (cell(column) === undefined ? undefined : row.cells(column));
  const { isGuest, ...read } = readFields(row.sources, valuesOf, { context, line: origin.line });
  const fields =
    read.objectId !== undefined && read.objectId.length < 5 && isNothing(read.objectId)
      ? { ...read, objectId: "" }
      : read;
  const { userPrincipalName, objectId } = fields;
  const proxyAddresses = readAddressColumns(row, context);
  const mail = fields.mail ?? readPrimaryColumn(row);
  const smtp = proxyAddresses?.find(({ type }) => type === "SMTP")?.address;
  const id = objectId || userPrincipalName || mail || smtp || proxyAddresses?.[0]?.address || fields.displayName;
  if (!id) {
    return { type: "refused", diagnostic: diagnose("no-user-principal-name", { line: origin.line }) };
  }
  const user: User = {
    type: "user",
    id,
    origin,
    ...fields,
    ...(mail === undefined ? {} : { mail }),
    ...(proxyAddresses === undefined ? {} : { proxyAddresses }),
    // That a sign-in name has no `#EXT#` says nothing where the export has no user type.
    ...(isExternal(fields) ? { isGuest: true } : isGuest === undefined ? {} : { isGuest }),
  };
  if (!cell("softDeletionTimestamp")?.trim()) return { type: "user", user };
  return { type: "skipped", reason: "deleted", origin, user: withOwnName(user) };
}

/** Microsoft Graph puts the object id, without hyphens, before the sign-in name of a deleted user. */
function withOwnName(user: User): User {
  const { userPrincipalName = "", objectId = "" } = user;
  const mark = objectId.replaceAll("-", "").toLowerCase();
  const isMarked = mark !== "" && userPrincipalName.toLowerCase().startsWith(mark);
  return isMarked ? { ...user, userPrincipalName: userPrincipalName.slice(mark.length) } : user;
}
