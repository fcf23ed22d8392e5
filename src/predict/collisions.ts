import type { Directory } from "../directory/directory.ts";
import type { Alignment } from "../match/alignment.ts";
import type { AnchorConflict } from "../match/anchor-conflicts.ts";
import { findGalContacts } from "../match/gal-contacts.ts";
import type { UnlinkedPair } from "../match/likeness.ts";
import { translator } from "../match/linked-groups.ts";
import { addressKey, domainOf, isDiscardedDomain, isReservedDomain } from "../model/address.ts";
import { hasAddress, primarySmtpAddress, type Side, smtpAddresses, type User, type UserField } from "../model/user.ts";
import { fieldCodes, PERSON, SMTP_ALIAS, SMTP_PRIMARY } from "../model/user-view.ts";
import type { Service } from "../service/service.ts";
import { appendAll } from "../text/append.ts";
import { isLeftOutToday, isSameKind } from "./group-links.ts";
import { predict, predictionReads } from "./predict.ts";
import type { Tenant } from "./tenant.ts";
import { calculateMailNickname } from "./upn-calculation.ts";

/** The fields that tell who is left over, whom he looks like, whom he is bound to, and whose addresses he would get. */
export const leftoverReads = [
  ...predictionReads,
  "displayName",
  "sipAddress",
  "immutableId",
  "sourceAnchor",
] as const satisfies readonly UserField[];

/** An on-premises object that is to get an address which another online object has. */
export interface Collision {
  readonly onPremises: number;
  readonly holder: number;
  /** The address, in lower case. */
  readonly address: string;
  /** Whether another finding tells it: that both look like one person, that one is bound, a duplicate on-premises. */
  readonly isToldElsewhere: boolean;
  /** Whether the run takes the address from the holder too: whether it arrives at once depends on the order. */
  readonly moves: boolean;
  /**
   * other-counterpart: an address has linked the object, and its sign-in name names the holder, with whom nobody is linked; leftover: the
   * object is bound to what a failed run made beside the holder.
   */
  readonly because: "kept" | "other-counterpart" | "leftover";
}

/** What is known already, and told as such. */
export interface Known {
  readonly alignment: Alignment;
  readonly anchorConflicts: readonly AnchorConflict[];
  readonly unlinkedPairs: readonly UnlinkedPair[];
  /** Who brings a deleted user back, by index, and that user. */
  readonly returning: ReadonlyMap<number, User>;
}

/**
 * Finds the addresses and UPNs that the run would give to an online object while another one has them: the service
 * refuses (AttributeValueMustBeUnique, InvalidSoftMatch) or leaves them out.
 *
 * From a holder that loses the address in the same run it moves. Where the object that is linked with the holder claims the address
 * too, that is a duplicate on-premises, and the holder keeps it. Source: entra-docs, tshoot-connect-sync-errors.
 */
export function findCollisions(
  onPremises: Directory,
  online: Directory,
  { tenant, service }: { readonly tenant: Tenant; readonly service: Service },
  { alignment, anchorConflicts, unlinkedPairs, returning }: Known,
): readonly Collision[] {
  const { pairs } = alignment;
  const undecided = findUndecided(onPremises, { alignment, returning });
  const told = findTold({ alignment, anchorConflicts, unlinkedPairs });

  /** Whether the holder is another object than the one that the address is meant for. */
  const isAnother = (index: number, holder: number): boolean =>
    holder !== pairs.onlineOf(index) &&
    !undecided.online.has(holder) &&
    !isSameKind(onPremises.user(index), online.user(holder));

  const keepsAddress = (holder: number, address: string): boolean => {
    const counterpart = pairs.onPremisesOf(holder);
    if (counterpart === NOBODY) return true;
    return hasAddress(predict(onPremises.user(counterpart), online.user(holder), tenant).user, address);
  };

  const isToldElsewhere = (index: number, holder: number, address: string): boolean => {
    if (told.has(`${index} ${holder}`)) return true;
    const counterpart = pairs.onPremisesOf(holder);
    return counterpart !== NOBODY && onPremises.addresses.claims(address).some((claim) => claim.index === counterpart);
  };

  const isOtherCounterpart = (index: number, holder: number, address: string): boolean => {
    const names = [onPremises.user(index), online.user(holder)].map((user) => addressKey(user.userPrincipalName ?? ""));
    const isLinked = pairs.ofOnPremises(index)?.method === "soft-smtp" && pairs.onPremisesOf(holder) === NOBODY;
    return isLinked && names.every((name) => name === address);
  };

  /**
   * Whether the anchor links the object with an online user that has four digits in its name, while a user of the cloud has the name or
   * the primary address without them: so a run ends that finds a name taken (entra-docs, duplicate-attribute-resiliency).
   */
  const isLeftover = (index: number, holder: number, address: string): boolean => {
    if (pairs.ofOnPremises(index)?.method !== "hard" || pairs.onPremisesOf(holder) !== NOBODY) return false;
    const { type, immutableId } = online.user(holder);
    if (type !== "user" || immutableId) return false;
    const user = onPremises.user(index);
    const { userPrincipalName: name = "" } = user;
    if (![name, primarySmtpAddress(user) ?? ""].map(addressKey).includes(address)) return false;
    const bases = [name, address, `${calculateMailNickname(user)}@`].map((one) => one.slice(0, one.lastIndexOf("@")));
    return madeUpNames(online.user(pairs.onlineOf(index))).some((own) => bases.some((base) => hasDigits(own, base)));
  };

  const reasonOf = (index: number, holder: number, address: string): Collision["because"] => {
    if (isOtherCounterpart(index, holder, address)) return "other-counterpart";
    return isLeftover(index, holder, address) ? "leftover" : "kept";
  };

  const reaches = (index: number, address: string): boolean => {
    const counterpart = pairs.onlineOf(index);
    const present = counterpart === NOBODY ? returning.get(index) : online.user(counterpart);
    return hasAddress(predict(onPremises.user(index), present, tenant).user, address);
  };

  const addressOf = translator(onPremises, online.addresses);
  /** Whether somebody else online has one of the addresses: hardly ever, and told by their numbers. */
  const isHeldByAnother = (index: number): boolean => {
    const own = pairs.onlineOf(index);
    const outline = onPremises.outline(index);
    for (let entry = 0; entry < outline.entries; entry++) {
      const code = outline.codes[entry] ?? 0;
      const isName = code === fieldCodes.userPrincipalName && outline.type === PERSON;
      if (code !== SMTP_ALIAS && code !== SMTP_PRIMARY && code !== fieldCodes.mail && !isName) continue;
      const address = addressOf(index, outline, entry);
      if (address >= 0 && !online.addresses.isHeldOnlyBy(address, own)) return true;
    }
    return false;
  };

  const collisionsOf = (index: number): readonly Collision[] =>
    claimsOf(onPremises.user(index)).flatMap((address) =>
      online.addresses
        .claims(address)
        .filter(({ index: holder }) => isAnother(index, holder) && reaches(index, address))
        .map(({ index: holder }) => ({
          onPremises: index,
          holder,
          address,
          isToldElsewhere: isToldElsewhere(index, holder, address),
          moves: !keepsAddress(holder, address),
          because: reasonOf(index, holder, address),
        })),
    );

  const collisions: Collision[] = [];
  for (let index = 0; index < onPremises.size; index++) {
    // A contact whom only this service leaves out takes nobody's address.
    if (undecided.onPremises.has(index) || !isHeldByAnother(index)) continue;
    if (isLeftOutToday(onPremises.user(index), service)) continue;
    appendAll(collisions, collisionsOf(index));
  }
  return collisions;
}

const NOBODY = -1;

/** Of whom nobody knows what becomes of them: they take nobody's address, and from them nothing is taken. */
export function findUndecided(
  onPremises: Directory,
  { alignment, returning }: Pick<Known, "alignment" | "returning">,
): Readonly<Record<Side, ReadonlySet<number>>> {
  return {
    onPremises: new Set([
      ...alignment.ambiguous.flatMap((group) => group.onPremises),
      ...alignment.restored.map((pair) => pair.onPremises).filter((index) => !returning.has(index)),
      ...alignment.apart.map((pair) => pair.onPremises),
      ...findGalContacts(onPremises),
    ]),
    online: new Set(alignment.ambiguous.flatMap((group) => group.online)),
  };
}

/** The pairs of whom another finding tells, as `on-premises online`. */
export function findTold({ alignment, anchorConflicts, unlinkedPairs }: Omit<Known, "returning">): ReadonlySet<string> {
  return new Set(
    [...anchorConflicts, ...unlinkedPairs, ...alignment.barred].map((pair) => `${pair.onPremises} ${pair.online}`),
  );
}

/** The names under which an online user is known: those that the service has made. */
function madeUpNames(user: User): readonly string[] {
  const primary = primarySmtpAddress(user);
  const addresses = primary === undefined ? smtpAddresses(user).map(({ address }) => address) : [primary];
  return [user.userPrincipalName ?? "", ...addresses]
    .map(addressKey)
    .filter((name) => isReservedDomain(domainOf(name)));
}

/** Whether a name is another one with four digits, as the service makes one unique. */
function hasDigits(name: string, base: string): boolean {
  const local = name.slice(0, name.lastIndexOf("@"));
  return base !== "" && local.startsWith(addressKey(base)) && /^[0-9]{4}$/.test(local.slice(base.length));
}

/**
 * The addresses and the name that a user is to have; `mail` where there is no address. What the service makes up is none of them:
 * it is made unique with digits (KB 3190357, scenario 6), also where Active Directory has the same address, which is discarded.
 */
export function claimsOf(user: User): readonly string[] {
  const mail = user.proxyAddresses?.length === 0 && user.mail ? [addressKey(user.mail)] : [];
  const upn = user.type === "user" && user.userPrincipalName ? [addressKey(user.userPrincipalName)] : [];
  const addresses = [...smtpAddresses(user).map(({ key }) => key), ...mail].filter(
    (key) => !isDiscardedDomain(domainOf(key)),
  );
  return [...new Set([...addresses, ...upn])];
}
