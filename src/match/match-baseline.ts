import type { Directory } from "../directory/directory.ts";
import { addressKey } from "../model/address.ts";
import { smtpAddresses, type User } from "../model/user.ts";

/**
 * Finds for each online user how it was in an earlier export, by index of the online directory: by object id, else by
 * UPN, else by a shared address. A record that fits several users, or a user whom several records fit, is left out.
 */
export function matchBaseline(baseline: Directory, online: Directory): ReadonlyMap<number, User> {
  const found = new Map<number, User>();
  const taken = new Set<number>();
  for (const keysOf of [objectIdKeys, upnKeys, addressKeys]) {
    const left = uniqueKeys(online, keysOf, (index) => found.has(index));
    const right = uniqueKeys(baseline, keysOf, (index) => taken.has(index));
    for (const [key, index] of left) {
      const earlier = right.get(key);
      if (index === undefined || earlier === undefined || found.has(index) || taken.has(earlier)) continue;
      found.set(index, baseline.user(earlier));
      taken.add(earlier);
    }
  }
  return found;
}

function objectIdKeys({ objectId }: User): readonly string[] {
  return objectId ? [addressKey(objectId)] : [];
}

function upnKeys({ userPrincipalName }: User): readonly string[] {
  return userPrincipalName ? [addressKey(userPrincipalName)] : [];
}

function addressKeys(user: User): readonly string[] {
  return [
    ...upnKeys(user),
    ...smtpAddresses(user).map(({ key }) => key),
    ...(user.mail ? [addressKey(user.mail)] : []),
  ];
}

/** The keys that belong to one user only, of those not yet found; `undefined` marks the others. */
function uniqueKeys(
  directory: Directory,
  keysOf: (user: User) => readonly string[],
  isDone: (index: number) => boolean,
): ReadonlyMap<string, number | undefined> {
  const keys = new Map<string, number | undefined>();
  for (let index = 0; index < directory.size; index++) {
    if (directory.user(index).type !== "user" || isDone(index)) continue;
    for (const key of new Set(keysOf(directory.user(index)))) keys.set(key, keys.has(key) ? undefined : index);
  }
  return keys;
}
