import type { Directory } from "../../directory/directory.ts";
import { Fingerprints } from "../../directory/fingerprints.ts";
import { codeSet } from "../../directory/user-row.ts";
import { addressKey, formatProxyAddress } from "../../model/address.ts";
import { FIRST_ADDRESS, RAW_ADDRESS, readView, SIP_PRIMARY, UserView } from "../../model/user-view.ts";
import { toLower } from "../../text/bytes.ts";

/** A value of another type than SMTP and SIP that several objects have. */
export interface SharedValue {
  readonly type: string;
  /** In lower case, with its type. */
  readonly value: string;
  readonly holders: readonly number[];
}

const isWanted = (code: number): boolean => code === RAW_ADDRESS || code > SIP_PRIMARY;
const CODES = Array.from({ length: FIRST_ADDRESS * 2 }, (_, code) => code).filter(isWanted);

/** Finds the values of X500, X400 and every other type that stand on several objects; those of SMTP and SIP have an index of their own. */
export function findSharedValues(directory: Directory): readonly SharedValue[] {
  const { table, size } = directory;
  if (CODES.every((code) => table.countOf(code) === 0)) return [];
  const wanted = codeSet(CODES);
  const view = new UserView();
  const seen = new Fingerprints();
  let isShared = false;
  for (let index = 0; index < size; index++) {
    const { bytes, codes, starts, entries } = table.showOnly(index, wanted, view);
    for (let entry = 0; entry < entries; entry++) {
      const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
      if (start === end || !isWanted(codes[entry] ?? 0) || isRepeated(view, entry)) continue;
      if (seen.note(bytes, start, end, true)) isShared = true;
    }
  }
  return isShared ? gather(directory) : [];
}

/** Whether an earlier text of the row is the same. */
function isRepeated({ bytes, codes, starts }: UserView, entry: number): boolean {
  const [start = 0, end = 0] = [starts[entry], starts[entry + 1]];
  for (let other = 0; other < entry; other++) {
    const from = starts[other] ?? 0;
    if ((starts[other + 1] ?? 0) - from !== end - start || !isWanted(codes[other] ?? 0)) continue;
    let at = start;
    while (at < end && toLower(bytes[at] ?? 0) === toLower(bytes[from + at - start] ?? 0)) at++;
    if (at === end) return true;
  }
  return false;
}

/** Finds again, with what they are, the values that occur twice: hardly ever are there any. */
function gather({ table, size }: Directory): readonly SharedValue[] {
  const wanted = codeSet(CODES);
  const view = new UserView();
  const found = new Map<string, { readonly type: string; readonly holders: number[] }>();
  for (let index = 0; index < size; index++) {
    for (const entry of readView(table.showOnly(index, wanted, view), "").proxyAddresses ?? []) {
      if (entry.type === "SMTP" || entry.type === "SIP" || entry.address === "") continue;
      const key = addressKey(formatProxyAddress(entry));
      const known = found.get(key) ?? { type: entry.type, holders: [] };
      if (known.holders.at(-1) !== index) known.holders.push(index);
      found.set(key, known);
    }
  }
  return Array.from(found, ([value, { type, holders }]) => ({ value, type, holders })).filter(
    ({ holders }) => holders.length > 1,
  );
}
