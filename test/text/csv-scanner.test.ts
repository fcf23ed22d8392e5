import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvScanner } from "../../src/text/csv-scanner.ts";
import { times } from "../real-parts.ts";

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));

/** The cells that the scanner finds in a row that begins at `start`, and where it ends; `undefined` if the row is not plain. */
function scan(row: Uint8Array, delimiter: string, width: number, start = 0) {
  const scanner = new CsvScanner(delimiter, width, [...Array(width).keys()].reverse());
  const end = scanner.scan(row, start);
  if (end < 0) return undefined;
  const cells = Array.from(scanner.starts, (from, place) =>
    Buffer.from(row.subarray(from, scanner.ends[place])).toString(),
  );
  return { cells: cells.reverse(), end };
}

describe("a plain row", () => {
  const plain = fc.stringMatching(/^[a-zA-Z0-9 .@:é€😀+]{0,12}$/u);
  const quoted = fc.stringMatching(/^[a-z,;|\té ]{0,12}$/).map((text) => `"${text}"`);

  it("has the cells that csv-parse finds in it, wherever it stands, and nothing behind it is read", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(""), plain, quoted), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("\n", "\r\n"),
        fc.nat(5),
        fc.constantFrom("", "x", '"', "\n", "more,cells\n"),
        (cells, delimiter, lineEnd, start, rest) => {
          fc.pre(cells.length > 1 || cells[0] !== "");
          const row = cells.join(delimiter);
          const [expected] = parse(row, { delimiter, relax_column_count: true }) as string[][];
          const before = "#".repeat(start);
          const found = scan(bytes(before + row + lineEnd + rest), delimiter, cells.length, start);
          expect(found).toEqual({ cells: expected, end: bytes(before + row + lineEnd).length });
        },
      ),
      { numRuns: times(3000) },
    );
  });

  it.each([
    ["too few cells", "a,b\n"],
    ["too many cells", "a,b,c,d\n"],
    ["a quotation mark in a cell without any", 'a,b"c,d\n'],
    ["a doubled quotation mark", 'a,"b""c",d\n'],
    ["text behind a quotation mark", 'a,"b"c,d\n'],
    ["a line end in a cell", 'a,"b\nc",d\n'],
    ["a quotation mark that is not closed", 'a,b,"c'],
    ["a carriage return alone", "a,b\rc,d\n"],
    ["no line end", "a,b,c"],
    ["no line end behind a carriage return", "a,b,c\r"],
    ["nothing", ""],
  ])("is not one with %s", (_, row) => {
    expect(scan(bytes(row), ",", 3)).toBeUndefined();
    // Nor if the bytes end elsewhere in a word.
    for (const more of ["1", "12", "123"]) expect(scan(bytes(more + row), ",", 3, more.length)).toBeUndefined();
  });

  it("is UTF-8 in every cell, quoted or not, wanted or not", () => {
    for (const cell of [[0xe9], [0xc3], [0xed, 0xa0, 0x80], [0x61, 0xff, 0x61, 0x61, 0x61]]) {
      for (const mark of [[], [34]]) {
        const row = Uint8Array.of(97, 44, ...mark, ...cell, ...mark, 44, 98, 10);
        expect(new CsvScanner(",", 3, [0]).scan(row, 0)).toBe(-1);
      }
    }
    expect(scan(bytes('é,"é",é\n'), ",", 3)?.cells).toEqual(["é", "é", "é"]);
  });

  it("may hold control characters that end nothing", () => {
    expect(scan(bytes('a\tb\x01c,"\t\x01\v",d\n'), ",", 3)?.cells).toEqual(["a\tb\x01c", "\t\x01\v", "d"]);
  });
});
