import equal from "fast-deep-equal";
import { addressKey, formatProxyAddress, type ProxyAddress } from "../model/address.ts";
import { type Diagnostic, diagnose } from "../model/diagnostic.ts";
import { textFields } from "../model/fields.ts";
import { placeOf } from "../model/place.ts";
import type { User } from "../model/user.ts";

/**
 * Lists the names by which an object is known again. Within one export that is its id. Several exports of one side may
 * lack each other's: an object may have moved (another distinguished name, the same anchor), and of two exports of the
 * service one may have object ids and the other sign-in names.
 */
export function identitiesOf(user: User, isOneOfSeveral: boolean): readonly string[] {
  const own = [`id ${addressKey(user.id)}`];
  if (!isOneOfSeveral) return own;
  if (user.sourceAnchor) own.push(`anchor ${user.sourceAnchor}`);
  const isOnPremises = user.distinguishedName !== undefined;
  // On-premises two objects with one UPN are a finding, not a repetition.
  if (!isOnPremises && user.userPrincipalName) own.push(`id ${addressKey(user.userPrincipalName)}`);
  return own;
}

/** Tells that two records are not one object although they have a name in common. */
export function areTwoObjects(one: User, other: User): boolean {
  return Boolean(one.objectId && other.objectId && addressKey(one.objectId) !== addressKey(other.objectId));
}

/** Makes one record of two of the same object, and says what was done if they contradict each other. */
export function mergeRecords(
  earlier: User,
  later: User,
): { readonly merged: User; readonly diagnostic: Diagnostic | undefined } {
  const isLaterNewer =
    earlier.whenChanged !== undefined && later.whenChanged !== undefined && later.whenChanged > earlier.whenChanged;
  const [older, newer] = isLaterNewer ? [earlier, later] : [later, earlier];
  // The preferred record wins; the other one adds the fields that its export had besides.
  const merged = { ...older, ...newer };
  if (equal(comparable(earlier, later), comparable(later, earlier))) return { merged, diagnostic: undefined };
  const where = placeOf(earlier.origin);
  const known = earlier.whenChanged !== undefined && later.whenChanged !== undefined;
  const choice = known
    ? `${placeOf(newer.origin)} is the newer one (changed ${newer.whenChanged}) and is used`
    : "the first one is used, for not both say when they were changed (whenChanged)";
  return {
    merged,
    diagnostic: diagnose("duplicate-object", { line: later.origin.line, detail: `${where}; ${choice}` }),
  };
}

/** The slices of a large attribute (`;range=`) of the objects that have some: each costs its own values only. */
export class Slices {
  readonly #addresses = new Map<number, Map<string, ProxyAddress>>();

  /** Notes that another record of the object at an index has a slice, as the one before has. */
  join(index: number, earlier: User, later: User): void {
    if (earlier.slices === undefined || later.slices === undefined) return;
    const known = this.#addresses.get(index);
    const joined = known ?? new Map<string, ProxyAddress>();
    this.#addresses.set(index, joined);
    for (const { proxyAddresses } of known === undefined ? [earlier, later] : [later]) {
      for (const address of proxyAddresses ?? []) joined.set(formatProxyAddress(address), address);
    }
  }

  /** Gives the object at an index with the values of all its slices. */
  fill(index: number, user: User): User {
    const joined = this.#addresses.get(index);
    return joined === undefined ? user : { ...user, proxyAddresses: [...joined.values()] };
  }
}

/** Two exports were made at two times. */
const timeFields: ReadonlySet<string> = new Set(
  textFields.filter(({ value }) => value === "time").map(({ field }) => field),
);

/** What is compared of a record: the fields that the other has too, times aside, addresses in no order. */
function comparable(user: User, other: User): object {
  const { id: _id, origin: _origin, slices, ...rest } = user;
  const shared = Object.entries(rest).filter(
    ([field]) => other[field as keyof User] !== undefined && !timeFields.has(field),
  );
  return Object.fromEntries(
    shared.map(([field, value]) => {
      if (field !== "proxyAddresses") return [field, value];
      return [field, slices === undefined ? sorted(user.proxyAddresses ?? []) : []];
    }),
  );
}

function sorted(addresses: readonly ProxyAddress[]): readonly string[] {
  return addresses.map(formatProxyAddress).sort();
}
