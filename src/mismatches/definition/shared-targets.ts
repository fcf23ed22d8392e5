import { Fingerprints } from "../../directory/fingerprints.ts";
import { codeSet } from "../../directory/user-row.ts";
import { findGalContacts } from "../../match/gal-contacts.ts";
import {
  addressKey,
  formatProxyAddress,
  isReservedDomain,
  parseProxyAddress,
  parseSmtpAddress,
} from "../../model/address.ts";
import { hasAddress, isExternal, primarySmtpAddress, type User } from "../../model/user.ts";
import { fieldCodes, PERSON, readView, UserView } from "../../model/user-view.ts";
import { findValueProblems } from "../../model/value-rules.ts";
import { isSameKind } from "../../predict/group-links.ts";
import { predict } from "../../predict/predict.ts";
import { appendTo } from "../../text/append.ts";
import type { Overview } from "./define-mismatch.ts";

type Place = Pick<Overview, "onPremises" | "isOrdinary">;

const TARGET = codeSet([fieldCodes.targetAddress, fieldCodes.mailNickname]);

/**
 * Goes through the target addresses that count: of a user only with a mailNickname, of a contact always
 * (AADConnectConfigDocumenter, "User Exchange"). Ordinary people have none.
 */
function* targetsOf({ onPremises, isOrdinary }: Place): Generator<{ readonly index: number; readonly target: string }> {
  const { size, table } = onPremises;
  const view = new UserView();
  for (let index = 0; table.countOf(fieldCodes.targetAddress) > 0 && index < size; index++) {
    if (isOrdinary(index)) continue;
    const { targetAddress = "", mailNickname } = readView(table.showOnly(index, TARGET, view), "");
    if (targetAddress !== "" && (mailNickname || table.typeOf(index) !== PERSON))
      yield { index, target: targetAddress };
  }
}

function keyOf(target: string): string | undefined {
  return parseSmtpAddress(parseProxyAddress(target).address)?.key;
}

/** Finds the target addresses that another object has too, as one or as any address: by address, those whose target it is. */
export function findSharedTargets(place: Place): ReadonlyMap<string, readonly number[]> {
  const { addresses } = place.onPremises;
  const suspects = new Set<string>();
  const seen = new Fingerprints();
  const encoder = new TextEncoder();
  for (const { index, target } of targetsOf(place)) {
    const key = keyOf(target);
    if (key === undefined) continue;
    const bytes = encoder.encode(key);
    const number = addresses.findText(key);
    const isAnothers = number >= 0 && !addresses.isHeldOnlyBy(number, index);
    if (seen.note(bytes, 0, bytes.length, true) || isAnothers) suspects.add(key);
  }
  const holders = new Map<string, number[]>();
  if (suspects.size === 0) return holders;
  for (const { index, target } of targetsOf(place)) {
    const key = keyOf(target);
    if (key !== undefined && suspects.has(key)) appendTo(holders, key, index);
  }
  return holders;
}

/** What of the overview tells who stands behind a target address. */
type TargetPlace = Pick<
  Overview,
  "onPremises" | "online" | "isOrdinary" | "alignment" | "tenant" | "unlinkedPairs" | "anchorConflicts" | "contests"
>;

/** A target address that an online object has as an address after the run; indexes into the directories. */
export interface TakenTarget {
  readonly index: number;
  readonly holder: number;
  readonly address: string;
}

/**
 * Finds the target addresses that another online object keeps as an address. Not those of guests: who is written to from outside may be a guest too.
 * Where Active Directory has both it is a duplicate there. Source: Microsoft 365 documentation, prepare-for-directory-synchronization.
 */
export function* findTakenTargets(place: TargetPlace): Generator<TakenTarget> {
  const { onPremises, online, alignment, tenant, contests } = place;
  const { pairs, barred, restored, apart, ambiguous } = alignment;
  const told = new Set(
    [...place.unlinkedPairs, ...place.anchorConflicts, ...barred].map((pair) => `${pair.onPremises} ${pair.online}`),
  );
  for (const contest of contests) told.add(`${contest.onPremises} ${contest.holder}`);
  const undecided = new Set([...restored, ...apart].map((pair) => pair.onPremises));
  for (const group of ambiguous) for (const index of group.onPremises) undecided.add(index);
  const galContacts = findGalContacts(onPremises);
  const keeps = (holder: number, address: string): boolean => {
    const user = online.user(holder);
    const counterpart = pairs.onPremisesOf(holder);
    if (isExternal(user) || !hasAddress(user, address)) return false;
    return counterpart < 0 || hasAddress(predict(onPremises.user(counterpart), user, tenant).user, address);
  };
  for (const { index, target } of targetsOf(place)) {
    const address = keyOf(target);
    if (address === undefined || undecided.has(index) || galContacts.has(index)) continue;
    const holders = new Set(online.addresses.claims(address).map((claim) => claim.index));
    holders.delete(pairs.onlineOf(index));
    if (holders.size === 0) continue;
    const owners = onPremises.addresses.claims(address).map((claim) => claim.index);
    for (const holder of holders) {
      const isToldThere = told.has(`${index} ${holder}`) || owners.includes(pairs.onPremisesOf(holder));
      if (isToldThere || isSameKind(onPremises.user(index), online.user(holder)) || !keeps(holder, address)) continue;
      yield { index, holder, address };
    }
  }
}

/**
 * Finds the people whose target address is written `SMTP:` and is not their primary address: it becomes the primary one in Active
 * Directory when an address policy is applied, as the Hybrid Configuration Wizard does (KB 4459261). One in the domains of the
 * service is the way to a mailbox there.
 */
export function* findMarkedTargets(place: Place): Generator<{ readonly user: User; readonly proposed: string }> {
  for (const { index, target } of targetsOf(place)) {
    const { type, address, primary } = parseProxyAddress(target);
    const parsed = parseSmtpAddress(address);
    if (type !== "SMTP" || !primary || parsed === undefined || isReservedDomain(parsed.domain)) continue;
    // What is not valid is told as such.
    if (findValueProblems("targetAddress", target).length > 0) continue;
    if (place.onPremises.table.typeOf(index) !== PERSON) continue;
    const user = place.onPremises.user(index);
    const own = primarySmtpAddress(user);
    if (own === undefined || addressKey(own) === parsed.key) continue;
    yield { user, proposed: formatProxyAddress({ type, address, primary: false }) };
  }
}
