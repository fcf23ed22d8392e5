import type { Origin } from "../../model/origin.ts";
import { columnKey, type TableFormat, type TableRow } from "./define-format.ts";

/** Gives an object of JSON by the columns of a format. A property that it has with `null` is blank. */
export function jsonRow(format: TableFormat, properties: ReadonlyMap<string, unknown>, origin: Origin): TableRow {
  const byKey = new Map(Array.from(properties, ([name, value]) => [columnKey(name), value]));
  const cells = (column: string): readonly string[] | undefined => {
    const names = format.columns[column]?.names.map(columnKey) ?? [];
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

/** Lists the values of a property as Export-Csv would write each of them. */
function toTexts(value: unknown): readonly string[] {
  if (value === null || value === undefined || value === "") return [];
  if (typeof value === "boolean") return [value ? "True" : "False"];
  if (Array.isArray(value)) return value.flatMap(toTexts);
  // Windows PowerShell's ConvertTo-Json wraps lists: { "value": […], "Count": 2 }.
  if (typeof value === "object") return "value" in value ? toTexts(value.value) : [JSON.stringify(value)];
  return [String(value)];
}
