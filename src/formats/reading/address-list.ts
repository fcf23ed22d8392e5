import { listItems, quotedItems } from "../../text/list-literal.ts";
import { dropTrailing } from "../../text/trailing.ts";

/** A type prefix: letters, then a colon. `DDA:` occurs inside X.400 addresses and is none. */
const PREFIX = /(?:^|[^=A-Za-z0-9_.-])(?!dda:)[=A-Za-z][A-Za-z0-9_-]{0,15}:/i;

/** White space first: where it follows a `;`, that may be the end of an X.400 address. */
const SEPARATORS = ["\n", "\t", " ", ";", "|", ",", "+"];

/**
 * What else joins addresses, before a type that nearly all have: `#`, `/`, `&`, ` / `, `;#` (SharePoint), `<br>`, a line break that
 * is written `\n`.
 */
const ODD_SEPARATOR = /([^A-Za-z0-9@.=:_-]{1,4}|\s[-_.]\s|<br ?\/?>|\\[nrt])(?=(?:smtp|sip|x500|x400|eum|spo):)/i;
/** The beginning of another address, of such a type, within one. */
const HIDDEN = /(?:[^A-Za-z0-9]|\\[nrt])(?:smtp|sip|x500|x400|eum|spo):/i;

/**
 * Splits a cell of joined addresses.
 *
 * The cell is split only where a `type:` follows the separator: X.400, X.500 and EUM addresses hold `;`, `,` and spaces
 * themselves, and `+` is legal in a local part. Which separator was used is told by the cell: the one that gives the most
 * addresses. Addresses without any prefix are split at every separator. A list that was written as text (JSON, Python) is
 * read as one, and so are the objects of Exchange.
 */
export function splitAddresses(cell: string): readonly string[] {
  const text = cell.trim();
  if (text === "") return [];
  if (text.includes("ProxyAddressString"))
    return Array.from(text.matchAll(OBJECT), ([, address = ""]) => address.trim());
  const items = text.startsWith('"') ? quotedItems(text) : listItems(text);
  return items === undefined ? splitJoined(text) : items.flatMap((item) => splitJoined(item.trim()));
}

/** Exchange's own objects, as JSON or as PowerShell shows them. */
const OBJECT = /ProxyAddressString["']?\s?[=:]\s?["']?([^"';}]+)/g;

function splitJoined(text: string): readonly string[] {
  if (text === "") return [];
  if (!PREFIX.test(text)) return splitBare(text);
  let best: readonly string[] = [text];
  for (const separator of SEPARATORS) {
    const pieces = splitBeforePrefix(text, separator);
    if (pieces.length > best.length) best = pieces;
  }
  if (best.some(holdsAnother)) best = splitAtOdd(text) ?? best;
  return best.map(dropSeparators).filter((piece) => piece !== "");
}

/** Tells whether a text holds another address behind its own type, or is a list in brackets: then it is no address. */
export function holdsAnother(text: string): boolean {
  // Nearly all have a colon behind their own type at most.
  return (text.lastIndexOf(":") > OWN_COLON && HIDDEN.test(text)) || (/[[\]{}]/.test(text) && !/^x[45]00:/i.test(text));
}

const OWN_COLON = 4;

/** Splits where one and the same separator stands before each further type. */
function splitAtOdd(text: string): readonly string[] | undefined {
  const parts = text.split(ODD_SEPARATOR);
  const separators = new Set(parts.filter((_, index) => index % 2 === 1));
  return separators.size === 1 ? parts.filter((_, index) => index % 2 === 0) : undefined;
}

/** Where `; ` or `, ` joins, a piece ends in it. An X.400 address ends in one `;` of its own. */
function dropSeparators(piece: string): string {
  const text = dropTrailing(piece.trim(), ",|")
    .replace(/\s[^\s\w;]$/, "")
    .trimEnd();
  const bare = dropTrailing(text, ";");
  return /^x400:/i.test(text) && bare.length < text.length ? `${bare};` : bare;
}

function splitBeforePrefix(text: string, separator: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) {
    let next = at + 1;
    while (/\s/.test(text[next] ?? "")) next++;
    if (beginsWithPrefix(text, next)) {
      pieces.push(text.slice(start, at));
      start = next;
    }
    // White space is passed over once: of a run of it each would be followed by the same.
    at = Math.max(at, next - 1);
  }
  return [...pieces, text.slice(start)];
}

function beginsWithPrefix(text: string, at: number): boolean {
  return /^(?!dda:)[=A-Za-z][A-Za-z0-9_-]{0,15}:/i.test(text.slice(at, at + 17));
}

/** Splits addresses without types. Of several in one piece the separator is one that no address needs. */
function splitBare(text: string): readonly string[] {
  const inAngles = Array.from(text.matchAll(/<([^<>\s@]{1,64}@[^<>\s@]{1,255})>/g), ([, address = ""]) => address);
  if (inAngles.length > 0) return inAngles;
  const pieces = text.split(/[;|,\s]+/).filter((piece) => piece !== "");
  return pieces.flatMap((piece) => {
    const parts = piece.split(/[#/&~^+]+/).filter((part) => part !== "");
    return countOfAt(piece) > 1 && parts.every((part) => countOfAt(part) === 1) ? parts : [piece];
  });
}

function countOfAt(text: string): number {
  return text.split("@").length - 1;
}
