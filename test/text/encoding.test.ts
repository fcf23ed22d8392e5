import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinBytes } from "../../src/text/bytes.ts";
import { detectEncoding, isKnownEncoding, TextReader, transcodeToUtf8 } from "../../src/text/encoding.ts";
import { fault, type TextFault, type TextFaultCode } from "../../src/text/fault.ts";
import { countNewlines } from "../../src/text/line-ends.ts";
import { randomNumbers } from "../fuzz/random.mjs";
import { times } from "../real-parts.ts";

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

describe("text of bytes that was appended to UTF-16", () => {
  const begin = "a,b\r\nÅgren 日本,1\r\n";
  const appended: readonly (readonly [what: string, bytes: Buffer, text: string])[] = [
    ["UTF-8", Buffer.from("third,日本\r\nfourth,2\r\n"), "third,日本\r\nfourth,2\r\n"],
    ["UTF-8 with a mark", Buffer.from("\ufeffthird,日本\r\n"), "\ufeffthird,日本\r\n"],
    ["UTF-8 of other scripts", Buffer.from(`${"Иванов Иван,".repeat(9)}\n`), `${"Иванов Иван,".repeat(9)}\n`],
    [
      "ANSI",
      Buffer.from("jos\u00e9,\u00e9\r\nfourth row,and more of it\r\n", "latin1"),
      "jos\ufffd,\ufffd\r\nfourth row,and more of it\r\n",
    ],
  ];

  it.each(appended)("%s is read, and the line named where it begins", async (_, bytes, text) => {
    for (const isBig of [false, true]) {
      const wide = Buffer.from(`\ufeff${begin}`, "utf16le");
      const whole = Uint8Array.from(Buffer.concat([isBig ? wide.swap16() : wide, bytes]));
      for (const size of [1, 3, 7, 64, 1000]) {
        expect(await decode(whole, size)).toEqual({
          text: `${begin}${text}`,
          faults: [{ type: "fault", code: "encoding-changes", line: 3 }],
        });
      }
    }
  });

  it("begins a line, also where the line before has no end, and UTF-16 may follow again", async () => {
    const parts = [
      Buffer.from("\ufefffirst line,1", "utf16le"),
      Buffer.from(`second line,2\n${"third,3,".repeat(9)}\n`),
      Buffer.from("\ufefffourth line,4\n", "utf16le"),
      Buffer.from("the fifth line,5\n"),
    ];
    for (const size of [1, 5, 1000]) {
      const { text, faults } = await decode(Uint8Array.from(Buffer.concat(parts)), size);
      expect(text).toBe(`first line,1\nsecond line,2\n${"third,3,".repeat(9)}\nfourth line,4\nthe fifth line,5\n`);
      expect(faults.map(({ line }) => line)).toEqual([2, 4, 5]);
    }
  });

  it("is not suspected of other scripts, be a line as long as it likes", async () => {
    const scripts = ["日本語の文字", "한국어문장", "Кириллица", "😀😀😀"];
    for (const script of scripts) {
      const text = `a,b\r\n${script.repeat(100)}\r\n${script}\n${script}`;
      const bytes = Uint8Array.from(Buffer.from(`\ufeff${text}`, "utf16le"));
      for (const size of [1, 50, 10_000]) expect(await decode(bytes, size)).toEqual({ text, faults: [] });
    }
  });

  it("is not suspected of any letters of Chinese", async () => {
    const random = randomNumbers(20_261_127);
    const line = () =>
      Array.from({ length: 1 + random(200) }, () => String.fromCharCode(0x4e00 + random(0x5200))).join("");
    const text = Array.from({ length: 2000 }, () => `${line()}\n`).join("");
    const bytes = Uint8Array.from(Buffer.from(`\ufeffa,b\n${text}`, "utf16le"));
    expect((await decode(bytes, 10_000)).faults).toEqual([]);
  });

  it("a Ctrl-Z alone is the end of the text", async () => {
    const bytes = Uint8Array.from([...Buffer.from("\ufeffa,b\r\n", "utf16le"), 26]);
    expect(await decode(bytes, 5)).toEqual({ text: "a,b\r\n\u001a", faults: [] });
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

describe("files that change their encoding", () => {
  const words = fc.constantFrom(
    "a",
    "xl/work",
    "DN,objectClass,cn\r\n",
    "\n",
    "\r",
    "é漢",
    "\0",
    "\u0800x",
    "smtp:ana@contoso.com",
  );
  const text = fc.array(words, { minLength: 1, maxLength: 14 }).map((all) => all.join(""));
  const part = fc.tuple(text, fc.nat(5), fc.nat(200)).map(([one, form, length]) => {
    if (form < 2) return Buffer.from(one);
    const wide = Buffer.from(one, "utf16le");
    if (form === 2) return Buffer.concat([Buffer.of(0xff, 0xfe), wide]);
    if (form === 3) return wide.swap16();
    return form === 4 ? wide.subarray(0, 1 + length) : wide;
  });
  const file = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => Uint8Array.from(Buffer.concat(parts)));

  it("are decoded the same, wherever the pieces are cut", async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 70 }), async (bytes, size) => {
        expect(await decode(bytes, size)).toEqual(await decode(bytes, bytes.length));
      }),
      { numRuns: times(20_000) },
    );
  });
});
