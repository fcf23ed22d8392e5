import { dropTrailing } from "../../text/trailing.ts";

/** A type prefix: letters, then a colon. `DDA:` occurs inside X.400 addresses and is none. */
const PREFIX = /(?:^|[^=A-Za-z0-9_.-])(?!dda:)[=A-Za-z][A-Za-z0-9_-]{0,15}:/i;

/** White space first: where it follows a `;`, that may be the end of an X.400 address. */
const SEPARATORS = ["\n", "\t", " ", ";", "|", ",", "+"];

/**
 * Splits a cell of joined addresses.
 *
 * The cell is split only where a `type:` follows the separator: X.400, X.500 and EUM addresses hold `;`, `,` and spaces
 * themselves, and `+` is legal in a local part. Which separator was used is told by the cell: the one that gives the most
 * addresses. Addresses without any prefix are split at every separator.
 */
export function splitAddresses(cell: string): readonly string[] {
  const text = cell.trim();
  if (text === "") return [];
  if (!PREFIX.test(text)) return splitBare(text);
  let best: readonly string[] = [text];
  for (const separator of SEPARATORS) {
    const pieces = splitBeforePrefix(text, separator);
    if (pieces.length > best.length) best = pieces;
  }
  return best.map(dropSeparators).filter((piece) => piece !== "");
}

/** Where `; ` or `, ` joins, a piece ends in it. An X.400 address ends in one `;` of its own. */
function dropSeparators(piece: string): string {
  const text = dropTrailing(piece.trim(), ",|").trimEnd();
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

function splitBare(text: string): readonly string[] {
  return text.split(/[;|,\s]+/).filter((piece) => piece !== "");
}
