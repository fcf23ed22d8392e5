import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectJsonShape, type JsonItem, JsonReader } from "../../src/text/json.ts";

function read(text: string | Uint8Array, chunkSize = Number.POSITIVE_INFINITY): readonly JsonItem[] {
  const bytes = Buffer.from(text as string);
  const shape = detectJsonShape(bytes.toString()) ?? "lines";
  const reader = new JsonReader(shape);
  const items: JsonItem[] = [];
  for (let at = 0; at < bytes.length; at += chunkSize) items.push(...reader.read(bytes.subarray(at, at + chunkSize)));
  return [...items, ...reader.end()];
}

const show = (items: readonly JsonItem[]) =>
  items.map((item) =>
    item.type === "fault"
      ? `${item.line} ${item.code}`
      : `${item.line} ${JSON.stringify(Object.fromEntries(item.properties))}`,
  );

describe("how objects are arranged", () => {
  it.each([
    ['[{"a":1}]', "array"],
    ['  [\n  {"a":1}', "array"],
    ['{"@odata.context":"x","@odata.count":2,"value":[{"a":1}]}', "envelope"],
    ['{ "value": [] }', "envelope"],
    ['{"a":1}\n{"a":2}', "lines"],
    ['{"value":"text","b":[]}', "lines"],
    ["{}", "lines"],
    ["a,b\n", undefined],
    ["{\\rtf1}", undefined],
  ])("%s", (head, shape) => expect(detectJsonShape(head)).toBe(shape));
});

describe("objects", () => {
  const cases: readonly (readonly [what: string, text: string, items: readonly string[]])[] = [
    ["in an array", '[{"a":1},\n {"a":[{"b":"]}"}]}]', ['1 {"a":1}', '2 {"a":[{"b":"]}"}]}']],
    ["in a page", '{"n":1,"value":[{"a":1},{"a":2}]}', ['1 {"a":1}', '1 {"a":2}']],
    ["one on each line", '{"a":1}\r\n{"a":2}\r\n', ['1 {"a":1}', '2 {"a":2}']],
    ["one after the other over several lines", '{\n "a":1\n}\n{\n "a":2\n}\n', ['1 {"a":1}', '4 {"a":2}']],
    ["with quotation marks and backslashes", '[{"a":"\\"}\\\\"},{"b":1}]', ['1 {"a":"\\"}\\\\"}', '1 {"b":1}']],
    [
      "named __proto__ do no harm",
      '[{"__proto__":{"x":1},"constructor":2}]',
      ['1 {"__proto__":{"x":1},"constructor":2}'],
    ],
    ["none", "[]", []],
  ];
  it.each(cases)("%s", (_, text, items) => {
    expect(show(read(text))).toEqual(items);
    for (const size of [1, 2, 3, 5]) expect(show(read(text, size))).toEqual(items);
  });

  it("nothing of a file reaches the prototype of objects", () => {
    read('[{"__proto__":{"polluted":1}}]');
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("one bad object does not cost the others", () => {
  const cases: readonly (readonly [what: string, text: string, items: readonly string[]])[] = [
    [
      "JSON Lines: a quotation mark is missing",
      '{"a":1}\n{"a":2\n{"a":3}\n',
      ['1 {"a":1}', "2 json-invalid-record", '3 {"a":3}'],
    ],
    ["JSON Lines: an open string", '{"a":"1}\n{"a":3}\n', ["1 json-invalid-record", '2 {"a":3}']],
    [
      "indented: a bracket is missing",
      '[\n  {\n    "a": [1\n  },\n  {\n    "a": 2\n  }\n]',
      ["2 json-invalid-record", '5 {"a":2}'],
    ],
    ["a comma is missing in one", '[{"a":1 "b":2},{"a":3}]', ["1 json-invalid-record", '1 {"a":3}']],
    ["the file is cut in an object", '[{"a":1},{"a":', ['1 {"a":1}', "1 json-truncated"]],
    ["the file is cut between objects", '[{"a":1},', ['1 {"a":1}', "1 json-truncated"]],
    ["there is a next page", '{"value":[{"a":1}],"@odata.nextLink":"https://x"}', ['1 {"a":1}', "1 json-more-pages"]],
  ];
  it.each(cases)("%s", (_, text, items) => expect(show(read(text))).toEqual(items));

  it("an object of more than 16 MiB is given up, and the next is read", () => {
    const items = read(`[{"a":"${"x".repeat(17 * 1024 * 1024)}"},\n{"b":1}]`, 1024 * 1024);
    expect(show(items)).toEqual(["1 json-record-too-long", '2 {"b":1}']);
  });
});

describe("laws", () => {
  const value = fc.dictionary(fc.string(), fc.jsonValue());
  it("what JSON.stringify writes is read, whatever the arrangement and the chunks", () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(0, 2),
        (objects, size, indent) => {
          for (const text of [
            JSON.stringify(objects, null, indent),
            JSON.stringify({ value: objects }, null, indent),
            objects.map((one) => JSON.stringify(one)).join("\n"),
          ]) {
            const items = read(text, size);
            expect(
              items.map((item) =>
                item.type === "record" ? JSON.stringify(Object.fromEntries(item.properties)) : item,
              ),
            ).toEqual(objects.map((one) => JSON.stringify(one)));
          }
        },
      ),
    );
  });

  it("arbitrary bytes throw nothing", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 20 }),
        (bytes, size) => void read(bytes, size),
      ),
    );
  });
});
