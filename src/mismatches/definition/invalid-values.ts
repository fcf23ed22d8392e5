import { NO_ADDRESS } from "../../directory/address-index.ts";
import type { Directory } from "../../directory/directory.ts";
import { DomainFacts } from "../../directory/domain-facts.ts";
import { UserOutline } from "../../directory/user-row.ts";
import {
  addressKey,
  formatProxyAddress,
  isReservedDomain,
  parseSmtpAddress,
  sortAddresses,
} from "../../model/address.ts";
import { findAddressProblems } from "../../model/address-rules.ts";
import { markedPrimaries, primarySmtpAddress, smtpAddresses, type User } from "../../model/user.ts";
import { fieldCodes } from "../../model/user-view.ts";
import type { KnownOfObject } from "../../model/value-case.ts";
import type { ValueContext } from "../../model/value-context.ts";
import type { ValueProblem } from "../../model/value-problem.ts";
import { type CheckedAttribute, findValueProblems } from "../../model/value-rules.ts";
import { suggestValue, type ValueSuggestion } from "../../model/value-suggestion.ts";
import { appendAll } from "../../text/append.ts";
import type { Overview } from "./define-mismatch.ts";
import { findTakenValues, type ProposedValue, valueKey } from "./value-holders.ts";

/** A value on-premises that breaks rules, and what is proposed in its place. */
export interface InvalidValue {
  readonly user: User;
  readonly attribute: CheckedAttribute;
  readonly value: string;
  /** At least one. */
  readonly problems: readonly ValueProblem[];
  readonly suggestion: ValueSuggestion | undefined;
}

/** An invalid value before it is known what is proposed for others. */
interface Draft extends InvalidValue {
  readonly index: number;
}

/**
 * Finds every value on-premises that breaks a rule, and proposes another where one can be told. What is proposed to two
 * objects, or what another one has, is proposed to nobody: so the order of the objects does not count.
 */
export function findInvalidValues(overview: Overview): readonly InvalidValue[] {
  const drafts: Draft[] = [];
  const { onPremises, isOrdinary } = overview;
  const verifiedDomains = domainsToJudgeBy(overview);
  const isVerified = tellVerified(onPremises, verifiedDomains);
  const apart = new Set(overview.alignment.apart.map((pair) => pair.onPremises));
  // Who looks like one person is to have the values of both.
  const alike = new Map(overview.unlinkedPairs.map((pair) => [pair.onPremises, pair.online]));
  for (let index = 0; index < onPremises.size; index++) {
    if (apart.has(index)) continue;
    if (isOrdinary(index) && isVerified(index)) continue;
    const isOutsider = overview.outsiders?.has(index) === true;
    appendAll(drafts, findOfObject(overview, index, isOutsider ? undefined : verifiedDomains, alike.get(index)));
  }
  return keepUnique(onPremises, drafts);
}

/** What is verified is judged by only where more is known than the tenant's own domains. */
function domainsToJudgeBy({ tenant }: Overview): ReadonlySet<string> | undefined {
  return [...tenant.verifiedDomains].some((domain) => !isReservedDomain(domain)) ? tenant.verifiedDomains : undefined;
}

/** Tells of ordinary people, by the number of the domain, whether the sign-in name is in one that is verified. */
function tellVerified(
  onPremises: Directory,
  verifiedDomains: ReadonlySet<string> | undefined,
): (index: number) => boolean {
  if (verifiedDomains === undefined) return () => true;
  const facts = new DomainFacts(onPremises.addresses, (domain) => verifiedDomains.has(domain));
  const outline = new UserOutline();
  return (index) => {
    const { entries, codes, numbers } = onPremises.table.outline(index, outline);
    for (let entry = 0; entry < entries; entry++) {
      if (codes[entry] === fieldCodes.userPrincipalName) return facts.of(numbers[entry] ?? NO_ADDRESS);
    }
    return false;
  };
}

type Found = Pick<InvalidValue, "attribute" | "value" | "problems">;

function findOfObject(
  overview: Overview,
  index: number,
  verifiedDomains: ReadonlySet<string> | undefined,
  alike: number | undefined,
): readonly Draft[] {
  const { onPremises, online, alignment } = overview;
  const user = onPremises.user(index);
  const { type, userPrincipalName } = user;
  const alone: ValueContext = { type, verifiedDomains, userPrincipalName: userPrincipalName ?? null };
  if (checkValues(user, alone).length === 0) return [];
  const counterpart = alignment.pairs.onlineOf(index);
  const there = counterpart < 0 ? undefined : online.user(counterpart);
  const context = { ...alone, isLicensed: there?.isLicensed };
  const isFree = (attribute: CheckedAttribute, value: string): boolean => {
    const address = addressIn(attribute, value);
    return (
      address === undefined ||
      (onPremises.addresses.claims(address).every((claim) => claim.index === index) &&
        online.addresses.claims(address).every((claim) => claim.index === counterpart || claim.index === alike))
    );
  };
  const proposed = new Set<string>();
  const describe = objectDescriber(user, there);
  const found = checkValues(user, context);
  if (found.length > MOST_PROPOSALS) return found.map((one) => ({ user, index, ...one, suggestion: undefined }));
  return found
    .toSorted((one, other) => (one.value < other.value ? -1 : one.value > other.value ? 1 : 0))
    .map(({ attribute, value, problems }) => {
      const known = { ...context, ...describe(attribute, value), isFree };
      const suggestion = suggestValue(attribute, value, known, problems);
      const keys = valuesOf(suggestion).map((one) => `${attribute} ${addressKey(one)}`);
      const isRepeated = keys.some((key) => proposed.has(key));
      for (const key of keys) proposed.add(key);
      return { user, index, attribute, value, problems, suggestion: isRepeated ? undefined : suggestion };
    });
}

/** Checks every value of an object. */
function checkValues(user: User, context: ValueContext): readonly Found[] {
  const found: Found[] = [];
  const note = (attribute: CheckedAttribute, value: string, problems: readonly ValueProblem[]): void => {
    if (problems.length > 0) found.push({ attribute, value, problems });
  };
  const check = (attribute: CheckedAttribute, value: string | undefined): void => {
    if (value !== undefined) note(attribute, value, findValueProblems(attribute, value, context));
  };
  check("userPrincipalName", user.userPrincipalName);
  for (const entry of user.proxyAddresses ?? []) {
    const problems = findAddressProblems(entry, context);
    if (problems.length > 0) note("proxyAddresses", formatProxyAddress(entry), problems);
  }
  check("mail", user.mail);
  check("mailNickname", user.mailNickname);
  check("sAMAccountName", user.samAccountName);
  check("targetAddress", user.targetAddress);
  check("displayName", user.displayName);
  return found;
}

/** An object has fewer addresses than this, or the service refuses it whole (LargeObject): for more nothing is proposed. */
const MOST_PROPOSALS = 300;

/** Tells what is known of an object for a proposal, the value in question aside. */
function objectDescriber(
  user: User,
  online: User | undefined,
): (attribute: CheckedAttribute, value: string) => Partial<KnownOfObject> {
  const marked = markedPrimaries(user);
  // In whatever order they were read.
  const addresses = sortAddresses(smtpAddresses(user).map(({ address }) => address));
  const untyped = (user.proxyAddresses ?? []).flatMap(({ type, address }) => (type === "" ? [address] : []));
  const cn = commonNameOf(user.id);
  return (attribute, value) => {
    const primaries = marked.filter((address) => !value.endsWith(`:${address}`));
    // Of several none is taken for the primary one.
    const primary = primaries.length === 1 ? primaries[0] : undefined;
    const isPrimary = attribute === "mail" || attribute === "proxyAddresses";
    return {
      primary,
      others: addresses.filter((address) => address !== primary && !value.endsWith(`:${address}`)),
      untyped,
      mail: attribute === "mail" ? undefined : user.mail,
      online: online && (isPrimary ? primarySmtpAddress(online) : online.userPrincipalName),
      cn,
    };
  };
}

/** The name in front of a distinguished name. */
export function commonNameOf(distinguishedName: string): string | undefined {
  return /^CN=((?:\\.|[^,\\])*)/i.exec(distinguishedName)?.[1]?.replace(/\\(?=[^0-9a-f])/gi, "");
}

/** The mailbox address that a value holds, or `undefined`: an address is unique among all attributes that hold one. */
function addressIn(attribute: CheckedAttribute, value: string): string | undefined {
  if (attribute === "userPrincipalName" || attribute === "mail") return parseSmtpAddress(value)?.address;
  if (attribute !== "proxyAddresses" || !/^smtp:/i.test(value)) return undefined;
  return parseSmtpAddress(value.slice("smtp:".length))?.address;
}

function valuesOf(suggestion: ValueSuggestion | undefined): readonly string[] {
  return suggestion?.values ?? (suggestion?.value === undefined ? [] : [suggestion.value]);
}

/** Takes back what is proposed to two objects, and what another object has. */
function keepUnique(onPremises: Directory, drafts: readonly Draft[]): readonly InvalidValue[] {
  const proposed = drafts.flatMap((draft) => proposedBy(draft));
  const taken = new Set(findTakenValues(onPremises, proposed));
  // With white space around it an address is nobody's, and is meant for somebody all the same.
  const meant = drafts.flatMap(({ index, attribute, value }) => {
    const prefix = /^smtp:/i.exec(value)?.[0] ?? "";
    const address = addressIn(attribute, `${prefix}${value.slice(prefix.length).trim()}`);
    return address === undefined ? [] : [{ index, space: "address", value: address } as const];
  });
  const others = new Map<string, number>();
  for (const one of [...meant, ...proposed]) {
    const key = valueKey(one);
    const owner = others.get(key) ?? one.index;
    if (owner !== one.index) taken.add(key);
    others.set(key, owner);
  }
  return drafts.map((draft) => {
    const { user, attribute, value, problems, suggestion } = draft;
    const isTaken = proposedBy(draft).some((one) => taken.has(valueKey(one)));
    return { user, attribute, value, problems, suggestion: isTaken ? undefined : suggestion };
  });
}

/** The values that are proposed and must be unique: names may be shared. */
function proposedBy({ index, attribute, suggestion }: Draft): readonly ProposedValue[] {
  if (attribute === "displayName") return [];
  return valuesOf(suggestion).map((value) => {
    const address = addressIn(attribute, value);
    return address === undefined ? { index, space: attribute, value } : { index, space: "address", value: address };
  });
}
