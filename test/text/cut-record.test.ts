import { describe, expect, it } from "vitest";
import { CutRecord } from "../../src/text/cut-record.ts";

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
const text = (joined: ReturnType<CutRecord["join"]>) => joined && [Buffer.from(joined.record).toString(), joined.taken];

describe("a record that the end of a chunk cuts", () => {
  it("is held if all of it is there but its blank line, and not if that is there too", () => {
    for (const [chunk, isHeld] of [
      ["dn: a", true],
      ["dn: a\n", true],
      ["dn: a\r\n\r", true],
      ["dn: a\nb\n\n", false],
      ["dn: a\r\n\r\n", false],
      ["", false],
      ["x".repeat(64 * 1024 + 1), false],
    ] as const) {
      const cut = new CutRecord();
      expect(cut.hold(bytes(`12${chunk}`), 2)).toBe(isHeld);
      expect(cut.bytes).toEqual(bytes(isHeld ? chunk : ""));
    }
  });

  it.each([
    ["dn: a", "b\n\nrest", "dn: ab\n\n", 3],
    ["dn: a\n", "\nrest", "dn: a\n\n", 1],
    ["dn: a\r\n\r", "\nrest", "dn: a\r\n\r\n", 1],
    ["dn: a\r", "\n\r\nrest\n\n", "dn: a\r\n\r\n", 3],
    ["dn: a\r\n", "\r\nrest", "dn: a\r\n\r\n", 2],
  ])("is joined with the rest of it: %j and %j", (held, chunk, record, taken) => {
    const cut = new CutRecord();
    cut.hold(bytes(held), 0);
    expect(text(cut.join(bytes(chunk)))).toEqual([record, taken]);
    expect(cut.bytes).toHaveLength(0);
  });

  it("is held on as long as it goes on, up to a length, and then given as far as it was held", () => {
    const cut = new CutRecord();
    cut.hold(bytes("dn: a\n"), 0);
    for (const more of ["b", "\r", "\n", "c\n"]) expect(cut.join(bytes(more))).toBeUndefined();
    expect(text(cut.join(bytes("x".repeat(64 * 1024))))).toEqual(["dn: a\nb\r\nc\n", 0]);
    expect(cut.bytes).toHaveLength(0);
  });

  it("is given as it is at the end", () => {
    const cut = new CutRecord();
    cut.hold(bytes("dn: a"), 0);
    expect(Buffer.from(cut.release()).toString()).toBe("dn: a");
    expect(cut.bytes).toHaveLength(0);
  });
});
