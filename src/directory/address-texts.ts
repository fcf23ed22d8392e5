import { isGoodLocalPart } from "../model/address-shape.ts";
import { isGoodDomain } from "../model/ordinary-person.ts";
import { toLower } from "../text/bytes.ts";
import { ByteStore, NumberReader, type PackedBytes, writeNumber } from "./byte-store.ts";
import { mixFolded, randomSeed, spread } from "./hash.ts";
import type { KeyTexts } from "./key-index.ts";
import { TextPool } from "./text-pool.ts";

/** {@link AddressTexts} as plain data: what a thread hands over. */
export interface PackedAddressTexts {
  readonly seed: number;
  readonly store: PackedBytes;
  readonly domains: readonly Uint8Array[];
}

/** Companies have hundreds of domains; where there are more the addresses in them are kept whole. */
const MOST_DOMAINS = 16_000;
const AT = 64;
/** What is shared with the base costs two bytes to tell. */
const LEAST_SHARED = 3;
const FARTHEST = 255;
/** In the first byte: that the text goes on from that of a base; and that it is valid in every attribute. */
const HAS_BASE = 1;
const IS_GOOD = 2;

/**
 * The texts of addresses in ASCII with one `@`, compared without regard to letter case.
 *
 * The addresses of one user are alike: the first is kept as the number of its domain and what is before the `@`, the others
 * as what they have besides the beginning that they share with it.
 */
export class AddressTexts implements KeyTexts {
  readonly #seed: number;
  readonly #store: ByteStore;
  readonly #domains: TextPool;
  /** Of each domain the number of that in small letters, by which it is compared. */
  readonly #folds: number[] = [0];
  /** Of each domain whether an address in it may be valid in every attribute. */
  readonly #areGood: boolean[] = [false];
  readonly #numbers = new NumberReader();
  /** Where the address in whose terms the next ones are kept begins in the last segment; -1 if there is none. */
  #base = -1;
  // The address in question: what is before the `@`, or all of it where its domain has no number.
  #bytes: Uint8Array = NO_BYTES;
  #start = 0;
  #end = 0;
  #domain = 0;
  #isKeptExactly = true;
  // The address at a position, as it was opened: where its parts are.
  #own: Uint8Array = NO_BYTES;
  #ownDomain = 0;
  #from = 0;
  #shared = 0;
  #rest = 0;
  #length = 0;

  constructor(packed?: PackedAddressTexts) {
    this.#seed = packed?.seed ?? randomSeed();
    this.#store = packed === undefined ? new ByteStore(0) : ByteStore.unpack(0, packed.store);
    this.#domains = new TextPool(MOST_DOMAINS, packed?.domains);
    for (let domain = 1; domain <= this.#domains.size; domain++) this.#noteDomain(domain);
  }

  /** Gives the texts as plain data; they are not to be used any more if they are handed to another thread. */
  pack(): PackedAddressTexts {
    return { seed: this.#seed, store: this.#store.pack(), domains: this.#domains.pack() };
  }

  get byteLength(): number {
    return this.#store.byteLength;
  }

  /** The addresses that come now are another user's. */
  begin(): void {
    this.#base = -1;
  }

  look(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end && bytes[at] !== AT) at++;
    this.#isKeptExactly = true;
    const domain = at >= end - 1 ? 0 : this.#domains.find(bytes, at + 1, end) || this.#addDomain(bytes, at + 1, end);
    this.#bytes = bytes;
    this.#start = start;
    this.#end = domain === 0 ? end : at;
    this.#domain = domain;
    return spread(mixFolded(this.#begin(domain), bytes, start, this.#end));
  }

  /** Gives the number of a domain, be it that of its small letters; 0 if there is no room for it. */
  #addDomain(bytes: Uint8Array, start: number, end: number): number {
    const small = bytes.slice(start, end).map(toLower);
    const fold = this.#domains.add(small, 0, small.length);
    if (fold === 0) return 0;
    this.#noteDomain(fold);
    const domain = this.#domains.add(bytes, start, end);
    this.#isKeptExactly = domain !== 0;
    this.#noteDomain(domain);
    return domain || fold;
  }

  #noteDomain(domain: number): void {
    if (domain < this.#folds.length) return;
    const small = this.#domains.text(domain).map(toLower);
    this.#folds[domain] = this.#domains.find(small, 0, small.length);
    this.#areGood[domain] = isGoodDomain(new TextDecoder().decode(small));
  }

  isAt(position: number): boolean {
    this.open(position);
    const length = this.#length;
    if (this.#folds[this.#ownDomain] !== this.#folds[this.#domain] || length !== this.#end - this.#start) return false;
    const shared = this.#shared;
    for (let index = 0; index < length; index++) {
      const one = this.#own[index < shared ? this.#from + index : this.#rest + index - shared] ?? 0;
      const other = this.#bytes[this.#start + index] ?? 0;
      if (one !== other && toLower(one) !== toLower(other)) return false;
    }
    return true;
  }

  /** Whether the address at a position is to the letter the one that was looked for last, which stands at `start`. */
  isExactlyAt(position: number, bytes: Uint8Array, start: number, end: number): boolean {
    this.open(position);
    const length = this.#length;
    const shared = this.#shared;
    for (let index = 0; index < length; index++) {
      if (this.#own[index < shared ? this.#from + index : this.#rest + index - shared] !== bytes[start + index])
        return false;
    }
    if (this.#ownDomain === 0) return length === end - start;
    const domain = this.#domains.text(this.#ownDomain);
    const from = start + length + 1;
    if (domain.length !== end - from) return false;
    for (let index = 0; index < domain.length; index++) if (domain[index] !== bytes[from + index]) return false;
    return true;
  }

  /** Whether the address in question is kept to the letter if it is written: else its domain is in small letters. */
  get isKeptExactly(): boolean {
    return this.#isKeptExactly;
  }

  write(): number {
    const length = this.#end - this.#start;
    const segment = this.#store.reserve(length + 16);
    const { position } = this.#store;
    const begin = this.#store.end;
    const isGood = this.#areGood[this.#domain] === true && isGoodLocalPart(this.#bytes, this.#start, this.#end);
    // Room may have been made in another segment.
    const back = begin - this.#base;
    const hasBase = this.#base >= 0 && back > 0 && back <= FARTHEST;
    const shared = hasBase ? this.#countShared(segment) : 0;
    let at = begin;
    segment[at++] = (shared > 0 ? HAS_BASE : 0) | (isGood ? IS_GOOD : 0);
    at = writeNumber(segment, at, this.#domain);
    if (shared > 0) {
      segment[at++] = back;
      segment[at++] = shared;
    } else this.#base = begin;
    at = writeNumber(segment, at, length - shared);
    for (let from = this.#start + shared; from < this.#end; from++) segment[at++] = this.#bytes[from] ?? 0;
    this.#store.end = at;
    return position;
  }

  /** How many bytes the address in question begins with that its base begins with too; 0 if they are few. */
  #countShared(segment: Uint8Array): number {
    const numbers = this.#numbers;
    numbers.bytes = segment;
    numbers.at = this.#base + 1;
    numbers.next();
    const known = numbers.next();
    const most = Math.min(known, this.#end - this.#start, FARTHEST);
    let shared = 0;
    while (shared < most && segment[numbers.at + shared] === this.#bytes[this.#start + shared]) shared++;
    return shared < LEAST_SHARED ? 0 : shared;
  }

  hashAt(position: number): number {
    this.open(position);
    const beginning = mixFolded(this.#begin(this.#ownDomain), this.#own, this.#from, this.#from + this.#shared);
    return spread(mixFolded(beginning, this.#own, this.#rest, this.#rest + this.#length - this.#shared));
  }

  /** The hash of an address in a domain before its bytes come. */
  #begin(domain: number): number {
    return this.#seed ^ (this.#folds[domain] ?? 0);
  }

  /** Opens the address at a position, and finds its parts. */
  open(position: number): void {
    const segment = this.#store.segment(position);
    const begin = this.#store.offset(position);
    const numbers = this.#numbers;
    numbers.bytes = segment;
    numbers.at = begin + 1;
    this.#own = segment;
    this.#ownDomain = numbers.next();
    if (((segment[begin] ?? 0) & HAS_BASE) === 0) {
      this.#shared = 0;
      this.#length = numbers.next();
      this.#rest = this.#from = numbers.at;
      return;
    }
    const base = begin - (segment[numbers.at] ?? 0);
    this.#shared = segment[numbers.at + 1] ?? 0;
    numbers.at += 2;
    this.#length = numbers.next() + this.#shared;
    this.#rest = numbers.at;
    numbers.at = base + 1;
    numbers.next();
    numbers.next();
    this.#from = numbers.at;
  }

  /** How many bytes the opened address has. */
  get wholeLength(): number {
    return this.#length + (this.#ownDomain === 0 ? 0 : 1 + this.#domains.text(this.#ownDomain).length);
  }

  /** The number of the opened address's domain, in small letters; 0 if it has none. */
  get domain(): number {
    return this.#folds[this.#ownDomain] ?? 0;
  }

  /** Copies the opened address; gives the offset behind it. */
  copy(to: Uint8Array, offset: number): number {
    let at = this.copyStart(to, offset, this.#length);
    if (this.#ownDomain === 0) return at;
    to[at++] = AT;
    const domain = this.#domains.text(this.#ownDomain);
    for (let index = 0; index < domain.length; index++) to[at++] = domain[index] ?? 0;
    return at;
  }

  /** Copies the first bytes of the opened address, up to its `@`; gives the offset behind them. */
  copyStart(to: Uint8Array, offset: number, length: number): number {
    const own = this.#own;
    let at = offset;
    const shared = Math.min(length, this.#shared);
    for (let index = 0; index < shared; index++) to[at++] = own[this.#from + index] ?? 0;
    for (let index = 0; index < length - shared; index++) to[at++] = own[this.#rest + index] ?? 0;
    return at;
  }

  /** Whether the address at a position is valid in every attribute; false where that is not sure. */
  isGoodAt(position: number): boolean {
    return ((this.#store.segment(position)[this.#store.offset(position)] ?? 0) & IS_GOOD) !== 0;
  }
}

const NO_BYTES = new Uint8Array(0);
