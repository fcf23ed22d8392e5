import { isVerified, markedOf, signInNameOf, smtpOf, sourceOf } from "./addresses.ts";
import {
  domainOf,
  isSignInName,
  isWellFormed,
  key,
  localPartOf,
  presentAddresses,
  type Thing,
  type World,
} from "./things.ts";
import type { After, Service, Told } from "./told.ts";

/** The address that the service makes up: mailNickname, else the local part of an address, at the initial domain. */
export function madeUp(thing: Thing, world: World): string {
  const local = [
    thing.nickname,
    ...markedOf(thing).map(({ address }) => localPartOf(address)),
    localPartOf(thing.mail),
    localPartOf(thing.upn),
    ...smtpOf(thing).map(({ address }) => localPartOf(address)),
    thing.account,
  ].find((one) => one !== "");
  return `${(local ?? "").replaceAll(/[^a-z0-9'.\-_!#^~]/gi, "_")}@${world.initialDomain}`;
}

function upnAfter(thing: Thing, online: Thing | undefined, world: World, service: Service): string {
  // Licensed and managed: it did not flow in 2012 (SF).
  if (service === "dirsync-v2" && online?.isLicensed === true) return key(online.upn);
  const name = signInNameOf(thing);
  const arrives = isSignInName(name) && world.verifiedDomains.includes(domainOf(name));
  return key(arrives ? name : madeUp(thing, world));
}

/** The calculation of addresses (KB 3190357, in semantics.md 3). A new account is told as it is once it has a licence. */
export function afterOf(thing: Thing, one: Told, world: World, service: Service): After {
  if (thing.type !== "user") return {};
  return { ...namesAfter(thing, one, world, service), isEnabled: thing.isEnabled };
}

function namesAfter(thing: Thing, one: Told, world: World, service: Service): After {
  const { partner: online } = one;
  const upn = upnAfter(thing, online, world, service);
  // Identity comes from Active Directory, addresses do not (service.md 6.4).
  if (online?.isExchangeManaged === true) return { upn, addresses: new Set(presentAddresses(online)) };
  const isLicensed = online?.isLicensed ?? true;
  const present = online === undefined ? [] : presentAddresses(online);
  const atHome = present.filter((own) => domainOf(own) === world.initialDomain);
  const isRecipient = isLicensed || atHome.length > 0;
  const hasNothing = thing.addresses.length === 0 && thing.mail === "";
  // Neither: nothing is overwritten at the match, and nobody knows what the next cycle does (service.md 6.1).
  if (hasNothing && online !== undefined) return { upn };
  const source = hasNothing ? [{ address: upn, isPrimary: true }] : sourceOf(thing);
  const kept = source.filter(({ address }) => !isLicensed || isVerified(address, world));
  const moera = atHome[0] ?? key(madeUp(thing, world));
  const own = isRecipient ? [moera, upn].filter(isWellFormed) : [];
  const primary = kept.find(({ isPrimary }) => isPrimary)?.address ?? (isRecipient ? moera : undefined);
  const addresses = new Set([...kept.map(({ address }) => key(address)), ...own]);
  for (const address of doubtfulOf(present, { upn, isLicensed, addresses }))
    one.doubtful.add(`proxyAddresses:${address}`);
  return {
    upn,
    ...(primary === undefined ? {} : { primary: key(primary) }),
    ...(atHome.length > 1 ? {} : { addresses }),
  };
}

/** Addresses of which it is not written whether they stay, or come. */
function doubtfulOf(
  present: readonly string[],
  {
    upn,
    isLicensed,
    addresses,
  }: { readonly upn: string; readonly isLicensed: boolean; readonly addresses: ReadonlySet<string> },
): readonly string[] {
  // Is an address in the routing domain that only online has the service's own?
  const routes = present.filter((own) => own.includes(".mail.onmicrosoft.") && !addresses.has(own));
  // A mailbox without a licence keeps its name as an address (KB 3190357, note); does a new one become one?
  return isLicensed || present.includes(upn) ? routes : [...routes, upn];
}
