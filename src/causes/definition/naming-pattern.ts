import { addressKey } from "../../model/address.ts";
import { toBareLetters } from "../../model/value-cleaning.ts";

/** How a local part is made of a first name, a last name and their first letters. */
const PATTERNS: readonly { readonly pattern: string; readonly make: (first: string, last: string) => string }[] = [
  { pattern: "first.last", make: (first, last) => `${first}.${last}` },
  { pattern: "last.first", make: (first, last) => `${last}.${first}` },
  { pattern: "first_last", make: (first, last) => `${first}_${last}` },
  { pattern: "first-last", make: (first, last) => `${first}-${last}` },
  { pattern: "firstlast", make: (first, last) => `${first}${last}` },
  { pattern: "lastfirst", make: (first, last) => `${last}${first}` },
  { pattern: "f.last", make: (first, last) => `${first.slice(0, 1)}.${last}` },
  { pattern: "flast", make: (first, last) => `${first.slice(0, 1)}${last}` },
  { pattern: "first.l", make: (first, last) => `${first}.${last.slice(0, 1)}` },
  { pattern: "firstl", make: (first, last) => `${first}${last.slice(0, 1)}` },
  { pattern: "lastf", make: (first, last) => `${last}${first.slice(0, 1)}` },
  { pattern: "first", make: (first) => first },
  { pattern: "last", make: (_, last) => last },
];

/** Tells how an address is made of the name of its owner; digits at the end tell namesakes apart. `undefined` if it is not. */
export function patternOf(address: string, displayName: string): string | undefined {
  const at = address.lastIndexOf("@");
  const local = addressKey(address.slice(0, at)).replace(/[0-9]{1,8}$/, "");
  const words = wordsOf(displayName);
  const [first, last] = [words[0], words.at(-1)];
  if (at <= 0 || first === undefined || last === undefined || words.length < 2) return undefined;
  return PATTERNS.find(({ make }) => make(first, last) === local)?.pattern;
}

/** The words of a name in ASCII; `Lee, Kim` is Kim Lee. */
function wordsOf(displayName: string): readonly string[] {
  const comma = displayName.indexOf(",");
  const inOrder = comma < 0 ? displayName : `${displayName.slice(comma + 1)} ${displayName.slice(0, comma)}`;
  return addressKey(toBareLetters(inOrder))
    .split(" ")
    .map((word) => word.replace(/[^a-z-]/g, ""))
    .filter((word) => word !== "");
}
