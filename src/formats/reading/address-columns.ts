import { addressKey, type ProxyAddress, parseProxyAddress } from "../../model/address.ts";
import { diagnose } from "../../model/diagnostic.ts";
import { excerpt } from "../../text/fault.ts";
import { dropTrailing } from "../../text/trailing.ts";
import { holdsAnother, splitAddresses } from "./address-list.ts";
import type { ColumnRule, RecordContext, TableRow } from "./define-format.ts";
import { isLostCollection } from "./lost-collection.ts";

/** The columns in which tables hold addresses: joined, numbered, one row each, or one column for each type. */
export const addressColumns = {
  proxyAddresses: {
    names: ["ProxyAddresses", "EmailAddresses", "ProxyAddress", "EmailAddress"],
    field: "proxyAddresses",
    numbered: true,
  },
  primarySmtpAddress: { names: ["PrimarySmtpAddress", "PrimarySmtp"] },
  smtpAddresses: {
    names: ["smtp", "AliasSmtpAddresses", "SecondarySmtpAddresses", "SmtpAliases"],
    field: "proxyAddresses",
    numbered: true,
  },
  sipAddresses: { names: ["sip"], numbered: true },
  x500Addresses: { names: ["x500"], numbered: true },
} as const satisfies Readonly<Record<string, ColumnRule>>;

/** Lengths at which databases (VARCHAR(255)) and Excel cut a cell. */
const CUT_LENGTHS = new Set([255, 32_767]);

/**
 * Reads all addresses of a row, whatever the columns they stand in; `undefined` where the export has no column for them,
 * or the row's values were lost.
 *
 * An address without a prefix is an SMTP address, as Exchange takes it, and nothing says that it is the primary one.
 */
export function readAddressColumns(row: TableRow, context: RecordContext): readonly ProxyAddress[] | undefined {
  const joined = row.cells("proxyAddresses");
  const aliases = row.cells("smtpAddresses");
  if (joined === undefined && aliases === undefined) return undefined;
  const cells = [...(joined ?? []), ...(aliases ?? [])];
  const lost = cells.find(isLostCollection);
  if (lost !== undefined) return sayLost("lost-collection", lost, row, context);
  const typed = [
    ...cells.flatMap((cell) => readList(cell, row, context)),
    ...ofType("SIP", row.cells("sipAddresses")),
    ...ofType("X500", row.cells("x500Addresses")),
  ];
  const joinedStill = typed.find(({ type, address }) =>
    holdsAnother(type === "SMTP" || type === "" ? address : `${type}:${address}`),
  );
  if (joinedStill !== undefined) return sayLost("addresses-not-split", joinedStill.address, row, context);
  return withPrimary(typed, row.cell("primarySmtpAddress"));
}

function sayLost(
  code: "lost-collection" | "addresses-not-split",
  cell: string,
  row: TableRow,
  context: RecordContext,
): undefined {
  context.noteLost("proxyAddresses");
  const hint = `Export again with:\n  ${context.exportCommand}`;
  context.diagnose(diagnose(code, { line: row.origin.line, detail: excerpt(cell), hint }));
}

/** Gives PrimarySmtpAddress without the prefix that some scripts leave on it. */
export function readPrimaryColumn(row: TableRow): string | undefined {
  return row
    .cell("primarySmtpAddress")
    ?.trim()
    .replace(/^smtp:/i, "");
}

function readList(cell: string, row: TableRow, context: RecordContext): readonly ProxyAddress[] {
  // Format-List and Out-String write lists in braces, and cut them with three dots.
  const bare = cell.trim().replace(/^\{(.*)\}$/s, "$1");
  const isCut = bare.endsWith("...") || bare.endsWith("…");
  const addresses = splitAddresses(isCut ? bare.slice(0, bare.endsWith("…") ? -1 : -3) : bare);
  const last = addresses.at(-1) ?? "";
  const { line } = row.origin;
  if (isCut) context.diagnose(diagnose("address-list-cut", { line, detail: excerpt(last) }));
  if (!CUT_LENGTHS.has(cell.length)) return addresses.map((text) => toProxyAddress(unwrapped(text, context)));
  context.diagnose(
    diagnose("address-list-of-a-limit", { line, detail: `${cell.length} characters, and ends in ${excerpt(last)}` }),
  );
  // Half an address is none; one that could be whole is kept.
  const isHalf = /^smtp:[^@]*(?:@[^.]*)?$/i.test(last);
  return (isHalf ? addresses.slice(0, -1) : addresses).map((text) => toProxyAddress(unwrapped(text, context)));
}

/** A console window wraps what was copied from it; in a cell of several lines addresses stand on lines of their own. */
function unwrapped(text: string, context: RecordContext): string {
  if (!/[\r\n]/.test(text)) return text;
  const whole = text.replace(/[\r\n]+/g, "");
  if (whole.split("@").length > 2) return text;
  context.noteWrapped();
  return whole;
}

function toProxyAddress(text: string): ProxyAddress {
  const parsed = parseProxyAddress(text);
  return parsed.type === "" && text.includes("@") ? { ...parsed, type: "SMTP" } : parsed;
}

/** Addresses of a column for one type, several of them joined. Which X.500 address is written first says nothing. */
function ofType(type: "SIP" | "X500", cells: readonly string[] = []): readonly ProxyAddress[] {
  const addresses = cells.flatMap((cell) =>
    type === "X500" ? splitLegacyNames(cell).flatMap(splitAddressesOfOne) : splitAddresses(cell),
  );
  return addresses.flatMap((text, index) => {
    const address = text.trim().replace(/^\w{1,8}:/, "");
    return address === "" ? [] : [{ type, address, primary: type === "X500" || index === 0 }];
  });
}

/** Splits before each `/o=`, whatever stands before it. */
function splitLegacyNames(cell: string): readonly string[] {
  return cell.split(/[\s;,|](?=\/o=)/i).map((name) => dropTrailing(name, " \t\r\n;,|"));
}

/** X.500 addresses hold blanks and commas: without a prefix they are one. */
function splitAddressesOfOne(text: string): readonly string[] {
  return /x500:|^\s*[[{"]/i.test(text) ? splitAddresses(text) : [text];
}

/** Marks the address that a column of its own names as the primary one, where no address is marked. */
function withPrimary(addresses: readonly ProxyAddress[], cell: string | undefined): readonly ProxyAddress[] {
  const primary = cell?.trim().replace(/^smtp:/i, "") ?? "";
  if (primary === "" || addresses.some((entry) => entry.type === "SMTP" && entry.primary)) return addresses;
  const key = addressKey(primary);
  const others = addresses.filter((entry) => entry.type !== "SMTP" || addressKey(entry.address) !== key);
  return [{ type: "SMTP", address: primary, primary: true }, ...others];
}
