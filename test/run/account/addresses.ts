import {
  dnsDomainOf,
  domainOf,
  type Entry,
  entriesOf,
  isWellFormed,
  key,
  once,
  type Thing,
  type World,
} from "./things.ts";
import type { Service } from "./told.ts";

export const smtpOf = once((thing) =>
  entriesOf(thing).filter(({ type, address }) => type === "smtp" && isWellFormed(address)),
);
export const markedOf = once((thing) => smtpOf(thing).filter(({ isPrimary }) => isPrimary));

/** Something stands in proxyAddresses, but nothing that is an address: does it mask `mail`? */
export function masksNobodyKnows(thing: Thing): boolean {
  return thing.addresses.length > 0 && smtpOf(thing).length === 0;
}

/** Domains of the service itself; `tenant.mail.onmicrosoft.com` is not discarded (issue 27, 4). */
export function isReserved(domain: string): boolean {
  if (/\.mail\.onmicrosoft\.com$/.test(domain)) return false;
  return /(^|\.)(onmicrosoft|microsoftonline)\.com$/.test(domain);
}

/** The routing domain of a hybrid company is the tenant's own. */
export function isVerified(address: string, { verifiedDomains, initialDomain }: World): boolean {
  const domain = domainOf(address);
  return verifiedDomains.includes(domain) || domain === initialDomain.replace(/\.onmicrosoft/, ".mail.onmicrosoft");
}

/** What Active Directory says of addresses: the list, or `mail` where it is empty (KB 2643629). */
export const sourceOf = once((thing: Thing): readonly Entry[] => {
  if (thing.addresses.length > 0) return smtpOf(thing).filter(({ address }) => !isReserved(domainOf(address)));
  if (!isWellFormed(thing.mail) || isReserved(domainOf(thing.mail))) return [];
  return [{ type: "smtp", address: thing.mail, isPrimary: true }];
});

export function linkingAddresses(thing: Thing, service: Service): ReadonlySet<string> {
  const source = sourceOf(thing).filter(({ isPrimary }) => service === "dirsync-v2" || isPrimary);
  return new Set(source.map(({ address }) => key(address)));
}

/** The UPN of an object of Active Directory, or the account name in its domain (RULES, User Common). */
export function signInNameOf(thing: Thing): string {
  return thing.upn === "" ? `${thing.account}@${dnsDomainOf(thing)}` : thing.upn;
}
