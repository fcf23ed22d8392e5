import type { Origin } from "../../model/origin.ts";
import { type ColumnRule, columnKey, type TableFormat, type TableRow } from "./define-format.ts";
import { fieldSources } from "./field-source.ts";

/** Gives objects of JSON by the columns of a format. A property that one has with `null` is blank. */
export class JsonRows {
  readonly #names: ReadonlyMap<string, { readonly names: readonly string[]; readonly also: readonly string[] }>;
  readonly #sources: TableRow["sources"];

  constructor({ columns }: TableFormat) {
    this.#names = new Map(
      Object.entries<ColumnRule>(columns).map(([column, { names, also = [] }]) => [
        column,
        { names: names.map(columnKey), also: also.map(columnKey) },
      ]),
    );
    this.#sources = fieldSources(columns);
  }

  row(properties: ReadonlyMap<string, unknown>, origin: Origin): TableRow {
    const byKey = new Map(Array.from(withAttributes(properties), ([name, value]) => [columnKey(name), value]));
    const cells = (column: string): readonly string[] | undefined => {
      const { names = [], also = [] } = this.#names.get(column) ?? {};
      const name = names.find((candidate) => byKey.has(candidate));
      const found = [...(name === undefined ? [] : [name]), ...also.filter((candidate) => byKey.has(candidate))];
      return found.length === 0 ? undefined : found.flatMap((key) => toTexts(byKey.get(key)));
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

/** What ldapdomaindump and ldap3 write has the attributes of an object in an object of their own. */
export function withAttributes(properties: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const attributes = properties.get("attributes");
  if (typeof attributes !== "object" || attributes === null || Array.isArray(attributes)) return properties;
  const { attributes: _, ...others } = Object.fromEntries(properties);
  return new Map([...Object.entries(attributes), ...Object.entries(others)]);
}

/** Lists the values of a property as Export-Csv would write each of them; a list within it as its values. */
export function toTexts(property: unknown): readonly string[] {
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
