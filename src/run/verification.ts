import * as z from "zod/mini";
import type { Directory } from "../directory/directory.ts";
import { addressKey, parseProxyAddress, type SmtpAddress } from "../model/address.ts";
import { primarySmtpAddress, smtpAddresses, type User } from "../model/user.ts";
import { ruleNameSchema } from "../predict/rules.ts";
import { DIGITS, isAsPredicted } from "../predict/upn-calculation.ts";
import {
  type OnlineOutcome,
  type OnPremisesOutcome,
  onlineOutcomeSchema,
  onPremisesOutcomeSchema,
  type State,
} from "./outcome.ts";

/** Whether what was predicted of a person came true. */
export const verificationStatusSchema = z
  .enum(["as-predicted", "not-yet", "otherwise", "not-predicted"])
  .check(
    z.describe(
      "not-yet: all is as it was before the run; otherwise: it is neither as it was nor as predicted; not-predicted: nobody could tell what the run would do, or the export does not show it.",
    ),
  );

/** Whether what was predicted of a person came true. */
export type VerificationStatus = z.infer<typeof verificationStatusSchema>;

/** What is not as predicted. */
const differenceSchema = z.object({
  attribute: z.enum([
    "object",
    "immutableId",
    "userPrincipalName",
    "primarySmtpAddress",
    "proxyAddresses",
    "isEnabled",
  ]),
  predicted: z.array(z.string()).check(z.describe("What was predicted and is not there.")),
  found: z.array(z.string()).check(z.describe("What is there and was not predicted.")),
});

/** What is not as predicted. */
export type Difference = z.infer<typeof differenceSchema>;

/** A person, and whether what was predicted of him came true. */
const person = z.object({
  onPremises: z.optional(
    z.string().check(z.describe("The id of the on-premises object; absent for who is online only.")),
  ),
  online: z.optional(z.string().check(z.describe("The id of the online user after the run, if there is one."))),
  userPrincipalName: z.optional(
    z.string().check(z.describe("The sign-in name that was found, else the predicted one.")),
  ),
  outcome: z.union([onPremisesOutcomeSchema.shape.outcome, onlineOutcomeSchema.shape.outcome]),
  status: verificationStatusSchema,
  differences: z.optional(z.array(differenceSchema)),
  rules: z.optional(
    z.array(ruleNameSchema).check(z.describe("What had led to the prediction, if it did not come true.")),
  ),
});

type PersonObject = typeof person;
/** The schema of a {@link VerifiedPerson}; by its name declarations refer to it. */
export interface VerifiedPersonSchema extends PersonObject {}

/** A person, and whether what was predicted of him came true. */
export const verifiedPersonSchema: VerifiedPersonSchema = person;

/** A person, and whether what was predicted of him came true. */
export type VerifiedPerson = z.infer<typeof verifiedPersonSchema>;

/** The outcomes that were predicted. */
export interface PredictedOutcomes {
  readonly onPremises: Iterable<OnPremisesOutcome>;
  readonly online: Iterable<OnlineOutcome>;
}

/**
 * Holds what was predicted of each person against the online users after the run. Letter case does not count, nor what the
 * export does not show. Groups and contacts are passed over: an export of users does not have them.
 */
export function* verifyOutcomes(predicted: PredictedOutcomes, after: Directory): Generator<VerifiedPerson> {
  const verifier = new Verifier(after);
  for (const outcome of predicted.onPremises) if (isPerson(outcome)) yield verifier.verify(outcome);
  for (const outcome of predicted.online) {
    if (isPerson(outcome) && !TOLD_ON_PREMISES.has(outcome.outcome)) yield verifier.verifyOnline(outcome);
  }
}

/** What is told of the on-premises object, or cannot be seen in an export of users. */
const TOLD_ON_PREMISES: ReadonlySet<OnlineOutcome["outcome"]> = new Set(["taken-over", "restored", "deleted"]);

function isPerson({ type }: { readonly type: User["type"] }): boolean {
  return type === "user" || type === "unknown";
}

/** Knows the online users after the run again. */
class Verifier {
  readonly #after: Directory;
  readonly #byId = new Map<string, number>();
  readonly #byAnchor = new Map<string, number>();
  /** Whether the export shows who is linked with an on-premises object. */
  readonly #showsLinks: boolean;

  constructor(after: Directory) {
    this.#after = after;
    this.#showsLinks = after.fields.has("immutableId");
    for (let index = 0; index < after.size; index++) {
      const { id, immutableId } = after.user(index);
      this.#byId.set(addressKey(id), index);
      if (immutableId) this.#byAnchor.set(immutableId, index);
    }
  }

  verify(outcome: OnPremisesOutcome): VerifiedPerson {
    switch (outcome.outcome) {
      case "linked":
        return this.#verifyLinked(outcome);
      case "created":
      case "created-beside":
        return this.#verifyCreated(outcome);
      case "refused":
      case "not-synchronized":
        return this.#verifyAbsent(outcome);
      case "ambiguous":
        return { onPremises: outcome.id, outcome: outcome.outcome, status: "not-predicted" };
    }
  }

  verifyOnline({ id, outcome, before }: OnlineOutcome): VerifiedPerson {
    const person = { online: id, ...named(before ?? {}), outcome };
    if (outcome === "ambiguous" || before === undefined) return { ...person, status: "not-predicted" };
    const found = this.#find(undefined, id, [before]);
    if (found === undefined) return { ...person, status: "otherwise", differences: [missing(id)] };
    const differences = compare(before, found);
    if (outcome === "cloud-only" && found.immutableId) {
      differences.push({ attribute: "immutableId", predicted: [], found: [found.immutableId] });
    }
    return differences.length === 0
      ? { ...person, status: "as-predicted" }
      : { ...person, status: "otherwise", differences };
  }

  #verifyLinked(outcome: OnPremisesOutcome): VerifiedPerson {
    const { id, online = "", anchor, before = {}, after = {}, rules } = outcome;
    const person = { onPremises: id, ...named(after), outcome: outcome.outcome };
    const found = this.#find(anchor, online, [after, before]);
    if (found === undefined) {
      // Whoever is to be restored lies in the recycle bin until then.
      const isRestored = rules.includes("restored-by-anchor");
      return isRestored
        ? { ...person, status: "not-yet", rules }
        : { ...person, status: "otherwise", differences: [missing(online)], rules };
    }
    const differences = compare(after, found);
    const link = this.#compareLink(anchor, found);
    const isOther = this.#byId.has(addressKey(online)) && addressKey(found.id) !== addressKey(online);
    if (isOther) differences.push({ attribute: "object", predicted: [online], found: [found.id] });
    if (link !== undefined) differences.push(link);
    const verified = { ...person, online: found.id, ...named(found) };
    if (differences.length === 0) return { ...verified, status: "as-predicted" };
    const isLinkedOtherwise = isOther || (link !== undefined && link.found.length > 0);
    const changed = new Set(compare(before, found).map(({ attribute }) => attribute));
    const isAsBefore = !isLinkedOtherwise && differences.every(({ attribute }) => !changed.has(attribute));
    return { ...verified, status: isAsBefore ? "not-yet" : "otherwise", differences, rules };
  }

  #verifyCreated({ id, outcome, anchor, after = {}, rules }: OnPremisesOutcome): VerifiedPerson {
    const person = { onPremises: id, ...named(after), outcome };
    const isKnownByAnchor = anchor !== undefined && this.#showsLinks;
    const found = this.#find(anchor, undefined, isKnownByAnchor ? [] : [after]);
    if (found === undefined) return { ...person, status: "not-yet", rules };
    const differences = compare(after, found);
    return differences.length === 0
      ? { ...person, online: found.id, status: "as-predicted" }
      : { ...person, online: found.id, status: "otherwise", differences, rules };
  }

  /** Nothing is made of what is refused or left out, and nothing is linked with it. */
  #verifyAbsent({ id, outcome, online, anchor, before, rules }: OnPremisesOutcome): VerifiedPerson {
    const person = { onPremises: id, ...named(before ?? {}), outcome };
    if (anchor === undefined || !this.#showsLinks) return { ...person, status: "not-predicted" };
    const linked = this.#find(anchor, undefined, []);
    if (linked !== undefined) {
      const differences: Difference[] = [{ attribute: "object", predicted: [], found: [linked.id] }];
      // One that was linked before the run is only to be as it was.
      const wasLinked = online !== undefined && addressKey(linked.id) === addressKey(online);
      const changes = wasLinked && before !== undefined ? compare(before, linked) : differences;
      if (changes.length > 0) return { ...person, online: linked.id, status: "otherwise", differences: changes, rules };
    }
    return { ...person, status: "as-predicted" };
  }

  /** Finds a user by anchor, by id, by the sign-in name, or by the primary address; the surest first. */
  #find(anchor: string | undefined, id: string | undefined, states: readonly State[]): User | undefined {
    const known =
      (anchor === undefined ? undefined : this.#byAnchor.get(anchor)) ??
      (id === undefined ? undefined : this.#byId.get(addressKey(id)));
    if (known !== undefined) return this.#after.user(known);
    for (const { userPrincipalName, primarySmtpAddress: primary } of states) {
      for (const name of [userPrincipalName, primary]) {
        const holders = name === undefined ? [] : this.#after.addresses.claims(name);
        const found = holders.map(({ index }) => this.#after.user(index)).find(isPerson);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  #compareLink(anchor: string | undefined, { immutableId }: User): Difference | undefined {
    if (!this.#showsLinks || anchor === undefined || immutableId === anchor) return undefined;
    return { attribute: "immutableId", predicted: [anchor], found: immutableId ? [immutableId] : [] };
  }
}

function named({ userPrincipalName }: Pick<State, "userPrincipalName">): Pick<State, "userPrincipalName"> {
  return userPrincipalName === undefined ? {} : { userPrincipalName };
}

function missing(id: string): Difference {
  return { attribute: "object", predicted: [id], found: [] };
}

/** The addresses of one list that are none of another one's. */
function without(
  list: readonly SmtpAddress[],
  others: readonly SmtpAddress[],
  isSame: (one: string, other: string) => boolean,
): string[] {
  const keys = others.map(({ key }) => key);
  const known = new Set(keys);
  const further = list.map(({ key }) => key).filter((key) => !known.has(key));
  // Only where digits are not known two may be the same that are not written alike.
  if (![...keys, ...further].some((key) => key.includes(DIGITS))) return further;
  return further.filter((key) => !keys.some((other) => isSame(key, other)));
}

/** Compares what both have. */
function compare(state: State, user: User): Difference[] {
  const { userPrincipalName, isEnabled, proxyAddresses } = state;
  const isListed = user.proxyAddresses !== undefined;
  return [
    ...compareTexts("userPrincipalName", userPrincipalName, user.userPrincipalName),
    ...compareTexts("primarySmtpAddress", state.primarySmtpAddress, primarySmtpAddress(user)),
    ...(proxyAddresses === undefined || !isListed ? [] : compareAddresses(proxyAddresses, user)),
    ...compareTexts("isEnabled", isEnabled?.toString(), user.isEnabled?.toString()),
  ];
}

function compareTexts(
  attribute: Difference["attribute"],
  predicted: string | undefined,
  found: string | undefined,
): Difference[] {
  if (predicted === undefined || found === undefined || isAsPredicted(addressKey(predicted), addressKey(found)))
    return [];
  return [{ attribute, predicted: [predicted], found: [found] }];
}

function compareAddresses(predicted: readonly string[], user: User): Difference[] {
  const wanted = smtpAddresses({ proxyAddresses: predicted.map(parseProxyAddress) });
  const present = smtpAddresses(user);
  const lacking = without(wanted, present, isAsPredicted);
  const further = without(present, wanted, (found, one) => isAsPredicted(one, found));
  if (lacking.length === 0 && further.length === 0) return [];
  return [{ attribute: "proxyAddresses", predicted: lacking, found: further }];
}
