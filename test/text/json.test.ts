import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJson, type JsonItem, JsonReader } from "../../src/text/json.ts";

function read(text: string | Uint8Array, chunkSize = Number.POSITIVE_INFINITY): readonly JsonItem[] {
  const bytes = Buffer.from(text as string);
  const reader = new JsonReader();
  const items: (readonly JsonItem[])[] = [];
  for (let at = 0; at < bytes.length; at += chunkSize) items.push(reader.read(bytes.subarray(at, at + chunkSize)));
  return [...items, reader.end()].flat();
}

const show = (items: readonly JsonItem[]) =>
  items.map((item) =>
    item.type === "fault"
      ? `${item.line} ${item.code}`
      : `${item.line} ${JSON.stringify(Object.fromEntries(item.properties))}`,
  );

describe("what may be JSON", () => {
  it.each([
    ['[{"a":1}]', true],
    ['  [\n  {"a":1}', true],
    ['{ "value": [] }', true],
    ['{"a":1}\n{"a":2}', true],
    ["{}", true],
    ["a,b\n", false],
    ["{\\rtf1}", false],
  ])("%s", (head, expected) => expect(isJson(head)).toBe(expected));
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
      ["2 json-invalid-record", '7 {"a":[{"b":2}]}', '14 {"a":3}'],
    ],
    [
      "without indentation: two are cut behind a name, and the last one as well",
      '[\n{\n"a":\n{\n"a":\n{\n"a": [\n{\n"b": 2\n}\n]\n},\n{\n"a": 3\n},\n{\n"d":',
      ["2 json-invalid-record", '13 {"a":3}', "17 json-truncated"],
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

  it("an object that takes the others for its own is told when it is longer than any may be", () => {
    const reader = new JsonReader();
    const others = Buffer.from(`{\n"a": "${"x".repeat(500)}"\n},\n`.repeat(2000));
    const items = [reader.read(Buffer.from('[\n{\n"a": [\n'))];
    for (let read = 0; read < 17 * 1024 * 1024; read += others.length) items.push(reader.read(others));
    const [first, second, ...rest] = items.flat();
    expect(first).toMatchObject({ code: "json-record-too-long", line: 2 });
    expect(second).toMatchObject({ type: "record", line: 4 });
    expect(rest.length).toBeGreaterThan(30_000);
    expect(rest.every(({ type }) => type === "record")).toBe(true);
  });

  it("objects that are open everywhere are read again once", () => {
    const objects = 100_000;
    const items = read(`[\n${'{\n"a":[\n'.repeat(objects)}`, 1024 * 1024);
    const codes = new Set(items.map((item) => item.type === "fault" && item.code));
    expect([...codes].sort()).toEqual(["json-invalid-record", "json-nested-too-deep", "json-truncated"]);
    expect(items.at(-1)).toMatchObject({ line: 2 * objects + 2, code: "json-truncated" });
  });

  it("an object of more than 16 MiB is given up, and the next is read", () => {
    const items = read(`[{"a":"${"x".repeat(17 * 1024 * 1024)}"},\n{"b":1}]`, 1024 * 1024);
    expect(show(items)).toEqual(["1 json-record-too-long", '2 {"b":1}']);
  });
});

describe("what stands between objects is told", () => {
  const cases: readonly (readonly [what: string, text: string, items: readonly string[]])[] = [
    [
      "a bracket too many closes the list",
      '[{"a":1},{"a":2}]\n,{"a":3}]',
      ['1 {"a":1}', '1 {"a":2}', '2 {"a":3}', "2 json-stray-text"],
    ],
    ["a brace too many", '[{"a":1}},\n{"a":2}]', ['1 {"a":1}', "1 json-stray-text", '2 {"a":2}']],
    [
      "a list in the list",
      '[{"a":1},[{"a":2},\n{"a":3}],{"a":4}]',
      ['1 {"a":1}', "1 json-nested-list", '1 {"a":2}', '2 {"a":3}', '2 {"a":4}'],
    ],
    ["a list around the list", '[[{"a":1}],\n{"a":2}]', ["1 json-nested-list", '1 {"a":1}', '2 {"a":2}']],
    ["the list was not opened", '{"a":1},\n{"a":2}]', ['1 {"a":1}', '2 {"a":2}', "2 json-stray-text"]],
    [
      "an object was not opened",
      '[{"a":1},\n"a":[{"b":2}]},\n{"a":3}]',
      ['1 {"a":1}', "2 json-stray-text", '3 {"a":3}'],
    ],
    ["an object was not closed", '[{"a":1,"b":[{"c":1}],\n{"a":3}]', ["1 json-invalid-record", '2 {"a":3}']],
    [
      "a list in an object was not closed",
      '[{"a":[1,{"b":1},{"a":2},\n{"a":3}]',
      ["1 json-invalid-record", '1 {"a":2}', '2 {"a":3}'],
    ],
    [
      "a list in an object was closed twice",
      '[{"a":[1]],"b":[{"c":1}]},\n{"a":3}]',
      ["1 json-invalid-record", '2 {"a":3}'],
    ],
    [
      "a quotation mark was lost",
      '[{"a":"1","b":"2,"c":[3]},{"a":"2","b":"x"},\n{"a":"3","b":"x"}]',
      ["1 json-invalid-record", '1 {"a":"2","b":"x"}', '2 {"a":"3","b":"x"}'],
    ],
    ["values that are no objects", '[{"a":1},null,"x",\n5,{"a":2}]', ['1 {"a":1}', "1 json-stray-text", '2 {"a":2}']],
    ["NULs", '[{"a":1},\n\0\0\0{"a":2}]', ['1 {"a":1}', "2 json-stray-text", '2 {"a":2}']],
    [
      "two objects that lost what stood between them",
      '[{"a":1,"b":2,"a":3,"b":4},{"a":5}]',
      ["1 json-repeated-name", '1 {"a":5}'],
    ],
    [
      "a list of a page closed too early",
      '{"value":[{"a":1}],\n{"a":2}],"@odata.nextLink":"x"}',
      ['1 {"a":1}', "2 json-stray-text", '2 {"a":2}', "2 json-more-pages"],
    ],
    [
      "another name behind damage",
      '[{"a":1},{"a":[}, {"b":2}, {"a":3}]',
      ['1 {"a":1}', "1 json-invalid-record", '1 {"a":3}'],
    ],
  ];
  it.each(cases)("%s", (_, text, items) => {
    for (const size of [1, 2, 7, text.length]) expect(show(read(text, size))).toEqual(items);
  });

  it.each([
    ["a comma too many, or too few", '[{"a":1},,{"a":2} {"a":3},]'],
    ["byte order marks", '\ufeff{"a":1}\n\ufeff{"a":2}\n\ufeff{"a":3}\n'],
    ["a Ctrl-Z at the end", '[{"a":1},{"a":2},{"a":3}]\u001a'],
    ["lists that follow each other", '[{"a":1},{"a":2}]\n[{"a":3}]'],
  ])("but not %s", (_, text) => {
    const lines = show(read(text, 1)).map((line) => line.slice(2));
    expect(lines).toEqual(['{"a":1}', '{"a":2}', '{"a":3}']);
  });
});

describe("pages", () => {
  const next = '"@odata.nextLink":"https://graph.microsoft.com/x"';
  const cases: readonly (readonly [what: string, text: string, items: readonly string[]])[] = [
    ["a next one is named before the list", `{${next},"value":[{"a":1}]}`, ['1 {"a":1}', "1 json-more-pages"]],
    ["the last of several", `{"value":[{"a":1}],${next}}\n{"value":[{"a":2}]}`, ['1 {"a":1}', '2 {"a":2}']],
    [
      "several in a list",
      `[{"@odata.context":"x","value":[{"a":1}],${next}},\n{"value":[{"a":2}]}]`,
      ['1 {"a":1}', '2 {"a":2}'],
    ],
    [
      "the last of several is missing",
      `{"value":[{"a":1}],${next}}\n{"value":[],${next}}`,
      ['1 {"a":1}', "2 json-more-pages"],
    ],
    ["there is no next one", '{"value":[{"a":1}],"@odata.nextLink":null}', ['1 {"a":1}']],
    [
      "the rest of the page is cut",
      `{"value":[{"a":1}],${next},"x":`,
      ['1 {"a":1}', "1 json-truncated", "1 json-more-pages"],
    ],
    [
      "the last object is damaged",
      `{"value":[{"a":1},{"a":[}],${next}}`,
      ['1 {"a":1}', "1 json-invalid-record", "1 json-more-pages"],
    ],
    ["other properties before the list", '{"x":[1],"y":{"z":2},"value":[{"a":1}],"z":3}', ['1 {"a":1}']],
    ["as many as they say", '{"@odata.count":2,"value":[{"a":1}]}{"value":[{"a":2}]}', ['1 {"a":1}', '1 {"a":2}']],
    [
      "fewer than they say",
      '{"@odata.count":3,"value":[{"a":1}]}{"value":[{"a":2}]}',
      ['1 {"a":1}', '1 {"a":2}', "1 json-count-differs"],
    ],
    ["a list of PowerShell", '{"value":[{"a":1},{"a":2}],"Count":2}', ['1 {"a":1}', '1 {"a":2}']],
    ["a list of PowerShell that lost some", '{"value":[{"a":1}],"Count":2}', ['1 {"a":1}', "1 json-count-differs"]],
    [
      "a list of an object is no page",
      '[{"a":1,"b":{"value":[{"c":1}],"Count":1}},{"a":2,"value":["x"]}]',
      ['1 {"a":1,"b":{"value":[{"c":1}],"Count":1}}', '1 {"a":2,"value":["x"]}'],
    ],
  ];
  it.each(cases)("%s", (_, text, items) => {
    for (const size of [1, 3, text.length]) expect(show(read(text, size))).toEqual(items);
  });

  it("a next one is named behind many objects", () => {
    const objects = Array.from({ length: 20_000 }, (_, index) => `{"a":${index}}`).join(",          \n");
    expect(show(read(`{"value":[${objects}],${next}}`, 65_536)).at(-1)).toBe("20000 json-more-pages");
  });
});

describe("what is nested", () => {
  it.each([513, 4_000, 1_000_000])(
    "%d lists or objects in an object: it is left out, and the others are read",
    (depth) => {
      for (const [open, close] of [
        ["[", "]"],
        ['{"b":', "}"],
      ] as const) {
        const nested = `${open.repeat(depth)}1${close.repeat(depth)}`;
        const items = show(read(`[{"a":1},\n{"a":${nested}},\n{"a":3}]`, 65_536));
        expect(items).toEqual(['1 {"a":1}', "2 json-nested-too-deep", '3 {"a":3}']);
      }
    },
  );

  it("500 are read", () => {
    expect(read(`{"a":${"[".repeat(500)}${"]".repeat(500)}}`)).toMatchObject([{ type: "record", line: 1 }]);
  });

  it("a million lists around the objects", () => {
    expect(show(read(`${"[".repeat(1_000_000)}{"a":1}`, 65_536))).toEqual([
      "1 json-nested-list",
      '1 {"a":1}',
      "1 json-truncated",
    ]);
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
