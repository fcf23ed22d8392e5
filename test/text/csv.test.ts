import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvReader, type Delimiter } from "../../src/text/csv.ts";
import { detectCsvDialect } from "../../src/text/csv-dialect.ts";
import { times } from "../real-parts.ts";

const encoder = new TextEncoder();

/** Reads CSV in chunks of a size; shows rows as `[line, ...cells]` and faults as `line code`. */
function read(input: string | Uint8Array, delimiter: Delimiter = ",", chunkSize = Number.POSITIVE_INFINITY, width = 1) {
  const bytes = typeof input === "string" ? encoder.encode(input) : input;
  const reader = new CsvReader({ delimiter, header: new Array<string>(width).fill("") });
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

describe("what stands between two rows is none of them", () => {
  const [first, second, third] = [
    [1, "a", "b"],
    [2, "c", "d"],
    [3, "e", "f"],
  ];
  const cases: readonly (readonly [what: string, csv: string, rows: readonly unknown[]])[] = [
    ["CR CR LF", "a,b\r\r\nc,d\r\r\n", [first, second]],
    ["CR CR LF behind quotation marks", '"a","b"\r\r\n"c","d"\r\r\n', [first, second]],
    ["CR alone behind LF", "a,b\nc,d\re,f\r", [first, second, third]],
    ["CR alone behind quotation marks", '"a","b"\n"c","d"\r"e","f"\r', [first, second, third]],
    ["CR alone behind a blank cell", "a,b\nc,\re,f\r", [first, [2, "c", ""], third]],
    ["two CRs alone", "a,b\n\r\re,f\n", [first, [4, "e", "f"]]],
    ["a byte order mark", '\ufeffa,b\n\ufeff"c","d"\n\ufeff\n', [first, second]],
    ["a Ctrl-Z at the end", "a,b\r\nc,d\r\n\u001a", [first, second]],
    ["a Ctrl-Z behind the last cell", "a,b\r\nc,d\u001a", [first, second]],
    ["a Ctrl-Z behind a quotation mark", '"a","b"\n"c","d"\u001a', [first, second]],
  ];
  it.each(cases)("%s", (_, csv, rows) => {
    for (const size of [1, 2, 3, csv.length]) expect(read(csv, ",", size, 2)).toEqual(rows);
  });

  it("a CR alone in a row that lacks cells is in a cell", () => {
    expect(read("a,b\rc,d\n", ",", 1, 3)).toEqual([[1, "a", "b\rc", "d"]]);
  });

  it("a line that is passed over ends with a CR alone too", () => {
    const csv = '"a","b"c"\r"d","e"\r"f","g"\r';
    for (const size of [1, 4, csv.length])
      expect(read(csv, ",", size, 2)).toEqual(["1 csv-invalid-closing-quote", [2, "d", "e"], [3, "f", "g"]]);
  });
});

describe("blanks around quotation marks", () => {
  const cases: readonly (readonly [what: string, csv: string, rows: readonly unknown[]])[] = [
    ["before them", '"a", "b,c",\t"d"\n', [[1, "a", "b,c", "d"]]],
    [
      "behind them",
      '"a" ,"b"\t\r\n"c","d" \n',
      [
        [1, "a", "b"],
        [2, "c", "d"],
      ],
    ],
    ["with doubled ones", 'a, "b ""c"", d" ,e\n', [[1, "a", 'b "c", d', "e"]]],
    ["with a line end", ' "a\nb" , c\n', [[1, "a\nb", " c"]]],
    ["of other cells stay", ' a , "b"\n', [[1, " a ", "b"]]],
  ];
  it.each(cases)("%s", (_, csv, rows) => {
    for (const size of [1, 3, csv.length]) expect(read(csv, ",", size, 2)).toEqual(rows);
  });

  it("a tab that separates is no blank", () => {
    expect(read('a\t "b"\t"c"\n\t\t"d"\n', "\t")).toEqual([
      [1, "a", "b", "c"],
      [2, "", "", "d"],
    ]);
  });
});

describe("faults cost one line", () => {
  it("NULs, where a block of the file was lost", () => {
    const csv = `a,b\nc,${"\0".repeat(512)}f\ng,h\n${"\0".repeat(9)}\ni,j\nk,\0`;
    for (const size of [1, 100, csv.length])
      expect(read(csv, ",", size, 2)).toEqual([
        [1, "a", "b"],
        "2 csv-lost-block",
        [3, "g", "h"],
        "4 csv-lost-block",
        [5, "i", "j"],
        "6 csv-lost-block",
      ]);
  });

  it("NULs that took a closing quotation mark", () => {
    const csv = '"a","b"\n"c","d\0\0\0\n"e","f"\n"g","h\0\0,i\n"j","k"';
    expect(read(csv, ",", 3, 2).map((row) => (Array.isArray(row) ? row : row.slice(2)))).toEqual([
      [1, "a", "b"],
      "csv-invalid-closing-quote",
      [3, "e", "f"],
      "csv-invalid-closing-quote",
      [5, "j", "k"],
    ]);
  });

  it("a quotation mark too many that would swallow the rows up to the next one", () => {
    const csv = 'a,b,c\nd,"e,f\ng,h,i\nj,k",l\nm,n,o';
    for (const size of [1, 5, csv.length])
      expect(read(csv, ",", size, 3)).toEqual([
        [1, "a", "b", "c"],
        "2 csv-unclosed-quote",
        [3, "g", "h", "i"],
        [4, "j", 'k"', "l"],
        [5, "m", "n", "o"],
      ]);
    expect(read('a,b\nc,"d\ne,f"', ",", 1, 2)).toEqual([[1, "a", "b"], "2 csv-unclosed-quote", [3, "e", 'f"']]);
  });

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
      { numRuns: times(500) },
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
      { numRuns: times(3000) },
    );
  });

  it("arbitrary bytes throw nothing, and every chunking gives the same", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(34, 44, 10, 13, 97, 0xe9, 0), { maxLength: 60 }), (codes) => {
        const bytes = Uint8Array.from(codes);
        const whole = read(bytes);
        for (const size of [1, 2, 5]) expect(read(bytes, ",", size)).toEqual(whole);
      }),
      { numRuns: times(2000) },
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
