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
      "with escaped letters before others and before the end",
      '[{"a":"\\n and \\u0041b","b":"x\\t"},{"c":"\\\\x\\\\"}]',
      ['1 {"a":"\\n and Ab","b":"x\\t"}', '1 {"c":"\\\\x\\\\"}'],
    ],
    [
      "named __proto__ do no harm",
      '[{"__proto__":{"x":1},"constructor":2}]',
      ['1 {"__proto__":{"x":1},"constructor":2}'],
    ],
    ["none", "[]", []],
    [
      "without indentation, with others in them",
      '[\n{\n"a": [\n{\n"b": 1\n},\n{\n"b": {\n}\n}\n],\n"c":\n{\n"d": 1\n}\n},\n{\n"a": 2\n}\n]\n',
      ['2 {"a":[{"b":1},{"b":{}}],"c":{"d":1}}', '17 {"a":2}'],
    ],
    [
      "on lines that begin anywhere",
      '[\n{ "a": [\n{ "b": 1 },\n{ "b": 2 }\n] },\n{ "a": 2 }\n]\n',
      ['2 {"a":[{"b":1},{"b":2}]}', '6 {"a":2}'],
    ],
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
    [
      "without indentation: cut in an array of objects",
      '[\n{\n"a": [\n{\n"b": 1\n},\n{\n"a": [\n{\n"b": 2\n}\n]\n},\n{\n"a": 3\n}\n]',
      ["2 json-invalid-record", '4 {"b":1}', '7 {"a":[{"b":2}]}', '14 {"a":3}'],
    ],
    [
      "without indentation: two are cut behind a name, and the last one as well",
      '[\n{\n"a":\n{\n"b":\n{\n"a": [\n{\n"b": 2\n}\n]\n},\n{\n"c": 3\n},\n{\n"d":',
      ["2 json-invalid-record", "4 json-invalid-record", '6 {"a":[{"b":2}]}', '13 {"c":3}', "17 json-truncated"],
    ],
    [
      "without indentation: cut behind a value",
      '[\n{\n"a": 1,\n{\n"a": [\n{\n"b": 2\n}\n]\n}\n]',
      ["2 json-invalid-record", '4 {"a":[{"b":2}]}'],
    ],
    ["JSON Lines: an array is cut", '{"a":[\n{"a":2}\n{"a":3}\n', ["1 json-invalid-record", '2 {"a":2}', '3 {"a":3}']],
    ["a comma is missing in one", '[{"a":1 "b":2},{"a":3}]', ["1 json-invalid-record", '1 {"a":3}']],
    ["the file is cut in an object", '[{"a":1},{"a":', ['1 {"a":1}', "1 json-truncated"]],
    ["the file is cut between objects", '[{"a":1},', ['1 {"a":1}', "1 json-truncated"]],
    ["there is a next page", '{"value":[{"a":1}],"@odata.nextLink":"https://x"}', ['1 {"a":1}', "1 json-more-pages"]],
  ];
  it.each(cases)("%s", (_, text, items) => {
    for (const size of [1, 2, 7, text.length]) expect(show(read(text, size))).toEqual(items);
  });

  it("in an indented file a damaged object is told of at once", () => {
    const reader = new JsonReader("array");
    const items = reader.read(Buffer.from('[\n  {\n    "a": [\n  {\n    "a": 2\n  },\n'));
    expect(show(items)).toEqual(["2 json-invalid-record", '4 {"a":2}']);
  });

  it("objects that are open everywhere are read again a few times only", () => {
    const objects = 400_000;
    const items = read(`[\n${'{\n"a":[\n'.repeat(objects)}`, 1024 * 1024);
    expect(items).toHaveLength(objects);
    expect(show(items.slice(-2))).toEqual([
      `${2 * objects - 2} json-invalid-record`,
      `${2 * objects + 2} json-truncated`,
    ]);
  });

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
          const indented = JSON.stringify(objects, null, indent);
          for (const text of [
            indented,
            indented.replaceAll(/^ +/gm, ""),
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
