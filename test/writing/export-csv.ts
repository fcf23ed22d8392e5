/** A column: its name, and what it holds for an object; `null` is a property without a value. */
export type Column<Item> = readonly [name: string, value: (item: Item) => string | null];

/** How a table is written. */
export interface CsvStyle {
  readonly delimiter?: "," | ";" | "\t" | "|";
  /** `all` as Windows PowerShell, `needed` as PowerShell 7 and Excel, `never` as scripts that write lines themselves. */
  readonly quotes?: "all" | "needed" | "never";
  /** The type in the first line, as Windows PowerShell writes it without -NoTypeInformation. */
  readonly type?: string;
  readonly newline?: "\r\n" | "\n" | "\r";
}

/** Writes a table as Export-Csv does: a property without a value is nothing at all, an empty text is `""`. */
export function exportCsv<Item>(
  items: readonly Item[],
  columns: readonly Column<Item>[],
  style: CsvStyle = {},
): string {
  const { delimiter = ",", quotes = "all", type, newline = "\r\n" } = style;
  const cell = (text: string | null): string => {
    if (text === null) return "";
    const isQuoted = quotes === "all" || (quotes === "needed" && (text.includes(delimiter) || /["\r\n]/.test(text)));
    return isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = [
    columns.map(([name]) => cell(name)),
    ...items.map((item) => columns.map(([, value]) => cell(value(item)))),
  ];
  const lines = rows.map((cells) => cells.join(delimiter));
  return [...(type === undefined ? [] : [`#TYPE ${type}`]), ...lines].map((line) => line + newline).join("");
}

/** UTF-8 with a byte order mark: -Encoding UTF8 of Windows PowerShell. */
export function utf8WithMark(text: string): Uint8Array {
  return Buffer.from(`\ufeff${text}`);
}

/** UTF-16LE with a byte order mark: -Encoding Unicode, Out-File, csvde -u. */
export function utf16(text: string): Uint8Array {
  return Buffer.from(`\ufeff${text}`, "utf16le");
}

/** Windows-1252: Excel in the west. Letters that it lacks become `?`. */
export function windows1252(text: string): Uint8Array {
  const codes = new Map<string, number>();
  const decoder = new TextDecoder("windows-1252");
  for (let code = 0; code < 256; code++) codes.set(decoder.decode(Uint8Array.of(code), { stream: true }), code);
  return Uint8Array.from(text, (character) => codes.get(character) ?? 63);
}
