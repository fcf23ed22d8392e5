import type { Side } from "../model/user.ts";
import { DisjointSets } from "./disjoint-sets.ts";

/**
 * Groups the users of both sides that share a key, directly or through others.
 *
 * Linear in users and keys: a key is a node of its own, so that one address on 100,000 objects of each side makes
 * 200,000 edges and not 10,000 million.
 */
export class Clusters {
  readonly #keys = new Map<string, number>();
  readonly #members: { readonly side: Side; readonly index: number; readonly keys: readonly number[] }[] = [];

  /** Adds a user with its keys. */
  add(side: Side, index: number, keys: readonly string[]): void {
    this.#members.push({ side, index, keys: keys.map((key) => this.#numberOf(key)) });
  }

  /** Lists the groups; users in their order of adding. */
  list(): readonly Readonly<Record<Side, readonly number[]>>[] {
    const sets = new DisjointSets(this.#keys.size + this.#members.length);
    for (const [member, { keys }] of this.#members.entries()) {
      for (const key of keys) sets.join(key, this.#keys.size + member);
    }
    const groups = new Map<number, Record<Side, number[]>>();
    for (const [member, { side, index }] of this.#members.entries()) {
      const set = sets.find(this.#keys.size + member);
      let group = groups.get(set);
      if (group === undefined) {
        group = { onPremises: [], online: [] };
        groups.set(set, group);
      }
      group[side].push(index);
    }
    return [...groups.values()];
  }

  #numberOf(key: string): number {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const number = this.#keys.size;
    this.#keys.set(key, number);
    return number;
  }
}
