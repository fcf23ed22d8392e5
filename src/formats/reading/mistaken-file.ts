import { InputError } from "../../model/errors.ts";
import { columnKey, type Header } from "./define-format.ts";

/** A file that people send by mistake: what it is, as a part of a sentence, and what to send instead. */
interface MistakenFile {
  readonly what: string;
  readonly instead: string;
}

interface Signature extends MistakenFile {
  readonly bytes: readonly number[] | string;
  /** Where they stand; at the beginning if absent. */
  readonly at?: number;
}

const UNPACK = "Unpack it first, and give the exports in it; a ZIP archive can be given as it is.";
const NOT_EXPORT = "Send the export itself (CSV, LDIF, JSON or a workbook), no picture and no report of it.";

const SIGNATURES: readonly Signature[] = [
  { bytes: [0x50, 0x4b, 3, 4], what: "it is a ZIP archive or a workbook in a file that is packed", instead: UNPACK },
  { bytes: [0x1f, 0x8b], what: "it is packed with gzip twice", instead: "Unpack it once." },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], what: "it is a 7-Zip archive", instead: UNPACK },
  { bytes: "Rar!\x1a\x07", what: "it is a RAR archive", instead: UNPACK },
  { bytes: "ustar", at: 257, what: "it is a tar archive", instead: UNPACK },
  { bytes: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4, what: "it is packed with bzip2", instead: UNPACK },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], what: "it is packed with xz", instead: UNPACK },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: "it is packed with Zstandard", instead: UNPACK },
  { bytes: [0x04, 0x22, 0x4d, 0x18], what: "it is packed with LZ4", instead: UNPACK },
  { bytes: [0x1f, 0x9d], what: "it is packed with compress (.Z)", instead: UNPACK },
  { bytes: "MSCF\0\0", what: "it is a cabinet archive (.cab)", instead: UNPACK },
  { bytes: "%PDF", what: "it is a PDF", instead: NOT_EXPORT },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: "it is a picture (PNG)", instead: NOT_EXPORT },
  { bytes: [0xff, 0xd8, 0xff], what: "it is a picture (JPEG)", instead: NOT_EXPORT },
  { bytes: "SQLite format 3\0", what: "it is a database of SQLite", instead: NOT_EXPORT },
  { bytes: "!BDN", what: "it is a mailbox of Outlook (.pst)", instead: NOT_EXPORT },
  {
    bytes: "{\\rtf",
    what: "it is a text of WordPad or Word (RTF)",
    instead: "Send the file as it was exported, not opened and saved.",
  },
];

/** Old documents of Office, mails of Outlook, and new ones with a password are all one container. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

function recognizeCompound(head: Uint8Array): MistakenFile {
  const text = new TextDecoder("utf-16le").decode(head.subarray(0, head.length & ~1));
  return text.includes("EncryptedPackage")
    ? { what: "it is a workbook with a password", instead: "Open it in Excel and save it without the password." }
    : {
        what: "it is an old Excel workbook (.xls), or another old document of Office",
        instead: "Send the file as it was exported, or save it in Excel as a workbook (.xlsx).",
      };
}

const JOIN = "join lists with -join ';' and use Export-Csv -NoTypeInformation -Encoding UTF8";

const TEXTS: readonly (MistakenFile & { readonly recognize: (text: string) => boolean })[] = [
  {
    recognize: (text) => /^<Objs\b/i.test(text) || /^<\?xml[^>]*>\s*<Objs\b/i.test(text),
    what: "it is CLIXML, made with Export-Clixml",
    instead: `Load it with Import-Clixml, ${JOIN}.`,
  },
  {
    recognize: (text) => /^(?:<!doctype html|<html|<head|<body)/i.test(text),
    what: "it is an HTML page",
    instead: "Perhaps a sign-in page was saved in place of the download. Download the export again.",
  },
  {
    recognize: (text) => /^<(?:\?xml|dsml|[a-z:]+\s)/i.test(text),
    what: "it is XML (DSML perhaps)",
    instead: "Export as LDIF (ldifde, ldapsearch) or CSV instead.",
  },
  {
    recognize: (text) => /^\{\s*"schemaVersion"\s*:\s*\d+\s*,\s*"tool"\s*:/.test(text),
    what: "it is a report of this tool",
    instead: "Give the exports that the report was made from.",
  },
  {
    recognize: (text) => /^\{\s*"error"\s*:\s*\{/.test(text),
    what: "it is an error message of Microsoft Graph",
    instead: "The request was refused: look at the message, and ask again for /users.",
  },
  {
    recognize: (text) => /^\s*(?:Connecting to "|Logging in as current user|Exporting directory to file)/i.test(text),
    what: "it is the log of csvde or ldifde",
    instead: "Send the file that the option -f named, not csv.log or ldif.log.",
  },
  {
    recognize: (text) => /^[^\n,;]*\n-{2,}(?: +-{2,})*\s*(?:\n|$)/.test(text),
    what: "it is a table as PowerShell shows it on a screen (Format-Table): values are cut",
    instead: `Export a file instead: ${JOIN}.`,
  },
  {
    recognize: (text) => /^(?:[A-Za-z][\w-]*[ \t]+: ?[^\n]*(?:\n[ \t][^\n]*)*\n){3}/.test(`${text}\n`),
    what: "it is a list as PowerShell shows it on a screen (Format-List): long lists are cut",
    instead: `Export a file instead: ${JOIN}.`,
  },
  {
    recognize: (text) => /^version:v1\.0/i.test(text),
    what: "it is a template for bulk operations of the Entra portal",
    instead: "Send an export: in the portal Users, Download users; better, with all addresses, Get-MgUser.",
  },
  {
    recognize: (text) => /^\s*(?:desc|dn|samid|upn)(?: +(?:desc|dn|samid|upn|email|display))+ *\n/i.test(text),
    what: "it is the output of dsget, a table of blanks",
    instead: "Use csvde or ldifde instead of dsquery and dsget: they write proxyAddresses too.",
  },
];

const TABLES: readonly (MistakenFile & { readonly recognize: (header: Header) => boolean })[] = [
  {
    recognize: ({ names }) =>
      (names.has("grouptypes") || hasAll(names, ["mailenabled", "securityenabled"]) || names.has("grouptype")) &&
      !["userprincipalname", "objectclass", "recipienttypedetails", "distinguishedname"].some((name) =>
        names.has(name),
      ),
    what: "it is a list of groups of Microsoft Graph, or of Get-MsolGroup: no user is in it",
    instead:
      "Their addresses can collide, so they are wanted: give the users (Get-MgUser), and with them Get-Recipient -ResultSize Unlimited, which lists groups and contacts too.",
  },
  {
    recognize: ({ names }) => names.has("classid2e4f51ef21dd47e99d3c952918aff9cd"),
    what: "Format-Table or Format-List was piped into Export-Csv: the file holds instructions for a screen, and no user",
    instead: `Leave Format-Table out: pipe the users, or Select-Object, straight into Export-Csv; ${JOIN}.`,
  },
  {
    recognize: ({ names }) => hasAll(names, ["distinguishedname", "attribute", "error"]),
    what: "it is a result of IdFix: one row for a problem, not for a user",
    instead: "Send an export of all objects, made with ldifde or csvde.",
  },
  {
    recognize: ({ written }) => Array.from(written).some((name) => /\[(?:userprincipalname|displayname)\]/.test(name)),
    what: "it is a template for bulk operations of the Entra portal",
    instead: "Send an export: in the portal Users, Download users; better, with all addresses, Get-MgUser.",
  },
  {
    recognize: ({ names }) =>
      hasAll(names, ["username", "firstname", "lastname", "displayname", "jobtitle"]) && !names.has("emailaddress"),
    what: "it is a template to import users in bulk: it has no address and no alias",
    instead: "Send an export of the users as they are online: Get-MsolUser or Get-MgUser.",
  },
  {
    recognize: ({ names }) =>
      names.has("emailaddress") && [...names].every((name) => MIGRATION_COLUMNS.has(name)) && names.size <= 4,
    what: "it is the list of a staged migration (migration.csv): addresses to move, and no user",
    instead: "Send cloud.csv or, better, an export made with Get-MsolUser or Get-Mailbox.",
  },
  {
    recognize: ({ names, typeName }) => typeName === "System.String" || (names.size === 1 && names.has("length")),
    what: "text was piped into Export-Csv, and Export-Csv wrote the length of each line",
    instead: `Pipe objects into Export-Csv (Select-Object), not lines of text; ${JOIN}.`,
  },
  {
    recognize: ({ written }) => hasAll(written, ["name", "type", "description"]) && written.size <= 6,
    what: "it is a list saved from Active Directory Users and Computers: it has no address and no sign-in name",
    instead: "Export with ldifde or csvde.",
  },
  {
    recognize: ({ written }) =>
      written.size > 1 && [...written].every((name) => name === "" || /[@\d]|^(?:true|false)$/.test(name)),
    what: "its first line is a row, not the names of the columns",
    instead: "Export again without -NoHeader.",
  },
];

const MIGRATION_COLUMNS = new Set(["emailaddress", "password", "forcechangepassword", "mailboxtype"].map(columnKey));

/**
 * Refuses a file that is known to be no export, by its first bytes.
 *
 * @throws InputError `mistaken-file`, with what it is and what to send instead.
 */
export function refuseMistakenBytes(head: Uint8Array, source: string): void {
  const found = SIGNATURES.find(({ bytes, at = 0 }) => beginsWith(head, bytes, at));
  refuse(found ?? (beginsWith(head, COMPOUND, 0) ? recognizeCompound(head) : undefined), source);
}

function beginsWith(head: Uint8Array, bytes: readonly number[] | string, at: number): boolean {
  const wanted = typeof bytes === "string" ? Array.from(bytes, (character) => character.charCodeAt(0)) : bytes;
  return wanted.every((byte, index) => head[at + index] === byte);
}

/** Refuses text that is known to be no export: see {@link refuseMistakenBytes}. */
export function refuseMistakenText(head: string, source: string): void {
  const text = head.trimStart().replaceAll("\r\n", "\n");
  refuse(
    TEXTS.find(({ recognize }) => recognize(text)),
    source,
  );
}

/** Refuses a table that is known to be no export: see {@link refuseMistakenBytes}. */
export function refuseMistakenTable(header: Header, source: string, line: number): void {
  refuse(
    TABLES.find(({ recognize }) => recognize(header)),
    source,
    line,
  );
}

function refuse(found: MistakenFile | undefined, source: string, line?: number): void {
  if (found === undefined) return;
  const { what, instead } = found;
  throw new InputError("mistaken-file", {
    source,
    ...(line === undefined ? {} : { line }),
    detail: what,
    hint: instead,
  });
}

function hasAll(names: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.every((name) => names.has(name));
}
