import { addressKey, parseSmtpAddress } from "../model/address.ts";
import { smtpAddresses, type User } from "../model/user.ts";

/** By which attribute an object claims an address. */
export type AddressAttribute = "proxyAddresses" | "mail" | "userPrincipalName";

/** One object's claim to an address. */
export interface AddressClaim {
  /** Index of the object in its directory. */
  readonly index: number;
  readonly attribute: AddressAttribute;
}

/** Which objects claim which address, over all classes of objects. */
export interface AddressIndex {
  /** The claims to an address, one for each object, in the order of the objects; none if nobody has it. */
  readonly claims: (address: string) => readonly AddressClaim[];
  /** Every address that more than one object claims, in the order of their first object. */
  readonly shared: () => IterableIterator<readonly [address: string, claims: readonly AddressClaim[]]>;
}

/**
 * Indexes the addresses of users, groups and contacts together with the users' UPNs: an address may occur once among
 * them all, and a UPN that is another's address costs mail (Microsoft's BPOS transition planning guide).
 *
 * Of the attributes by which one object claims an address the first of proxyAddresses, mail, userPrincipalName is kept.
 */
export function indexAddresses(users: readonly User[]): AddressIndex {
  // Nearly every address has one holder: the list is made only for the second one.
  const claims = new Map<string, AddressClaim | AddressClaim[]>();
  const shared = new Set<string>();
  users.forEach((user, index) => {
    const own = new Map<string, AddressAttribute>();
    for (const { key } of smtpAddresses(user)) own.set(key, "proxyAddresses");
    for (const attribute of ["mail", "userPrincipalName"] as const) {
      const key = parseSmtpAddress(user[attribute]?.trim() ?? "")?.key;
      if (key !== undefined && !own.has(key)) own.set(key, attribute);
    }
    for (const [key, attribute] of own) {
      const claim = { index, attribute };
      const others = claims.get(key);
      if (others === undefined) claims.set(key, claim);
      else {
        shared.add(key);
        if (Array.isArray(others)) others.push(claim);
        else claims.set(key, [others, claim]);
      }
    }
  });
  const find = (key: string): readonly AddressClaim[] => {
    const found = claims.get(key);
    return found === undefined ? [] : Array.isArray(found) ? found : [found];
  };
  return {
    claims: (address) => find(addressKey(address)),
    *shared() {
      for (const key of shared) yield [key, find(key)];
    },
  };
}
