import { addressKey, domainOf, isReservedDomain } from "./address.ts";
import type { SuggestionClause } from "./suggestion-clauses.ts";
import type { Confidence } from "./value-cleaning.ts";
import type { ValueContext } from "./value-context.ts";
import type { ValueRule } from "./value-problem.ts";
import { type CheckedAttribute, findValueProblems } from "./value-rules.ts";

/** What is known of the object that has a value, and of everybody else. What is not known is left out. */
export interface KnownOfObject extends ValueContext {
  /** The primary address of the object. */
  readonly primary?: string | undefined;
  /** Its other addresses, without their types. */
  readonly others?: readonly string[] | undefined;
  /** Those that have no type, as written, whatever value is in question. */
  readonly untyped?: readonly string[] | undefined;
  readonly mail?: string | undefined;
  readonly samAccountName?: string | undefined;
  readonly givenName?: string | undefined;
  readonly sn?: string | undefined;
  readonly cn?: string | undefined;
  /** The value online of the matched person: the sign-in name, or the primary address. */
  readonly online?: string | undefined;
  /** Tells that no other object has a value, in an attribute where it must be unique. */
  readonly isFree?: (attribute: CheckedAttribute, value: string) => boolean;
}

/** A value for which another is looked for. */
export interface ValueCase {
  readonly attribute: CheckedAttribute;
  readonly value: string;
  readonly known: KnownOfObject;
  /** The rules that it breaks. */
  readonly rules: ReadonlySet<ValueRule>;
}

/** A value that may be proposed. */
export interface Candidate {
  readonly value: string;
  readonly confidence: Confidence;
  /** Why this. */
  readonly steps: readonly SuggestionClause[];
}

/** Whether a value may be proposed: it breaks no rule, is nobody else's, and is another one. */
export function isProposable({ attribute, value, known }: ValueCase, candidate: string): boolean {
  const { isFree = () => true } = known;
  return (
    candidate !== value && findValueProblems(attribute, candidate, known).length === 0 && isFree(attribute, candidate)
  );
}

/** Makes a candidate of what the directory or the tenant has already, unless it is in the service's own domains. */
export function ownValue(
  value: string | undefined,
  confidence: Confidence,
  clause: SuggestionClause,
): Candidate | undefined {
  if (value === undefined || value === "" || isReservedDomain(domainOf(value))) return undefined;
  return { value, confidence, steps: [clause] };
}

/** Gives what is before the `@` of an address. */
export function localPartOf(address: string | undefined): string | undefined {
  const at = address?.indexOf("@") ?? -1;
  return at <= 0 ? undefined : address?.slice(0, at);
}

/** Whether two addresses are one, letter case aside. */
export function isSameAddress(one: string, other: string): boolean {
  return addressKey(one) === addressKey(other);
}
