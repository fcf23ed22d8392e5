/**
 * Groups the users of both sides that share a key, directly or through others.
 *
 * Linear in users and keys: a key is a node of its own, so that one address on 100,000 objects of each side makes
 * 200,000 edges and not 10,000 million (disjoint sets with path halving).
 */
export class Clusters {
  readonly #parents: number[] = [];
  readonly #nodes = new Map<string, number>();
  readonly #members: { readonly side: "onPremises" | "online"; readonly index: number; readonly node: number }[] = [];

  /** Adds a user with its keys. */
  add(side: "onPremises" | "online", index: number, keys: readonly string[]): void {
    const node = this.#newNode();
    this.#members.push({ side, index, node });
    for (const key of keys) {
      let keyNode = this.#nodes.get(key);
      if (keyNode === undefined) {
        keyNode = this.#newNode();
        this.#nodes.set(key, keyNode);
      }
      this.#join(node, keyNode);
    }
  }

  /** Lists the groups; users in their order of adding. */
  list(): readonly { readonly onPremises: readonly number[]; readonly online: readonly number[] }[] {
    const groups = new Map<number, { onPremises: number[]; online: number[] }>();
    for (const { side, index, node } of this.#members) {
      const root = this.#find(node);
      let group = groups.get(root);
      if (group === undefined) {
        group = { onPremises: [], online: [] };
        groups.set(root, group);
      }
      group[side].push(index);
    }
    return [...groups.values()];
  }

  #newNode(): number {
    return this.#parents.push(this.#parents.length) - 1;
  }

  #join(one: number, other: number): void {
    this.#parents[this.#find(one)] = this.#find(other);
  }

  #find(node: number): number {
    let current = node;
    for (;;) {
      const parent = this.#parents[current] ?? current;
      if (parent === current) return current;
      const grandparent = this.#parents[parent] ?? parent;
      this.#parents[current] = grandparent;
      current = grandparent;
    }
  }
}
