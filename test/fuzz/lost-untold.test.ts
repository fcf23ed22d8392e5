import { describe, expect, it } from "vitest";
import { producedSources } from "../conformance/sources.ts";
import { whole } from "../real-parts.ts";
import { harms } from "./damages.ts";
import { countLost, readSeed } from "./lost-untold.ts";
import { randomNumbers } from "./random.mjs";

const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_127);
/** Times that each kind of damage is done to the files of each grammar. */
const TIMES = Number(process.env["LOST_UNTOLD_TIMES"] ?? (whole ? 500 : 150));
/** How far apart the places are at which each file loses a block of NULs. */
const STEP = whole ? 32 : 400;
/** Small files with several people: where each stands is then clear. */
const LARGEST = 50_000;
const FEWEST_PEOPLE = 3;
const GRAMMARS = ["ldif", "csv", "json"] as const;
/**
 * Of so many damages one may cost somebody of whom nothing is told: what is left of two rows may be a row that nobody would
 * doubt, such as one of blank cells.
 */
const ONE_UNTOLD_OF = { ldif: Number.POSITIVE_INFINITY, csv: 300, json: Number.POSITIVE_INFINITY } as const;

const seeds = (await Promise.all(producedSources.filter(({ bytes }) => bytes.length <= LARGEST).map(readSeed))).filter(
  ({ people }) => people.length >= FEWEST_PEOPLE,
);

describe.each(GRAMMARS)("people lost in damaged %s, of whom nothing is told", (grammar) => {
  const own = seeds.filter((seed) => seed.grammar === grammar);

  it.each(Object.entries(harms))(`%s, ${TIMES} times (seed ${SEED})`, { timeout: 900_000 }, async (what, harm) => {
    const random = randomNumbers(SEED);
    let done = 0;
    let lost = 0;
    const untold: string[] = [];
    let silent = 0;
    for (let time = 0; time < TIMES; time++) {
      const seed = own[random(own.length)];
      const damage = seed && harm(seed, random);
      if (seed === undefined || damage === undefined) continue;
      done++;
      const count = await countLost(seed, damage);
      lost += count.lost;
      silent += count.untold;
      if (count.untold > 0) untold.push(`${seed.path}: bytes ${damage.start} to ${damage.end}`);
    }
    if (process.env["LOST_UNTOLD_FIGURES"] === "1")
      console.log(`FIGURE ${grammar} | ${what} | ${done} | ${lost} | ${silent}`);
    if (untold.length > done / ONE_UNTOLD_OF[grammar]) expect(untold).toEqual([]);
    // The harness does what it says: people are lost.
    if (done > 0) expect(lost).toBeGreaterThan(done / 100);
  });

  it(`a block of NULs at every ${STEP} bytes of every file`, { timeout: 900_000 }, async () => {
    const untold: string[] = [];
    for (const seed of own) {
      for (let start = 0; start < seed.bytes.length; start += STEP) {
        const end = Math.min(seed.bytes.length, start + 512);
        const count = await countLost(seed, { start, end, replacement: new Uint8Array(end - start) });
        if (count.untold > 0) untold.push(`${seed.path}: ${start}, ${count.untold} of ${count.lost}`);
      }
    }
    expect(untold).toEqual([]);
  });
});
