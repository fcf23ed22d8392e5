import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordsOf } from "../../src/text/find-byte.ts";
import { LdifNames } from "../../src/text/ldif-names.ts";
import { times } from "../real-parts.ts";

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
const meanings = new Map([
  ["dn", 7],
  ["mail", 8],
  ["mailnickname", 9],
  ["proxyaddresses", 10],
]);
const OTHER = 99;

/** Reads a name as it is defined, without a shortcut. */
function expected(line: string, start: number): readonly [meaning: number, colon: number | undefined] {
  const name = /^([A-Za-z0-9][A-Za-z0-9-]{0,39}):/.exec(line.slice(start))?.[1];
  return name === undefined ? [-1, undefined] : [meanings.get(name.toLowerCase()) ?? OTHER, start + name.length];
}

function read(names: LdifNames, line: string, start: number): readonly [meaning: number, colon: number | undefined] {
  const meaning = names.read(wordsOf(bytes(line)), start);
  return [meaning, meaning === -1 ? undefined : names.colon];
}

describe("names of attributes", () => {
  const name = fc.oneof(
    fc.constantFrom(
      "dn",
      "DN",
      "mail",
      "Mail",
      "mailNickname",
      "proxyAddresses",
      "proxyAddresses;binary",
      "cn",
      "-",
      "",
    ),
    fc.stringMatching(/^[a-zA-Z0-9-]{0,45}$/),
    fc.stringMatching(/^[a-zA-Z;. \n]{0,12}$/),
  );

  it("mean what their letters say, whether they were met before or not", () => {
    const names = new LdifNames(meanings, OTHER);
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(": x\n\n", "::eA==\n", ":\n\n\n", "", ";a: b\n"),
        fc.nat(5),
        (name, rest, before) => {
          const line = `${"#".repeat(before)}${name}${rest}`;
          for (let time = 0; time < 2; time++) expect(read(names, line, before)).toEqual(expected(line, before));
        },
      ),
      { numRuns: times(5000) },
    );
  });

  it("are told apart where one is the beginning of another", () => {
    const names = new LdifNames(meanings, OTHER);
    for (let time = 0; time < 2; time++) {
      for (const [line, meaning] of [
        ["mail: x", 8],
        ["mailN: x", OTHER],
        ["mailNickname: x", 9],
        ["mailNicknames: x", OTHER],
        ["MAILNICKNAME: x", 9],
        ["mai: x", OTHER],
      ] as const) {
        expect(read(names, `${line}\n\n`, 0)[0]).toBe(meaning);
      }
    }
  });

  it("have forty letters at most", () => {
    const names = new LdifNames(meanings, OTHER);
    for (let length = 37; length <= 46; length++) {
      const line = `${"a".repeat(length)}: x\n\n`;
      for (let time = 0; time < 2; time++) expect(read(names, line, 0)).toEqual(expected(line, 0));
    }
  });

  it("are read in a file of more spellings than are remembered", () => {
    const names = new LdifNames(meanings, OTHER);
    for (let number = 0; number < 6000; number++) expect(read(names, `a${number}: x\n\n`, 0)[0]).toBe(OTHER);
    expect(read(names, "Proxyaddresses: x\n\n", 0)).toEqual([10, 14]);
  });

  it("are left to others where the bytes end before a word does, which no plain record does", () => {
    expect(read(new LdifNames(meanings, OTHER), "dn:", 0)[0]).toBe(-1);
    expect(read(new LdifNames(meanings, OTHER), "dn:\n", 0)[0]).toBe(7);
  });
});

describe("names of one hash", () => {
  // A hash begins with 0 and goes on with each word, the last one filled with zeros: (hash xor word) times this number.
  const mix = (hash: number, word: number) => Math.imul(hash ^ word, 0x9e3779b1);
  const word = (text: string) => Buffer.from(text).readInt32LE();
  const text = (value: number) => {
    const letters = Buffer.alloc(4);
    letters.writeInt32LE(value);
    return letters.toString("latin1").replace(/\0+$/, "");
  };

  /** Names of a first word and of what makes the same hash of it, so many of a pattern. */
  function namesOf(
    secondOf: (first: number) => number,
    pattern: RegExp,
    count: number,
  ): [first: string, second: string][] {
    const found: [string, string][] = [];
    for (let number = 0; found.length < count; number++) {
      const first = number.toString(36).padStart(4, "a");
      const second = text(secondOf(word(first)));
      if (pattern.test(second) && first !== "mail") found.push([first, second]);
    }
    return found;
  }

  it("are told apart, and however many they are", () => {
    const hash = mix(mix(mix(0, word("prox")), word("yAdd")), 0);
    const others = namesOf((first) => mix(0, first) ^ mix(0, word("prox")) ^ word("yAdd"), /^[a-zA-Z0-9-]{4}$/, 50);
    for (const [first, second] of others) expect(mix(mix(mix(0, word(first)), word(second)), 0)).toBe(hash);
    const same = ["proxyAdd", ...others.map((words) => words.join(""))];
    const names = new LdifNames(new Map(same.map((name, index) => [name.toLowerCase(), index])), OTHER);
    for (let time = 0; time < 2; time++) {
      for (const [index, name] of same.entries()) expect(read(names, `${name}: x\n\n`, 0)).toEqual([index, 8]);
    }
  });

  it("are told apart where one goes on from the other", () => {
    // The second word takes the hash back to where it was.
    for (const [first, second] of namesOf((first) => mix(0, first) ^ first, /^[a-zA-Z0-9-]{4}$/, 5)) {
      const names = new LdifNames(new Map([[first, 1]]), OTHER);
      expect(read(names, `${first}: x\n\n`, 0)[0]).toBe(1);
      expect(read(names, `${first}${second}: x\n\n`, 0)[0]).toBe(OTHER);
      expect(read(names, `${first}: x\n\n`, 0)[0]).toBe(1);
    }
  });

  it("are told apart where their last words are not whole", () => {
    const last = (first: number) => mix(0, first) ^ mix(0, word("mail")) ^ word("ab\0\0");
    for (const words of namesOf(last, /^[a-z0-9]{2,3}$/, 5)) {
      const names = new LdifNames(new Map([["mailab", 1]]), OTHER);
      expect(read(names, "mailab: x\n\n", 0)[0]).toBe(1);
      expect(read(names, `${words.join("")}: x\n\n`, 0)[0]).toBe(OTHER);
    }
  });
});
