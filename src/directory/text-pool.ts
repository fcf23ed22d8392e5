import { mix, randomSeed } from "./hash.ts";

/**
 * A few texts that very many others have a part of in common: a hundred domains hold the addresses of millions, and a
 * thousand folders their people. Each has a number, from 1 in the order in which they come.
 */
export class TextPool {
  readonly #most: number;
  readonly #seed = randomSeed();
  readonly #texts: Uint8Array[] = [NO_BYTES];
  readonly #known = new Map<number, number[]>();
  #last = 0;

  /** Holds so many texts at most. */
  constructor(most: number, texts: readonly Uint8Array[] = []) {
    this.#most = most;
    for (const text of texts) this.add(text, 0, text.length);
  }

  /** The texts, in the order of their numbers. */
  pack(): readonly Uint8Array[] {
    return this.#texts.slice(1);
  }

  /** How many texts there are. */
  get size(): number {
    return this.#texts.length - 1;
  }

  /** The text of a number. */
  text(number: number): Uint8Array {
    return this.#texts[number] ?? NO_BYTES;
  }

  /** The number of a text; 0 if it is not known. */
  find(bytes: Uint8Array, start: number, end: number): number {
    if (isEqual(this.text(this.#last), bytes, start, end)) return this.#last;
    return this.#findAmong(this.#known.get(mix(this.#seed, bytes, start, end)), bytes, start, end);
  }

  /** The number of a text, which becomes known; 0 if there is no room for it. */
  add(bytes: Uint8Array, start: number, end: number): number {
    if (isEqual(this.text(this.#last), bytes, start, end)) return this.#last;
    const hash = mix(this.#seed, bytes, start, end);
    const alike = this.#known.get(hash);
    const found = this.#findAmong(alike, bytes, start, end);
    if (found !== 0 || this.size >= this.#most) return found;
    const number = this.#texts.push(bytes.slice(start, end)) - 1;
    if (alike === undefined) this.#known.set(hash, [number]);
    else alike.push(number);
    this.#last = number;
    return number;
  }

  #findAmong(alike: readonly number[] | undefined, bytes: Uint8Array, start: number, end: number): number {
    for (const number of alike ?? NONE) {
      if (!isEqual(this.text(number), bytes, start, end)) continue;
      this.#last = number;
      return number;
    }
    return 0;
  }
}

const NO_BYTES = new Uint8Array(0);
const NONE: readonly number[] = [];

function isEqual(own: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const { length } = own;
  if (length !== end - start) return false;
  for (let index = 0; index < length; index++) if (own[index] !== bytes[start + index]) return false;
  return true;
}
