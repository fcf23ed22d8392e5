import { addressKey } from "../model/address.ts";
import { UserView } from "../model/user-view.ts";
import { Fingerprints } from "./fingerprints.ts";
import { codeSet } from "./user-row.ts";
import type { UserTable } from "./user-table.ts";

/**
 * Finds the users who have the same text in a field, white space around it and letter case aside: for each such text, in
 * lower case, the users in their order. `isWanted` tells by their index whose text counts.
 */
export function findSharedTexts(
  table: UserTable,
  code: number,
  isWanted: (index: number) => boolean,
): ReadonlyMap<string, readonly number[]> {
  const view = new UserView();
  const seen = new Fingerprints();
  const suspects = new Set<string>();
  forEachText(table, code, isWanted, view, (bytes, start, end) => {
    if (seen.note(bytes, start, end, true)) suspects.add(keyOf(bytes, start, end));
  });
  const shared = new Map<string, number[]>();
  if (suspects.size === 0) return shared;
  forEachText(table, code, isWanted, view, (bytes, start, end, index) => {
    const key = keyOf(bytes, start, end);
    if (!suspects.has(key)) return;
    const holders = shared.get(key);
    if (holders === undefined) shared.set(key, [index]);
    else holders.push(index);
  });
  for (const [key, holders] of shared) if (holders.length === 1) shared.delete(key);
  return shared;
}

const WHITE = 32;

/** Calls back for each text of a code, without the white space around it. */
function forEachText(
  table: UserTable,
  code: number,
  isWanted: (index: number) => boolean,
  view: UserView,
  visit: (bytes: Uint8Array, start: number, end: number, index: number) => void,
): void {
  const wanted = codeSet([code]);
  for (let index = 0; index < table.size; index++) {
    if (!isWanted(index)) continue;
    const { bytes, codes, starts, entries } = table.showOnly(index, wanted, view);
    for (let entry = 0; entry < entries; entry++) {
      const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
      if (codes[entry] !== code || start === end) continue;
      if (isPlain(bytes[start]) && isPlain(bytes[end - 1])) visit(bytes, start, end, index);
      else {
        const text = new TextEncoder().encode(new TextDecoder().decode(bytes.subarray(start, end)).trim());
        if (text.length > 0) visit(text, 0, text.length, index);
      }
    }
  }
}

/** Whether a byte is of no white space; beyond ASCII it may be. */
function isPlain(byte = 0): boolean {
  return byte > WHITE && byte < 127;
}

function keyOf(bytes: Uint8Array, start: number, end: number): string {
  return addressKey(new TextDecoder().decode(bytes.subarray(start, end)));
}
