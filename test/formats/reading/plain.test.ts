import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeCsvde, writeLdif, writeMsolUsers } from "../../bench/directory.mjs";
import { readEitherWay } from "../../both-readers.ts";
import { contosoFiles } from "../../fixtures/write-contoso.ts";
import { times } from "../../real-parts.ts";

/** Reads a file both ways, and in pieces; gives how many users came as bytes. */
async function expectSame(bytes: Uint8Array, sizes: readonly number[] = [bytes.length]): Promise<number> {
  const slow = await readEitherWay({ name: "export", data: bytes }, false);
  let plain = 0;
  for (const size of sizes) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / Math.max(1, size)) }, (_, index) =>
      bytes.slice(index * size, (index + 1) * size),
    );
    const quick = await readEitherWay({ name: "export", data: pieces }, true);
    if (typeof slow === "string" || typeof quick === "string") expect(quick).toBe(slow);
    else {
      expect(quick.users).toEqual(slow.users);
      expect(quick.summary).toEqual(slow.summary);
      plain += quick.plain;
    }
  }
  return plain;
}

const folder = new URL("../../conformance/", import.meta.url);
const fixtures = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.includes("/") && !/\.(?:inspect\.txt|sh|ts)$/.test(path))
  .sort();

describe("plain records read from bytes", () => {
  it.each(fixtures)("%s: the same users, counts and diagnostics, in pieces of any size", async (path) => {
    const bytes = Uint8Array.from(readFileSync(new URL(path, folder)));
    await expectSame(bytes, [bytes.length, 7, 64, 1000]);
  });

  it.each(Object.entries(contosoFiles))("the example company's %s: most of its records are plain", async (_, text) => {
    const bytes = new TextEncoder().encode(text);
    expect(await expectSame(bytes)).toBeGreaterThan(30);
  });

  it("a large directory as each program writes it: nearly all records are plain", async () => {
    const own = mkdtempSync(join(tmpdir(), "dirsync-preflight-plain-"));
    try {
      for (const write of [writeLdif, writeCsvde, writeMsolUsers]) {
        const path = join(own, "export");
        write(path, 1000);
        const bytes = Uint8Array.from(readFileSync(path));
        const plain = await expectSame(bytes);
        expect(plain).toBeGreaterThan(950);
        // Where a chunk ends in a record, that is a plain one all the same.
        for (const size of [50_000, 3_000, 100]) expect(await expectSame(bytes, [size])).toBe(plain);
      }
    } finally {
      rmSync(own, { recursive: true });
    }
  });

  it.each([" ", " \t", "\t"])("a line of white space (%j) ends a record, behind whatever attribute", async (blank) => {
    for (const name of ["description", "displayName"]) {
      for (const end of ["\n", "\r\n"]) {
        const lines = [
          "dn: CN=a,DC=contoso,DC=com",
          "objectClass: user",
          `${name}: a`,
          blank,
          "mail: a@contoso.com",
          "",
          "",
        ];
        const bytes = new TextEncoder().encode(lines.join(end));
        await expectSame(bytes, [bytes.length, 7]);
        expect(await readEitherWay({ name: "export", data: bytes }, true)).toMatchObject({
          users: [{ id: "CN=a,DC=contoso,DC=com" }],
        });
        expect(JSON.stringify(await readEitherWay({ name: "export", data: bytes }, true))).not.toContain(
          "a@contoso.com",
        );
      }
    }
  });

  it.each([
    "version: 1",
    "control: 1.2.3 true",
    "ref: x",
    "search: 2",
    "result: 0 Success",
    "cn: b",
    "changetype: add",
  ])("%s before, behind or instead of the dn of a record", async (line) => {
    const record = ["objectClass: user", "mail: a@contoso.com", "", ""];
    const dn = "dn: CN=a,DC=contoso,DC=com";
    const whole = ["dn: CN=first,DC=contoso,DC=com", ...record];
    for (const begin of [[line, dn], [dn, line], [line], [dn, dn], [dn, "mail: b@contoso.com", dn], [dn, line, line]]) {
      const bytes = new TextEncoder().encode([...whole, ...begin, ...record, ...whole].join("\n"));
      await expectSame(bytes, [bytes.length, 7]);
    }
  });

  it("a last row with a quotation mark too few, cut anywhere", async () => {
    const text = `${contosoFiles["ad.csv"]}"CN=last,DC=contoso,DC=com`;
    await expectSame(new TextEncoder().encode(text), [text.length, 5, 1000]);
  });

  const nasty = [
    "",
    " ",
    "  ",
    "?",
    "Ã©",
    "é",
    "\ufeff",
    "\u00a0",
    "\t",
    ";",
    ";;",
    ",",
    '"',
    '""',
    "\\",
    "\\;",
    "|",
    "+",
    "x500:",
    "smtp:",
    "SMTP:",
    "Smtp:",
    "X'",
    "X'41'",
    "\r",
    "\n",
    "\n ",
    "\r\n ",
    "::",
    ":<",
    "{a}",
    "...",
    "…",
    "#EXT#",
    "$",
    "msol",
    "\\0ACNF:",
    "sip:",
    "@",
    "@@",
    "FALSE",
    "1.2",
    "\0",
  ];

  it("with anything put anywhere: the same users, counts and diagnostics", async () => {
    const texts = [contosoFiles["ad.ldf"] ?? "", contosoFiles["ad.csv"] ?? "", contosoFiles["msolusers.csv"] ?? ""];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...nasty), fc.nat(3)), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.integer({ min: 100, max: 3000 }),
        async (text, changes, size) => {
          let changed = text;
          for (const [place, what, dropped] of changes) {
            const at = Math.floor(place * changed.length);
            changed = changed.slice(0, at) + what + changed.slice(at + dropped);
          }
          await expectSame(new TextEncoder().encode(changed), [changed.length * 3, size]);
        },
      ),
      { numRuns: times(300) },
    );
  }, 300_000);

  it("with any byte put anywhere", async () => {
    const texts = [contosoFiles["ad.ldf"] ?? "", contosoFiles["ad.csv"] ?? "", contosoFiles["msolusers.csv"] ?? ""];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        async (text, changes) => {
          const bytes = new TextEncoder().encode(text);
          for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
          await expectSame(bytes);
        },
      ),
      { numRuns: times(300) },
    );
  }, 300_000);
});
