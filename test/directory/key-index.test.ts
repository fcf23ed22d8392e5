import { describe, expect, it } from "vitest";
import { AddressTexts } from "../../src/directory/address-texts.ts";
import { KeyIndex, type KeyTexts } from "../../src/directory/key-index.ts";
import { PlainTexts } from "../../src/directory/plain-texts.ts";

const KEYS = 4000;

const encoder = new TextEncoder();

function add(index: KeyIndex, text: string, user: number, mark = 0): number {
  const bytes = encoder.encode(text);
  return index.add(bytes, 0, bytes.length, user, mark);
}

function find(index: KeyIndex, text: string): number {
  const bytes = encoder.encode(text);
  return index.find(bytes, 0, bytes.length);
}

function indexOf(texts: KeyTexts, keys: readonly string[]): KeyIndex {
  const index = new KeyIndex(texts);
  for (const [user, key] of keys.entries()) add(index, key, user);
  return index;
}

const ways = [
  ["addresses", () => new AddressTexts()],
  ["plain texts", () => new PlainTexts({ fold: true })],
] as const;

describe.each(ways)("an index of keys: %s", (_, makeTexts) => {
  it("finds every key, whatever its letter case, and nothing else", () => {
    const keys = Array.from({ length: KEYS }, (_, number) => `u${number}@contoso.com`);
    const index = indexOf(makeTexts(), keys);
    expect(index.size).toBe(KEYS);
    expect(keys.every((key, user) => index.holder(find(index, key.toUpperCase())) === user)).toBe(true);
    expect(find(index, "u4000@contoso.com")).toBe(-1);
    expect(find(index, "u17@fabrikam.com")).toBe(-1);
  });

  it("has one key for a text that many have, with the surest of a user's marks", () => {
    const index = new KeyIndex(makeTexts());
    expect([add(index, "a@b.c", 0, 2), add(index, "A@b.C", 0, 1), add(index, "a@B.c", 1, 2)]).toEqual([0, 0, 0]);
    add(index, "a@b.c", 1, 0);
    expect([index.mark(0), index.holdersOf(0), index.others(0)]).toEqual([1, [0, 1], [{ user: 1, mark: 0 }]]);
    expect(add(index, "x@b.c", 2, 3)).toBe(1);
    expect([index.holder(1), index.mark(1), [...index.shared()]]).toEqual([2, 3, [0]]);
  });

  it("makes room at once for what is expected, and is the same", () => {
    const [one, other] = [new KeyIndex(makeTexts()), new KeyIndex(makeTexts())];
    for (let number = 0; number < KEYS; number++) {
      add(one, `u${number}@contoso.com`, number);
      add(other, `u${number}@contoso.com`, number);
      if (number === 500) other.expect(500 / KEYS);
    }
    expect([find(other, "U3999@contoso.com"), other.size]).toEqual([find(one, "u3999@contoso.com"), one.size]);
    expect(other.byteLength).toBeLessThan(one.byteLength);
  });

  it("has hashes of its own, so that no file can be made of keys that all have one", () => {
    const key = encoder.encode("ana@contoso.com");
    const hashes = Array.from({ length: 20 }, () => makeTexts().look(key, 0, key.length));
    expect(new Set(hashes).size).toBeGreaterThan(15);
    const texts = makeTexts();
    expect(texts.look(key, 0, key.length)).toBe(texts.look(encoder.encode("ANA@contoso.COM"), 0, key.length));
    expect(texts.hashAt(texts.write())).toBe(texts.look(key, 0, key.length));
  });
});

describe("plain texts", () => {
  it("count letter by letter if that is asked for", () => {
    const index = indexOf(new PlainTexts({ fold: false }), ["AQ==", "aq=="]);
    expect([find(index, "AQ=="), find(index, "aq=="), find(index, "Aq==")]).toEqual([0, 1, -1]);
  });
});

describe("the texts of addresses", () => {
  /** A text as it is kept. */
  function textAt(texts: AddressTexts, position: number): string {
    texts.open(position);
    const bytes = new Uint8Array(texts.wholeLength);
    expect(texts.copy(bytes, 0)).toBe(bytes.length);
    return new TextDecoder().decode(bytes);
  }

  it("are given back to the letter, be they kept in terms of each other or whole", () => {
    const texts = new AddressTexts();
    const index = new KeyIndex(texts);
    const long = `${"x".repeat(3_000_000)}@contoso.com`;
    const keys = [
      "ana.costa@contoso.com",
      "Ana.Costa2@Contoso.com",
      "ana.costa2@fabrikam.com",
      "ana.co@b.c",
      "a@b.c",
      long,
    ];
    keys.forEach((key, user) => {
      if (user === 4) texts.begin();
      add(index, key, user);
    });
    expect(keys.map((_, key) => textAt(texts, index.position(key)))).toEqual(keys);
    const copy = new AddressTexts(structuredClone(texts.pack()));
    const unpacked = KeyIndex.unpack(copy, structuredClone(index.pack()));
    expect(keys.map((key) => textAt(copy, unpacked.position(find(unpacked, key.toUpperCase()))))).toEqual(keys);
    expect(find(unpacked, `y${long}`)).toBe(-1);
  });

  it("are found where there are more domains than have a number", () => {
    const texts = new AddressTexts();
    const index = new KeyIndex(texts);
    const keys = Array.from({ length: 17_000 }, (_, number) => `u@D${number}.example.org`);
    for (const [user, key] of keys.entries()) add(index, key, user);
    expect(keys.every((key, user) => find(index, key.toLowerCase()) === user && find(index, key) === user)).toBe(true);
    expect(index.size).toBe(keys.length);
    expect(find(index, "u@d17000.example.org")).toBe(-1);
  });
});
