import type { Directory } from "../directory/directory.ts";
import { addressKey, domainOf, formatProxyAddress, parseProxyAddress } from "../model/address.ts";
import type { AttributeChange } from "./plan.ts";

/** All changes of one object. */
export interface ObjectChange {
  /** Index of the object in its directory. */
  readonly index: number;
  readonly changes: readonly AttributeChange[];
}

/** A write of the plan: the changes of an object, or a part of them that only frees values. */
export interface OrderedChange extends ObjectChange {
  readonly isInterim: boolean;
}

/** Changes in an order in which no value is ever on two objects, and those for which there is none. */
export interface Ordered {
  readonly steps: readonly OrderedChange[];
  /** Objects that need a value which another one has and keeps, and that value. */
  readonly blocked: readonly { readonly change: ObjectChange; readonly value: string; readonly holder: number }[];
}

/**
 * Puts changes into an order in which no address and no sign-in name is ever on two objects.
 *
 * A change waits until the values that it needs are free. Where changes wait for each other in a circle, as in a swap, one
 * of the values goes through a free one first. A change that needs a value which somebody keeps is blocked.
 */
export function orderSteps(directory: Directory, changes: readonly ObjectChange[]): Ordered {
  const holders = new Holders(directory);
  const open = new Map(changes.map((change) => [change.index, change]));
  const blocked = dropBlocked(open, holders);
  const steps: OrderedChange[] = [];
  while (open.size > 0) {
    const ready = [...open.values()].find((change) =>
      holders.neededBy(change).every((key) => holders.others(key, change.index).length === 0),
    );
    if (ready !== undefined) {
      open.delete(ready.index);
      holders.apply(ready);
      steps.push({ ...ready, isInterim: false });
      continue;
    }
    // Everybody waits for somebody who is to free a value: whoever can do so now begins.
    const interim = [...open.values()]
      .map((change) => freeValues(change, open, holders, steps.length + 1))
      .find(({ changes: own }) => own.length > 0);
    if (interim === undefined) throw new Error("changes wait for each other, and none of them frees a value");
    holders.apply(interim);
    steps.push({ ...interim, isInterim: true });
    const whole = open.get(interim.index);
    if (whole !== undefined) open.set(interim.index, completeAfter(whole, interim));
  }
  return { steps, blocked };
}

/** Takes out the changes that need a value which somebody keeps; each may block another, whose value it was to free. */
function dropBlocked(open: Map<number, ObjectChange>, holders: Holders): Ordered["blocked"] {
  const blocked: Ordered["blocked"][number][] = [];
  const keeps = (holder: number, key: string): boolean => {
    const change = open.get(holder);
    return change === undefined || holders.keysAfter(change).has(key);
  };
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (const change of [...open.values()]) {
      for (const key of holders.neededBy(change)) {
        const holder = holders.others(key, change.index).find((other) => keeps(other, key));
        if (holder === undefined) continue;
        blocked.push({ change, value: key.slice(key.indexOf(" ") + 1), holder });
        open.delete(change.index);
        isDone = false;
        break;
      }
    }
  }
  return blocked;
}

/** What an object has at a point of the plan. */
type State = ReadonlyMap<AttributeChange["attribute"], readonly string[]>;

/** Who has which address and sign-in name at a point of the plan. */
class Holders {
  readonly #states: State[] = [];
  readonly #byKey = new Map<string, Set<number>>();

  constructor(directory: Directory) {
    for (let index = 0; index < directory.size; index++) {
      const { proxyAddresses = [], userPrincipalName, mail } = directory.user(index);
      this.#states.push(
        new Map([
          ["proxyAddresses", proxyAddresses.map(formatProxyAddress)],
          ["userPrincipalName", userPrincipalName ? [userPrincipalName] : []],
          ["mail", mail ? [mail] : []],
        ] as const),
      );
      for (const key of this.#keys(index)) this.#add(key, index);
    }
  }

  /** The others that have a value. */
  others(key: string, index: number): readonly number[] {
    return [...(this.#byKey.get(key) ?? [])].filter((holder) => holder !== index);
  }

  /** The values that an object gets with a change and has not now. */
  neededBy(change: ObjectChange): readonly string[] {
    const present = this.#keys(change.index);
    return [...this.keysAfter(change)].filter((key) => !present.has(key));
  }

  /** The values that an object has once it is changed. */
  keysAfter({ index, changes }: ObjectChange): ReadonlySet<string> {
    const state = new Map(this.#states[index]);
    for (const { attribute, after } of changes) state.set(attribute, after);
    return keysOf(state);
  }

  apply(change: ObjectChange): void {
    const { index, changes } = change;
    for (const key of this.#keys(index)) this.#byKey.get(key)?.delete(index);
    const state = new Map(this.#states[index]);
    for (const { attribute, after } of changes) state.set(attribute, after);
    this.#states[index] = state;
    for (const key of keysOf(state)) this.#add(key, index);
  }

  #keys(index: number): ReadonlySet<string> {
    return keysOf(this.#states[index] ?? new Map());
  }

  #add(key: string, index: number): void {
    const holders = this.#byKey.get(key) ?? new Set();
    this.#byKey.set(key, holders.add(index));
  }
}

/** Addresses must be unique among addresses, and sign-in names among sign-in names. */
function keysOf(state: State): ReadonlySet<string> {
  return new Set([...state].flatMap(([attribute, values]) => values.flatMap((value) => keyOf(attribute, value) ?? [])));
}

function keyOf(attribute: AttributeChange["attribute"], value: string): string | undefined {
  if (attribute === "userPrincipalName") return `name ${addressKey(value)}`;
  if (attribute === "mail") return `address ${addressKey(value)}`;
  const { type, address } = parseProxyAddress(value);
  return type === "SMTP" ? `address ${addressKey(address)}` : undefined;
}

/** Makes the first half of a change: what others wait for is replaced by a value that nobody has. */
function freeValues(
  change: ObjectChange,
  open: ReadonlyMap<number, ObjectChange>,
  holders: Holders,
  number: number,
): ObjectChange {
  const awaited = new Set([...open.values()].flatMap((other) => (other === change ? [] : holders.neededBy(other))));
  const changes = change.changes.flatMap(({ attribute, before }): AttributeChange[] => {
    const after = before.map((value) => {
      const key = keyOf(attribute, value);
      return key !== undefined && awaited.has(key) ? freeValue(attribute, value, number, holders) : value;
    });
    return after.every((value, index) => value === before[index]) ? [] : [{ attribute, before, after }];
  });
  return { index: change.index, changes };
}

/** Gives a value of the same domain that nobody has, with the mark of the primary as it was. */
function freeValue(attribute: AttributeChange["attribute"], value: string, number: number, holders: Holders): string {
  const prefix = attribute === "proxyAddresses" ? value.slice(0, value.indexOf(":") + 1) : "";
  for (let attempt = 0; ; attempt++) {
    const free = `${prefix}moving-${number}${attempt === 0 ? "" : `-${attempt}`}@${domainOf(value)}`;
    if (holders.others(keyOf(attribute, free) ?? "", -1).length === 0) return free;
  }
}

/** Makes the second half: from what the interim step left to what was planned. */
function completeAfter(change: ObjectChange, interim: ObjectChange): ObjectChange {
  return {
    ...change,
    changes: change.changes.map((one) => {
      const done = interim.changes.find(({ attribute }) => attribute === one.attribute);
      return done === undefined ? one : { ...one, before: done.after };
    }),
  };
}
