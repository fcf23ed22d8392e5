import type { Directory } from "../directory/directory.ts";
import { addressKey, domainOf, formatProxyAddress, parseProxyAddress } from "../model/address.ts";
import type { User } from "../model/user.ts";
import { appendTo } from "../text/append.ts";
import type { AttributeChange } from "./plan.ts";

/** All changes of one object. */
export interface ObjectChange {
  /** Index of the object in its directory. */
  readonly index: number;
  readonly changes: readonly AttributeChange[];
}

/** Changes in an order in which no value is ever on two objects, and those for which there is none. */
export interface Ordered {
  /** The writes; an interim one only frees values, and a later one completes the change. */
  readonly steps: readonly (ObjectChange & { readonly isInterim: boolean })[];
  /** Changes that need a value which another object keeps, or is to get itself; and that value. */
  readonly blocked: readonly { readonly change: ObjectChange; readonly value: string; readonly holder: number }[];
}

/** A change that is not done yet. */
interface OpenChange extends ObjectChange {
  /** The values that the object gets, and has not now. */
  readonly needs: ReadonlySet<string>;
  /** The values that the object has now, and gives up. */
  readonly frees: ReadonlySet<string>;
}

/**
 * Puts changes into an order in which no address and no sign-in name is ever on two objects.
 *
 * A change waits until the values that it needs are free. Where changes wait for each other in a circle, as in a swap, one
 * of the values goes through a free one first. A change that needs a value which somebody keeps is blocked. The work grows
 * with the objects and their addresses, not with their square.
 */
export function orderSteps(directory: Directory, changes: readonly ObjectChange[]): Ordered {
  const planned = changes.map((change) => open(change, directory.user(change.index)));
  const holders = findHolders(directory, planned);
  const { possible, blocked } = dropBlocked(planned, holders);
  return { steps: new Sequence(directory, possible, holders).steps, blocked };
}

function open(change: ObjectChange, user: User): OpenChange {
  const before = keysOf(user);
  const after = keysOf(change.changes.reduce(applyToKeys, user));
  return {
    ...change,
    needs: new Set([...after].filter((key) => !before.has(key))),
    frees: new Set([...before].filter((key) => !after.has(key))),
  };
}

/** Who has each value that somebody needs. */
function findHolders(directory: Directory, planned: readonly OpenChange[]): ReadonlyMap<string, Set<number>> {
  const holders = new Map<string, Set<number>>();
  for (const { needs } of planned) for (const key of needs) holders.set(key, new Set());
  for (let index = 0; index < directory.size; index++) {
    for (const key of keysOf(directory.user(index))) holders.get(key)?.add(index);
  }
  return holders;
}

/** Takes out the changes that need a value which somebody keeps; each may block another, whose value it was to free. */
function dropBlocked(
  planned: readonly OpenChange[],
  holders: ReadonlyMap<string, ReadonlySet<number>>,
): { readonly possible: readonly OpenChange[]; readonly blocked: Ordered["blocked"] } {
  const possible = new Map(planned.map((change) => [change.index, change]));
  const blocked: Ordered["blocked"][number][] = [];
  const waiting = new Map<string, OpenChange[]>();
  const promised = new Map<string, number>();

  const drop = (first: OpenChange, firstKey: string, firstHolder: number): void => {
    const open = [{ change: first, key: firstKey, holder: firstHolder }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { change, key, holder } = next;
      const { index, changes, needs, frees } = change;
      if (!possible.delete(index)) continue;
      blocked.push({ change: { index, changes }, value: valueOfKey(key), holder });
      for (const own of needs) if (promised.get(own) === index) promised.delete(own);
      for (const kept of frees) {
        for (const waiter of waiting.get(kept) ?? []) open.push({ change: waiter, key: kept, holder: index });
      }
    }
  };

  for (const change of planned) {
    for (const key of change.needs) {
      const other = promised.get(key);
      const keeper = [...(holders.get(key) ?? [])].find((holder) => possible.get(holder)?.frees.has(key) !== true);
      if (keeper !== undefined) drop(change, key, keeper);
      else if (other !== undefined) drop(change, key, other);
      if (!possible.has(change.index)) break;
      appendTo(waiting, key, change);
      promised.set(key, change.index);
    }
  }
  return { possible: planned.filter(({ index }) => possible.has(index)), blocked };
}

/** Makes the steps: whoever has to wait for nobody goes first, and frees what others wait for. */
class Sequence {
  readonly steps: Ordered["steps"][number][] = [];
  readonly #directory: Directory;
  readonly #holders: ReadonlyMap<string, Set<number>>;
  readonly #waiting = new Map<string, OpenChange[]>();
  /** How many of the values that a change needs are still taken. */
  readonly #taken = new Map<OpenChange, number>();
  readonly #ready: OpenChange[] = [];
  /** How many of those were done. */
  #done = 0;
  /** What an interim step left of a change that it began. */
  readonly #begun = new Map<OpenChange, readonly AttributeChange[]>();

  constructor(directory: Directory, changes: readonly OpenChange[], holders: ReadonlyMap<string, Set<number>>) {
    this.#directory = directory;
    this.#holders = holders;
    for (const change of changes) this.#register(change);
    this.#proceed();
    // Everybody left waits for somebody else who is left: whoever holds what is awaited gives it up for a free value.
    for (const change of changes) {
      if (this.#taken.has(change)) this.#begin(change);
      this.#proceed();
    }
  }

  #register(change: OpenChange): void {
    const taken = [...change.needs].filter((key) => (this.#holders.get(key)?.size ?? 0) > 0);
    for (const key of taken) appendTo(this.#waiting, key, change);
    this.#taken.set(change, taken.length);
    if (taken.length === 0) this.#ready.push(change);
  }

  #proceed(): void {
    for (let change = this.#ready[this.#done]; change !== undefined; change = this.#ready[this.#done]) {
      this.#done++;
      this.#taken.delete(change);
      const { index, changes } = change;
      this.steps.push({ index, changes: this.#begun.get(change) ?? changes, isInterim: false });
      this.#free(change.index, change.frees);
    }
  }

  #begin(change: OpenChange): void {
    const awaited = new Set([...change.frees].filter((key) => this.#isAwaited(key, change.index)));
    if (awaited.size === 0) return;
    const changes = change.changes.flatMap(({ attribute, before }): AttributeChange[] => {
      const after = before.map((value) =>
        awaited.has(keyOf(attribute, value) ?? "") ? this.#freeValue(attribute, value) : value,
      );
      return after.every((value, at) => value === before[at]) ? [] : [{ attribute, before, after }];
    });
    this.steps.push({ index: change.index, changes, isInterim: true });
    this.#begun.set(change, completeAfter(change.changes, changes));
    this.#free(change.index, awaited);
  }

  #isAwaited(key: string, index: number): boolean {
    return this.#holders.get(key)?.has(index) === true && (this.#waiting.get(key) ?? []).length > 0;
  }

  #free(index: number, keys: ReadonlySet<string>): void {
    for (const key of keys) {
      const holders = this.#holders.get(key);
      if (holders?.delete(index) !== true || holders.size > 0) continue;
      for (const waiter of this.#waiting.get(key) ?? []) {
        const left = (this.#taken.get(waiter) ?? 0) - 1;
        this.#taken.set(waiter, left);
        if (left === 0) this.#ready.push(waiter);
      }
      this.#waiting.delete(key);
    }
  }

  /** Gives a value of the same domain that nobody has or is to get, with the mark of the primary as it was. */
  #freeValue(attribute: AttributeChange["attribute"], value: string): string {
    const prefix = attribute === "proxyAddresses" ? value.slice(0, value.indexOf(":") + 1) : "";
    const number = this.steps.length + 1;
    for (let attempt = 0; ; attempt++) {
      const free = `moving-${number}${attempt === 0 ? "" : `-${attempt}`}@${domainOf(value)}`;
      const isPlanned = this.#holders.has(`address ${free}`) || this.#holders.has(`name ${free}`);
      if (!isPlanned && this.#directory.addresses.claims(free).length === 0) return prefix + free;
    }
  }
}

/** Makes the second half: from what the interim step left to what was planned. */
function completeAfter(
  changes: readonly AttributeChange[],
  interim: readonly AttributeChange[],
): readonly AttributeChange[] {
  return changes.map((one) => {
    const done = interim.find(({ attribute }) => attribute === one.attribute);
    return done === undefined ? one : { ...one, before: done.after };
  });
}

/** What of a user must be unique. */
type Names = Pick<User, "proxyAddresses" | "userPrincipalName" | "mail">;

function applyToKeys(user: Names, { attribute, after }: AttributeChange): Names {
  if (attribute === "proxyAddresses") return { ...user, proxyAddresses: after.map(parseProxyAddress) };
  return { ...user, [attribute]: after[0] ?? "" };
}

/** Addresses must be unique among addresses, and sign-in names among sign-in names. */
function keysOf({ proxyAddresses = [], userPrincipalName, mail }: Names): ReadonlySet<string> {
  return new Set([
    ...proxyAddresses.flatMap((entry) => keyOf("proxyAddresses", formatProxyAddress(entry)) ?? []),
    ...(userPrincipalName ? [keyOf("userPrincipalName", userPrincipalName) ?? ""] : []),
    ...(mail ? [keyOf("mail", mail) ?? ""] : []),
  ]);
}

function keyOf(attribute: AttributeChange["attribute"], value: string): string | undefined {
  if (attribute === "userPrincipalName") return `name ${addressKey(value)}`;
  if (attribute === "mail") return `address ${addressKey(value)}`;
  const { type, address } = parseProxyAddress(value);
  return type === "SMTP" ? `address ${addressKey(address)}` : undefined;
}

function valueOfKey(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}
