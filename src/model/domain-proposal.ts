import { encodePunycode } from "../text/punycode.ts";
import { isReservedDomain } from "./address.ts";
import { LOOK_ALIKES } from "./look-alikes.ts";
import type { SuggestionClause } from "./suggestion-clauses.ts";
import { type Cleaned, type Confidence, leastSure, trimUnseen } from "./value-cleaning.ts";

/** What a domain is mended for. */
export interface DomainUse {
  /** Whether the value may only be in a verified domain. */
  readonly mustBeVerified: boolean;
  readonly verifiedDomains: ReadonlySet<string> | undefined;
  /** Tells whether a value in a domain breaks no rule for its domain's sake. */
  readonly isValid: (domain: string) => boolean;
}

/**
 * Mends a domain: never by dropping a letter of it. What is not valid, or not verified where it must be, becomes the verified
 * domain that it was meant to be, if that can be told. `undefined` where it cannot.
 */
export function mendDomain(written: string, use: DomainUse): Cleaned | undefined {
  const tidy = tidyDomain(written);
  if (isGood(tidy.text, use)) return tidy;
  const verified = [...(use.verifiedDomains ?? [])].filter(
    (domain) => !isReservedDomain(domain) && use.isValid(domain),
  );
  const latin = Array.from(tidy.text, (letter) => LOOK_ALIKES.get(letter) ?? letter).join("");
  if (latin !== tidy.text)
    return verified.includes(latin.toLowerCase()) ? after(tidy, latin, "ask", LOOKS_ALIKE) : undefined;
  const encoded = encodeDomain(tidy.text);
  if (encoded !== undefined) return isGood(encoded, use) ? after(tidy, encoded, "likely", ENCODED) : undefined;
  const meant = findMeant(tidy.text.toLowerCase(), verified);
  return meant === undefined ? undefined : after(tidy, meant.domain, meant.confidence, meant.clause);
}

const LOOKS_ALIKE = "letters of another script become the Latin ones that they look like";
const ENCODED = "an international domain has a form in ASCII";

function isGood(domain: string, { mustBeVerified, verifiedDomains, isValid }: DomainUse): boolean {
  if (mustBeVerified && verifiedDomains !== undefined && !verifiedDomains.has(domain.toLowerCase())) return false;
  return isValid(domain);
}

function after({ confidence, steps }: Cleaned, text: string, sure: Confidence, clause: SuggestionClause): Cleaned {
  return { text, confidence: leastSure(confidence, sure), steps: [...steps, clause] };
}

function tidyDomain(written: string): Cleaned {
  let tidy: Cleaned = { text: written, confidence: "certain", steps: [] };
  const change = (text: string, confidence: Confidence, clause: SuggestionClause): void => {
    if (text !== tidy.text) tidy = after(tidy, text, confidence, clause);
  };
  change(trimUnseen(tidy.text), "certain", "white space at the ends goes");
  change(tidy.text.replace(/[\p{Cc}\p{Cf}]/gu, ""), "certain", "characters that cannot be seen go");
  change(tidy.text.replace(/:\d+$/, ""), "ask", "a number behind a colon goes");
  change(withoutLastDots(tidy.text), "certain", "the dot at the end goes");
  change(tidy.text.replace(/^\.+/, "").replace(/\.{2,}/g, "."), "likely", "one dot stands for several");
  return tidy;
}

function withoutLastDots(text: string): string {
  let end = text.length;
  while (text[end - 1] === ".") end--;
  return text.slice(0, end);
}

/** The form in ASCII of a domain of letters; `undefined` if it is in ASCII, or has something else than letters. */
function encodeDomain(domain: string): string | undefined {
  const small = domain.normalize("NFC").toLowerCase();
  if (!/[^\p{ASCII}]/u.test(small) || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(small)) return undefined;
  const labels = small.split(".");
  return labels.map((label) => (/[^\p{ASCII}]/u.test(label) ? `xn--${encodePunycode(label)}` : label)).join(".");
}

/** The verified domain that is meant: one or two letters off, else of the same name with another ending, else the only one. */
function findMeant(
  domain: string,
  verified: readonly string[],
): { readonly domain: string; readonly confidence: Confidence; readonly clause: SuggestionClause } | undefined {
  const others = verified.filter((one) => one !== domain);
  const near = nearest(domain, others);
  if (near !== undefined) {
    return { domain: near, confidence: "likely", clause: "the domain is a verified one, but for a letter or two" };
  }
  const name = domain.split(".")[0] ?? "";
  const [alike, ...more] = others.filter((one) => one.split(".")[0] === name);
  if (alike !== undefined && more.length === 0) {
    return {
      domain: alike,
      confidence: "likely",
      clause: "the verified domain of this name takes the place of the domain",
    };
  }
  const [only, ...further] = others;
  if (only === undefined || further.length > 0) return undefined;
  return { domain: only, confidence: "ask", clause: "the only verified domain takes the place of the domain" };
}

const MOST_EDITS = 2;

/** The one text that is nearest, of those that are at most two edits away. */
function nearest(text: string, candidates: readonly string[]): string | undefined {
  let found: string | undefined;
  let least = MOST_EDITS + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) > MOST_EDITS) continue;
    const edits = countEdits(text, candidate);
    if (edits === least) found = undefined;
    if (edits >= least) continue;
    least = edits;
    found = candidate;
  }
  return found;
}

/** Counts the letters to insert, drop or replace to make one text of another. */
function countEdits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let line = 1; line <= one.length; line++) {
    const next = [line];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (one[line - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
