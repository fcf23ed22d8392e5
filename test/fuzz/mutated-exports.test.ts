import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError, readUsers, type User } from "../../src/index.ts";
import { whole } from "../real-parts.ts";
import { mutate } from "./mutate.ts";
import { randomNumbers } from "./random.mjs";

/** Files that are read after something was done to them; `.ci/run` asks for all, a developer's run for a few. */
const EXECUTIONS = whole ? 12_000 : 4_000;
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_124);
/** Small files only: the number of runs counts, not their size. */
const LARGEST = 9_000;

const folder = new URL("../conformance/", import.meta.url);
const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.includes("/") && !/\.(?:inspect\.txt|sh|ts)$/.test(path));

/** A whole file, and what is read of it. */
interface Seed {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly users: readonly User[];
}

async function read(bytes: Uint8Array, maxUsers = Number.POSITIVE_INFINITY): Promise<User[]> {
  const users: User[] = [];
  for await (const item of readUsers({ name: "fuzz", data: bytes })) {
    if (item.type === "user") users.push(item.user);
    if (users.length >= maxUsers) break;
  }
  return users;
}

const seeds: readonly Seed[] = await Promise.all(
  paths
    .map((path) => ({ path, bytes: Uint8Array.from(readFileSync(new URL(path, folder))) }))
    .filter(({ bytes }) => bytes.length <= LARGEST)
    .map(async ({ path, bytes }) => ({ path, bytes, users: await read(bytes).catch(() => []) })),
);

/** The users whose records end before an offset: those that are followed by another one which begins there or before. */
function usersBefore({ bytes, users }: Seed, at: number): readonly User[] {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = Buffer.from(bytes.subarray(0, isUtf16 ? at & ~1 : at)).toString(isUtf16 ? "utf16le" : "latin1");
  const line = text.split(text.includes("\n") ? "\n" : "\r").length;
  return users.filter(({ origin }, index) => {
    const next = users[index + 1]?.origin.line ?? Number.POSITIVE_INFINITY;
    // Of objects that share a line nothing is known here.
    return next <= line && next > origin.line;
  });
}

describe("exports to which something was done", () => {
  it(`${EXECUTIONS} of them (seed ${SEED}): nothing is thrown but InputError, and no record before the place is lost`, async () => {
    const random = randomNumbers(SEED);
    const memoryBefore = process.memoryUsage().rss;
    let refused = 0;
    let guaranteed = 0;
    for (let execution = 0; execution < EXECUTIONS; execution++) {
      const seed = seeds[random(seeds.length)];
      const other = seeds[random(seeds.length)];
      if (seed === undefined || other === undefined) throw new Error("no seeds");
      const at = random(seed.bytes.length);
      const mutated = mutate(seed.bytes, at, random, other.bytes);
      const expected = usersBefore(seed, at);
      const where = `${seed.path}, execution ${execution}, offset ${at}`;
      try {
        const users = await read(mutated);
        expect(users.slice(0, expected.length), where).toEqual(expected);
        guaranteed += expected.length;
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(where, { cause: error });
        if (expected.length > 0)
          throw new Error(`${where}: refused, and ${expected.length} users lost`, { cause: error });
        refused++;
      }
    }
    // The harness itself does what it says: most files are read, some are refused, many users stand before the place.
    expect(refused).toBeGreaterThan(EXECUTIONS / 100);
    expect(refused).toBeLessThan(EXECUTIONS / 2);
    expect(guaranteed).toBeGreaterThan(EXECUTIONS);
    expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(400 * 1024 * 1024);
  }, 900_000);
});
