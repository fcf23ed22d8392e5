import type { UserView } from "../../model/user-view.ts";
import { toLower } from "../../text/bytes.ts";

/**
 * Tells which name an object says of itself that its DN contradicts: the directory keeps `cn` and `distinguishedName` equal
 * to it, so parts of two records were joined, or the name was damaged.
 */
export function contradictedName(
  distinguishedName: string,
  ownNames: readonly string[],
  commonNames: readonly string[],
): string | undefined {
  const [own] = ownNames;
  if (own !== undefined && comparable(own) !== comparable(distinguishedName)) return own;
  const named = /^cn=((?:\\.|[^,\\])*)/is.exec(distinguishedName)?.[1];
  const [first] = commonNames;
  if (named === undefined || first === undefined) return undefined;
  return commonNames.some((name) => comparable(name) === comparable(named)) ? undefined : first;
}

/** A name without its escapes (RFC 4514 section 2.4), blanks around its parts, and case. */
function comparable(name: string): string {
  const bytes = name.replace(/(?:\\[0-9a-f]{2})+/gi, (pairs) =>
    new TextDecoder().decode(Uint8Array.from(pairs.slice(1).split("\\"), (pair) => Number.parseInt(pair, 16))),
  );
  return bytes
    .replace(/\\(.)/gs, "$1")
    .normalize("NFC")
    .replace(/ +([,=]?)/g, (blanks, separator: string) => separator || blanks)
    .replace(/([,=]) +/g, "$1")
    .trim()
    .toLowerCase();
}

const [C, N, EQUALS, COMMA, BACKSLASH] = [99, 110, 61, 44, 92];

/**
 * Tells whether a common name is for sure the one in the DN, which is the first text of a view; names with escapes in
 * hexadecimal digits are not looked at here.
 */
export function isNamed(view: UserView, bytes: Uint8Array, start: number, end: number): boolean {
  const name = view.bytes;
  const last = endOfFirst(view);
  if (last < 3 || toLower(name[0] ?? 0) !== C || toLower(name[1] ?? 0) !== N || name[2] !== EQUALS) return false;
  let at = 3;
  for (let own = start; own < end; own++, at++) {
    if (name[at] === BACKSLASH) at++;
    if (at >= last || name[at] !== bytes[own]) return false;
  }
  return at === last || name[at] === COMMA;
}

/** Tells whether a text is the first one of a view, byte by byte. */
export function isFirstText(view: UserView, bytes: Uint8Array, start: number, end: number): boolean {
  const length = endOfFirst(view);
  if (length !== end - start) return false;
  for (let at = 0; at < length; at++) if (view.bytes[at] !== bytes[start + at]) return false;
  return true;
}

function endOfFirst({ starts, entries }: UserView): number {
  return entries === 0 ? 0 : (starts[1] ?? 0);
}
