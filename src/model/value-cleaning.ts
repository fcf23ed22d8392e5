import { LOOK_ALIKES, PLAIN_LETTERS, PLAIN_PUNCTUATION } from "./look-alikes.ts";
import type { SuggestionClause } from "./suggestion-clauses.ts";

/** How sure a proposal is: certain, likely, or a person decides. */
export type Confidence = "certain" | "likely" | "ask";

/** A text with what had to be done to it. */
export interface Cleaned {
  readonly text: string;
  readonly confidence: Confidence;
  readonly steps: readonly SuggestionClause[];
}

/** How a name is cleaned; the attributes differ in what they refuse and in what may be guessed. */
export interface Cleaning {
  /** Tells whether an ASCII character may stand there. */
  readonly isAllowed: (character: string) => boolean;
  /** How sure it is that a refused character can go. */
  readonly ofDropping: (character: string) => Confidence;
  /** How sure it is that a dot at the beginning, and at the end, can go. */
  readonly ofLeadingDot: Confidence;
  readonly ofTrailingDot: Confidence;
  /** Joins words as the person's other names are joined; `undefined` where nothing tells how. */
  readonly joinWords: (words: readonly string[]) => string | undefined;
}

const ORDER: readonly Confidence[] = ["certain", "likely", "ask"];

/** The less sure of two. */
export function leastSure(one: Confidence, other: Confidence): Confidence {
  return ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other;
}

/** Collects what is done to a text. */
class Steps {
  confidence: Confidence = "certain";
  readonly clauses: SuggestionClause[] = [];

  note(confidence: Confidence, clause: SuggestionClause): void {
    this.confidence = leastSure(this.confidence, confidence);
    if (!this.clauses.includes(clause)) this.clauses.push(clause);
  }
}

/**
 * Cleans a name: what may stand before `@`. Nothing is cut, and no letter is dropped: marks are, look-alikes of other scripts
 * become Latin letters. `undefined` where letters are left that have no plain form, where nothing tells how words
 * are joined, and where nothing would remain.
 */
export function cleanName(name: string, cleaning: Cleaning): Cleaned | undefined {
  const steps = new Steps();
  const plain = toPlainLetters(trimEnds(name, steps), cleaning, steps);
  if (plain === undefined) return undefined;
  const joined = joinWords(plain, cleaning, steps);
  if (joined === undefined) return undefined;
  const text = mendDots(joined, cleaning, steps);
  return text === "" ? undefined : { text, confidence: steps.confidence, steps: steps.clauses };
}

/** A text without white space and characters that cannot be seen at its ends. */
export function trimUnseen(text: string): string {
  let at = 0;
  let end = 0;
  for (const character of text) {
    at += character.length;
    if (!/[\s\p{Cc}\p{Cf}]/u.test(character)) end = at;
  }
  return text.slice(0, end).replace(/^[\s\p{Cc}\p{Cf}]+/u, "");
}

function trimEnds(name: string, steps: Steps): string {
  const text = trimUnseen(name);
  if (text !== name) steps.note("certain", "white space at the ends goes");
  return text;
}

function toPlainLetters(name: string, cleaning: Cleaning, steps: Steps): string | undefined {
  let text = "";
  for (const character of name.normalize("NFC")) {
    const plain = toPlain(character, cleaning, steps);
    if (plain === undefined) return undefined;
    text += plain;
  }
  return text;
}

/** Writes a character plainly; `undefined` for a letter that has no plain form. White space becomes a space. */
function toPlain(character: string, { isAllowed, ofDropping }: Cleaning, steps: Steps): string | undefined {
  if (isAllowed(character)) return character;
  if (/\s/.test(character)) return " ";
  if (/[\p{Cc}\p{Cf}]/u.test(character)) {
    steps.note("certain", "characters that cannot be seen go");
    return "";
  }
  if (character < "\u0080") {
    steps.note(ofDropping(character), "characters that are not allowed go");
    return "";
  }
  const punctuation = PLAIN_PUNCTUATION.get(character);
  if (punctuation !== undefined && isAllowed(punctuation)) {
    steps.note("certain", "typographic characters become plain ones");
    return punctuation;
  }
  return toPlainLetter(character, steps);
}

/** A text whose letters have no marks, and no ligatures where those have a plain form. */
export function toBareLetters(text: string): string {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return Array.from(bare, (letter) => PLAIN_LETTERS.get(letter) ?? letter).join("");
}

function toPlainLetter(character: string, steps: Steps): string | undefined {
  const bare = character.normalize("NFKD").replace(/\p{M}/gu, "");
  const plain = toBareLetters(character);
  if (/^[A-Za-z0-9]*$/.test(plain) && (plain !== "" || /\p{M}/u.test(character))) {
    steps.note("likely", "letters with marks become plain ones");
    return plain;
  }
  const latin = Array.from(bare, (letter) => LOOK_ALIKES.get(letter) ?? letter).join("");
  if (/^[A-Za-z]+$/.test(latin)) {
    steps.note("ask", "letters of another script become the Latin ones that they look like");
    return latin;
  }
  if (/[\p{L}\p{N}]/u.test(character)) return undefined;
  steps.note("ask", "symbols go");
  return "";
}

function joinWords(text: string, cleaning: Cleaning, steps: Steps): string | undefined {
  const words = text.split(" ").filter((word) => word !== "");
  if (words.length < 2) return words[0] ?? "";
  steps.note("likely", "words are joined as in the person's other addresses");
  return cleaning.joinWords(words);
}

function mendDots(text: string, { ofLeadingDot, ofTrailingDot }: Cleaning, steps: Steps): string {
  const single = text.replace(/\.{2,}/g, ".");
  if (single !== text) steps.note("likely", "one dot stands for several");
  const begun = single.replace(/^\./, "");
  if (begun !== single) steps.note(ofLeadingDot, "the dot at the beginning goes");
  const ended = begun.replace(/\.$/, "");
  if (ended !== begun) steps.note(ofTrailingDot, "the dot at the end goes");
  return ended;
}
