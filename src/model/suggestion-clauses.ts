/** Everything that a proposal gives as its reason, each a clause. None holds a value: they are told where values are redacted, too. */
const CLAUSES = [
  "the domain is missing",
  "the type was missing",
  "it is the sign-in name that the person has online",
  "it is the person's own primary address",
  "it is an address of the person, with the same name before the @",
  "it is the primary address that the person has online",
  "it is the object's own primary address",
  "it is the alias that the person signs in with, or that mail has",
  "it is the contact's mail",
  "one type is too many",
  "the address stands inside the value",
  "one @ is enough",
  "it is an address, of which the beginning is the name",
  "what cannot be seen goes",
  "it is what the object's own address begins with",
  "it is what givenName and sn have",
  "it is the object's cn",
  "it is cut at a word",
  "white space at the ends goes",
  "it holds no address",
  "several addresses stand in one value",
  "its domain is not routed in the Internet: it never reaches the service",
  "characters that cannot be seen go",
  "nothing else of such a value is ever changed",
  "the object has the mended address already",
  "mended, it is in a domain that is not verified",
  "characters that are not allowed go",
  "typographic characters become plain ones",
  "letters with marks become plain ones",
  "letters of another script become the Latin ones that they look like",
  "symbols go",
  "words are joined as in the person's other addresses",
  "one dot stands for several",
  "the dot at the beginning goes",
  "the dot at the end goes",
  "an international domain has a form in ASCII",
  "a number behind a colon goes",
  "the domain is a verified one, but for a letter or two",
  "the verified domain of this name takes the place of the domain",
  "the only verified domain takes the place of the domain",
] as const;

/** A part of the reason of a proposal. */
export type SuggestionClause = (typeof CLAUSES)[number];

/** Makes a sentence of clauses; where nothing but what stands around a value was changed there are none. */
export function toReason(clauses: readonly SuggestionClause[]): string {
  const text = clauses.join("; ") || ("white space at the ends goes" satisfies SuggestionClause);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Whether a text is such a sentence. */
export function isReason(text: string): boolean {
  const known = new Set<string>(CLAUSES);
  const clauses = text.slice(0, -1).split("; ");
  return (
    text.endsWith(".") && clauses.every((clause) => known.has(`${clause.charAt(0).toLowerCase()}${clause.slice(1)}`))
  );
}
