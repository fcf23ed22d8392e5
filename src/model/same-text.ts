import { ownValue } from "../text/own-value.ts";
import type { UserField } from "./user.ts";

/**
 * Tells whether two texts of a field say the same thing and are only written differently: in letter case, spaces and
 * punctuation; for a display name in the order of its words, for a country by its code or its name.
 */
export function saySame(field: UserField, one: string, other: string): boolean {
  if (bare(one) === bare(other)) return true;
  if (field === "displayName") return orderedWords(one) === orderedWords(other);
  return field === "country" && (isNameOf(one, other) || isNameOf(other, one));
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** What is left of a text without spaces, punctuation and characters that nobody sees. */
function bare(text: string): string {
  return fold(text).replace(/[\p{P}\p{C}\s]/gu, "");
}

function orderedWords(text: string): string {
  return fold(text)
    .split(/[\p{P}\p{C}\s]/u)
    .filter((word) => word !== "")
    .sort()
    .join(" ");
}

/** In these languages Windows writes the names of countries into `co`; English comes first. */
const LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt"];

/** Names that Active Directory and people use, and the standard does not. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  CZ: ["Czech Republic"],
  GB: ["UK", "Great Britain"],
  KR: ["Korea"],
  NL: ["The Netherlands"],
  RU: ["Russian Federation"],
  TR: ["Turkey"],
  US: ["USA", "United States of America"],
};

/** Whether a text is the name of the country of a code of two letters. */
function isNameOf(name: string, code: string): boolean {
  const region = code.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(region)) return false;
  const names = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: "region" }).of(region) ?? region);
  return [...names, ...(ownValue(OTHER_NAMES, region) ?? [])].some((known) => bare(known) === bare(name));
}
