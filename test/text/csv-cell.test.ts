import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readInertCell, writeCsvRow } from "../../src/text/csv-cell.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { times } from "../real-parts.ts";
import { cellsOf, formulasIn } from "../spreadsheet.ts";

/** Texts of which many are formulas somewhere. */
const dangerous = fc
  .array(
    fc.constantFrom("=", "+", "-", "@", "\uff1d", ";", "\t", "\n", "\r", "'", '"', " ", "\u200b", "\u00a0", "a", ","),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(""));

const anything = fc.oneof(dangerous, fc.constantFrom(...hostileStrings).map(wellFormed));

function wellFormed(text: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}

function written(...rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return parse(rows.map(writeCsvRow).join(""), { relax_column_count: true });
}

describe("a cell of a CSV file", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["a;=1+1", "a;'=1+1"],
    ["a\t=1+1", "a\t'=1+1"],
    ["a\n=1+1", "a\n'=1+1"],
    ["a\r\n=1+1", "a\r\n'=1+1"],
    ["a; \u200b=1+1;b", "a;' \u200b=1+1;b"],
    ['a;"=1+1"', `a;'"=1+1"`],
    ["a;\uff1d1+1", "a;'\uff1d1+1"],
    ["a;@SUM(A1);-1", "a;'@SUM(A1);'-1"],
    ["\t=1", "'\t'=1"],
    ["\tx", "'\tx"],
    // An apostrophe of its own stays one.
    ["'=1", "''=1"],
    ["a;'=1", "a;''=1"],
    // Nothing begins in the middle of a word.
    ["a=b; c-d, -e", "a=b; c-d, -e"],
    ["ana@contoso.com", "ana@contoso.com"],
  ])("%j is written as %j", (cell, expected) => {
    expect(written([cell])).toEqual([[expected]]);
    expect(readInertCell(expected)).toBe(cell);
  });

  it("is no formula, whatever a spreadsheet takes for the separator, and read again it is the same", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anything, { minLength: 1, maxLength: 5 }), { maxLength: 4 }), (rows) => {
        expect(formulasIn(rows.map(writeCsvRow).join(""))).toEqual([]);
        expect(written(...rows).map((cells) => cells.map(readInertCell))).toEqual(rows);
      }),
      { numRuns: times(2000) },
    );
  });

  it("would be one: the test can fail", () => {
    expect(cellsOf('"x","a;=1+1"', ";")).toContain('=1+1"');
    expect(formulasIn('"x","a;=1+1"\r\n')).toEqual(['=1+1"']);
    expect(formulasIn('"x","a\n=1+1"\r\n')).not.toEqual([]);
  });
});
