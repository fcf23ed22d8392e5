import type { Origin } from "../../model/origin.ts";
import { ownValue } from "../../text/own-value.ts";
import { columnKey, type TableFormat, type TableRow } from "./define-format.ts";

/** Gives an object of JSON by the columns of a format. A property that it has with `null` is blank. */
export function jsonRow(format: TableFormat, properties: ReadonlyMap<string, unknown>, origin: Origin): TableRow {
  const byKey = new Map(Array.from(properties, ([name, value]) => [columnKey(name), value]));
  const cells = (column: string): readonly string[] | undefined => {
    const names = ownValue(format.columns, column)?.names.map(columnKey) ?? [];
    const name = names.find((candidate) => byKey.has(candidate));
    return name === undefined ? undefined : toTexts(byKey.get(name));
  };
  return {
    origin,
    cells,
    cell: (column) => {
      const texts = cells(column);
      return texts === undefined ? undefined : (texts[0] ?? "");
    },
  };
}

/** Lists the values of a property as Export-Csv would write each of them; a list within it as its values. */
function toTexts(property: unknown): readonly string[] {
  const texts: string[] = [];
  const open: unknown[] = [property];
  while (open.length > 0) {
    const value = open.pop();
    if (value === null || value === undefined || value === "") continue;
    if (Array.isArray(value)) for (let at = value.length - 1; at >= 0; at--) open.push(value[at]);
    // Windows PowerShell's ConvertTo-Json wraps lists: { "value": […], "Count": 2 }.
    else if (typeof value === "object" && "value" in value) open.push(value.value);
    else texts.push(toText(value));
  }
  return texts;
}

function toText(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
