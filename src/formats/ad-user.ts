import { formatProxyAddress, type ProxyAddress } from "../model/address.ts";
import {
  attributeNames,
  attributeRule,
  chosenAttributes,
  readActiveDirectoryObject,
  recipientFilter,
  withChosenColumns,
} from "./reading/active-directory.ts";
import { addressColumns, readAddressColumns } from "./reading/address-columns.ts";
import { readBoolean, readState } from "./reading/boolean-cell.ts";
import { type ColumnRule, defineFormat, type RecordContext, type TableRow } from "./reading/define-format.ts";
import { onlyOnline } from "./reading/side-columns.ts";
import type { AttributeValue } from "./reading/value-kinds.ts";

/** The attributes that have a column of their own, in lower case; Get-ADUser calls some by another name. */
const attributeColumns = Object.fromEntries(
  attributeNames
    .filter((name) => name !== "distinguishedName" && name !== "proxyAddresses")
    .map((name): [string, ColumnRule] => {
      const { field, powerShell } = attributeRule(name);
      const names = powerShell === undefined ? [name] : [name, powerShell];
      return [name.toLowerCase(), { names, ...(field === undefined ? {} : { field }) }];
    }),
);

/** Active Directory as a PowerShell script lists it: Get-ADUser, Get-ADObject and what people make of them. */
export const adUser = defineFormat({
  name: "ad-user",
  title: "Get-ADUser or Get-ADObject | Export-Csv",
  side: "onPremises",
  grammar: "table",
  recommended: true,
  exportCommand:
    `Get-ADObject -LDAPFilter '${recipientFilter}' -Properties * | Select-Object DistinguishedName, ObjectClass, ` +
    "ObjectGUID, sAMAccountName, userPrincipalName, displayName, mail, mailNickname, targetAddress, " +
    "msRTCSIP-PrimaryUserAddress, userAccountControl, isCriticalSystemObject, msExchRecipientTypeDetails, adminDescription, " +
    "msExchRemoteRecipientType, msExchMasterAccountSid, givenName, sn, title, department, company, physicalDeliveryOfficeName, " +
    "telephoneNumber, streetAddress, l, st, postalCode, co, " +
    "@{ Name = 'proxyAddresses'; Expression = { $_.proxyAddresses -join ';' } } | " +
    "Export-Csv ad.csv -NoTypeInformation -Encoding UTF8",
  columns: {
    dn: { names: ["DistinguishedName", "DN"], field: "distinguishedName" },
    ...attributeColumns,
    enabled: { names: ["Enabled"], field: "isEnabled" },
    mail: { names: ["mail", "EmailAddress", "E-mail"], field: "mail" },
    ...addressColumns,
    // EmailAddress is Get-ADUser's own name for mail.
    proxyAddresses: {
      names: ["proxyAddresses", "ProxyAddress", "EmailAddresses"],
      field: "proxyAddresses",
      numbered: true,
    },
  },
  columnsFor: withChosenColumns,
  signs: {
    types: ["ADUser", "ADObject", "ADGroup", "ADAccount"].map((name) => `Microsoft.ActiveDirectory.Management.${name}`),
    own: ["ObjectGUID", "SID", "userAccountControl", "DistinguishedName", "DN"],
    shared: ["SamAccountName", "ObjectClass", "Enabled", "EmailAddress"],
    never: ["RecipientTypeDetails", "RecipientType", "ExchangeGuid", "WindowsEmailAddress", "User Name", ...onlyOnline],
  },
  hasRowPerAddress: ({ names }) => names.has("proxyaddress"),
  realign: alignLastCell,
  readRow: (row, context) => {
    const proxyAddresses = readAddressColumns(row, context);
    const attributes = new Map<string, readonly AttributeValue[]>();
    for (const name of [...Object.keys(attributeColumns), ...chosenAttributes(context)])
      if (row.cell(name) !== undefined) attributes.set(name, row.cells(name) ?? []);
    const isEnabled = readEnabled(row.cell("enabled"), context);
    // Get-ADUser shows bit 2 of userAccountControl (ACCOUNTDISABLE) as a column of its own.
    if (isEnabled !== undefined) attributes.set("useraccountcontrol", [isEnabled ? "512" : "514"]);
    if (proxyAddresses !== undefined) attributes.set("proxyaddresses", proxyAddresses.map(formatProxyAddress));
    return readActiveDirectoryObject(
      {
        distinguishedName: row.cell("dn")?.trim() ?? "",
        otherName: otherName(row, proxyAddresses),
        usualType: "user",
        attributes,
        origin: row.origin,
      },
      context,
    );
  },
});

function readEnabled(cell: string | undefined, context: RecordContext): boolean | undefined {
  const isEnabled = readBoolean(cell) ?? readState(cell);
  if (isEnabled === undefined && cell?.trim()) context.noteStrange("isEnabled", cell.trim());
  return isEnabled;
}

/** What a row without a DN is known by: its names, its GUID, its first address, and at last what people call it. */
function otherName(row: TableRow, addresses: readonly ProxyAddress[] | undefined): string | undefined {
  const [upn, account, mail, guid, name] = [
    "userprincipalname",
    "samaccountname",
    "mail",
    "objectguid",
    "displayname",
  ].map((column) => row.cell(column)?.trim());
  return upn || account || mail || guid || addresses?.[0]?.address || name || row.cell("cn")?.trim() || undefined;
}

/**
 * Scripts that write `DN,address` themselves do not quote the DN: all but the last cell is its parts. Where one of those is no
 * part of a name, two rows have become one.
 */
function alignLastCell(cells: readonly string[], header: readonly string[]): readonly string[] | undefined {
  const isPair = header.length === 2 && /^(?:dn|distinguishedname)$/i.test(header[0] ?? "");
  const [parts, last = ""] = [cells.slice(0, -1), cells.at(-1)];
  const isName = parts.every((part, index) => /^\s*[\w.-]+=/.test(part) || parts[index - 1]?.endsWith("\\") === true);
  return isPair && isName && /^[=a-z][\w-]*:/i.test(last.trim()) ? [parts.join(","), last] : undefined;
}
