import type { AddressIndex } from "./address-index.ts";

/** What is to be known of the domains of addresses: worked out once for each, and told by the number of an address. */
export class DomainFacts<Facts> {
  readonly #addresses: AddressIndex;
  readonly #factsOf: (domain: string) => Facts;
  /** By the number of the domain; boxed, for that there is nothing to be known of it is known too. */
  readonly #known: ({ readonly facts: Facts } | undefined)[] = [];

  /** `factsOf` is asked with a domain in small letters. */
  constructor(addresses: AddressIndex, factsOf: (domain: string) => Facts) {
    this.#addresses = addresses;
    this.#factsOf = factsOf;
  }

  /** Gives what is known of the domain of an address. */
  of(number: number): Facts {
    const domain = this.#addresses.domainOf(number);
    const known = this.#known[domain];
    if (known !== undefined) return known.facts;
    const facts = this.#factsOf(this.#addresses.domainTextOf(number));
    // Where there are too many domains those that came last have no number.
    if (domain > 0) this.#known[domain] = { facts };
    return facts;
  }
}
