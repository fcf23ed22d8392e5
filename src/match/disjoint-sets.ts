/** Disjoint sets of numbers, with path halving: joining and finding are as good as constant. */
export class DisjointSets {
  readonly #parents: Int32Array;

  /** Every number below `size` is a set of its own. */
  constructor(size: number) {
    this.#parents = new Int32Array(size);
    for (let node = 0; node < size; node++) this.#parents[node] = node;
  }

  /** Joins the sets of two numbers. */
  join(one: number, other: number): void {
    const [left, right] = [this.find(one), this.find(other)];
    if (left !== right) this.#parents[Math.max(left, right)] = Math.min(left, right);
  }

  /** Names the set of a number: its smallest member. */
  find(node: number): number {
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
