import { addressKey } from "../model/address.ts";
import { UserView } from "../model/user-view.ts";
import { KeyIndex } from "./key-index.ts";
import type { UserTable } from "./user-table.ts";

/**
 * Finds the users who have the same text in a field, white space around it and letter case aside: for each such text, in
 * lower case, the users in their order. Texts in ASCII, nearly all, are compared as bytes.
 */
export function findSharedTexts(
  table: UserTable,
  code: number,
  isWanted: (view: UserView) => boolean,
): ReadonlyMap<string, readonly number[]> {
  const keys = new KeyIndex(table, { fold: true, expected: table.countOf(code) });
  const exotic = new Map<string, number[]>();
  const view = new UserView();
  for (let index = 0; index < table.size; index++) {
    const { bytes, codes, starts, entries } = table.show(index, view);
    for (let entry = 0; entry < entries; entry++) {
      const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
      if (codes[entry] !== code || start === end || !isWanted(view)) continue;
      if (isPlain(bytes, start, end)) keys.add(view, entry, index, 0);
      else note(exotic, addressKey(new TextDecoder().decode(bytes.subarray(start, end)).trim()), index);
    }
  }
  const shared = new Map<string, readonly number[]>();
  for (const key of keys.shared()) shared.set(addressKey(keys.textOf(key)), keys.holdersOf(key));
  for (const [text, indexes] of exotic) {
    const plain = keys.findText(text);
    const all = [...(plain < 0 ? [] : keys.holdersOf(plain)), ...indexes].sort((one, other) => one - other);
    if (all.length > 1) shared.set(text, all);
  }
  return shared;
}

function note(holders: Map<string, number[]>, key: string, index: number): void {
  const own = holders.get(key);
  if (own !== undefined) own.push(index);
  else if (key !== "") holders.set(key, [index]);
}

/** Whether text is ASCII without white space at its ends. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  if ((bytes[start] ?? 0) <= 32 || (bytes[end - 1] ?? 0) <= 32) return false;
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) > 127) return false;
  return true;
}
