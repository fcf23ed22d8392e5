import { addressKey, formatProxyAddress, type ProxyAddress } from "../../model/address.ts";
import type { User } from "../../model/user.ts";

/** The users of a table that has a row for each address: rows of one id are one user, each row costs its own addresses. */
export class GatheredUsers {
  readonly #users = new Map<string, { readonly user: User; readonly addresses: Map<string, ProxyAddress> }>();

  /** Takes the user of a further row; tells whether it is the first one of its id. */
  add(user: User): boolean {
    const known = this.#users.get(user.id);
    const { addresses } = known ?? { addresses: new Map<string, ProxyAddress>() };
    for (const address of user.proxyAddresses ?? []) {
      const key = addressKey(formatProxyAddress(address));
      // A column that names the primary address may be another row's.
      if (address.primary || !addresses.has(key)) addresses.set(key, address);
    }
    if (known === undefined) this.#users.set(user.id, { user, addresses });
    return known === undefined;
  }

  /** Gives each user as its first row has it, with the addresses of all its rows. */
  *list(): Generator<User> {
    for (const { user, addresses } of this.#users.values()) yield { ...user, proxyAddresses: [...addresses.values()] };
  }
}
