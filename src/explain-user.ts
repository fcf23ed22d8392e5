import { compareSides, type SidesCompared } from "./comparison.ts";
import type { AddressAttribute } from "./directory/address-index.ts";
import type { Directory } from "./directory/directory.ts";
import type { Match, SoftMatch } from "./match/match.ts";
import { findMismatches } from "./mismatches/definition/find-mismatches.ts";
import type { Mismatch } from "./mismatches/index.ts";
import { addressKey } from "./model/address.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { UsageError } from "./model/errors.ts";
import { type Side, smtpAddresses, type User } from "./model/user.ts";
import type { AnalyzeOptions } from "./options.ts";
import { predict } from "./predict/predict.ts";
import { describeRule, type RuleName } from "./predict/rules.ts";
import type { OnPremisesOutcome } from "./run/outcome.ts";
import { Outcomes } from "./run/outcomes.ts";

/** The whole story of one person. */
export interface UserStory {
  readonly onPremises: User | undefined;
  readonly online: User | undefined;
  /** The online user as it was when it was activated, if a baseline was given and has it. */
  readonly baseline: User | undefined;
  readonly match: Match | undefined;
  /** What the run does with the on-premises object. */
  readonly outcome: OnPremisesOutcome | undefined;
  /** Users of the other side who have something in common with this one and were not taken. */
  readonly rejected: readonly RejectedCandidate[];
  /** Set if nothing said here is worth much, because the two sides look like the exports of two companies. */
  readonly caution: Diagnostic | undefined;
  /** The rules that fire, in their order. */
  readonly rules: readonly { readonly name: RuleName; readonly says: string; readonly source: string }[];
  /** The online user after the run; `undefined` if the run does not touch it, or nobody can tell. */
  readonly after: User | undefined;
  /** The findings that name this person. */
  readonly mismatches: readonly Mismatch[];
}

/** A user who was not taken for the person, and why. */
export interface RejectedCandidate {
  readonly user: User;
  /** What both have. */
  readonly common: string;
  /** Why it was not taken, as a part of a sentence. */
  readonly reason: string;
}

/**
 * Tells the whole story of one person: both records, how they match, what was rejected, which rules fire, and what
 * becomes of the online user.
 *
 * The person is named by UPN, address, account name, display name, distinguished name or object id, in any case of letters.
 *
 * @throws UsageError if nobody is called so, or several are.
 * @throws InputError as `analyze` does.
 */
export async function explainUser(options: AnalyzeOptions, name: string): Promise<UserStory> {
  const compared = await compareSides(options);
  const { comparison } = compared;
  const { directories, alignment, tenant } = comparison;
  const found = findPerson(compared, name);
  const onPremises = found.onPremises === undefined ? undefined : directories.onPremises.user(found.onPremises);
  const online = found.online === undefined ? undefined : directories.online.user(found.online);
  const own = found.onPremises === undefined ? undefined : alignment.pairs.ofOnPremises(found.onPremises);
  const pair = own?.online === found.online ? own : undefined;
  const outcome = found.onPremises === undefined ? undefined : new Outcomes(comparison).ofOnPremises(found.onPremises);
  const arrives = outcome !== undefined && ["linked", "created", "created-beside"].includes(outcome.outcome);
  const prediction =
    onPremises === undefined || !arrives || onPremises.type !== "user"
      ? undefined
      : predict(onPremises, pair === undefined ? undefined : online, tenant);
  const { mismatches } = findMismatches(comparison, options.kinds);
  return {
    onPremises,
    online,
    baseline: found.online === undefined ? undefined : comparison.baseline?.get(found.online),
    match: pair?.match,
    outcome,
    rejected: findRejected(compared, found),
    caution: compared.strangers,
    rules: (prediction?.rules ?? []).map((rule) => ({ name: rule, ...describeRule(rule) })),
    after: prediction?.user,
    mismatches: mismatches.filter((mismatch) => isAbout(mismatch, onPremises, online)),
  };
}

type Person = Readonly<Partial<Record<Side, number>>>;

function findPerson({ comparison }: SidesCompared, name: string): Person {
  const { directories, alignment } = comparison;
  const found: Person[] = [
    ...findByName(directories.onPremises, name).map((index): Person => {
      const pair = alignment.pairs.ofOnPremises(index);
      return pair === undefined ? { onPremises: index } : { onPremises: index, online: pair.online };
    }),
    ...findByName(directories.online, name).map((index): Person => {
      const pair = alignment.pairs.ofOnline(index);
      return pair === undefined ? { online: index } : { onPremises: pair.onPremises, online: index };
    }),
  ];
  const people = new Map(found.map((person) => [`${person.onPremises} ${person.online}`, person]));
  const [first, ...others] = people.values();
  if (first === undefined) {
    throw new UsageError(`nobody is called "${name}"; name a sign-in name, address, account name, display name or DN`);
  }
  // Unmatched users of both sides with one name are told together.
  const [second, ...more] = others;
  const arePair = first.online === undefined && second?.onPremises === undefined && more.length === 0;
  if (second !== undefined && arePair) return { ...first, ...second };
  if (second === undefined) return first;
  const names = [...people.values()].slice(0, 10).map(({ onPremises, online }) => {
    const user = onPremises === undefined ? undefined : directories.onPremises.user(onPremises);
    return (user ?? directories.online.user(online ?? 0)).id;
  });
  throw new UsageError(`several are called "${name}"; name one of them: ${names.join("; ")}`);
}

function findByName(directory: Directory, name: string): readonly number[] {
  const key = addressKey(name.trim());
  const found: number[] = [];
  for (let index = 0; index < directory.size; index++) {
    const user = directory.user(index);
    const names = [user.id, user.userPrincipalName, user.samAccountName, user.mail, user.displayName];
    const isCalled = names.some((own) => own !== undefined && addressKey(own) === key);
    if (isCalled || smtpAddresses(user).some((address) => address.key === key)) found.push(index);
  }
  return found;
}

/** Finds the online users who have an address or the sign-in name of the on-premises one, but are not taken for it. */
function findRejected({ comparison, settings }: SidesCompared, person: Person): readonly RejectedCandidate[] {
  const { directories, alignment } = comparison;
  if (person.onPremises === undefined) return [];
  const user = directories.onPremises.user(person.onPremises);
  const keys = [...smtpAddresses(user).map(({ key }) => key), addressKey(user.userPrincipalName ?? "")];
  const rejected = new Map<number, RejectedCandidate>();
  for (const common of new Set(keys)) {
    for (const { index, attribute } of directories.online.addresses.claims(common)) {
      if (index === person.online || rejected.has(index)) continue;
      const candidate = directories.online.user(index);
      const partner = alignment.pairs.ofOnline(index);
      const reason =
        partner !== undefined
          ? `it is matched with ${directories.onPremises.user(partner.onPremises).id}`
          : alignment.ambiguous.some((group) => group.online.includes(index))
            ? "several users are linked by their addresses, and nobody can tell who is who"
            : whyNotLinked(candidate, common, attribute, user, settings.softMatch);
      rejected.set(index, { user: candidate, common, reason });
    }
  }
  return [...rejected.values()];
}

function whyNotLinked(
  candidate: User,
  common: string,
  attribute: AddressAttribute,
  user: User,
  softMatch: SoftMatch,
): string {
  if (candidate.type !== "user") return `it is a ${candidate.type}: only people are matched`;
  if (candidate.immutableId) return `it is bound to another object (ImmutableId ${candidate.immutableId})`;
  if (attribute === "userPrincipalName") return "it is only a sign-in name, and that links only with upnSoftMatch";
  const isOwnAddress = smtpAddresses(user).some(({ key }) => key === common);
  if (!isOwnAddress) return "on-premises it is a sign-in name and no address";
  return softMatch === "primary-smtp"
    ? "only an on-premises alias is shared, and the rule is primary-smtp"
    : "addresses of the service's own domains do not link";
}

function isAbout(mismatch: Mismatch, onPremises: User | undefined, online: User | undefined): boolean {
  const others = "objects" in mismatch ? mismatch.objects : "candidates" in mismatch ? mismatch.candidates : [];
  const ids = new Set([mismatch.onPremises, mismatch.online, ...others].map((reference) => reference?.id));
  return (onPremises !== undefined && ids.has(onPremises.id)) || (online !== undefined && ids.has(online.id));
}
