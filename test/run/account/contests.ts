import { isVerified, markedOf, signInNameOf, smtpOf, sourceOf } from "./addresses.ts";
import type { Facts } from "./rules.ts";
import { madeUp } from "./state-after.ts";
import { entriesOf, key, localPartOf, once, presentAddresses, type Thing, type World } from "./things.ts";
import type { After, Service, Told } from "./told.ts";

/** Who stands in the way may be taken over in the same run, and lose the value: the order decides. */
export function doubtWhatIsGivenUp(thing: Thing, one: Told, told: ReadonlyMap<Thing, Told>, facts: Facts): void {
  if (one.outcome !== "refused" && one.outcome !== "created") return;
  for (const holder of [...facts.byAddress, ...facts.byAlias, ...facts.byName]) {
    const takers = [...told].filter(([, other]) => other.partner === holder);
    const keeps = takers.every(([other, its]) => {
      const kept = new Set([...sourceOf(other).map(({ address }) => key(address)), its.after?.upn ?? ""]);
      const wanted = [...sourceOf(thing).map(({ address }) => key(address)), key(signInNameOf(thing))];
      const shared = wanted.filter((value) => presentAddresses(holder).includes(value) || key(holder.upn) === value);
      return shared.every((value) => kept.has(value));
    });
    const isWanted = [...told].some(([other, { outcome }]) => outcome === "ambiguous" && sharesAny(other, holder));
    if (keeps && !isWanted) continue;
    one.rules.push("who has the value may lose it in the same run");
    one.outcome = "unknown";
  }
}

type Claim = "free" | "taken" | "doubtful";

/** Whether a value can arrive at an object: who has it now, and keeps it; who else is to get it. */
function claimOf(
  told: ReadonlyMap<Thing, Told>,
  world: World,
  thing: Thing,
  has: (online: Thing) => boolean,
  gets: (other: Thing, told: Told) => boolean,
): Claim {
  const own = told.get(thing)?.partner;
  for (const online of world.online) {
    if (online === own || !has(online)) continue;
    const takers = [...told].filter(([, other]) => other.partner === online && other.outcome === "linked");
    if (takers.length === 0) {
      const wanted = [...told].some(([other, { outcome }]) => outcome === "ambiguous" && sharesAny(other, online));
      return wanted ? "doubtful" : "taken";
    }
    // It is given up by the one while it arrives at the other: the order decides (service.md 4, "an alias moves").
    return takers.every(([other, one]) => gets(other, one)) ? "taken" : "doubtful";
  }
  if (own !== undefined && has(own)) return "free";
  const rivals = [...told].filter(([other, one]) => other !== thing && gets(other, one));
  return rivals.length > 0 ? "doubtful" : "free";
}

function sharesAny(thing: Thing, online: Thing): boolean {
  const addresses = new Set(valuesOf(thing));
  return valuesOf(online).some((value) => addresses.has(value));
}

/** Which values of an object do not arrive, and of which nobody knows. */
export function contest(thing: Thing, one: Told, told: ReadonlyMap<Thing, Told>, world: World): void {
  if (one.outcome !== "linked" && one.outcome !== "created") return;
  const note = (claim: Claim, attribute: string, value: string) => {
    if (claim === "taken") one.held.add(`${attribute}:${value}`);
    if (claim === "doubtful") one.doubtful.add(`${attribute}:${value}`);
  };
  for (const address of addressesToCome(thing, one, world)) {
    const has = (online: Thing) => presentAddresses(online).includes(address);
    const gets = (other: Thing, its: Told) => isToCome(its) && addressesToCome(other, its, world).has(address);
    const claim = claimOf(told, world, thing, has, gets);
    note(claim, "proxyAddresses", address);
    // Of another type: refused, or held back? The documents tell both (TS, DAR).
    if (claim !== "free" && world.online.some((online) => online.type !== thing.type && has(online)))
      one.isOfTwoMinds = true;
    const isName = world.online.some((online) => online !== one.partner && key(online.upn) === address && !has(online));
    if (isName && claim !== "taken") one.doubtful.add(`proxyAddresses:${address}`);
    if (isName && thing.type !== "user") one.isOfTwoMinds = true;
  }
  doubtComputed(thing, one, told, world);
  const { upn } = one.after ?? {};
  if (upn === undefined || key(one.partner?.upn ?? "") === upn || upn === key(madeUp(thing, world))) return;
  // A name that is somebody's address: which of the two counts is not written.
  const isAddressOf = world.online.some((online) => online !== one.partner && presentAddresses(online).includes(upn));
  if (isAddressOf) one.doubtful.add(`userPrincipalName:${upn}`);
  if (isAddressOf && !one.held.has(`proxyAddresses:${upn}`)) one.doubtful.add(`proxyAddresses:${upn}`);
  // A new user whose name and address are a list's is refused still (DAR); of the name alone nothing is written.
  const isOfList = world.online.some((online) => online.type !== "user" && presentAddresses(online).includes(upn));
  if (isOfList) one.isOfTwoMinds = true;
  const hasName = (online: Thing) => key(online.upn) === upn;
  note(
    claimOf(told, world, thing, hasName, (_, its) => its.after?.upn === upn),
    "userPrincipalName",
    upn,
  );
}

/** What the service makes up is made unique with digits that nobody knows (KB 3190357, scenario 6). */
function doubtComputed(thing: Thing, one: Told, told: ReadonlyMap<Thing, Told>, world: World): void {
  if (thing.type !== "user") return;
  const made = key(madeUp(thing, world));
  // Of several aliases nobody knows the first.
  const isOfAliases = thing.nickname + thing.mail + thing.upn === "" && markedOf(thing).length === 0;
  const names = isOfAliases ? smtpOf(thing).map(({ address }) => `${localPartOf(address)}@${world.initialDomain}`) : [];
  for (const name of names) one.doubtful.add(`proxyAddresses:${key(name)}`).add(`userPrincipalName:${key(name)}`);
  const holders = world.online.filter(
    (online) => online !== one.partner && (presentAddresses(online).includes(made) || key(online.upn) === made),
  );
  const rivals = [...told.keys()].filter(
    (other) => other !== thing && other.type === "user" && key(madeUp(other, world)) === made,
  );
  if (holders.length + rivals.length === 0) return;
  one.doubtful.add(`proxyAddresses:${made}`).add(`userPrincipalName:${made}`);
}

const isToCome = ({ outcome }: Told): boolean => outcome !== "not-synchronized";

/** What Active Directory brings; what the service adds by itself is made unique with digits (KB 3190357, scenario 6). */
function addressesToCome(thing: Thing, { partner: online }: Told, world: World): ReadonlySet<string> {
  if (online?.isExchangeManaged === true) return new Set();
  const drops = thing.type === "user" && (online?.isLicensed ?? true);
  const source = sourceOf(thing).filter(({ address }) => !drops || isVerified(address, world));
  return new Set(source.map(({ address }) => key(address)));
}

/** What a contested value does: the whole object is refused, or the value is held back (DAR). */
export function settle(thing: Thing, one: Told, world: World, service: Service): void {
  if (one.held.size === 0 && one.doubtful.size === 0 && one.isOfTwoMinds !== true) return;
  const isComputed = (value: string) => value.endsWith(`:${made}`);
  const made = key(madeUp(thing, world));
  if (service === "dirsync-v2" && (one.held.size > 0 || [...one.doubtful].some((value) => !isComputed(value)))) {
    one.rules.push(one.held.size > 0 ? "a value is taken: refused" : "whether a value is taken is not known");
    one.outcome = one.held.size > 0 ? "refused" : "unknown";
    delete one.after;
    return;
  }
  if (one.isOfTwoMinds === true || (thing.type !== "user" && one.held.size > 0)) {
    one.rules.push("of another type, or no user: held back or refused");
    one.outcome = "unknown";
    return;
  }
  if (one.held.size > 0) one.rules.push("a value is taken: held back");
  if (one.after !== undefined) one.after = withhold(one, one.after);
}

/** What the online object has, without what is held back or doubtful. */
function withhold(one: Told, { upn, primary, addresses }: After): After {
  const isLost = (attribute: string, value: string | undefined) =>
    one.held.has(`${attribute}:${value}`) || one.doubtful.has(`${attribute}:${value}`);
  const withoutUpn = isLost("userPrincipalName", upn);
  const left = addresses && new Set([...addresses].filter((address) => !isLost("proxyAddresses", address)));
  // What does not arrive as a name does not arrive as an address that is made of it.
  if (withoutUpn && upn !== undefined) one.doubtful.add(`proxyAddresses:${upn}`);
  return {
    ...(withoutUpn || upn === undefined ? {} : { upn }),
    ...(primary === undefined || isLost("proxyAddresses", primary) ? {} : { primary }),
    ...(left === undefined ? {} : { addresses: left }),
  };
}

const valuesOf = once((thing: Thing): readonly string[] => {
  const all = [...entriesOf(thing).map(({ address }) => address), thing.mail, thing.upn];
  return all.filter((value) => value !== "").map(key);
});

/** Whatever shares a value with somebody of whom nothing is known, is not known either. */
export function spreadDoubt(told: ReadonlyMap<Thing, Told>, world: World): void {
  const unsettled = new Set<string>();
  const namesOf = (thing: Thing) => [
    ...valuesOf(thing),
    ...(thing.type === "user" ? [key(signInNameOf(thing))] : []),
    ...(thing.anchor === "" ? [] : [`anchor ${thing.anchor}`]),
  ];
  const doubt = (thing: Thing) => {
    for (const value of namesOf(thing)) unsettled.add(value);
  };
  const isTouched = (thing: Thing) => namesOf(thing).some((value) => unsettled.has(value));
  for (const [thing, { outcome }] of told) if (outcome === "unknown") doubt(thing);
  for (let before = -1; before !== unsettled.size; ) {
    before = unsettled.size;
    for (const online of world.online) if (isTouched(online)) doubt(online);
    for (const [thing, one] of told) {
      if (one.outcome === "not-synchronized" || !isTouched(thing)) continue;
      one.outcome = "unknown";
      doubt(thing);
    }
  }
}
