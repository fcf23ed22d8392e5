import { contest, doubtWhatIsGivenUp, settle, spreadDoubt } from "./contests.ts";
import { freeByAddress, isBound, lookUp, rules } from "./rules.ts";
import { afterOf } from "./state-after.ts";
import type { Thing, World } from "./things.ts";
import type { Service, Told } from "./told.ts";

/** Decides for everybody, and then what those decisions do to each other. */
export function giveAccount(world: World, service: Service): ReadonlyMap<Thing, Told> {
  const told = new Map<Thing, Told>();
  const wanted = new Map<Thing, readonly Thing[]>();
  for (const thing of world.onPremises) {
    const facts = lookUp(thing, world, service);
    wanted.set(thing, freeByAddress(facts));
    const rule = rules.find((one) => (one.in ?? service) === service && one.when(facts));
    if (rule === undefined) throw new Error("no rule");
    told.set(thing, { ...rule.decide(facts), held: new Set(), doubtful: new Set(), rules: [rule.name] });
  }
  severalForOne(told, wanted);
  for (const [thing, one] of told) {
    if (one.outcome === "linked" || one.outcome === "created") one.after = afterOf(thing, one, world, service);
  }
  for (const [thing, one] of told) doubtWhatIsGivenUp(thing, one, told, lookUp(thing, world, service));
  for (const [thing, one] of told) contest(thing, one, told, world);
  for (const [thing, one] of told) settle(thing, one, world, service);
  spreadDoubt(told, world);
  return told;
}

/**
 * Several objects for one online object, or the other way round: ambiguous, and so is whoever wants what they want (semantics.md
 * 2). An anchor binds, whoever else comes.
 */
function severalForOne(told: ReadonlyMap<Thing, Told>, wanted: ReadonlyMap<Thing, readonly Thing[]>): void {
  const linked = [...told.values()].filter(({ outcome }) => outcome === "linked");
  const unsure: [Told, Told["outcome"]][] = [];
  for (const one of linked) {
    if (linked.filter((other) => other.partner === one.partner).length === 1) continue;
    const isAnchor = one.partner !== undefined && isBound(one.partner);
    const ways = new Set(linked.filter((other) => other.partner === one.partner).map(({ rules: [way] }) => way));
    // By address the one, by name the other: the order of objects decides, and nobody knows it.
    const isUnknown = isAnchor || ways.size > 1;
    one.rules.push(isAnchor ? "several with one anchor" : "several for one online object");
    unsure.push([one, isUnknown ? "unknown" : "ambiguous"]);
  }
  for (const [one, outcome] of unsure) one.outcome = outcome;
  while (spreads(told, wanted));
}

/** Makes ambiguous who is linked with an object that somebody wants who is ambiguous; tells whether there was anybody. */
function spreads(told: ReadonlyMap<Thing, Told>, wanted: ReadonlyMap<Thing, readonly Thing[]>): boolean {
  const rivals = [...told]
    .filter(([, { outcome }]) => outcome === "ambiguous")
    .flatMap(([other]) => wanted.get(other) ?? []);
  const free = [...told.values()].filter(
    ({ outcome, partner }) => outcome === "linked" && partner && !isBound(partner),
  );
  const found = free.filter(({ partner }) => rivals.some((online) => online === partner));
  for (const one of found) {
    one.outcome = "ambiguous";
    one.rules.push("wanted by somebody who is ambiguous");
  }
  return found.length > 0;
}
