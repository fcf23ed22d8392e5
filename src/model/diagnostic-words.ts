import type { TextFaultCode } from "../text/fault.ts";
import { containerWords } from "./container-words.ts";
import { tableWords } from "./table-words.ts";
import type { Words } from "./words.ts";

/** Every diagnostic that reading can give. A fault of a grammar without words here is a compile error. */
export const WORDS = {
  ...containerWords,
  ...tableWords,
  "alternate-login-id": {
    severity: "warning",
    message: (detail) =>
      `${detail} who are synchronized sign in with their mail address, not with their UPN: mail is taken for everybody's sign-in name.`,
    hint: "That is an alternate login ID. If it is none, run again with --upn-source userPrincipalName.",
  },
  "anchor-fits-nobody": {
    severity: "warning",
    message: (detail) => `No ImmutableId online is a value of ${detail}, which was named as the source anchor.`,
    hint: "Leave out --source-anchor: the attribute is then told from the ImmutableIds, as far as the export has it.",
  },
  "double-encoded": {
    severity: "warning",
    message: (detail) => `The text looks as if UTF-8 was once read as another encoding and saved: ${detail}.`,
    hint: "Excel does so with UTF-8 that has no byte order mark. Use the file as it was exported.",
  },
  "duplicate-object": {
    severity: "warning",
    message: (detail) => `The same object was read before, with other values: ${detail}.`,
    hint: "Give exports that were made at the same time, or only the newer one.",
  },
  "duplicate-objects-equal": {
    severity: "info",
    message: (detail) => `${detail} read before, with the same values; each counts once.`,
  },
  "copy-of-a-file": {
    severity: "warning",
    message: () => "Every object of it is in another file of the same side, with the same values: is it a copy?",
    hint: "Give each export once; perhaps another one was meant.",
  },
  "encoding-changes": {
    severity: "error",
    message: (detail) =>
      `From this line on the file is in another encoding (${detail}): something was appended to it. Both parts are read.`,
    hint: "`>>`, Out-File -Append and `copy` join files as they are; write each export to a file of its own.",
  },
  "few-in-common": {
    severity: "warning",
    message: (detail) =>
      `Hardly anybody is on both sides: ${detail}. These look like the exports of two companies, or of two parts of one.`,
    hint: "Look whether both files are of the same customer, and of the production forest. If the people on-premises are all to be new online, this is as it should be.",
  },
  "invalid-object-guid": {
    severity: "warning",
    message: (detail) => `The objectGUID is neither 16 bytes nor a GUID: ${detail}. The record is read without it.`,
    hint: "Without objectGUID the record cannot be matched by its anchor, only by address.",
  },
  "json-count-differs": {
    severity: "error",
    message: (detail) => `The file says that it holds ${detail}.`,
    hint: "Pages are missing, or the file was damaged or changed. Export again.",
  },
  "json-invalid-record": {
    severity: "error",
    message: () => "The object that begins here is not valid JSON; it is left out.",
    hint: "Look for a missing quotation mark, comma or bracket, or export again.",
  },
  "json-more-pages": {
    severity: "error",
    message: () => "The file is one page of several (@odata.nextLink); the other users are missing.",
    hint: "Follow @odata.nextLink until there is none, and give all pages together, or use Get-MgUser -All.",
  },
  "json-nested-list": {
    severity: "warning",
    message: () => "A list stands within the list of objects; its objects are read like the others.",
    hint: "Lists were joined by hand, or a bracket is missing or too many. Compare the number of users with its source.",
  },
  "json-nested-too-deep": {
    severity: "error",
    message: () => "The brackets of the object that begins here are nested more than 512 deep; it is left out.",
    hint: "No export of users is written so; the file was damaged. Export again.",
  },
  "json-record-too-long": {
    severity: "error",
    message: () => "An object is longer than 16 MiB; it is left out.",
  },
  "json-repeated-name": {
    severity: "error",
    message: () => "The object that begins here names a property twice; it is left out.",
    hint: "Perhaps these are two objects, and what stood between them was lost. Export again.",
  },
  "json-stray-text": {
    severity: "error",
    message: (detail) => `Text that belongs to no object is left out: ${detail}`,
    hint: "A bracket or quotation mark was lost, or something was appended. What it held is missing; export again.",
  },
  "json-truncated": {
    severity: "error",
    message: (detail) => `The file was cut here${detail === "" ? "" : `; ${detail}`}.`,
    hint: "Export again; objects behind this place are missing from every result.",
  },
  "ldif-attributes-without-values": {
    severity: "error",
    message: () => "The record names its attributes and has no values; it is left out.",
    hint: "The file was made with ldapsearch -A (names only). Export again without -A.",
  },
  "ldif-change-record": {
    severity: "warning",
    message: (detail) => `A change record (changetype: ${detail}) is no export of an object; it is left out.`,
    hint: "Give an export, made with ldifde -f or ldapsearch, not a file of changes.",
  },
  "ldif-count-differs": {
    severity: "error",
    message: (detail) => `Records are missing: ${detail}.`,
    hint: "Export again; the missing objects are in no result.",
  },
  "ldif-incomplete-result": {
    severity: "error",
    message: (detail) => `The server ended the search early (result: ${detail}); the export is incomplete.`,
    hint: "Export again with paging: ldapsearch -E pr=1000/noprompt …",
  },
  "ldif-invalid-attribute-name": {
    severity: "error",
    message: (detail) => `The line does not begin with an attribute name: ${detail}. The line is left out.`,
    hint: "Expected `name: value`; look whether a folded line lost the space it begins with.",
  },
  "ldif-invalid-base64": {
    severity: "error",
    message: (detail) => `The value of ${detail} is not valid base64; it is left out.`,
    hint: "The value was damaged or cut; export again.",
  },
  "ldif-lost-block": {
    severity: "error",
    message: () =>
      "A block of the file was lost: NULs stand in its place. The line and the rest of its record are left out; more records may be missing.",
    hint: "A disk or a transfer lost it. Get the file again, or export again.",
  },
  "ldif-missing-blank-line": {
    severity: "warning",
    message: () => "A new record begins without the blank line that should end the one before; both are read.",
  },
  "ldif-no-colon": {
    severity: "error",
    message: (detail) => `The line has no colon: ${detail}. The line is left out.`,
    hint: "Expected `name: value`; look whether a folded line lost the space it begins with.",
  },
  "ldif-no-dn": {
    severity: "error",
    message: (detail) => `A record without dn, beginning with "${detail}", is left out.`,
    hint: "Every record must begin with `dn:`; export again.",
  },
  "ldif-no-final-newline": {
    severity: "warning",
    message: () => "The file ends without a line end; its last record is read as it is, but may have been cut.",
    hint: "Compare the end of the file with its source.",
  },
  "ldif-orphan-continuation": {
    severity: "error",
    message: (detail) => `A folded line continues nothing: ${detail}. The line is left out.`,
    hint: "A line that begins with a space continues the line before; a blank line must not stand between them.",
  },
  "ldif-truncated": {
    severity: "error",
    message: (detail) =>
      `The file was cut here${detail === "" ? ": the lines that its producer writes at the end are missing" : `; ${detail}`}.`,
    hint: "Export again; objects behind this place are missing from every result.",
  },
  "ldif-unfinished-record": {
    severity: "warning",
    message: () =>
      "The file ends without the blank line that ldifde writes after a record; the last record may have been cut.",
    hint: "Compare the end of the file with its source.",
  },
  "ldif-unsupported-version": {
    severity: "warning",
    message: (detail) => `The file says it is LDIF version ${detail}; it is read as version 1.`,
  },
  "ldif-url-value": {
    severity: "warning",
    message: (detail) => `A value is given as a URL (${detail}); URLs are never opened, the value is left out.`,
    hint: "Export again without ldapsearch -t.",
  },
  "ldif-value-on-next-line": {
    severity: "warning",
    message: (detail) => `The value of ${detail} stands here without the space that continues a line; it is read.`,
    hint: "An editor removed the space; use the file as it was exported.",
  },
  "ldif-record-too-long": {
    severity: "error",
    message: () => "A record holds more than 64 MiB of values; it is left out.",
  },
  "ldif-records-joined": {
    severity: "error",
    message: (detail) =>
      `The record has ${detail} a second time, which no object has: here another record goes on whose first lines were lost. It is left out from this line on; what stands before may belong to both.`,
    hint: "Look at the lines before, or export again.",
  },
  "ldif-text-behind-end": {
    severity: "warning",
    message: () => "A Ctrl-Z before this line ends the text in DOS; what stands behind it is read too.",
    hint: "Files were perhaps joined with `copy`; look whether all of them belong here.",
  },
  "ldif-value-too-long": {
    severity: "error",
    message: (detail) => `The value of ${detail} is longer than 16 MiB; it is left out.`,
  },
  "left-out-by-name": {
    severity: "info",
    message: (detail) => `${detail} is left out as an object of the system: its name begins like one.`,
    hint: "If this is a person, use --include-system-objects (includeSystemObjects in the library).",
  },
  "name-contradicted": {
    severity: "error",
    message: (detail) =>
      `The record calls itself ${detail}, which is not its distinguished name: parts of two records were joined, or a name was damaged.`,
    hint: "Compare the record with its source, or export again.",
  },
  "names-contradicted": {
    severity: "info",
    message: (detail) => `${detail} have other names than their DNs: whoever wrote the file changed them.`,
  },
  "doubtful-domains": {
    severity: "warning",
    message: (detail) =>
      `Online these domains occur in aliases alone, in no sign-in name and no primary address: ${detail}. Whether they are verified is not known; if not, their addresses are lost, and where they are primary the one in the initial domain takes their place.`,
    hint: "Ask the tenant for its domains (Get-MsolDomain), and name those that are verified: --verified-domain.",
  },
  "nobody-read": {
    severity: "error",
    message: (detail) => `Nobody in this file is taken by a synchronization: ${detail}.`,
  },
  "primary-addresses-only": {
    severity: "warning",
    message: () => "The export has primary addresses alone: nothing can be said of who will gain or lose aliases.",
  },
  "entries-without-attributes": {
    severity: "error",
    message: (detail) => `${detail}.`,
    hint: "The account that exported may not read them, or what was asked for they have not. Export again as an administrator, or with objectClass; until then who is online without a counterpart may be one of them.",
  },
  "no-addresses": {
    severity: "warning",
    message: () => "The export has no proxyAddresses: nothing can be said of who will send mail under another address.",
  },
  "no-common-domain": {
    severity: "error",
    message: (detail) =>
      `No domain online occurs on-premises: ${detail}. These look like the exports of two companies.`,
    hint: "Look whether both files are of the same customer, and of the production forest.",
  },
  "no-distinguished-name": {
    severity: "error",
    message: () => "The record has no distinguished name; it is left out.",
    hint: "Look at the line: the name was lost, or the record before it was cut.",
  },
  "no-object-guid": {
    severity: "warning",
    message: () =>
      "The export has no objectGUID: users who are synchronized already cannot be matched by their anchor.",
  },
  "no-primary-marks": {
    severity: "warning",
    message: () =>
      "No address is marked as primary (SMTP: in capitals): the marks were lost, and nobody's primary is known.",
  },
  "no-user-principal-name": {
    severity: "error",
    message: () => "The row has no user principal name and no object id; it is left out.",
  },
  "nobody-has-addresses": {
    severity: "warning",
    message: () =>
      "Nobody in the export has proxyAddresses, and nothing of Exchange is there: that is taken for true, and mail for the primary address. What follows from it is not certain.",
    hint: "If proxyAddresses was not asked for, say so (--lacks-proxy-addresses), or export again with it.",
  },
  "nobody-has-a-primary": {
    severity: "warning",
    message: () =>
      "No address is marked as primary (SMTP: in capitals), and such an export shows values as they are stored: everybody's primary address becomes the one in the initial domain (onmicrosoft.com).",
    hint: "Mark the right addresses SMTP: in Active Directory; only if something else wrote the file in small letters, export again.",
  },
  "not-utf-8": {
    severity: "warning",
    message: (detail) => `${detail}, an encoding that nothing in the file tells.`,
    hint: "Look at the names with accents (inspect shows some); if they are wrong, name the right encoding: --encoding windows-1250, or export again with -Encoding UTF8 (csvde and ldifde: -u).",
  },
  "number-of-a-limit": {
    severity: "warning",
    message: (detail) => `The export has exactly ${detail}: where the command stops unless it is told not to.`,
  },
  "object-class-missing": {
    severity: "warning",
    message: (detail) =>
      `The export has no objectClass; ${detail} without a user principal name cannot be told to be people and only their addresses are used.`,
    hint: "Export objectClass too.",
  },
  "question-marks": {
    severity: "warning",
    message: (detail) => `A question mark stands in place of a letter: ${detail}. The letter was lost in the export.`,
    hint: "Export-Csv of Windows PowerShell writes ASCII; export again with -Encoding UTF8.",
  },
  "range-incomplete": {
    severity: "error",
    message: (detail) => `Only a part of the values of ${detail} is in the file.`,
    hint: "The server gave the values in slices (;range=). Give the files with the other slices too, they are joined; or use ldifde, which does so itself.",
  },
  "linked-mailboxes": {
    severity: "warning",
    message: (detail) => `${detail} left out: who signs in with an account of another forest comes with that account.`,
    hint: "Give the export of the other forest too. If all accounts are of this one, --include-system-objects keeps them.",
  },
  "contacts-of-other-forest": {
    severity: "warning",
    message: (detail) =>
      `${detail} of another forest, with the same mail address (GALSync): joined if Entra Connect matches by mail, else refused. No duplicate is told.`,
    hint: "Choose “Mail attribute” where Entra Connect asks how people of several forests are identified, or leave these contacts out (--exclude-ou).",
  },
  "units-of-nobody-online": {
    severity: "warning",
    message: (detail) => detail,
    hint: "If they are not synchronized, name the scope: --include-ou or --exclude-ou, with the distinguished name of a unit. If they are, new accounts are made for them, without what has such a suffix: their sign-in names are in the initial domain.",
  },
  "utf-16-odd-length": {
    severity: "error",
    message: () => "The file ends in the middle of a UTF-16 character: it was cut.",
    hint: "Export again; objects behind this place are missing from every result.",
  },
} satisfies Record<TextFaultCode, Words> & Record<string, Words>;
