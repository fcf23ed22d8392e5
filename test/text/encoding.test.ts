import { describe, expect, it } from "vitest";
import { joinBytes } from "../../src/text/bytes.ts";
import { detectEncoding, TextReader, transcodeToUtf8 } from "../../src/text/encoding.ts";
import type { TextFault } from "../../src/text/fault.ts";

const TEXT = "dn: CN=Ågren 日本 😀\r\nmail: a@b\r\n";

async function decode(bytes: Uint8Array, chunkSize: number) {
  const faults: TextFault[] = [];
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
  }
  const parts: Uint8Array[] = [];
  for await (const part of transcodeToUtf8(chunks(), detectEncoding(bytes), (fault) => faults.push(fault)))
    parts.push(part);
  return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(joinBytes(parts)), faults };
}

const littleEndian = Uint8Array.from(Buffer.from(TEXT, "utf16le"));
const bigEndian = Uint8Array.from(Buffer.from(TEXT, "utf16le").swap16());

describe("encodings are told from the first bytes", () => {
  it.each([
    ["UTF-8", Buffer.from(TEXT), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${TEXT}`), "utf-8"],
    ["UTF-16LE with a mark", Uint8Array.from([0xff, 0xfe, ...littleEndian]), "utf-16le"],
    ["UTF-16BE with a mark", Uint8Array.from([0xfe, 0xff, ...bigEndian]), "utf-16be"],
    ["UTF-16LE without a mark", littleEndian, "utf-16le"],
    ["UTF-16BE without a mark", bigEndian, "utf-16be"],
  ])("%s, in chunks of any size", async (_, bytes, encoding) => {
    const input = Uint8Array.from(bytes);
    expect(detectEncoding(input).encoding).toBe(encoding);
    for (const size of [1, 2, 3, 7, 1000]) expect(await decode(input, size)).toEqual({ text: TEXT, faults: [] });
  });

  it("a UTF-16 file that ends in half a character is a fault with its line", async () => {
    const { text, faults } = await decode(littleEndian.subarray(0, -1), 5);
    expect(text.startsWith("dn: CN=Ågren")).toBe(true);
    expect(faults).toEqual([{ type: "fault", code: "utf-16-odd-length", line: 2 }]);
  });
});

describe("pieces of text", () => {
  it("are UTF-8, or else Windows-1252, which is counted", () => {
    const reader = new TextReader();
    expect(reader.decode(Buffer.from("plain"))).toBe("plain");
    expect(reader.decode(Buffer.from("Ågren"))).toBe("Ågren");
    expect(reader.ansiPieces).toBe(0);
    expect(reader.decode(Uint8Array.from([0xc5, 0x67, 0x80]))).toBe("Åg€");
    expect(reader.decode(Uint8Array.from([...Buffer.alloc(100, "a"), 0xe9]))).toMatch(/aé$/);
    expect(reader.ansiPieces).toBe(2);
  });
});
