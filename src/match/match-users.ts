import { BLANK } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import type { UserOutline } from "../directory/user-row.ts";
import type { RemovedUser } from "../formats/reading/source.ts";
import { addressKey, isDiscardedDomain, parseSmtpAddress } from "../model/address.ts";
import { checkOptions, type OptionsOf } from "../model/option.ts";
import type { Side, User } from "../model/user.ts";
import { fieldCodes, type UserView } from "../model/user-view.ts";
import type { Alignment, AmbiguousGroup, Bar, BarredPair, RestoredUser } from "./alignment.ts";
import { setApart } from "./apart.ts";
import { Clusters } from "./clusters.ts";
import { onlineLinks, onPremisesLinks, primaryEntry, primaryKey, upnKey } from "./link-addresses.ts";
import {
  type GroupListener,
  type LinkedGroup,
  linkByAddress,
  linkByAnchor,
  type OpenUsers,
  openPeople,
} from "./linked-groups.ts";
import { type Match, matchOptions, type SoftMatch } from "./match.ts";
import { Pairs } from "./pairs.ts";

/** How users are matched. */
export interface MatchSettings extends OptionsOf<typeof matchOptions> {}

/**
 * Finds out who is who, as the first synchronization does: first by source anchor, then by SMTP address, then, if the
 * tenant does so, by UPN.
 *
 * Only people are matched. An online user that is bound to another object by its ImmutableId is no candidate for a soft
 * match, provided that the on-premises export has anchors to compare. Whoever has the anchor of a user in the recycle bin
 * (`removed`) matches nobody: the anchor comes first, and restores that one. Who links to more than one user, or shares a link
 * with another, is ambiguous.
 *
 * Sources: entra-docs, how-to-connect-install-existing-tenant and tshoot-connect-sync-errors; the article (2012) for
 * `any-smtp`.
 *
 * @throws UsageError if an option has no meaning.
 */
export function matchUsers(
  onPremises: Directory,
  online: Directory,
  settings: MatchSettings = {},
  removed: readonly RemovedUser[] = [],
): Alignment {
  checkOptions(matchOptions, settings);
  const { softMatch = "any-smtp", upnSoftMatch = false } = settings;
  const barOf = makeBars(online, settings);
  const barred: BarredPair[] = [];
  const directories = { onPremises, online };
  const open = openPeople(directories);
  const anchorsKnown = onPremises.fields.has("sourceAnchor");
  const steps = {
    hard: hardMatch(directories),
    "soft-smtp": smtpMatch(softMatch, anchorsKnown, directories),
    "soft-upn": upnMatch(anchorsKnown, directories),
  };
  const pairs = new Pairs(onPremises.size, online.size, {
    hard: steps.hard.match,
    "soft-smtp": steps["soft-smtp"].match,
    "soft-upn": steps["soft-upn"].match,
  });
  const ambiguous: AmbiguousGroup[] = [];

  /** Takes what a step links: two are a pair, more cannot be told apart. */
  const listenFor = (step: MatchStep): GroupListener => ({
    pair: (left, right) => {
      open.onPremises[left] = 0;
      open.online[right] = 0;
      const bar = barOf(step.method, right);
      if (bar === undefined) pairs.add(left, right, step.method);
      else barred.push({ onPremises: left, online: right, bar });
    },
    group: (group) => {
      for (const index of group.onPremises) open.onPremises[index] = 0;
      for (const index of group.online) open.online[index] = 0;
      const [only = -1, ...more] = group.online;
      // Whoever comes first: none of them is linked with somebody who may not be.
      const bar = more.length === 0 && step.method !== "hard" ? barOf(step.method, only) : undefined;
      if (bar === undefined) ambiguous.push({ ...group, on: contestedKey(group, directories, step) });
      else for (const left of group.onPremises) barred.push({ onPremises: left, online: only, bar });
    },
  });

  linkByAnchor(open, directories, listenFor(steps.hard));
  const restored = findRestored(open.onPremises, onPremises, removed, settings.blockHardMatch ?? false);
  for (const { onPremises: index } of restored) open.onPremises[index] = 0;
  const isBound = (outline: UserOutline): boolean => anchorsKnown && hasText(outline, fieldCodes.immutableId);
  linkByAddress(open, directories, { softMatch, isBound }, listenFor(steps["soft-smtp"]));
  if (upnSoftMatch) {
    const listener = listenFor(steps["soft-upn"]);
    for (const group of linkedGroups(open, directories, steps["soft-upn"])) {
      const [[left = -1, ...moreLeft], [right = -1, ...moreRight]] = [group.onPremises, group.online];
      if (moreLeft.length + moreRight.length === 0) listener.pair(left, right);
      else listener.group(group);
    }
  }

  const apart = setApart(pairs, online);
  for (const { onPremises: index } of restored) open.onPremises[index] = 1;
  for (const { onPremises: left, online: right } of barred) open.onPremises[left] = open.online[right] = 1;
  return {
    pairs,
    apart,
    ambiguous,
    barred,
    restored,
    unmatchedOnPremises: indexesOf(open.onPremises),
    unmatchedOnline: indexesOf(open.online),
  };
}

/** Finds who has the anchor of a user in the recycle bin. Source: entra-docs, how-to-connect-sync-recycle-bin. */
function findRestored(
  open: Uint8Array,
  onPremises: Directory,
  removed: readonly RemovedUser[],
  isBlocked: boolean,
): RestoredUser[] {
  const anchors = new Map<string, number>();
  removed.forEach(({ user, reason }, index) => {
    if (reason === "deleted" && user.immutableId) anchors.set(user.immutableId, index);
  });
  const found: RestoredUser[] = [];
  for (let index = 0; index < open.length && anchors.size > 0; index++) {
    const anchor = open[index] === 1 ? onPremises.user(index).sourceAnchor : undefined;
    const at = anchor === undefined ? undefined : anchors.get(anchor);
    if (at !== undefined) found.push({ onPremises: index, removed: at, isBlocked });
  }
  return found;
}

/**
 * Makes what tells why two who share what links may not be linked. A user who is synchronized already is no user of the cloud: its
 * anchor is known again, and not taken over.
 *
 * Sources: entra-docs, how-to-connect-syncservice-features and how-to-connect-install-existing-tenant.
 */
function makeBars(
  online: Directory,
  settings: MatchSettings,
): (method: Match["method"], online: number) => Bar | undefined {
  const { blockSoftMatch = false, blockHardMatch = false, admins = [] } = settings;
  if (!blockSoftMatch && !blockHardMatch && admins.length === 0) return () => undefined;
  const named = new Set(admins.map((name) => addressKey(name.trim())));
  return (method, index) => {
    const { id, objectId = id, userPrincipalName = id, isSynchronized, lastSyncTime } = online.user(index);
    if (method === "hard") {
      return blockHardMatch && isSynchronized !== true && !lastSyncTime ? "hard-match-blocked" : undefined;
    }
    if (named.has(addressKey(objectId)) || named.has(addressKey(userPrincipalName))) return "admin-role";
    return blockSoftMatch ? "soft-match-blocked" : undefined;
  };
}

/** One way of matching: the keys that link, and what a link is called. */
interface MatchStep {
  readonly method: Match["method"];
  readonly keys: Readonly<Record<Side, (user: User) => readonly string[]>>;
  /** Says how two users are taken for one; indexes into the two directories. */
  readonly match: (onPremises: number, online: number) => Match;
}

type Directories = Readonly<Record<Side, Directory>>;

/** Base64 counts letter by letter: anchors are compared exactly. */
function hardMatch(directories: Directories): MatchStep {
  return {
    method: "hard",
    keys: {
      onPremises: (user) => (user.sourceAnchor ? [user.sourceAnchor] : []),
      online: (user) => (user.immutableId ? [user.immutableId] : []),
    },
    match: (index) => {
      const on = directories.onPremises.user(index).sourceAnchor ?? "";
      return { method: "hard", basis: "anchor", on };
    },
  };
}

function smtpMatch(softMatch: SoftMatch, anchorsKnown: boolean, directories: Directories): MatchStep {
  return {
    method: "soft-smtp",
    keys: {
      onPremises: (user) => onPremisesLinks(user, softMatch),
      online: (user) => (isBound(user, anchorsKnown) ? [] : onlineLinks(user)),
    },
    match: (left, right) => {
      const primary = samePrimary(directories, left, right);
      if (primary !== undefined) return { method: "soft-smtp", basis: "primary-to-primary", on: primary };
      const [onPremises, online] = [directories.onPremises.user(left), directories.online.user(right)];
      return { method: "soft-smtp", ...smtpBasis(onPremises, online, softMatch) };
    },
  };
}

function upnMatch(anchorsKnown: boolean, { onPremises }: Directories): MatchStep {
  const key = (user: User): readonly string[] => {
    const upn = upnKey(user);
    return upn === undefined ? [] : [upn];
  };
  return {
    method: "soft-upn",
    keys: { onPremises: key, online: (user) => (isBound(user, anchorsKnown) ? [] : key(user)) },
    match: (index) => ({ method: "soft-upn", basis: "upn", on: onPremises.user(index).userPrincipalName ?? "" }),
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

/**
 * Gives the primary address, in lower case, of two users who have the same one, be it without a look at anything else:
 * nearly all who are matched. In the service's own domains an address links nobody.
 */
function samePrimary(directories: Directories, onPremises: number, online: number): string | undefined {
  const left = directories.onPremises.view(onPremises);
  const one = primaryEntry(left, (entry) => isBlank(left, entry));
  if (one < 0 || !left.isAscii) return undefined;
  const start = left.starts[one] ?? 0;
  const length = (left.starts[one + 1] ?? 0) - start;
  const right = directories.online.view(online);
  const other = primaryEntry(right, (entry) => isBlank(right, entry));
  const from = right.starts[other] ?? 0;
  if (other < 0 || (right.starts[other + 1] ?? 0) - from !== length) return undefined;
  let on = "";
  for (let index = 0; index < length; index++) {
    const byte = left.bytes[start + index] ?? 0;
    if (byte !== right.bytes[from + index]) return undefined;
    on += String.fromCharCode(byte);
  }
  const key = parseSmtpAddress(on)?.key;
  return key === undefined || isDiscardedDomain(key.slice(key.indexOf("@") + 1)) ? undefined : key;
}

/** Groups the users still open by the keys that occur on both sides. */
function linkedGroups(open: OpenUsers, directories: Directories, { keys }: MatchStep): readonly LinkedGroup[] {
  const onlineKeys = new Set<string>();
  const left = indexesOf(open.onPremises);
  const right = indexesOf(open.online);
  for (const index of right) {
    for (const key of keys.online(directories.online.user(index))) onlineKeys.add(key);
  }
  const clusters = new Clusters();
  const common = new Set<string>();
  for (const index of left) {
    const shared = keys.onPremises(directories.onPremises.user(index)).filter((key) => onlineKeys.has(key));
    for (const key of shared) common.add(key);
    if (shared.length > 0) clusters.add("onPremises", index, shared);
  }
  for (const index of right) {
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

function indexesOf(flags: Uint8Array): number[] {
  const indexes: number[] = [];
  for (let index = 0; index < flags.length; index++) if (flags[index] === 1) indexes.push(index);
  return indexes;
}

function hasText({ codes, numbers, entries }: UserOutline, code: number): boolean {
  for (let entry = 0; entry < entries; entry++) if (codes[entry] === code) return numbers[entry] !== BLANK;
  return false;
}

function isBlank({ starts }: UserView, entry: number): boolean {
  return starts[entry] === starts[entry + 1];
}
