import { PERSON } from "../../model/user-view.ts";
import { codeOf, type FieldSource } from "./field-source.ts";
import { PlainView } from "./plain-view.ts";
import type { TableColumns } from "./table-columns.ts";
import { readStrictly, type StrictReading } from "./value-kinds.ts";

const ADDRESSES = -1;
const BLANK = -2;

/** Lengths at which cells are cut: address-columns.ts looks at them more closely. */
const CUT_LENGTHS: ReadonlySet<number> = new Set([255, 32_767]);

const SPACE = 32;
const PLUS = 43;
const COMMA = 44;
const DOT = 46;
const COLON = 58;
const SEMICOLON = 59;
const EQUALS = 61;
const BRACKET = 91;
const BRACE = 123;
const BAR = 124;

/** What is done with a cell: it is read as a field, or as addresses, or must be blank. */
type CellUse = FieldSource | "addresses" | "blank";

/**
 * Gives what the columns of a table are for, by name, if plain rows of it can be read from bytes: all columns that are used
 * are fields with a strict reading, addresses with their types in one column, or a date of deletion; the sign-in name among them.
 */
export function plainUses(columns: TableColumns): ReadonlyMap<string, CellUse> | undefined {
  const uses = new Map<string, CellUse>([
    ["proxyAddresses", "addresses"],
    ["softDeletionTimestamp", "blank"],
  ]);
  for (const [name, source] of columns.sources) if (source.as.strict !== undefined) uses.set(name, source);
  return uses.has("userPrincipalName") && columns.hasOnly([...uses.keys()]) ? uses : undefined;
}

/**
 * Reads a plain user of the online service from the bytes of its cells. What it makes is what `readOnlineUser` would; a test
 * holds it to that. Whatever is unusual it refuses.
 */
export class PlainOnlineUser {
  readonly user = new PlainView();
  /** For each cell the code of its field, and how it is read; {@link ADDRESSES} and {@link BLANK} for the others. */
  readonly #codes: Int16Array;
  readonly #readings: readonly (StrictReading | undefined)[];
  readonly #nameCell: number;
  #hasName = false;

  /** Knows what each cell is for that it will be given. */
  constructor(uses: readonly CellUse[]) {
    this.#codes = Int16Array.from(uses, (use) =>
      use === "addresses" ? ADDRESSES : use === "blank" ? BLANK : codeOf(use),
    );
    this.#readings = uses.map((use) => (typeof use === "string" ? undefined : use.as.strict));
    this.#nameCell = uses.findIndex((use) => typeof use !== "string" && use.field === "userPrincipalName");
  }

  /** Begins with the next user, whose cells stand in a chunk. */
  begin(chunk: Uint8Array): void {
    this.user.begin(chunk);
    this.user.view.type = PERSON;
    this.#hasName = false;
  }

  take(cell: number, bytes: Uint8Array, start: number, end: number): boolean {
    // A name in brackets is a list that was written as text.
    if (cell === this.#nameCell) this.#hasName = end > start && bytes[start] !== BRACKET;
    const code = this.#codes[cell] ?? BLANK;
    if (code === ADDRESSES) return this.#takeAddresses(bytes, start, end);
    if (code === BLANK) return start === end;
    const read = this.#readings[cell];
    return read !== undefined && readStrictly(read, this.user, code, bytes, start, end);
  }

  end(): boolean {
    return this.#hasName;
  }

  /**
   * Takes addresses joined by `;`, each with its type. Any character that another separator could be, and any that could
   * be the end of a list that was cut, is left to those who look closer.
   */
  #takeAddresses(bytes: Uint8Array, start: number, end: number): boolean {
    const { user } = this;
    user.view.hasAddresses = true;
    if (start === end) return true;
    if (CUT_LENGTHS.has(end - start) || bytes[end - 1] === DOT || bytes[start] === BRACE) return false;
    let from = start;
    let hasType = false;
    for (let at = start; at < end; at++) {
      const kind = CHARACTERS[bytes[at] ?? 0];
      if (kind === 0) continue;
      if (kind === PREFIX_END) {
        // Another type within one address: something unusual joins them.
        if (hasType) return false;
        hasType = true;
        continue;
      }
      if (kind === REFUSED || (kind === WHITE && isBeforeType(bytes, at + 1, end))) return false;
      if (kind === WHITE) continue;
      if (!this.#takeAddress(bytes, from, at)) return false;
      from = at + 1;
      hasType = false;
    }
    return this.#takeAddress(bytes, from, end);
  }

  #takeAddress(bytes: Uint8Array, start: number, end: number): boolean {
    return !isX400(bytes, start) && this.user.address(bytes, start, end);
  }
}

const [SEPARATOR, WHITE, REFUSED, PREFIX_END] = [1, 2, 3, 4];
/** What joins addresses elsewhere, and what no address holds. */
const UNUSUAL: ReadonlySet<number> = new Set([
  COMMA,
  BAR,
  PLUS,
  BRACKET,
  BRACE,
  ...[..."]}"].map((one) => one.charCodeAt(0)),
]);
/** What each byte is among joined addresses; refused are letters beyond ASCII, and what could join addresses too. */
const CHARACTERS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === SEMICOLON) return SEPARATOR;
  if (byte === SPACE) return WHITE;
  if (byte === COLON) return PREFIX_END;
  return byte < SPACE || byte > 126 || UNUSUAL.has(byte) ? REFUSED : 0;
});

/** X.400 holds semicolons itself. */
function isX400(bytes: Uint8Array, start: number): boolean {
  return ((bytes[start] ?? 0) | 32) === 120 && bytes[start + 1] === 52;
}

/** Whether a `type:` could begin here: then the white space before it could be a separator. */
function isBeforeType(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < Math.min(end, start + 18); at++) {
    const byte = bytes[at] ?? 0;
    if (byte === COLON) return true;
    const isName = (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
    if (!isName && byte !== 45 && byte !== 95 && byte !== EQUALS && byte !== SPACE) return false;
  }
  return false;
}
