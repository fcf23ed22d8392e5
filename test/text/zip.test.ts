import { describe, expect, it } from "vitest";
import { joinBytes } from "../../src/text/bytes.ts";
import { isBomb, isZip, readZipDirectory, unpackEntry, type ZipEntry } from "../../src/text/zip.ts";
import { zipOf } from "../containers.ts";

const text = "UserPrincipalName,ProxyAddresses\n".repeat(2000);
const archive = zipOf({ "a/users.csv": text, "ä.txt": "x", empty: "" });

function entriesOf(bytes: Uint8Array): readonly ZipEntry[] {
  const directory = readZipDirectory(bytes);
  if ("fault" in directory) throw new Error(directory.fault);
  return directory.entries;
}

function unpack(bytes: Uint8Array, entry: ZipEntry): { readonly content: string; readonly isDamaged: boolean } {
  let isDamaged = false;
  const pieces = [
    ...unpackEntry(bytes, entry, () => {
      isDamaged = true;
    }),
  ];
  return { content: new TextDecoder().decode(joinBytes(pieces)), isDamaged };
}

/** The same archive with four bytes at a place behind a signature of the directory changed. */
function withNumber(bytes: Uint8Array, signature: number, offset: number, value: number): Uint8Array {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  for (let at = 0; at + 4 < changed.length; at++) {
    if (view.getUint32(at, true) === signature) {
      view.setUint32(at + offset, value, true);
      return changed;
    }
  }
  throw new Error("the signature is not there");
}

const ENTRY = 0x02014b50;

describe("a ZIP archive", () => {
  it("is known by its first bytes", () => {
    expect(isZip(archive)).toBe(true);
    expect(isZip(new TextEncoder().encode("PK,Name\n"))).toBe(false);
  });

  it.each([0, 6] as const)("gives its files, packed at level %s", (level) => {
    const bytes = zipOf({ "a/users.csv": text, "ä.txt": "x", empty: "" }, level);
    const entries = entriesOf(bytes);
    expect(entries.map(({ name, size }) => [name, size])).toEqual([
      ["a/users.csv", text.length],
      ["ä.txt", 1],
      ["empty", 0],
    ]);
    expect(entries.map((entry) => unpack(bytes, entry))).toEqual([
      { content: text, isDamaged: false },
      { content: "x", isDamaged: false },
      { content: "", isDamaged: false },
    ]);
  });

  it("may have something before it, as a program that unpacks itself has", () => {
    const bytes = joinBytes([new Uint8Array(1000), archive]);
    expect(entriesOf(bytes).map((entry) => unpack(bytes, entry).content.length)).toEqual([text.length, 1, 0]);
  });

  it("without its end says so", () => {
    expect(readZipDirectory(archive.subarray(0, -30))).toHaveProperty("fault");
  });

  it("whose files overlap is refused", () => {
    const [first] = entriesOf(archive);
    const bytes = withNumber(archive, ENTRY, 20, (first?.packedSize ?? 0) + 20);
    expect(readZipDirectory(bytes)).toEqual({ fault: expect.stringContaining("overlap") });
  });

  it("of more files than anybody exports is refused", () => {
    const many = zipOf(Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`${index}`, ""])));
    expect(readZipDirectory(many)).toEqual({ fault: expect.stringContaining("1000") });
  });

  it("that would unpack to very much is told", () => {
    const [usual, ...rest] = entriesOf(withNumber(archive, ENTRY, 24, 2_000_000_000));
    expect([usual, ...rest].map((entry) => entry !== undefined && isBomb(entry))).toEqual([true, false, false]);
  });

  it("never gives more than its directory says", () => {
    const bytes = withNumber(archive, ENTRY, 24, 100);
    const [entry] = entriesOf(bytes);
    expect(entry && unpack(bytes, entry)).toEqual({ content: text.slice(0, 100), isDamaged: true });
  });

  it("with large numbers has them behind the names", () => {
    const name = new TextEncoder().encode("a");
    const large = new Uint8Array(20);
    const view = new DataView(large.buffer);
    view.setUint16(0, 1, true);
    view.setUint16(2, 16, true);
    view.setBigUint64(4, 3n, true);
    view.setBigUint64(12, 3n, true);
    const plain = zipOf({ a: "abc" }, 0);
    const at = plain.findLastIndex(
      (_, index) => new DataView(plain.buffer).getUint32(Math.min(index, plain.length - 4), true) === ENTRY,
    );
    const header = plain.slice(at, at + 46);
    const headerView = new DataView(header.buffer);
    headerView.setUint32(20, 0xffffffff, true);
    headerView.setUint32(24, 0xffffffff, true);
    headerView.setUint16(30, large.length, true);
    const end = plain.slice(at + 46 + name.length);
    new DataView(end.buffer).setUint32(12, 46 + name.length + large.length, true);
    const bytes = joinBytes([plain.slice(0, at), header, name, large, end]);
    expect(entriesOf(bytes).map((entry) => unpack(bytes, entry))).toEqual([{ content: "abc", isDamaged: false }]);
  });

  it.each([0, 6] as const)("is told as damaged wherever a bit of a file is flipped, packed at level %s", (level) => {
    const users = "UserPrincipalName\nana@contoso.com\nbo@contoso.com\n";
    const bytes = zipOf({ "users.csv": users }, level);
    const [entry] = entriesOf(bytes);
    if (entry === undefined) throw new Error("nothing is in it");
    for (let at = 30 + "users.csv".length; at < 30 + "users.csv".length + entry.packedSize; at++) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 4;
      // The last bits of the last byte mean nothing.
      const { content, isDamaged } = unpack(flipped, entry);
      expect(isDamaged || (content === users && at === 29 + "users.csv".length + entry.packedSize), `byte ${at}`).toBe(
        true,
      );
    }
  });
});
