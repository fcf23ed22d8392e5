import { NumberList } from "./number-list.ts";

/** Keeps the texts of keys; the text that was looked for last is the one in question. */
export interface KeyTexts {
  /** Looks for a text: it is in question from now on. Gives its hash, the same for texts that count as equal. */
  look(bytes: Uint8Array, start: number, end: number): number;
  /** Whether the text at a position counts as equal to the one in question. */
  isAt(position: number): boolean;
  /** Keeps the text in question; gives its position. */
  write(): number;
  /** The hash of the text at a position. */
  hashAt(position: number): number;
}

/** A {@link KeyIndex} as plain data: what a thread hands over. */
export interface PackedKeys {
  readonly size: number;
  readonly slots: Uint32Array<ArrayBuffer>;
  readonly records: readonly Uint32Array<ArrayBuffer>[];
  readonly others: ReadonlyMap<number, readonly OtherHolder[]>;
}

/** Who has a key besides the first, and what was noted with it. */
interface OtherHolder {
  readonly user: number;
  readonly mark: number;
}

/**
 * Finds users by a text of theirs: a hash table of texts, of eight bytes a key and five to eight for its slot. Keys are
 * numbered in the order in which they come. Nearly every key has one holder; the others are kept besides.
 *
 * A text on very many objects is one key; to add it again, or to look it up, takes no longer for that.
 */
export class KeyIndex {
  readonly #texts: KeyTexts;
  /**
   * The number of a key, and 1, and above it as many bits of its hash as there is room for, so that hardly any other key is
   * looked at; 0 where there is none. What does not fit is in the next free slot.
   */
  #slots: Uint32Array<ArrayBuffer>;
  /** Which bits of a slot are those of the number. */
  #numberMask: number;
  /** Of each key two numbers: its first holder, with the mark in the upper bits, and the position of its text. */
  #records: NumberList;
  #size = 0;
  /** How many keys there will be, as far as that can be told. */
  #expected = 0;
  /** Further holders of a key, with their marks. */
  #others = new Map<number, OtherHolder[]>();

  constructor(texts: KeyTexts) {
    this.#texts = texts;
    this.#slots = new Uint32Array(FEWEST);
    this.#numberMask = numberMask(FEWEST);
    this.#records = new NumberList();
  }

  /** Gives the keys as plain data; the index is not to be used any more if they are handed to another thread. */
  pack(): PackedKeys {
    return { size: this.#size, slots: this.#slots, records: this.#records.pack(), others: this.#others };
  }

  /** Makes an index of what {@link pack} gave, without copying it; the texts must be the same. */
  static unpack(texts: KeyTexts, packed: PackedKeys): KeyIndex {
    const index = new KeyIndex(texts);
    index.#size = packed.size;
    index.#slots = packed.slots;
    index.#numberMask = numberMask(packed.slots.length);
    index.#records = new NumberList(packed.records);
    index.#others = new Map(Array.from(packed.others, ([key, holders]) => [key, [...holders]]));
    return index;
  }

  /** How many different keys there are. */
  get size(): number {
    return this.#size;
  }

  /** How many bytes the index takes, its texts aside. */
  get byteLength(): number {
    return this.#slots.byteLength + RECORD * this.#size * Uint32Array.BYTES_PER_ELEMENT;
  }

  /** Tells that the keys so far are such a part of all that will come: above 0, at most 1. */
  expect(part: number): void {
    this.#expected = this.#size / part;
  }

  /**
   * Adds a text of a user, and gives the number of its key. `mark` is 0 to 3; the same user may add a key again, of whose
   * marks the smallest counts.
   */
  add(bytes: Uint8Array, start: number, end: number, user: number, mark: number): number {
    const hash = this.#texts.look(bytes, start, end);
    let slot = this.#slotOf(hash);
    const known = this.#keyIn(slot);
    if (known >= 0) {
      this.addHolder(known, user, mark);
      return known;
    }
    if (this.#size + 1 > MOST_TAKEN * this.#slots.length) {
      this.#grow();
      slot = this.#freeSlot(hash);
    }
    this.#fill(slot, hash, this.#size);
    const key = this.#size++;
    this.#records.set(RECORD * key, user | (mark << MARK_SHIFT));
    this.#records.set(RECORD * key + 1, this.#texts.write());
    return key;
  }

  /** Adds a holder to a key that is known; of one that it has already the smaller mark counts. */
  addHolder(key: number, user: number, mark: number): void {
    if (user === this.holder(key)) {
      if (mark < this.mark(key)) this.#records.set(RECORD * key, user | (mark << MARK_SHIFT));
      return;
    }
    const others = this.#others.get(key);
    // Users come one after the other, so another holder that is known is the last one.
    const last = others?.at(-1);
    if (others === undefined) this.#others.set(key, [{ user, mark }]);
    else if (last?.user !== user) others.push({ user, mark });
    else if (mark < last.mark) others[others.length - 1] = { user, mark };
  }

  /** All holders of a key, in the order in which they were added. */
  holdersOf(key: number): readonly number[] {
    return [this.holder(key), ...this.others(key).map(({ user }) => user)];
  }

  /** Finds a key; -1 if nobody has it. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#keyIn(this.#slotOf(this.#texts.look(bytes, start, end)));
  }

  /** The first holder of a key. */
  holder(key: number): number {
    return this.#records.get(RECORD * key) & MOST_USERS;
  }

  /** What was noted with the first holder. */
  mark(key: number): number {
    return this.#records.get(RECORD * key) >>> MARK_SHIFT;
  }

  /** Where the text of a key is. */
  position(key: number): number {
    return this.#records.get(RECORD * key + 1);
  }

  /** Further holders, in the order in which they were added. */
  others(key: number): readonly OtherHolder[] {
    return this.#others.get(key) ?? NOBODY;
  }

  /** The keys that several users have. */
  shared(): IterableIterator<number> {
    return this.#others.keys();
  }

  /** The key in a slot; -1 if there is none. */
  #keyIn(slot: number): number {
    return ((this.#slots[slot] ?? 0) & this.#numberMask) - 1;
  }

  #fill(slot: number, hash: number, key: number): void {
    this.#slots[slot] = (hash & ~this.#numberMask) | (key + 1);
  }

  /** The slot of the text in question: that of its key, or the free one where it belongs. */
  #slotOf(hash: number): number {
    const slots = this.#slots;
    const mask = this.#numberMask;
    const { length } = slots;
    let slot = firstSlot(hash, length);
    for (let held = slots[slot] ?? 0; held !== 0; held = slots[slot] ?? 0) {
      if (((held ^ hash) & ~mask) === 0 && this.#texts.isAt(this.#records.get(RECORD * (held & mask) - 1))) break;
      if (++slot === length) slot = 0;
    }
    return slot;
  }

  /** The free slot of a text of which it is known that there is none like it. */
  #freeSlot(hash: number): number {
    const { length } = this.#slots;
    let slot = firstSlot(hash, length);
    while (this.#slots[slot] !== 0) if (++slot === length) slot = 0;
    return slot;
  }

  #grow(): void {
    const { length: known } = this.#slots;
    const expected = Math.min((MARGIN * this.#expected) / MOST_TAKEN, MOST_EXPECTED);
    const length = Math.ceil(Math.max(GROWTH * known, expected));
    this.#slots = new Uint32Array(length);
    this.#numberMask = numberMask(length);
    for (let key = 0; key < this.#size; key++) {
      const hash = this.#texts.hashAt(this.position(key));
      this.#fill(this.#freeSlot(hash), hash, key);
    }
  }
}

const NOBODY: readonly OtherHolder[] = [];

const FEWEST = 1024;
/** How many numbers there are of a key. */
const RECORD = 2;
const MARK_SHIFT = 30;
const MOST_USERS = 2 ** MARK_SHIFT - 1;
/** Of four slots three are taken at most. */
const MOST_TAKEN = 0.75;
const GROWTH = 1.5;
/** What is expected is an estimate: a little more is made room for, and not for more than 200 million keys, whatever a file begins with. */
const MARGIN = 1.03;
const MOST_EXPECTED = 2 ** 28;

/** Where in so many slots a hash begins to look: told by a mixture of its bits, for its upper ones stand in the slots. */
function firstSlot(hash: number, slots: number): number {
  return Math.floor((Math.imul(hash, 0x9e3779b1) >>> 0) * 2 ** -32 * slots);
}

/** The bits that the number of a key needs where there are so many slots. */
function numberMask(slots: number): number {
  return 2 ** Math.ceil(Math.log2(slots)) - 1;
}
