import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnWords } from "../../../src/formats/reading/column-words.ts";
import type { User } from "../../../src/index.ts";
import { formatProxyAddress } from "../../../src/model/address.ts";
import { detectCsvDialect } from "../../../src/text/csv-dialect.ts";
import { readSample } from "../../../src/text/csv-sample.ts";
import { producedSources } from "../../conformance/sources.ts";
import { expectNothingLost } from "../../nothing-lost.ts";
import { readAll } from "../../reading.ts";
import { whole } from "../../real-parts.ts";

const RUNS = whole ? 1_500 : 150;

interface Table {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables of known producers, taken apart. */
const tables: readonly Table[] = producedSources.flatMap(({ path, bytes, grammar }) => {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes).replaceAll("\r\n", "\n");
  const dialect = grammar === "csv" && bytes.length < 30_000 ? detectCsvDialect(text) : undefined;
  if (dialect === undefined || path.includes("entra-portal") || path.includes("staged-migration")) return [];
  const rows = readSample(text, dialect, 20).filter((row) => row.length === dialect.header.length);
  return rows.length === 0 ? [] : [{ path, header: dialect.header, rows }];
});

function write({ header, rows }: Pick<Table, "header" | "rows">): string {
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  return [header, ...rows].map((cells) => `${line(cells)}\n`).join("");
}

const otherName = fc.oneof(
  fc.constantFrom("_Source", " (alt)", "1", "é"),
  fc.constantFrom(...columnWords.flatMap(({ names }) => names.split(" "))),
);

/** A table of a known producer with columns in another order, some of them gone or called otherwise. */
const changed: fc.Arbitrary<Table> = fc.constantFrom(...tables).chain((table) =>
  fc
    .tuple(
      fc.shuffledSubarray(
        table.header.map((_, index) => index),
        { minLength: 1 },
      ),
      fc.dictionary(fc.nat({ max: table.header.length - 1 }).map(String), otherName, { maxKeys: 2 }),
    )
    .map(([kept, names]) => ({
      path: table.path,
      header: kept.map((index) => {
        const [own = "", other] = [table.header[index], names[String(index)]];
        return other === undefined ? own : /^[_ 1é]/.test(other) ? own + other : other;
      }),
      rows: table.rows.map((row) => kept.map((index) => row[index] ?? "")),
    })),
);

/** A user with the addresses in one order: they are a set. */
const sorted = (user: User): object => ({
  ...user,
  proxyAddresses: user.proxyAddresses?.map(formatProxyAddress).sort(),
});

const countFilled = ({ rows }: Table): number => rows.filter((row) => row.some((cell) => cell.trim() !== "")).length;

describe("tables of known producers, with columns shuffled, dropped, renamed and joined", () => {
  it("there are enough of them", () => expect(tables.length).toBeGreaterThan(10));

  it(`no row is lost untold, ${RUNS} times`, { timeout: 300_000 }, async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(changed, async (table) => {
        const summary = await expectNothingLost({ name: table.path, data: write(table) });
        if (summary === undefined) return; // refused as a whole, which is told
        read++;
        // A row of one word is none of the table, and is told too.
        const stray = summary.diagnostics.filter(({ code }) => code === "csv-stray-line").length;
        expect(summary.records + stray).toBeGreaterThanOrEqual(countFilled(table));
      }),
      { numRuns: RUNS, seed: 28 },
    );
    expect(read).toBeGreaterThan(RUNS / 3);
  });

  it("the order of the columns changes nothing", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tables), fc.infiniteStream(fc.nat()), async (table, stream) => {
        const order = table.header.map((_, index) => [stream.next().value as number, index] as const);
        const moved = order.sort(([one], [other]) => one - other).map(([, index]) => index);
        if (new Set(table.header).size < table.header.length) return; // of repeated columns the first counts
        const shuffled = {
          header: moved.map((index) => table.header[index] ?? ""),
          rows: table.rows.map((row) => moved.map((index) => row[index] ?? "")),
        };
        const [one, other] = [await readAll(write(table)), await readAll(write(shuffled))];
        expect(other.summary.format).toBe(one.summary.format);
        expect(other.users.map(sorted)).toEqual(one.users.map(sorted));
      }),
      { numRuns: RUNS / 5, seed: 28 },
    );
  });

  it("of two tables joined into one the second header is no person", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tables), fc.constantFrom(...tables), async (one, other) => {
        const joined = await readAll(write(one) + write(other)).catch(() => undefined);
        if (joined === undefined) return;
        const names = new Set(other.header.map((name) => name.toLowerCase()));
        const { users, summary } = joined;
        expect(
          users.filter(
            ({ id, displayName = "" }) => names.has(id.toLowerCase()) || names.has(displayName.toLowerCase()),
          ),
        ).toEqual([]);
        // It is told as what it is, or as a row that does not fit.
        const line = write(one).split("\n").length;
        expect(summary.diagnostics.some((diagnostic) => diagnostic.line === line)).toBe(true);
      }),
      { numRuns: RUNS / 3, seed: 28 },
    );
  });
});
