import { addressKey } from "./address.ts";

/**
 * Takes a distinguished name apart, as it is compared: its parts from the root on, in lower case, without escapes and without white
 * space around separators. Source: RFC 4514, sections 2.4 and 3.
 */
export function partsOfName(name: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (let at = 0; at < name.length; at++) {
    const character = name.charAt(at);
    if (character === ",") {
      parts.push(toPart(part));
      part = "";
      continue;
    }
    part += character;
    if (character === "\\") part += name.charAt(++at);
  }
  parts.push(toPart(part));
  return parts.reverse();
}

/** What a distinguished name has behind its first part: the unit that the object lies in, as written. */
export function parentOfName(name: string): string {
  for (let at = 0; at < name.length; at++) {
    if (name.charAt(at) === "\\") at++;
    else if (name.charAt(at) === ",") return name.slice(at + 1).trimStart();
  }
  return "";
}

/** `OU = Sales\, Berlin` as `ou=sales, berlin`. */
function toPart(text: string): string {
  const equals = text.indexOf("=");
  const type = text.slice(0, Math.max(0, equals)).trim();
  // White space at the end is a part of the value only if it is escaped.
  const value = text.slice(equals + 1).replace(/^ +/, "");
  const end = value.endsWith("\\ ") ? value : value.trimEnd();
  return addressKey(`${type}=${unescapeValue(end)}`);
}

function unescapeValue(text: string): string {
  if (!text.includes("\\")) return text;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let at = 0; at < text.length; at++) {
    const hex = /^\\[0-9a-f]{2}/i.exec(text.slice(at, at + 3));
    if (hex !== null) {
      bytes.push(Number.parseInt(hex[0].slice(1), 16));
      at += 2;
      continue;
    }
    if (text.charAt(at) === "\\") at++;
    const character = String.fromCodePoint(text.codePointAt(at) ?? 32);
    at += character.length - 1;
    for (const byte of encoder.encode(character)) bytes.push(byte);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** What of Active Directory is synchronized, by organisational units. */
export interface Scope {
  /** Nothing else is; everything, if empty. */
  readonly includeOu: readonly string[];
  /** Not these, even where they lie in one that is. */
  readonly excludeOu: readonly string[];
}

/** Makes what tells whether an object is in the scope; `undefined` if everything is. A nameless object is. */
export function scopeTest({ includeOu, excludeOu }: Scope): ((name: string) => boolean) | undefined {
  if (includeOu.length + excludeOu.length === 0) return undefined;
  const [included, excluded] = [includeOu.map(partsOfName), excludeOu.map(partsOfName)];
  return (name) => {
    if (name === "") return true;
    const parts = partsOfName(name);
    const isUnder = (unit: readonly string[]): boolean => unit.every((part, index) => part === parts[index]);
    return (included.length === 0 || included.some(isUnder)) && !excluded.some(isUnder);
  };
}
