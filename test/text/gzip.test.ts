import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinBytes } from "../../src/text/bytes.ts";
import { gunzip, isGzip } from "../../src/text/gzip.ts";

async function unpack(bytes: Uint8Array, chunkSize = 1000): Promise<{ content: Uint8Array; isDamaged: boolean }> {
  let isDamaged = false;
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
  }
  const parts: Uint8Array[] = [];
  for await (const part of gunzip(chunks(), () => {
    isDamaged = true;
  }))
    parts.push(part);
  return { content: joinBytes(parts), isDamaged };
}

const text = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `line ${index} ${Math.sin(index)}\n`).join(""));
const packed = Uint8Array.from(gzipSync(text));

describe("gzip", () => {
  it("is told by its first bytes", () => {
    expect(isGzip(packed)).toBe(true);
    expect(isGzip(Buffer.from("dn: a"))).toBe(false);
  });

  it("what is packed is unpacked, in chunks of any size", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.integer({ min: 1, max: 500 }), async (bytes, size) => {
        const { content, isDamaged } = await unpack(Uint8Array.from(gzipSync(bytes)), size);
        expect(Buffer.from(content).equals(Buffer.from(bytes))).toBe(true);
        expect(isDamaged).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it.each([0.25, 0.5, 0.9, 0.999])("a file cut at %f of its length gives what comes before", async (part) => {
    const { content, isDamaged } = await unpack(packed.subarray(0, Math.floor(packed.length * part)));
    expect(isDamaged).toBe(true);
    expect(Buffer.from(content).equals(text.subarray(0, content.length))).toBe(true);
    expect(content.length).toBeGreaterThan(text.length * part * 0.8);
  });

  it("several files one behind the other are one, and NULs behind them are nothing", async () => {
    const second = gzipSync("behind\n");
    for (const end of [Buffer.alloc(0), Buffer.alloc(1000)]) {
      const { content, isDamaged } = await unpack(Uint8Array.from(Buffer.concat([packed, second, end])));
      expect(isDamaged).toBe(false);
      expect(Buffer.from(content).equals(Buffer.concat([text, Buffer.from("behind\n")]))).toBe(true);
    }
  });

  it.each([
    ["text", Buffer.from("something else")],
    ["NULs and another file", Buffer.concat([Buffer.alloc(512), gzipSync("behind")])],
    ["a few NULs and another file", Buffer.concat([Buffer.alloc(16), gzipSync("behind")])],
    ["a file that was cut", gzipSync(text).subarray(0, 40)],
  ])("%s behind a file is told, and the file is read", async (_, behind) => {
    for (const size of [999, packed.length]) {
      const { content, isDamaged } = await unpack(Uint8Array.from(Buffer.concat([packed, behind])), size);
      expect(isDamaged).toBe(true);
      expect(Buffer.from(content).equals(text.subarray(0, content.length))).toBe(true);
      expect(content.length).toBeGreaterThan(text.length * 0.9);
    }
  });

  it("NULs and another file are told in chunks of any size", async () => {
    const padded = Uint8Array.from(Buffer.concat([gzipSync("a\n"), Buffer.alloc(100), gzipSync("b\n")]));
    for (let size = 1; size < padded.length; size++) expect((await unpack(padded, size)).isDamaged).toBe(true);
  });

  it("a file whose checksum and length are NULs ends before the next one", async () => {
    const empty = gzipSync("");
    expect(empty.subarray(-8).every((byte) => byte === 0)).toBe(true);
    expect(await unpack(Uint8Array.from(Buffer.concat([empty, packed])))).toMatchObject({ isDamaged: false });
  });

  it("a failure of the source is no damage", async () => {
    async function* failing() {
      yield packed.subarray(0, 1000);
      throw new Error("disk gone");
    }
    const parts = gunzip(failing(), () => undefined);
    await expect(
      (async () => {
        for await (const _ of parts);
      })(),
    ).rejects.toThrow("disk gone");
  });

  it("can be left before its end", async () => {
    async function* chunks() {
      yield packed;
    }
    for await (const part of gunzip(chunks(), () => undefined)) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
  });
});
