import type { Origin } from "../../model/origin.ts";
import { columnKey, type TableFormat, type TableRow } from "./define-format.ts";
import { fieldSources } from "./field-source.ts";

/** Gives objects of JSON by the columns of a format. A property that one has with `null` is blank. */
export class JsonRows {
  readonly #names: ReadonlyMap<string, readonly string[]>;
  readonly #sources: TableRow["sources"];

  constructor({ columns }: TableFormat) {
    this.#names = new Map(Object.entries(columns).map(([column, { names }]) => [column, names.map(columnKey)]));
    this.#sources = fieldSources(columns);
  }

  row(properties: ReadonlyMap<string, unknown>, origin: Origin): TableRow {
    const byKey = new Map(Array.from(properties, ([name, value]) => [columnKey(name), value]));
    const cells = (column: string): readonly string[] | undefined => {
      const name = this.#names.get(column)?.find((candidate) => byKey.has(candidate));
      return name === undefined ? undefined : toTexts(byKey.get(name));
    };
    return {
      origin,
      sources: this.#sources,
      cells,
      cell: (column) => {
        const texts = cells(column);
        return texts === undefined ? undefined : (texts[0] ?? "");
      },
    };
  }
}

/** Lists the values of a property as Export-Csv would write each of them; a list within it as its values. */
function toTexts(property: unknown): readonly string[] {
  const texts: string[] = [];
  const open: unknown[] = [property];
  while (open.length > 0) {
    const value = open.pop();
    if (value === null || value === undefined || value === "") continue;
    if (Array.isArray(value)) for (let at = value.length - 1; at >= 0; at--) open.push(value[at]);
    // Windows PowerShell's ConvertTo-Json wraps lists: { "value": […], "Count": 2 }. An error of provisioning has a value too.
    else if (isWrapped(value)) open.push(value.value);
    else texts.push(toText(value));
  }
  return texts;
}

function isWrapped(value: unknown): value is { readonly value: unknown } {
  if (typeof value !== "object" || value === null || !("value" in value)) return false;
  return Array.isArray(value.value) || Object.keys(value).every((name) => name === "value" || name === "Count");
}

function toText(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object" || value === null) return String(value);
  return addressOf(value) ?? JSON.stringify(value);
}

/** The addresses of Exchange are objects, which ConvertTo-Json writes with all that they have. */
function addressOf(value: object): string | undefined {
  const parts = new Map(Object.entries(value));
  const text = parts.get("ProxyAddressString") ?? (parts.has("Local") ? parts.get("Address") : undefined);
  return typeof text === "string" ? text : undefined;
}
