import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvReader, type Delimiter } from "../../src/text/csv.ts";
import { detectCsvDialect } from "../../src/text/csv-dialect.ts";

const encoder = new TextEncoder();

/** Reads CSV in chunks of a size; shows rows as `[line, ...cells]` and faults as `line code`. */
function read(input: string | Uint8Array, delimiter: Delimiter = ",", chunkSize = Number.POSITIVE_INFINITY) {
  const bytes = typeof input === "string" ? encoder.encode(input) : input;
  const reader = new CsvReader(delimiter);
  const items = [];
  for (let at = 0; at < bytes.length; at += chunkSize) items.push(reader.read(bytes.subarray(at, at + chunkSize)));
  items.push(reader.end());
  return items.flat().map((item) => (item.type === "row" ? [item.line, ...item.cells] : `${item.line} ${item.code}`));
}

describe("rows", () => {
  const cases: readonly (readonly [rule: string, csv: string, rows: readonly unknown[]])[] = [
    [
      "RFC 4180 2.1: records end in CRLF",
      "a,b\r\nc,d\r\n",
      [
        [1, "a", "b"],
        [2, "c", "d"],
      ],
    ],
    [
      "RFC 4180 2.2: the last record may lack it",
      "a,b\nc,d",
      [
        [1, "a", "b"],
        [2, "c", "d"],
      ],
    ],
    ["RFC 4180 2.5: cells in quotation marks", '"a","b"\r\n', [[1, "a", "b"]]],
    [
      "RFC 4180 2.6: delimiter and line ends inside",
      '"a,b","c\r\nd"\r\ne,f\r\n',
      [
        [1, "a,b", "c\r\nd"],
        [3, "e", "f"],
      ],
    ],
    ["RFC 4180 2.7: a doubled quotation mark", '"a""b",""""\r\n', [[1, 'a"b', '"']]],
    ["null and empty of PowerShell", 'a,,""\r\n', [[1, "a", "", ""]]],
    ["a quotation mark inside an unquoted cell", 'a"b,5" disk\n', [[1, 'a"b', '5" disk']]],
    [
      "blank lines are no rows",
      "a\n\r\n\nb\n",
      [
        [1, "a"],
        [4, "b"],
      ],
    ],
    [
      "rows of any length",
      "a,b\nc\nd,e,f\n",
      [
        [1, "a", "b"],
        [2, "c"],
        [3, "d", "e", "f"],
      ],
    ],
    ["Windows-1252 where it is not UTF-8", "\u00e9", [[1, "é"]]],
  ];
  it.each(cases)("%s", (_, csv, rows) => {
    expect(read(csv)).toEqual(rows);
  });

  it("a row that is not UTF-8 is read as Windows-1252, the others are not", () => {
    const bytes = Uint8Array.from([...encoder.encode("é,"), 10, 0xe9, 10]);
    expect(read(bytes)).toEqual([
      [1, "é", ""],
      [2, "é"],
    ]);
  });
});

describe("faults cost one line", () => {
  it("a quotation mark that is not doubled", () => {
    expect(read('"a","b"c"\n"d","e"\n')).toEqual(["1 csv-invalid-closing-quote", [2, "d", "e"]]);
  });

  it("a quotation mark that is never closed", () => {
    expect(read('a,b\nc,"d\ne,f\ng,h\n')).toEqual([
      [1, "a", "b"],
      "2 csv-unclosed-quote",
      [3, "e", "f"],
      [4, "g", "h"],
    ]);
  });

  it("one that is closed by the next row's first quotation mark", () => {
    expect(read('"a","b\n"c","d"\n"e","f"\n')).toEqual(["1 csv-invalid-closing-quote", [2, "c", "d"], [3, "e", "f"]]);
  });

  it("a record of more than 16 MiB", () => {
    const line = `${"a".repeat(1023)}\n`;
    const rows = read(`x,"y\n${line.repeat(17 * 1024)}`, ",", 1024 * 1024);
    expect(rows[0]).toBe("1 csv-record-too-long");
    expect(rows[1]).toEqual([2, line.trim()]);
    expect(rows).toHaveLength(1 + 17 * 1024);
  });

  it("a record of a little more than 16 MiB whose end is there too: as if it came in pieces", () => {
    for (const begin of ["", '"']) {
      const end = begin === "" ? "\n" : '"\n';
      for (const [length, isTooLong] of [
        [16 * 1024 * 1024 - 2, false],
        [16 * 1024 * 1024 + 1, true],
      ] as const) {
        const text = `${begin}${"a".repeat(length)}${end}x,y\n`;
        for (const size of [text.length, 1024 * 1024]) {
          const [first, last] = read(text, ",", size);
          if (isTooLong) expect(first).toBe("1 csv-record-too-long");
          else expect(first?.[1]).toHaveLength(length);
          expect(last).toEqual([2, "x", "y"]);
        }
      }
    }
  });
});

const cell = fc.string({ unit: fc.constantFrom("a", "é", "日", ",", ";", '"', "\n", "\r\n", " ", "'"), maxLength: 8 });
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe("laws", () => {
  it("what is written is read, whatever the chunks", () => {
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom<Delimiter>(",", ";"),
        (rows, size, delimiter) => {
          const csv = rows.map((cells) => `${cells.map(quoted).join(delimiter)}\r\n`).join("");
          const cells = read(csv, delimiter, size).map((row) => row.slice(1));
          expect(cells).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("gives the cells that csv-parse alone gives, wherever csv-parse finds no error", () => {
    const soup = fc.array(fc.constantFrom("a", "b", ",", '"', '""', "\n", "\r\n", "é", " "), { maxLength: 40 });
    fc.assert(
      fc.property(soup, fc.integer({ min: 1, max: 7 }), (parts, size) => {
        const csv = parts.join("");
        let expected: string[][];
        try {
          expected = parse(csv, {
            relax_column_count: true,
            relax_quotes: false,
            skip_empty_lines: true,
            record_delimiter: ["\r\n", "\n"],
          });
        } catch {
          return;
        }
        const found = read(csv, ",", size).map((row) => row.slice(1));
        expect(found).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it("arbitrary bytes throw nothing, and every chunking gives the same", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(34, 44, 10, 13, 97, 0xe9, 0), { maxLength: 60 }), (codes) => {
        const bytes = Uint8Array.from(codes);
        const whole = read(bytes);
        for (const size of [1, 2, 5]) expect(read(bytes, ",", size)).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("dialect", () => {
  const cases: readonly (readonly [what: string, head: string, expected: object])[] = [
    ["comma", "a,b;c,d\n", { delimiter: ",", header: ["a", "b;c", "d"], headerLine: 1 }],
    ["semicolon", '"a";"b,c";"d"\n', { delimiter: ";", header: ["a", "b,c", "d"] }],
    ["tab", "a\tb\tc\n", { delimiter: "\t" }],
    ["vertical bar", "a|b|c\n", { delimiter: "|" }],
    ["Excel's sep= line", "sep=;\r\na,b;c\r\n", { delimiter: ";", header: ["a,b", "c"], headerLine: 2 }],
    [
      "PowerShell's #TYPE line",
      '#TYPE Selected.X.Y\r\n"a","b"\r\n',
      { typeName: "Selected.X.Y", headerLine: 2, header: ["a", "b"] },
    ],
    ["a blank first line", "\r\n  \r\na,b\n", { headerLine: 3, header: ["a", "b"] }],
    ["names are trimmed", " a , b \n", { header: ["a", "b"] }],
    ["a name with a line break", '"a\nb",c\n1,2\n', { header: ["a\nb", "c"] }],
    ["one column", "a\nb\n", { delimiter: ",", header: ["a"] }],
  ];
  it.each(cases)("%s", (_, head, expected) => {
    expect(detectCsvDialect(head)).toMatchObject(expected);
  });
});
