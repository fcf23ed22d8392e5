import * as z from "zod/mini";
import { domainOf, parseProxyAddress, sortAddresses } from "./address.ts";
import { severalAddressesIn } from "./address-forms.ts";
import {
  proposeMails,
  proposePrimaries,
  proposeSignInNames,
  proposeSipAddresses,
  proposeTargetAddresses,
} from "./address-proposals.ts";
import { addresses, cleanMailbox } from "./mailbox-cleaning.ts";
import { proposeAccountNames, proposeDisplayNames, proposeNicknames } from "./name-proposals.ts";
import { type SuggestionClause, toReason } from "./suggestion-clauses.ts";
import { type Candidate, isProposable, isSameAddress, type KnownOfObject, type ValueCase } from "./value-case.ts";
import { type Confidence, leastSure } from "./value-cleaning.ts";
import type { ValueProblem } from "./value-problem.ts";
import { type CheckedAttribute, findValueProblems } from "./value-rules.ts";

/** What to do about a value that breaks a rule. */
export const valueSuggestionSchema = z
  .object({
    action: z
      .enum(["edit", "split", "remove"])
      .check(
        z.describe("edit: another value; split: several values; remove: none, as the object has other addresses."),
      ),
    value: z.optional(z.string().check(z.describe("With edit: the value to be."))),
    values: z.optional(z.array(z.string()).check(z.describe("With split: the values to be."))),
    confidence: z
      .enum(["certain", "likely", "ask"])
      .check(z.describe("How sure it is that this is meant; ask: a person decides.")),
    reason: z.string().check(z.describe("Why this, as a sentence.")),
  })
  .check(z.describe("What to do about a value: nothing that breaks a rule, or that another object has."));

/** What to do about a value that breaks a rule. */
export type ValueSuggestion = Readonly<z.infer<typeof valueSuggestionSchema>>;

/**
 * Proposes what to do about a value, or `undefined`. What the tenant has already comes first, then the value cleaned beyond
 * doubt, what the object itself has, and the value cleaned by guess. A proposal breaks no rule, is nobody else's, and is not
 * the value itself. `problems` are those of the value, if they are known.
 */
export function suggestValue(
  attribute: CheckedAttribute,
  value: string,
  known: KnownOfObject,
  problems: readonly ValueProblem[] = findValueProblems(attribute, value, known),
): ValueSuggestion | undefined {
  const from: ValueCase = { attribute, value, known, rules: new Set(problems.map(({ rule }) => rule)) };
  return attribute === "proxyAddresses" ? suggestAddress(from) : edit(from, PROPOSALS[attribute](from));
}

const PROPOSALS: Readonly<
  Record<Exclude<CheckedAttribute, "proxyAddresses">, (from: ValueCase) => Iterable<Candidate | undefined>>
> = {
  userPrincipalName: proposeSignInNames,
  mail: proposeMails,
  mailNickname: proposeNicknames,
  sAMAccountName: proposeAccountNames,
  targetAddress: proposeTargetAddresses,
  displayName: proposeDisplayNames,
  givenName: () => [],
};

/** Takes the first candidate that may be proposed. */
function edit(from: ValueCase, candidates: Iterable<Candidate | undefined>): ValueSuggestion | undefined {
  for (const candidate of candidates) {
    if (candidate !== undefined && isProposable(from, candidate.value)) {
      const { value, confidence, steps } = candidate;
      return { action: "edit", value, confidence, reason: toReason(steps) };
    }
  }
  return undefined;
}

function suggestAddress(from: ValueCase): ValueSuggestion | undefined {
  const { type, address, primary } = parseProxyAddress(from.value);
  const written = from.value.trimStart();
  const prefix = written.slice(0, written.indexOf(":") + 1);
  switch (type) {
    case "SMTP":
      return suggestSmtpAddress(from, address, primary, prefix);
    case "":
    case "MAILTO":
      return suggestType(from, address.replace(/^:/, ""));
    case "SIP":
      return edit(from, proposeSipAddresses(from, address, prefix));
    case "X400":
    case "X500":
      return suggestVisible(from);
    default:
      return undefined;
  }
}

function suggestSmtpAddress(
  from: ValueCase,
  address: string,
  isPrimary: boolean,
  prefix: string,
): ValueSuggestion | undefined {
  if (from.rules.size === 0) return isPrimary ? undefined : suggestForUnrouted(from, address);
  if (from.rules.has("blank")) return remove("it holds no address");
  if (from.rules.has("several-values")) return split(from, address, isPrimary);
  if (isPrimary) return edit(from, proposePrimaries(from, address, prefix));
  const cleaned = cleanMailbox(from, address, addresses, prefix);
  return cleaned && keepOnce(from, cleaned, prefix);
}

function remove(clause: SuggestionClause): ValueSuggestion {
  return { action: "remove", confidence: "likely", reason: toReason([clause]) };
}

/** An alias in a domain that is not routed never arrives; it is valid all the same. */
function suggestForUnrouted({ known }: ValueCase, address: string): ValueSuggestion | undefined {
  const { primary, others, verifiedDomains } = known;
  if (verifiedDomains?.has(domainOf(address)) || (primary === undefined && others?.length === 0)) return undefined;
  if (findValueProblems("proxyAddresses", `SMTP:${address}`).length === 0) return undefined;
  return remove("its domain is not routed in the Internet: it never reaches the service");
}

/** An address without a type is an alias; where there is no other, the primary one: of several the one that is `mail` or the UPN. */
function suggestType(from: ValueCase, address: string): ValueSuggestion | undefined {
  const { primary, others, untyped = [], mail, userPrincipalName } = from.known;
  const [first = address] = sortAddresses(untyped);
  const names = [mail, userPrincipalName].map((name) => untyped.find((one) => name && isSameAddress(one, name)));
  const isMain = isSameAddress(address, names.find((name) => name !== undefined) ?? first);
  const prefix = isMain && primary === undefined && others?.length === 0 ? "SMTP:" : "smtp:";
  const cleaned = cleanMailbox(from, address, addresses, prefix);
  if (cleaned === undefined) return undefined;
  const confidence = leastSure(cleaned.confidence, "likely");
  return keepOnce(from, { ...cleaned, confidence, steps: ["the type was missing"] }, prefix);
}

/** Proposes a mended alias, or none where the object has it already, or it would not arrive. */
function keepOnce(from: ValueCase, cleaned: Candidate, prefix: string): ValueSuggestion | undefined {
  const { primary, others = [], verifiedDomains, type = "user" } = from.known;
  const address = cleaned.value.slice(prefix.length);
  if ([primary ?? "", ...others].some((own) => isSameAddress(own, address))) {
    return remove("the object has the mended address already");
  }
  const isLost = type === "user" && verifiedDomains !== undefined && !verifiedDomains.has(domainOf(address));
  if (isLost && primary !== undefined) return remove("mended, it is in a domain that is not verified");
  return edit(from, [cleaned]);
}

function split(from: ValueCase, address: string, isPrimary: boolean): ValueSuggestion | undefined {
  const values: string[] = [];
  let confidence: Confidence = "certain";
  for (const [index, part] of (severalAddressesIn(address)?.parts ?? []).entries()) {
    const prefix = index === 0 && isPrimary ? "SMTP:" : "smtp:";
    const cleaned = cleanMailbox(from, part.replace(/^smtp:/i, ""), addresses, prefix);
    if (cleaned === undefined || !isProposable(from, cleaned.value)) return undefined;
    confidence = leastSure(confidence, cleaned.confidence);
    if (!values.some((value) => isSameAddress(value, cleaned.value))) values.push(cleaned.value);
  }
  if (values.length < 2) return undefined;
  return { action: "split", values, confidence, reason: toReason(["several addresses stand in one value"]) };
}

/** Replies and delegates depend on X.400 and X.500 values: nothing but control characters is ever taken out. */
function suggestVisible(from: ValueCase): ValueSuggestion | undefined {
  if (from.rules.size !== 1 || !from.rules.has("control-character")) return undefined;
  const steps: readonly SuggestionClause[] = [
    "characters that cannot be seen go",
    "nothing else of such a value is ever changed",
  ];
  return edit(from, [{ value: from.value.replace(/\p{Cc}/gu, ""), confidence: "ask", steps }]);
}
