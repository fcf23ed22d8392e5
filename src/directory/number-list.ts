/** A page is 256 KiB: no number is ever copied for others that come. */
const PAGE_BITS = 16;
const PAGE_MASK = 2 ** PAGE_BITS - 1;

/** A list of 32-bit numbers without sign, that grows. */
export class NumberList {
  readonly #pages: Uint32Array<ArrayBuffer>[];

  constructor(pages: readonly Uint32Array<ArrayBuffer>[] = []) {
    this.#pages = [...pages];
  }

  /** The list as plain data; it is not to be used any more if that is handed to another thread. */
  pack(): readonly Uint32Array<ArrayBuffer>[] {
    return this.#pages;
  }

  /** The number of an index, which is one that was set. */
  get(index: number): number {
    return this.#pages[index >>> PAGE_BITS]?.[index & PAGE_MASK] ?? 0;
  }

  /** Sets the number of an index: one that was set, or the next one. */
  set(index: number, value: number): void {
    let page = this.#pages[index >>> PAGE_BITS];
    if (page === undefined) {
      page = new Uint32Array(2 ** PAGE_BITS);
      this.#pages.push(page);
    }
    page[index & PAGE_MASK] = value;
  }
}
