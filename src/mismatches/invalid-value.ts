import * as z from "zod/mini";
import { findSharedTexts } from "../directory/shared-texts.ts";
import { domainOf } from "../model/address.ts";
import type { Severity } from "../model/severity.ts";
import { sideSchema, type User } from "../model/user.ts";
import { fieldCodes, PERSON } from "../model/user-view.ts";
import { type ValueProblem, type ValueRule, valueProblemSchema } from "../model/value-problem.ts";
import { findValueProblems } from "../model/value-rules.ts";
import { type ValueSuggestion, valueSuggestionSchema } from "../model/value-suggestion.ts";
import { countOf } from "../text/count.ts";
import type { Overview } from "./definition/define-mismatch.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { findUntidy } from "./definition/hygiene.ts";
import { findInvalidValues, type InvalidValue } from "./definition/invalid-values.ts";
import { type ObjectReference, referTo } from "./definition/object-reference.ts";
import { findMarkedTargets } from "./definition/shared-targets.ts";

/** A value that the service does not accept. */
export const invalidValue = defineMismatch({
  kind: "invalid-value",
  severity: "error",
  remedy: "person",
  needs: {},
  alone: ["onPremises"],
  reads: [
    "userPrincipalName",
    "proxyAddresses",
    "mail",
    "mailNickname",
    "samAccountName",
    "targetAddress",
    "displayName",
    "isLicensed",
  ],
  fields: {
    side: sideSchema,
    attribute: z.string().check(z.describe("Name of the attribute in Active Directory.")),
    value: z.string(),
    ...valueProblemSchema.shape,
    also: z.optional(
      z.array(valueProblemSchema).check(z.describe("What else is wrong with the value, from left to right.")),
    ),
    suggestion: z.optional(valueSuggestionSchema),
  },
  distinguish: ({ side, attribute, rule, value }) => [side, attribute, rule, value],
  change: ({ value }) => ({ before: value, after: "" }),
  title: (count, severity) =>
    severity === "error"
      ? countOf(count, "value is not accepted online", "values are not accepted online")
      : countOf(count, "value is to be corrected", "values are to be corrected"),
  explanation:
    "A value in Active Directory breaks a rule of the service: it is too long, has a character that is not allowed, is " +
    "malformed or not unique. The object is refused, or the value is replaced or left out.",
  advice: "Correct the value in Active Directory before the run: to the proposed one, if it is what is meant.",
  describe: ({ attribute, value, also = [], suggestion, ...problem }) => {
    const problems = [problem, ...also].map(describeProblem);
    const more = problems.length - MOST_PROBLEMS;
    const told = problems.slice(0, MOST_PROBLEMS).join("; ");
    return `${[attribute, value].join(" ").trim()}: ${told}${more > 0 ? `; and ${more} more` : ""}${describeSuggestion(suggestion)}`;
  },
  over: "everything",
  *find(overview) {
    // What one object has wrong comes in one piece, and it may be very much: the object is named once.
    let named: { readonly user: User; readonly reference: ObjectReference } | undefined;
    for (const found of findInvalidValues(overview)) {
      const { user, attribute, value, problems, suggestion } = found;
      const [problem, ...also] = problems;
      if (problem === undefined) continue;
      if (named?.user !== user) named = { user, reference: referTo(user) };
      yield {
        onPremises: named.reference,
        ...severityOf(found),
        side: "onPremises" as const,
        attribute,
        value,
        ...problem,
        ...(also.length === 0 ? {} : { also }),
        ...(suggestion === undefined ? {} : { suggestion }),
      };
    }
    yield* findFurther(overview);
  },
});

/** What is not of one value alone, and refuses nothing. */
function* findFurther(overview: Overview) {
  for (const user of sharingNicknames(overview)) {
    const value = user.mailNickname ?? "";
    const place = { side: "onPremises", attribute: "mailNickname", rule: "not-unique" } as const;
    // KB 2647098 asks for a name of one's own, but computed names are made unique (KB 3190357): nothing is refused.
    yield { onPremises: referTo(user), severity: "warning" as const, ...place, value };
  }
  for (const user of sharingAccountNames(overview)) {
    const place = { side: "onPremises", attribute: "sAMAccountName", rule: "not-unique" } as const;
    yield { onPremises: referTo(user), severity: "warning" as const, ...place, value: user.samAccountName ?? "" };
  }
  for (const { user, suggestion, ...found } of overview.alone === undefined ? [] : findUntidy(overview)) {
    const proposed = suggestion === undefined ? {} : { suggestion };
    const place = { side: "onPremises", severity: "info" } as const;
    yield { onPremises: referTo(user), ...place, ...found, ...proposed };
  }
  for (const { user, proposed } of findMarkedTargets(overview)) {
    const place = { side: "onPremises", attribute: "targetAddress", rule: "marked-primary" } as const;
    const reason = "Small letters keep the primary address as it is.";
    const suggestion = { action: "edit", value: proposed, confidence: "certain", reason } as const;
    const value = user.targetAddress ?? "";
    yield { onPremises: referTo(user), severity: "warning" as const, ...place, value, suggestion };
  }
  for (const { user, count } of findFullLists(overview)) {
    const place = { side: "onPremises", attribute: "proxyAddresses", rule: "too-many" } as const;
    yield { onPremises: referTo(user), severity: "warning" as const, ...place, value: `${count} values` };
  }
}

const MOST_PROBLEMS = 3;

/** What is replaced or left out, and refuses no object, is a warning. */
function severityOf({ user, attribute, problems }: InvalidValue): { readonly severity?: Severity } {
  const isMild =
    (attribute === "mailNickname" && problems.every(({ rule }) => SUBSTITUTED.has(rule))) ||
    // Any value of proxyAddresses masks mail (KB 2643629).
    (attribute === "mail" && (user.proxyAddresses ?? []).length > 0) ||
    // The account name stands for it.
    (attribute === "userPrincipalName" && problems[0]?.rule === "blank");
  return isMild ? { severity: "warning" } : {};
}

/** The rules about single characters: in place of such a one of mailNickname the service writes `_`. */
const SUBSTITUTED: ReadonlySet<ValueRule> = new Set([
  "white-space",
  "control-character",
  "invalid-character",
  "non-ascii-character",
]);

const WORDS: Readonly<Record<ValueRule, string>> = {
  "too-long": "too long",
  "local-part-too-long": "more than 64 characters before @",
  "domain-too-long": "more than 48 characters behind @",
  "label-too-long": "a part of the domain has more than 63 characters",
  blank: "blank",
  "white-space": "white space",
  "control-character": "a control character",
  "invalid-character": "a character that is not allowed",
  "non-ascii-character": "a character that is not ASCII",
  "second-colon": "a second colon",
  "no-prefix": "SMTP: or smtp: is missing in front of it",
  "nested-prefix": "one type too many in front of the address",
  "display-form": "a name around the address",
  "several-values": "several addresses in one value",
  "no-at-sign": "no @",
  "two-at-signs": "more than one @",
  "nothing-before-at": "nothing before @",
  "nothing-behind-at": "nothing behind @",
  "leading-dot": "begins with a dot",
  "trailing-dot": "ends with a dot",
  "dot-before-at": "a dot before @",
  "double-dot": "two dots in a row",
  "domain-malformed": "the domain is malformed",
  "not-routable": "the domain is not routed in the Internet",
  "unverified-domain": "the domain is not verified in the tenant",
  "not-unique": "another object has the same",
  "marked-primary": "becomes the primary address in Active Directory when an address policy is applied",
  "too-many": "more than 300, which are safe (LargeObject)",
};

/** Says what is wrong with a value, without the value: what many may have in common. */
export function nameFault({ attribute, rule, value }: { attribute: string; rule: ValueRule; value: string }): string {
  const domain = OF_DOMAINS.has(rule) ? domainOf(value) : "";
  return `${attribute}: ${WORDS[rule]}${domain === "" ? "" : ` (${domain})`}`;
}

const OF_DOMAINS: ReadonlySet<ValueRule> = new Set(["not-routable", "unverified-domain", "domain-malformed"]);

/** Says what is wrong and where: `a character that is not ASCII, U+00E4 "ä", at character 3`. */
function describeProblem({ rule, where, codePoint }: ValueProblem): string {
  const words = WORDS[rule];
  if (where === undefined || PLACELESS.has(rule)) return words;
  const character = codePoint === undefined ? "" : `, ${nameCharacter(codePoint)},`;
  return `${words}${character} at character ${where + 1}`;
}

/** The rules of which the place says nothing more. */
const PLACELESS: ReadonlySet<ValueRule> = new Set([
  "blank",
  "no-prefix",
  "display-form",
  "leading-dot",
  "trailing-dot",
  "no-at-sign",
  "nothing-before-at",
  "nothing-behind-at",
  "not-routable",
  "unverified-domain",
]);

/** Names a character: `U+00E4 "ä"`, `U+00A0 (no-break space)`, and by its code alone what cannot be seen. */
function nameCharacter(codePoint: string): string {
  const name = INVISIBLE.get(codePoint);
  if (name !== undefined) return `${codePoint} (${name})`;
  const character = String.fromCodePoint(Number.parseInt(codePoint.slice("U+".length), 16));
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `${codePoint} '${character}'` : codePoint;
}

const INVISIBLE: ReadonlyMap<string, string> = new Map([
  ["U+0009", "tab"],
  ["U+000A", "line feed"],
  ["U+000D", "carriage return"],
  ["U+0020", "space"],
  ["U+00A0", "no-break space"],
  ["U+00AD", "soft hyphen"],
  ["U+200B", "zero-width space"],
  ["U+202E", "right-to-left override"],
  ["U+FEFF", "zero-width no-break space"],
]);

function describeSuggestion(suggestion: ValueSuggestion | undefined): string {
  if (suggestion === undefined) return "";
  const { action, value = "", values = [], confidence } = suggestion;
  const what = action === "remove" ? "remove it" : action === "split" ? values.join(" and ") : value;
  return `; proposed${confidence === "ask" ? ", if it is meant" : ""}: ${what}`;
}

/**
 * The account name stands for a sign-in name that is missing or cannot be used (KB 3190357): two in two domains of a forest then get
 * one name.
 */
function sharingAccountNames({ onPremises: { table, user }, isOrdinary }: Overview): readonly User[] {
  const isWanted = (index: number): boolean => !isOrdinary(index) && table.typeOf(index) === PERSON;
  const shared = findSharedTexts(table, fieldCodes.samAccountName, isWanted);
  return [...shared.values()].flatMap((indexes) => {
    const people = indexes.map(user).filter(({ userPrincipalName = "" }) => {
      return userPrincipalName === "" || findValueProblems("userPrincipalName", userPrincipalName).length > 0;
    });
    return people.length > 1 ? people : [];
  });
}

/** About as many values are safe; 332 is the most that was seen (entra-docs, tshoot-connect-sync-errors, LargeObject). */
const MOST_ADDRESSES = 300;

/** Finds the objects that may have too many addresses: ordinary people have few. */
function* findFullLists({ onPremises, isOrdinary }: Overview): Generator<{ user: User; count: number }> {
  for (let index = 0; index < onPremises.size; index++) {
    if (isOrdinary(index) || onPremises.outline(index).entries <= MOST_ADDRESSES) continue;
    const user = onPremises.user(index);
    const count = user.proxyAddresses?.length ?? 0;
    if (count > MOST_ADDRESSES) yield { user, count };
  }
}

/**
 * An alias must be unique, whatever the domain (KB 2647098): that of a person, for lists of two forests are two objects. Of whom the
 * service makes one name of it that is told as a duplicate.
 */
function sharingNicknames({ onPremises: { table, user }, tenant }: Overview): readonly User[] {
  const shared = findSharedTexts(table, fieldCodes.mailNickname, (index) => table.typeOf(index) === PERSON);
  if (shared.size === 0) return [];
  const told = new Set(
    [...(tenant.takenNames ?? [])].flatMap(([, { made, holders }]) => (holders.length > 0 ? [] : made)),
  );
  return [...shared.values()].flatMap((indexes) => indexes.filter((index) => !told.has(index)).map(user));
}
