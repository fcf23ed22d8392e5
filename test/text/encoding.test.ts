import { describe, expect, it } from "vitest";
import { joinBytes } from "../../src/text/bytes.ts";
import { detectEncoding, isKnownEncoding, TextReader, transcodeToUtf8 } from "../../src/text/encoding.ts";
import { fault, type TextFault, type TextFaultCode } from "../../src/text/fault.ts";
import { countNewlines } from "../../src/text/line-ends.ts";

const TEXT = "dn: CN=Ågren 日本 😀\r\nmail: a@b\r\n";

async function decode(bytes: Uint8Array, chunkSize: number) {
  const faults: TextFault[] = [];
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
  }
  const parts: Uint8Array[] = [];
  const note = (code: TextFaultCode) => faults.push(fault(code, 1 + countNewlines(joinBytes(parts))));
  for await (const part of transcodeToUtf8(chunks(), detectEncoding(bytes), note)) parts.push(part);
  return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(joinBytes(parts)), faults };
}

async function decodeAs(bytes: Uint8Array, label: string): Promise<{ text: string }> {
  const encoding = detectEncoding(bytes, label);
  const reader = new TextReader(label);
  const parts: string[] = [];
  async function* chunks() {
    yield bytes;
  }
  for await (const part of transcodeToUtf8(chunks(), encoding, () => undefined)) parts.push(reader.decode(part));
  return { text: parts.join("") };
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

describe("what a file does not tell can be named", () => {
  it.each(["windows-1250", "iso-8859-2", "shift_jis", "gbk"])("%s", async (label) => {
    const bytes = Uint8Array.from([...Buffer.from("dn: CN="), 0xb9, 0xe6, 0xb1, 0xc5, 10]);
    const { text } = await decodeAs(bytes, label);
    expect(text).toBe(new TextDecoder(label).decode(bytes));
  });

  it("UTF-8 stays UTF-8, whatever is named", async () => {
    expect((await decodeAs(Buffer.from(TEXT), "windows-1250")).text).toBe(TEXT);
    expect(detectEncoding(Uint8Array.from([0xff, 0xfe, 65, 0]), "windows-1250").encoding).toBe("utf-16le");
  });

  it("UTF-16 can be named where nothing tells it", async () => {
    const bytes = Uint8Array.from(Buffer.from("日本語", "utf16le"));
    expect((await decodeAs(bytes, "utf-16le")).text).toBe("日本語");
  });

  it("knows which names there are", () => {
    expect(["windows-1250", "UTF-16LE", "latin1", "macintosh"].map(isKnownEncoding)).toEqual([true, true, true, true]);
    expect(["", "ansi2", "replacement", "utf-7"].map(isKnownEncoding)).toEqual([false, false, false, false]);
  });
});

describe("UTF-16 that was appended", () => {
  it.each(["second line,日本\r\n", "ünï,日本\r\nlast,x\r\n"])(
    "is read, and the line named where it begins: %j",
    async (text) => {
      const bytes = Uint8Array.from([...Buffer.from("a,b\r\né,1\r\n"), ...Buffer.from(text, "utf16le")]);
      expect(await decode(bytes, 1000)).toEqual({
        text: `a,b\r\né,1\r\n${text}`,
        faults: [{ type: "fault", code: "encoding-changes", line: 3 }],
      });
    },
  );

  it("is not suspected of bytes that hold a NUL here and there", async () => {
    const bytes = Uint8Array.from([...Buffer.from("dn: CN=a\nx: "), 1, 0, 2, 0, 10, 65, 0, 0, 66, 10]);
    expect((await decode(bytes, 1000)).faults).toEqual([]);
  });
});

describe("pieces of text", () => {
  it("are UTF-8, or else Windows-1252, which is counted", () => {
    const reader = new TextReader();
    expect(reader.decode(Buffer.from("plain"))).toBe("plain");
    expect(reader.decode(Buffer.from("Ågren"))).toBe("Ågren");
    expect(reader.otherPieces).toBe(0);
    expect(reader.decode(Uint8Array.from([0xc5, 0x67, 0x80]))).toBe("Åg€");
    expect(reader.decode(Uint8Array.from([...Buffer.alloc(100, "a"), 0xe9]))).toMatch(/aé$/);
    expect(reader.otherPieces).toBe(2);
  });
});
