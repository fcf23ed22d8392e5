import { addressKey } from "../model/address.ts";
import { isAscii, toLower } from "../text/bytes.ts";
import { randomSeed, spread } from "./hash.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * A set of texts, of which eight bytes each are kept: two hashes. What it says to be new is new; what it says to be known
 * may, hardly ever, be another text with the same hashes.
 */
export class Fingerprints {
  readonly #seeds = [randomSeed(), randomSeed()] as const;
  /** Two numbers a slot, of which the second is 0 where it is free. What does not fit is in the next free slot. */
  #slots = new Uint32Array(2 * 1024);
  #size = 0;
  #first = 0;
  #second = 0;

  /** Notes a text, without regard to letter case (`fold`) or with it; tells whether it was known. */
  note(bytes: Uint8Array, start: number, end: number, fold: boolean): boolean {
    if (fold && !isAscii(bytes, start, end)) {
      const key = encoder.encode(addressKey(decoder.decode(bytes.subarray(start, end))));
      this.#take(key, 0, key.length, false);
    } else this.#take(bytes, start, end, fold);
    const slot = this.#slotOf(this.#first, this.#second);
    if (this.#slots[slot + 1] !== 0) return true;
    this.#slots[slot] = this.#first;
    this.#slots[slot + 1] = this.#second;
    this.#size++;
    if (2 * this.#size > MOST_TAKEN * this.#slots.length) this.#grow();
    return false;
  }

  #take(bytes: Uint8Array, start: number, end: number, fold: boolean): void {
    let [first, second] = this.#seeds as readonly [number, number];
    for (let at = start; at < end; at++) {
      const byte = fold ? toLower(bytes[at] ?? 0) : (bytes[at] ?? 0);
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second ^ byte, 0x5bd1e995) ^ (second >>> 15);
    }
    this.#first = spread(first) >>> 0;
    // Never 0.
    this.#second = (spread(second) | 1) >>> 0;
  }

  #slotOf(first: number, second: number): number {
    const slots = this.#slots;
    const { length } = slots;
    let slot = 2 * Math.floor(first * 2 ** -32 * (length / 2));
    while (slots[slot + 1] !== 0 && !(slots[slot] === first && slots[slot + 1] === second)) {
      slot += 2;
      if (slot === length) slot = 0;
    }
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * Math.ceil((GROWTH * old.length) / 2));
    for (let slot = 0; slot < old.length; slot += 2) {
      const [first = 0, second = 0] = [old[slot], old[slot + 1]];
      if (second === 0) continue;
      const own = this.#slotOf(first, second);
      this.#slots[own] = first;
      this.#slots[own + 1] = second;
    }
  }
}

const MOST_TAKEN = 0.75;
const GROWTH = 1.5;
