/** A hundred domains hold the addresses of millions: each is made a string once, and is known again by its bytes. */
export class DomainTable<Facts> {
  readonly #factsOf: (domain: string) => Facts;
  readonly #known = new Map<number, { readonly bytes: Uint8Array; readonly facts: Facts }[]>();
  #lastBytes = new Uint8Array(0);
  #lastFacts: Facts | undefined;

  /** `factsOf` is asked once for each domain, in lower case, as it is compared. */
  constructor(factsOf: (domain: string) => Facts) {
    this.#factsOf = factsOf;
  }

  /** Gives what is known of the domain in bytes. */
  find(bytes: Uint8Array, start: number, end: number): Facts {
    if (this.#lastFacts !== undefined && isEqual(this.#lastBytes, bytes, start, end)) return this.#lastFacts;
    let hash = end - start;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    const others = this.#known.get(hash) ?? [];
    let found = others.find((one) => isEqual(one.bytes, bytes, start, end));
    if (found === undefined) {
      const own = bytes.slice(start, end);
      found = { bytes: own, facts: this.#factsOf(new TextDecoder().decode(own).toLowerCase()) };
      this.#known.set(hash, [...others, found]);
    }
    this.#lastBytes = found.bytes as Uint8Array<ArrayBuffer>;
    this.#lastFacts = found.facts;
    return found.facts;
  }
}

function isEqual(own: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (own.length !== end - start) return false;
  for (let index = 0; index < own.length; index++) if (own[index] !== bytes[start + index]) return false;
  return true;
}
