import { describe, expect, it } from "vitest";
import { packReading, readPart } from "../../src/directory/read-part.ts";
import { READ_APART, type ReadApart, type SeparateSource } from "../../src/directory/separate-source.ts";
import { SourceReader } from "../../src/directory/source-reader.ts";

const data = "dn: CN=a,DC=contoso,DC=com\nobjectClass: user\nmail: a@contoso.com\n";

/** Sources that say when they are being read; each takes a moment, the later ones less. */
function makeSources(count: number, answer: ReadApart) {
  const log = { now: 0, most: 0, begun: [] as string[] };
  const sources = Array.from({ length: count }, (_, index): SeparateSource => {
    const readApart: ReadApart = async (source, options, isAlone) => {
      log.begun.push(source.name);
      log.most = Math.max(log.most, ++log.now);
      await new Promise((go) => setTimeout(go, 5 * (count - index)));
      log.now--;
      options.signal?.throwIfAborted();
      return answer(source, options, isAlone);
    };
    return { name: String(index), data, [READ_APART]: readApart };
  });
  return { log, sources };
}

const inThread: ReadApart = async ({ name }, options, isAlone) =>
  packReading(await readPart({ name, data }, options, isAlone));

describe("reading many sources", () => {
  it.each([
    [undefined, 6],
    [2, 2],
    [5, 5],
  ])("concurrency %s: %d at once, begun in the order given", async (concurrency, most) => {
    const { log, sources } = makeSources(6, inThread);
    const reader = new SourceReader(concurrency === undefined ? {} : { concurrency });
    const reads = sources.map((source) => reader.read(source, false));
    for (const [index, read] of reads.entries()) expect((await read()).summary.name).toBe(String(index));
    expect(log).toEqual({ now: 0, most, begun: ["0", "1", "2", "3", "4", "5"] });
  });

  it("concurrency 1 asks no source to be read apart, and reads none before it is asked for", async () => {
    const { log, sources } = makeSources(2, inThread);
    const reader = new SourceReader({ concurrency: 1 });
    const reads = sources.map((source) => reader.read(source, true));
    for (const read of reads) expect((await read()).table.size).toBe(1);
    expect(log.begun).toEqual([]);
  });

  it("what is not worth a thread is read here", async () => {
    const { log, sources } = makeSources(3, async () => undefined);
    const reads = sources.map((source) => new SourceReader({}).read(source, true));
    for (const read of reads) expect((await read()).table.size).toBe(1);
    expect(log.begun).toHaveLength(3);
  });

  it("what nobody waits for any more is given up, and never begun", async () => {
    const { log, sources } = makeSources(4, inThread);
    const reader = new SourceReader({ concurrency: 2 });
    const reads = sources.map((source) => reader.read(source, false));
    reader.stop();
    for (const read of reads) await expect(read()).rejects.toThrow("aborted");
    expect(log.begun).toEqual(["0", "1"]);
  });
});
