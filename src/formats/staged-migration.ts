import { addressKey, type ProxyAddress } from "../model/address.ts";
import { diagnose } from "../model/diagnostic.ts";
import { columnKey, defineFormat } from "./reading/define-format.ts";
import { graphExportCommand } from "./reading/online-user.ts";

/**
 * `cloud.csv` of a staged migration: Microsoft's script lists the mailboxes moved, all in lower case, and removes every
 * quotation mark (OfficeDocs-Exchange, convert-exchange-2007-mailboxes).
 */
export const stagedMigration = defineFormat({
  name: "staged-migration",
  title: "cloud.csv of a staged Exchange migration",
  side: "online",
  service: "dirsync-v2",
  grammar: "table",
  exportCommand: graphExportCommand,
  lacksPrimaryMarks: true,
  columns: {
    legacyDn: { names: ["LegacyExchangeDN"], field: "proxyAddresses" },
    cloudAddress: { names: ["CloudEmailAddress"], field: "proxyAddresses" },
    onPremisesAddress: { names: ["OnPremiseEmailAddress", "OnPremisesEmailAddress"], field: "proxyAddresses" },
  },
  signs: { own: ["CloudEmailAddress", "OnPremiseEmailAddress"], never: ["UserPrincipalName"] },
  realign: alignFromEnd,
  readRow: ({ cell, origin }) => {
    const legacyDn = cell("legacyDn")?.trim() ?? "";
    const smtp = [cell("onPremisesAddress"), cell("cloudAddress")].flatMap((address) => address?.trim() || []);
    const [id] = smtp;
    if (id === undefined) {
      return { type: "refused", diagnostic: diagnose("no-user-principal-name", { line: origin.line }) };
    }
    const unique = new Map(smtp.map((address) => [addressKey(address), address]));
    const proxyAddresses: ProxyAddress[] = [
      ...Array.from(unique.values(), (address) => ({ type: "SMTP", address, primary: false })),
      ...(legacyDn === "" ? [] : [{ type: "X500", address: legacyDn, primary: true }]),
    ];
    return { type: "user", user: { type: "user", id, origin, proxyAddresses } };
  },
});

/**
 * A LegacyExchangeDN with commas makes a row too long: it stands first, so the row is put in order from its end. Where an
 * address would become part of the name, two rows have become one.
 */
function alignFromEnd(cells: readonly string[], header: readonly string[]): readonly string[] | undefined {
  if (columnKey(header[0] ?? "") !== "legacyexchangedn") return undefined;
  const tooMany = cells.length - header.length;
  if (cells.slice(1, tooMany + 1).some((cell) => cell.includes("@"))) return undefined;
  return [cells.slice(0, tooMany + 1).join(","), ...cells.slice(tooMany + 1)];
}
