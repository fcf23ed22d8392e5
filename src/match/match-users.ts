import type { Directory } from "../directory/directory.ts";
import type { Side, User } from "../model/user.ts";
import { Clusters } from "./clusters.ts";
import { onlineLinks, onPremisesLinks, primaryKey, upnKey } from "./link-addresses.ts";
import type { Alignment, AmbiguousGroup, Match, Pair, SoftMatch } from "./match.ts";

/** How users are matched. */
export interface MatchSettings {
  /** Which on-premises addresses may link; default `any-smtp`. */
  readonly softMatch?: SoftMatch;
  /** Whether a UPN links where no address does: a feature of tenants since 2016; default false. */
  readonly upnSoftMatch?: boolean;
}

/**
 * Finds out who is who, as the first synchronization does: first by source anchor, then by SMTP address, then, if the
 * tenant does so, by UPN.
 *
 * Only people are matched. An online user that is bound to another object by its ImmutableId is no candidate for a soft
 * match, provided that the on-premises export has anchors to compare. Who links to more than one user, or shares a link
 * with another, is ambiguous.
 *
 * Sources: entra-docs, how-to-connect-install-existing-tenant and tshoot-connect-sync-errors; the article (2012) for
 * `any-smtp`.
 */
export function matchUsers(onPremises: Directory, online: Directory, settings: MatchSettings = {}): Alignment {
  const { softMatch = "any-smtp", upnSoftMatch = false } = settings;
  const open = { onPremises: peopleOf(onPremises), online: peopleOf(online) };
  const pairs: Pair[] = [];
  const ambiguous: AmbiguousGroup[] = [];

  const run = (step: MatchStep): void => {
    for (const group of linkedGroups(open, { onPremises, online }, step)) {
      const [left, ...moreLeft] = group.onPremises;
      const [right, ...moreRight] = group.online;
      if (left === undefined || right === undefined) continue;
      for (const index of group.onPremises) open.onPremises.delete(index);
      for (const index of group.online) open.online.delete(index);
      if (moreLeft.length === 0 && moreRight.length === 0) {
        pairs.push({ onPremises: left, online: right, match: step.match(onPremises.user(left), online.user(right)) });
      } else ambiguous.push({ ...group, on: contestedKey(group, { onPremises, online }, step) });
    }
  };

  run(hardMatch);
  const anchorsKnown = onPremises.fields.has("sourceAnchor");
  run(smtpMatch(softMatch, anchorsKnown));
  if (upnSoftMatch) run(upnMatch(anchorsKnown));

  return {
    pairs: pairs.sort((one, other) => one.onPremises - other.onPremises),
    ambiguous,
    unmatchedOnPremises: [...open.onPremises],
    unmatchedOnline: [...open.online],
  };
}

/** One way of matching: the keys that link, and what a link is called. */
interface MatchStep {
  readonly keys: Readonly<Record<Side, (user: User) => readonly string[]>>;
  readonly match: (onPremises: User, online: User) => Match;
}

/** Base64 counts letter by letter: anchors are compared exactly. */
const hardMatch: MatchStep = {
  keys: {
    onPremises: (user) => (user.sourceAnchor ? [user.sourceAnchor] : []),
    online: (user) => (user.immutableId ? [user.immutableId] : []),
  },
  match: (onPremises) => ({ method: "hard", basis: "anchor", on: onPremises.sourceAnchor ?? "" }),
};

function smtpMatch(softMatch: SoftMatch, anchorsKnown: boolean): MatchStep {
  return {
    keys: {
      onPremises: (user) => onPremisesLinks(user, softMatch),
      online: (user) => (isBound(user, anchorsKnown) ? [] : onlineLinks(user)),
    },
    match: (onPremises, online) => ({ method: "soft-smtp", ...smtpBasis(onPremises, online, softMatch) }),
  };
}

function upnMatch(anchorsKnown: boolean): MatchStep {
  const key = (user: User): readonly string[] => {
    const upn = upnKey(user);
    return upn === undefined ? [] : [upn];
  };
  return {
    keys: { onPremises: key, online: (user) => (isBound(user, anchorsKnown) ? [] : key(user)) },
    match: (onPremises) => ({ method: "soft-upn", basis: "upn", on: onPremises.userPrincipalName ?? "" }),
  };
}

/** The hard match is over: whoever still has an ImmutableId is bound to an object that is not in the export. */
function isBound(online: User, anchorsKnown: boolean): boolean {
  return anchorsKnown && Boolean(online.immutableId);
}

function smtpBasis(onPremises: User, online: User, softMatch: SoftMatch): Pick<Match, "basis" | "on"> {
  const found = new Set(onlineLinks(online));
  const primary = primaryKey(onPremises);
  if (primary !== undefined && found.has(primary) && onPremisesLinks(onPremises, softMatch).includes(primary)) {
    return { basis: primary === primaryKey(online) ? "primary-to-primary" : "primary-to-alias", on: primary };
  }
  const shared = onPremisesLinks(onPremises, softMatch).filter((key) => found.has(key));
  return { basis: "alias", on: shared.sort()[0] ?? "" };
}

/** Groups the users still open by the keys that occur on both sides. */
function linkedGroups(
  open: Readonly<Record<Side, ReadonlySet<number>>>,
  directories: Readonly<Record<Side, Directory>>,
  { keys }: MatchStep,
): readonly Pick<AmbiguousGroup, "onPremises" | "online">[] {
  const onlineKeys = new Set<string>();
  for (const index of open.online) {
    for (const key of keys.online(directories.online.user(index))) onlineKeys.add(key);
  }
  const clusters = new Clusters();
  const common = new Set<string>();
  for (const index of open.onPremises) {
    const shared = keys.onPremises(directories.onPremises.user(index)).filter((key) => onlineKeys.has(key));
    for (const key of shared) common.add(key);
    if (shared.length > 0) clusters.add("onPremises", index, shared);
  }
  for (const index of open.online) {
    const shared = keys.online(directories.online.user(index)).filter((key) => common.has(key));
    if (shared.length > 0) clusters.add("online", index, shared);
  }
  return clusters.list();
}

/** Finds the key that most users of a group share, of those that both sides have: the likely cause of the ambiguity. */
function contestedKey(
  group: Readonly<Record<Side, readonly number[]>>,
  directories: Readonly<Record<Side, Directory>>,
  { keys }: MatchStep,
): string {
  const holders = new Map<string, Record<Side, number>>();
  for (const side of ["onPremises", "online"] as const) {
    for (const index of group[side]) {
      for (const key of keys[side](directories[side].user(index))) {
        const counts = holders.get(key) ?? { onPremises: 0, online: 0 };
        counts[side]++;
        holders.set(key, counts);
      }
    }
  }
  let contested = "";
  let most = 0;
  for (const [key, { onPremises, online }] of holders) {
    const total = onPremises > 0 && online > 0 ? onPremises + online : 0;
    if (total > most || (total === most && key < contested)) {
      contested = key;
      most = total;
    }
  }
  return contested;
}

function peopleOf(directory: Directory): Set<number> {
  const people = new Set<number>();
  for (let index = 0; index < directory.size; index++) if (directory.user(index).type === "user") people.add(index);
  return people;
}
