import { fourOf, lowestMark, marksOf, wordsOf } from "./find-byte.ts";

const COLON = 58;
const DASH = 45;
const LONGEST_NAME = 40;
/** There are 1024 places for spellings: some hundred attributes are in a directory. */
const PLACE_BITS = 10;
/** What else would be in the same place is read by its letters: a file may be made of names that all have one hash. */
const MOST_IN_PLACE = 4;

/** Characters of attribute names, without options; letters in lower case, 0 for what no name has. */
const NAME = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = byte < 128 ? String.fromCharCode(byte) : "";
  return /[A-Za-z0-9-]/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/** A name as it was written once, four letters in a word; the last word has zeros behind the last letter. */
interface Spelling {
  readonly words: Int32Array;
  readonly length: number;
  readonly hash: number;
  readonly meaning: number;
  readonly next: Spelling | undefined;
}

/**
 * Tells what the name before a colon means. A spelling that was met before is known again by its words, without a look at
 * its letters.
 */
export class LdifNames {
  /** Meanings by name, in lower case. */
  readonly #meanings: ReadonlyMap<string, number>;
  readonly #other: number;
  readonly #spellings: (Spelling | undefined)[] = Array.from({ length: 1 << PLACE_BITS }, () => undefined);
  /** Where the colon is behind the name that was read last. */
  colon = 0;

  /** Any name that has no meaning means `other`. No meaning is -1. */
  constructor(meanings: ReadonlyMap<string, number>, other: number) {
    this.#meanings = meanings;
    this.#other = other;
  }

  /**
   * Reads the name that begins at `start`; gives its meaning, or -1 if there is no plain name with a colon behind it, or less
   * than the line end and the blank line that end a plain record.
   */
  read(words: DataView, start: number): number {
    const pattern = fourOf(COLON);
    const last = Math.min(words.byteLength - 4, start + LONGEST_NAME);
    let hash = 0;
    for (let at = start; at <= last; at += 4) {
      const word = words.getInt32(at, true);
      const colons = marksOf(word, pattern);
      if (colons === 0) {
        hash = mix(hash, word);
        continue;
      }
      const rest = word & (((colons & -colons) >>> 7) - 1);
      const colon = at + lowestMark(colons);
      hash = mix(hash, rest);
      for (let known = this.#spellings[hash >>> (32 - PLACE_BITS)]; known !== undefined; known = known.next) {
        if (known.hash !== hash || known.length !== colon - start || !isWritten(known, words, start, rest)) continue;
        this.colon = colon;
        return known.meaning;
      }
      return this.#learn(words, start, colon, hash);
    }
    return -1;
  }

  #learn(words: DataView, start: number, colon: number, hash: number): number {
    const length = colon - start;
    if (length === 0 || length > LONGEST_NAME || words.getUint8(start) === DASH) return -1;
    let name = "";
    for (let at = start; at < colon; at++) {
      const character = NAME[words.getUint8(at)] ?? 0;
      if (character === 0) return -1;
      name += String.fromCharCode(character);
    }
    this.colon = colon;
    const meaning = this.#meanings.get(name) ?? this.#other;
    this.#remember({ words: wordsBetween(words, start, colon), length, hash, meaning });
    return meaning;
  }

  #remember(spelling: Omit<Spelling, "next">): void {
    const place = spelling.hash >>> (32 - PLACE_BITS);
    const next = this.#spellings[place];
    let known = 0;
    for (let other = next; other !== undefined; other = other.next) known++;
    if (known < MOST_IN_PLACE) this.#spellings[place] = { ...spelling, next };
  }
}

function wordsBetween(words: DataView, start: number, end: number): Int32Array {
  const bytes = new Uint8Array(4 * Math.ceil((end - start) / 4));
  for (let at = start; at < end; at++) bytes[at - start] = words.getUint8(at);
  const own = wordsOf(bytes);
  return Int32Array.from({ length: bytes.length / 4 }, (_, index) => own.getInt32(4 * index, true));
}

function mix(hash: number, word: number): number {
  return Math.imul(hash ^ word, 0x9e3779b1);
}

/** Whether a name is written at `start`; `rest` is what there is of its last word, if that is no whole one. */
function isWritten({ words: known, length }: Spelling, words: DataView, start: number, rest: number): boolean {
  const whole = length >> 2;
  for (let index = 0; index < whole; index++) {
    if (known[index] !== words.getInt32(start + 4 * index, true)) return false;
  }
  return whole === known.length || known[whole] === rest;
}
