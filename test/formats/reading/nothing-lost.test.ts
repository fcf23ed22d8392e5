import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { producedSources } from "../../conformance/sources.ts";
import { mutate } from "../../fuzz/mutate.ts";
import { randomNumbers } from "../../fuzz/random.mjs";
import { expectNothingLost } from "../../nothing-lost.ts";
import { whole } from "../../real-parts.ts";

/** Files that are read after something was done to them. */
const MUTATIONS = whole ? 6_000 : 800;
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_127);
/** Small files only: the number of readings counts. */
const LARGEST = 9_000;

function decode(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
}

/** Counts the records of LDIF without a reader: lines that begin with `dn:`. */
function countNames(text: string): number {
  return text.match(/^dn::? /gm)?.length ?? 0;
}

/** Counts the objects of JSON without a reader of ours. */
function countObjects(text: string): number {
  const values =
    text.trimStart().startsWith('{"@odata') || text.trimStart().startsWith("[")
      ? [JSON.parse(text)]
      : text
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line));
  return values.flatMap((value) => value.value ?? value).length;
}

describe("every record is an object, left out and counted, or told", () => {
  it.each(producedSources)("$path", async ({ path, bytes, grammar }) => {
    const summary = await expectNothingLost({ name: path, data: bytes });
    if (summary === undefined) throw new Error(`${path} was refused`);
    const text = decode(bytes);
    if (grammar === "ldif") expect(summary.records).toBe(countNames(text));
    if (grammar === "json") expect(summary.records).toBe(countObjects(text));
  });

  it.each(producedSources)("$path, compressed and cut", async ({ path, bytes }) => {
    const packed = gzipSync(bytes);
    for (const length of [packed.length - 9, packed.length >> 1]) {
      await expectNothingLost({ name: path, data: Uint8Array.from(packed.subarray(0, length)) });
    }
  });

  it("half a character at the end of UTF-16 has one line, also behind a lone carriage return", async () => {
    const row = (name: string) => `${name}@contoso.com\tSMTP:${name}@contoso.com`;
    const text = `\ufeffUserPrincipalName\tProxyAddresses\r\n${row("ana")}\r\n${row("zoe")}\r${row("joe")}`;
    const data = Buffer.concat([Buffer.from(text, "utf16le"), Buffer.of(0)]);
    const summary = await expectNothingLost({ name: "users.txt", data });
    expect(summary?.diagnostics.find(({ code }) => code === "utf-16-odd-length")?.line).toBe(4);
  });

  it(`${MUTATIONS} files to which something was done (seed ${SEED})`, { timeout: 900_000 }, async () => {
    const random = randomNumbers(SEED);
    const seeds = producedSources.filter(({ bytes }) => bytes.length <= LARGEST);
    let read = 0;
    let refused = 0;
    for (let mutation = 0; mutation < MUTATIONS; mutation++) {
      const [seed, other] = [seeds[random(seeds.length)], seeds[random(seeds.length)]];
      if (seed === undefined || other === undefined) throw new Error("no seeds");
      const at = random(seed.bytes.length);
      const data = mutate(seed.bytes, at, random, other.bytes);
      const where = `${seed.path}, mutation ${mutation}, offset ${at}`;
      const summary = await expectNothingLost({ name: seed.path, data }, where);
      if (summary !== undefined) read++;
      refused += summary?.refused ?? 0;
    }
    // The harness does what it says: most files are read, and many records are refused.
    expect(read).toBeGreaterThan(MUTATIONS / 2);
    expect(refused).toBeGreaterThan(MUTATIONS / 20);
  });
});
