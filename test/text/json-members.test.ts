import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonMember, readJsonMembers } from "../../src/text/json-members.ts";

async function readAll(text: string, wanted: readonly string[], size = 3): Promise<readonly JsonMember[]> {
  const bytes = new TextEncoder().encode(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const found: JsonMember[] = [];
  for await (const member of readJsonMembers(pieces(), new Set(wanted))) found.push(member);
  return found;
}

/** What should be read of an object: its members, those that are lists item by item. */
function membersOf(value: Readonly<Record<string, unknown>>): readonly JsonMember[] {
  return Object.entries(value).flatMap(([name, own]): JsonMember[] =>
    Array.isArray(own)
      ? [{ type: "list", name }, ...own.map((item) => ({ type: "item", name, value: item }) as const)]
      : [{ type: "member", name, value: own }],
  );
}

describe("readJsonMembers", () => {
  it("reads what JSON.stringify writes, however it is cut into pieces", async () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const document = fc
      .dictionary(fc.string(), value)
      .map((own): Record<string, unknown> => JSON.parse(JSON.stringify(own)));
    await fc.assert(
      fc.asyncProperty(
        document,
        fc.constantFrom(undefined, 2),
        fc.integer({ min: 1, max: 9 }),
        async (own, indent, size) => {
          const text = JSON.stringify(own, null, indent);
          expect(await readAll(text, Object.keys(own), size)).toEqual(membersOf(own));
        },
      ),
    );
  });

  it("passes over what is not asked for, with all that is in it", async () => {
    const text = JSON.stringify({ a: [{ b: [1, "]}"] }], b: { c: ['"'] }, d: [2, [3]], e: "\\" });
    expect(await readAll(`\ufeff ${text}\n`, ["d"])).toEqual(membersOf({ d: [2, [3]] }));
  });

  it.each([
    ["", "cut"],
    ["a,b", "no object"],
    ["[1]", "no object"],
    ['"x"', "cut"],
    ['{"d":[1,2', "cut"],
    ['{"d":[1,]}', "JSON"],
    ['{"d":[1 2]}', "JSON"],
    ['{"d":[{]}', "cut"],
    ['{"d":x}', "JSON"],
    ['{"d"}', "no value"],
    ['{"d":[1]x}', "behind the list"],
    ['{"d":[1]}{', "behind the end"],
  ])("refuses %j", async (text, reason) => {
    await expect(readAll(text, ["d"])).rejects.toThrow(SyntaxError);
    await expect(readAll(text, ["d"])).rejects.toThrow(reason);
  });
});
