import type { CsvDialect } from "../../text/csv-dialect.ts";
import { CsvScanner } from "../../text/csv-scanner.ts";
import type { RecordContext, TableFormat } from "./define-format.ts";
import { DN_OF_RECORD, PlainActiveDirectory, plainAttributes } from "./plain-active-directory.ts";
import { PlainOnlineUser, plainUses } from "./plain-online-user.ts";
import type { PlainView } from "./plain-view.ts";
import type { TableColumns } from "./table-columns.ts";

/** Reads plain rows of one table from bytes. */
export interface PlainRows {
  readonly user: PlainView;
  /** Reads the row that begins at `start`; gives the offset behind it, or -1 if it is not plain. */
  readonly read: (bytes: Uint8Array, start: number) => number;
}

/** Gives the reader of plain rows of a table, if its format has one and its columns are among those that it knows. */
export function plainRowsOf(
  format: TableFormat,
  { delimiter, header }: CsvDialect,
  columns: TableColumns,
  context: RecordContext,
): PlainRows | undefined {
  if (format.plain === "active-directory" && PlainActiveDirectory.fits(context)) {
    return new ActiveDirectoryRows(delimiter, header.length, columns, context);
  }
  const uses = format.plain === "online" ? plainUses(columns) : undefined;
  return uses && new OnlineRows(delimiter, header.length, columns, uses);
}

const SEMICOLON = 59;
const BACKSLASH = 92;
const BAR = 124;

/** Rows of csvde: lists joined by `;`, and `X'…'` for bytes and for text with accents. */
class ActiveDirectoryRows implements PlainRows {
  readonly #object: PlainActiveDirectory;
  readonly #scanner: CsvScanner;
  /** What each of the scanner's cells is. */
  readonly #attributes: readonly number[];
  #scratch = new Uint8Array(4096);

  constructor(delimiter: string, width: number, columns: TableColumns, context: RecordContext) {
    this.#object = new PlainActiveDirectory(context);
    const known = [
      { attribute: DN_OF_RECORD, column: columns.indexOf("dn") },
      // The DN is told by its own column.
      ...plainAttributes
        .map((name, attribute) => ({ attribute, column: columns.indexOf(name.toLowerCase()) }))
        .filter(({ attribute }) => plainAttributes[attribute] !== "distinguishedName"),
    ].filter(({ column }) => column >= 0);
    this.#attributes = known.map(({ attribute }) => attribute);
    this.#scanner = new CsvScanner(
      delimiter,
      width,
      known.map(({ column }) => column),
    );
  }

  get user(): PlainView {
    return this.#object.user;
  }

  read(bytes: Uint8Array, start: number): number {
    const end = this.#scanner.scan(bytes, start);
    if (end < 0) return -1;
    const { starts, ends } = this.#scanner;
    this.#object.begin(bytes);
    for (let cell = 0; cell < this.#attributes.length; cell++) {
      const attribute = this.#attributes[cell] ?? 0;
      if (!this.#takeCell(attribute, bytes, starts[cell] ?? 0, ends[cell] ?? 0)) return -1;
    }
    return this.#object.end() ? end : -1;
  }

  #takeCell(attribute: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (attribute === ADDRESSES) return this.#takeAddresses(bytes, start, end);
    if (attribute === CLASS)
      return !has(bytes, start, end, SEMICOLON) && this.#object.take(attribute, bytes, start, end);
    if (attribute === DN_OF_RECORD && hasTwoBackslashes(bytes, start, end)) return false;
    if (!isHex(bytes, start, end))
      return attribute !== GUID || start === end ? this.#object.take(attribute, bytes, start, end) : false;
    const length = this.#decodeHex(bytes, start + 2, end - 1);
    return length > 0 && this.#object.take(attribute, this.#scratch, 0, length);
  }

  #takeAddresses(bytes: Uint8Array, start: number, end: number): boolean {
    if (start === end) return this.#object.take(ADDRESSES, bytes, start, end);
    let from = start;
    for (let at = start; at < end; at++) {
      const kind = IN_LIST[bytes[at] ?? 0];
      if (kind === 0) continue;
      if (kind === REFUSED || !this.#takeAddress(bytes, from, at)) return false;
      from = at + 1;
    }
    return this.#takeAddress(bytes, from, end);
  }

  #takeAddress(bytes: Uint8Array, start: number, end: number): boolean {
    return start === end || (!isHex(bytes, start, end) && this.#object.take(ADDRESSES, bytes, start, end));
  }

  /** Gives the number of bytes, or -1. */
  #decodeHex(bytes: Uint8Array, start: number, end: number): number {
    if ((end - start) % 2 !== 0) return -1;
    const length = (end - start) / 2;
    if (length > this.#scratch.length) this.#scratch = new Uint8Array(2 * length);
    for (let index = 0; index < length; index++) {
      const high = HEX[bytes[start + 2 * index] ?? 0] ?? -1;
      const low = HEX[bytes[start + 2 * index + 1] ?? 0] ?? -1;
      if ((high | low) < 0) return -1;
      this.#scratch[index] = (high << 4) | low;
    }
    return length;
  }
}

const ADDRESSES = plainAttributes.indexOf("proxyAddresses");
const CLASS = plainAttributes.indexOf("objectClass");
const GUID = plainAttributes.indexOf("objectGUID");

const [SEPARATOR, REFUSED] = [1, 2];
/** What each byte is in a list; in one with an escape or a bar, semicolons may stand for themselves. */
const IN_LIST = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === SEMICOLON ? SEPARATOR : byte === BACKSLASH || byte === BAR ? REFUSED : 0,
);

const HEX = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

/** Whether a value is written `X'…'`. */
function isHex(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= 3 &&
    (bytes[start] === 88 || bytes[start] === 120) &&
    bytes[start + 1] === 39 &&
    bytes[end - 1] === 39
  );
}

function has(bytes: Uint8Array, start: number, end: number, wanted: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === wanted) return true;
  return false;
}

function hasTwoBackslashes(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at++) if (bytes[at] === BACKSLASH && bytes[at - 1] === BACKSLASH) return true;
  return false;
}

/** Rows of Get-MsolUser and its like. */
class OnlineRows implements PlainRows {
  readonly #reader: PlainOnlineUser;
  readonly #scanner: CsvScanner;
  readonly #width: number;

  constructor(
    delimiter: string,
    width: number,
    columns: TableColumns,
    uses: NonNullable<ReturnType<typeof plainUses>>,
  ) {
    const used = [...uses].filter(([name]) => columns.has(name));
    this.#width = used.length;
    this.#reader = new PlainOnlineUser(used.map(([, use]) => use));
    this.#scanner = new CsvScanner(
      delimiter,
      width,
      used.map(([name]) => columns.indexOf(name)),
    );
  }

  get user(): PlainView {
    return this.#reader.user;
  }

  read(bytes: Uint8Array, start: number): number {
    const end = this.#scanner.scan(bytes, start);
    if (end < 0) return -1;
    const { starts, ends } = this.#scanner;
    this.#reader.begin(bytes);
    for (let cell = 0; cell < this.#width; cell++) {
      if (!this.#reader.take(cell, bytes, starts[cell] ?? 0, ends[cell] ?? 0)) return -1;
    }
    return this.#reader.end() ? end : -1;
  }
}
