import { describe, expect, it } from "vitest";
import { endsLinesWithReturn, returnsToNewlines } from "../../src/text/line-ends.ts";

describe("lines that end with a carriage return alone", () => {
  it.each([
    ["a\rb\rc\nd", true],
    ["a\rb", true],
    ["a\r\nb\r\n", false],
    ["a\nb\n", false],
    ["dn: a\rb\nc\n", false],
    ["a", false],
  ])("%j: %s", (head, expected) => expect(endsLinesWithReturn(head)).toBe(expected));

  it("become lines of their own", async () => {
    async function* chunks() {
      yield Buffer.from("a\rb");
      yield Buffer.from("\rc");
    }
    let text = "";
    for await (const chunk of returnsToNewlines(chunks())) text += Buffer.from(chunk).toString();
    expect(text).toBe("a\nb\nc");
  });
});
