import { readBoolean } from "./boolean-cell.ts";
import type { Shape } from "./column-words.ts";
import { isLostCollection } from "./lost-collection.ts";

const TYPED = /(?:^|[^A-Za-z0-9])(?:smtp|sip|x500|x400|eum):\S/i;
const ADDRESS = /^[^\s@<>()[\]",;:|]{1,64}@[^\s@<>()[\]",;:|]{1,255}$/;
const GUID = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
/** Base64 of sixteen bytes. */
const ANCHOR = /^[A-Za-z0-9+/]{21}[AQgw]==$/;
const DN = /^(?:CN|OU|UID|DC)=[^=]{1,256},\s*(?:CN|OU|DC|O|C)=/i;
const WORD = /^[\p{L}\p{N}._$'-]{1,64}$/u;
const KIND = /mailbox|mailuser|group|contact|distribution|public ?folder|^(?:user|guest|member|gast|mitglied)$/i;

/** Tells what a cell that is not blank looks like; most telling first. */
function shapesOf(cell: string): readonly Shape[] {
  const text = cell.trim();
  if (isLostCollection(text) || text.startsWith('{"')) return [];
  if (TYPED.test(text)) return ["typed"];
  if (ADDRESS.test(text)) return ["address"];
  if (text.indexOf("@") !== text.lastIndexOf("@")) return ["addresses"];
  if (GUID.test(text)) return ["guid"];
  if (ANCHOR.test(text)) return ["anchor", "word"];
  if (DN.test(text)) return ["dn"];
  const shapes: Shape[] = [];
  if (readBoolean(text) !== undefined) shapes.push("truth");
  if (KIND.test(text)) shapes.push("kind");
  if (WORD.test(text)) shapes.push("word");
  shapes.push("text");
  return shapes;
}

/** Tells whether a text is a value that nobody calls a column by: an address, a GUID or a distinguished name. */
export function isValue(text: string): boolean {
  return shapesOf(text).some((shape) => VALUES.has(shape));
}

const VALUES: ReadonlySet<Shape> = new Set<Shape>(["typed", "address", "addresses", "guid", "dn"]);

/** Says of which shapes all filled cells of a column are, up to one in ten; a list of several addresses may have but one in a cell. */
export function commonShapes(cells: readonly string[]): ReadonlySet<Shape> {
  const counts = new Map<Shape, number>();
  let filled = 0;
  for (const cell of cells) {
    if (isNothing(cell)) continue;
    filled++;
    for (const shape of shapesOf(cell)) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const common = new Set<Shape>();
  if (filled === 0) return common;
  for (const [shape, count] of counts) if (count >= 0.9 * filled) common.add(shape);
  const several = counts.get("addresses") ?? 0;
  if (several > 0 && several + (counts.get("address") ?? 0) >= 0.9 * filled) common.add("addresses");
  const typed = counts.get("typed") ?? 0;
  if (typed > 0 && typed + several + (counts.get("address") ?? 0) >= 0.9 * filled) common.add("typed");
  return common;
}

/** Tells whether a cell holds nothing: it is blank, an empty list, or says so (`N/A`). */
export function isNothing(cell: string): boolean {
  return /^(?:\[\s*\]|\{\s*\}|n\/a|null|none|-{1,3})?$/i.test(cell.trim());
}
