import { displayFormOf, typeInFrontOf } from "./address-forms.ts";
import { mendDomain } from "./domain-proposal.ts";
import type { SuggestionClause } from "./suggestion-clauses.ts";
import { type Candidate, isSameAddress, localPartOf, type ValueCase } from "./value-case.ts";
import { type Cleaning, type Confidence, cleanName, leastSure } from "./value-cleaning.ts";
import { findValueProblems, isRefusedIn, type NamingAttribute } from "./value-rules.ts";

/** How names of one kind are cleaned. */
export interface NameKind {
  readonly attribute: NamingAttribute;
  readonly ofDropping: (character: string) => Confidence;
  readonly ofLeadingDot: Confidence;
  readonly ofTrailingDot: Confidence;
}

/** A dot can go for certain where Microsoft's page itself forbids it; elsewhere it is the standards of mail that do. */
export const signInNames: NameKind = {
  attribute: "userPrincipalName",
  // With `&` or `+` a name is often made of two, or has a tag: a person decides what is meant.
  ofDropping: (character) => (character === "&" || character === "+" ? "ask" : "likely"),
  ofLeadingDot: "likely",
  ofTrailingDot: "certain",
};

/** Mail may arrive under another address than was meant: what is dropped from one is to be asked. */
export const addresses: NameKind = {
  attribute: "proxyAddresses",
  ofDropping: () => "ask",
  ofLeadingDot: "likely",
  ofTrailingDot: "likely",
};

/** Says how names of a kind are cleaned for one object. */
export function cleaningOf(kind: NameKind, { value, known }: ValueCase): Cleaning {
  return {
    isAllowed: (character) => character < "\u0080" && !isRefusedIn(kind.attribute, character),
    ofDropping: kind.ofDropping,
    ofLeadingDot: kind.ofLeadingDot,
    ofTrailingDot: kind.ofTrailingDot,
    joinWords: (words) => joinLikeOthers(words, namesOf(value, known, [known.primary]), namesOf(value, known)),
  };
}

/** What valid addresses of the object have before the `@`, the value itself aside. */
function namesOf(
  value: string,
  { primary, others = [], mail, userPrincipalName }: ValueCase["known"],
  from: readonly (string | null | undefined)[] = [primary, ...others, mail, userPrincipalName],
): readonly string[] {
  return from.flatMap((address) => {
    if (!address || isSameAddress(address, value) || findValueProblems("mail", address).length > 0) return [];
    return localPartOf(address) ?? [];
  });
}

const SEPARATORS = [".", "_", "-"];

/** Joins words as the person's primary name is joined, or all names are, if that can be told. */
function joinLikeOthers(
  words: readonly string[],
  primary: readonly string[],
  names: readonly string[],
): string | undefined {
  const used = (list: readonly string[]) => SEPARATORS.filter((mark) => list.some((name) => name.includes(mark)));
  const ofPrimary = used(primary);
  const [mark, ...further] = ofPrimary.length === 1 ? ofPrimary : used(names);
  if (mark !== undefined) return further.length === 0 ? words.join(mark) : undefined;
  const joined = words.join("");
  return names.some((name) => isSameAddress(name, joined)) ? joined : undefined;
}

/**
 * Cleans an address, or a sign-in name of its form, taking it out of what stands around it; `prefix` is the type that it gets.
 * A sign-in name must be in a verified domain, where they are known.
 */
export function cleanMailbox(from: ValueCase, text: string, kind: NameKind, prefix = ""): Candidate | undefined {
  const typed = withoutTypes(text);
  const shown = displayFormOf(typed)?.address;
  const bare = withoutTypes(shown ?? typed);
  const inner = cleanBareMailbox(from, bare, kind, prefix);
  if (inner === undefined || bare === text) return inner;
  const hasType = typed !== text || (shown !== undefined && bare !== shown);
  // A second type behind the first may be the one that is meant; in front of a bare address it is one too many.
  const confidence = hasType ? leastSure(inner.confidence, prefix === "" ? "certain" : "likely") : inner.confidence;
  const steps = [typed === text ? "the address stands inside the value" : "one type is too many"] as const;
  return { ...inner, confidence, steps };
}

/** A text without the types of addresses in front of it. */
function withoutTypes(text: string): string {
  let rest = text;
  for (let type = typeInFrontOf(rest); type !== ""; type = typeInFrontOf(rest)) rest = rest.slice(type.length);
  return rest;
}

function cleanBareMailbox(from: ValueCase, text: string, kind: NameKind, prefix: string): Candidate | undefined {
  const single = text.replace(/@{2,}/g, "@");
  const at = single.indexOf("@");
  if (at <= 0 || single.includes("@", at + 1)) return undefined;
  const name = cleanName(single.slice(0, at), cleaningOf(kind, from));
  const domain = mendDomain(single.slice(at + 1), {
    mustBeVerified: kind.attribute === "userPrincipalName",
    verifiedDomains: from.known.verifiedDomains,
    isValid: (domain) => findValueProblems(from.attribute, `${prefix}a@${domain}`, from.known).length === 0,
  });
  if (name === undefined || domain === undefined) return undefined;
  const enough: readonly SuggestionClause[] = single === text ? [] : ["one @ is enough"];
  const steps = [...new Set([...enough, ...name.steps, ...domain.steps])];
  const confidence = leastSure(name.confidence, domain.confidence);
  return { value: `${prefix}${name.text}@${domain.text}`, confidence, steps };
}
