import type { Cells, Header, TableFormat } from "./define-format.ts";
import { TableColumns } from "./table-columns.ts";

/** What names an object, most telling first. */
const IDENTITIES = [
  "objectId",
  "userPrincipalName",
  "dn",
  "objectguid",
  "userprincipalname",
  "samaccountname",
  "guid",
  "mail",
  "primarySmtpAddress",
  "displayName",
  "displayname",
];
const ADDRESSES = ["proxyAddresses", "smtpAddresses"];

/** One address, with or without its type. */
const ONE = /^\s*(?:[A-Za-z][\w-]{0,15}:)?[^\s;,|]+\s*$/;

/**
 * Tells of a table, by its first rows, that each holds one address, so that the rows of one object belong together: the same name
 * stands in several rows with different addresses. One such pair among many rows is an object that was exported twice.
 */
export function hasRowsOfOneObject(format: TableFormat, header: Header): boolean {
  if (format.hasRowPerAddress?.(header) === true) return true;
  const columns = new TableColumns(format, header.columns);
  const identity =
    IDENTITIES.map((column) => columns.indexOf(column)).find((index) => isFilled(index, header.rows)) ?? -1;
  const addresses = ADDRESSES.flatMap((column) => columns.indexesOf(column));
  if (identity < 0 || addresses.length !== 1) return false;
  const [address = -1] = addresses;
  const seen = new Map<string, string>();
  let repeated = 0;
  for (const row of header.rows) {
    const [name, value] = [row[identity]?.trim().toLowerCase() ?? "", row[address] ?? ""];
    if (value.trim() !== "" && !ONE.test(value)) return false;
    const known = seen.get(name);
    if (name !== "" && known !== undefined && known !== value && value !== "") repeated++;
    seen.set(name, value);
  }
  return repeated > 0 && 10 * repeated >= header.rows.length;
}

function isFilled(index: number, rows: readonly Cells[]): boolean {
  return index >= 0 && rows.some((row) => (row[index] ?? "").trim() !== "" && !/^n\/a$/i.test(row[index] ?? ""));
}
