import { toLower } from "../text/bytes.ts";
import { ByteStore, NumberReader, writeNumber } from "./byte-store.ts";
import { mix, mixFolded, randomSeed, spread } from "./hash.ts";
import type { KeyTexts } from "./key-index.ts";

/** The texts of keys as they are, compared byte by byte, without regard to the case of ASCII letters or with it. */
export class PlainTexts implements KeyTexts {
  readonly #fold: boolean;
  readonly #seed = randomSeed();
  readonly #store = new ByteStore(0);
  readonly #numbers = new NumberReader();
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;

  /** `fold`: whether the case of letters does not count. */
  constructor({ fold }: { readonly fold: boolean }) {
    this.#fold = fold;
  }

  look(bytes: Uint8Array, start: number, end: number): number {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    return this.#hash(bytes, start, end);
  }

  isAt(position: number): boolean {
    const own = this.#open(position);
    const length = this.#numbers.next();
    const from = this.#numbers.at;
    if (length !== this.#end - this.#start) return false;
    for (let index = 0; index < length; index++) {
      const one = own[from + index] ?? 0;
      const other = this.#bytes[this.#start + index] ?? 0;
      if (one !== other && !(this.#fold && toLower(one) === toLower(other))) return false;
    }
    return true;
  }

  write(): number {
    const length = this.#end - this.#start;
    const segment = this.#store.reserve(length + 5);
    const { position } = this.#store;
    let at = writeNumber(segment, this.#store.end, length);
    for (let from = this.#start; from < this.#end; from++) segment[at++] = this.#bytes[from] ?? 0;
    this.#store.end = at;
    return position;
  }

  hashAt(position: number): number {
    const own = this.#open(position);
    const length = this.#numbers.next();
    return this.#hash(own, this.#numbers.at, this.#numbers.at + length);
  }

  /** The text at a position. */
  textAt(position: number): string {
    const own = this.#open(position);
    const length = this.#numbers.next();
    return new TextDecoder().decode(own.subarray(this.#numbers.at, this.#numbers.at + length));
  }

  #open(position: number): Uint8Array {
    const segment = this.#store.segment(position);
    this.#numbers.bytes = segment;
    this.#numbers.at = this.#store.offset(position);
    return segment;
  }

  #hash(bytes: Uint8Array, start: number, end: number): number {
    const hash = (this.#fold ? mixFolded : mix)(this.#seed, bytes, start, end);
    return spread(hash);
  }
}
