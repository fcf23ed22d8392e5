import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inspectSource, readUsers } from "../../src/index.ts";
import { openFile } from "../../src/node.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-files-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

/** The files of the folder that this process has open. */
const openOnes = () =>
  readdirSync("/proc/self/fd").flatMap((number) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${number}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return []; // the listing itself
    }
  });

describe.skipIf(process.platform !== "linux")("a file that was opened", () => {
  const record = "dn: CN=a,DC=contoso,DC=com\nobjectClass: user\nmail: a@contoso.com\n\n";
  writeFileSync(path("ad.ldf"), record.repeat(100_000));
  writeFileSync(path("none.csv"), Buffer.alloc(5_000_000, 0));
  const read = async (name: string, most = Number.POSITIVE_INFINITY, options = {}) => {
    let users = 0;
    for await (const { type } of readUsers(openFile(path(name)), options))
      if (type === "user" && ++users >= most) break;
    return users;
  };

  it("is closed when it is read, left in the middle, refused or stopped", async () => {
    expect(await read("ad.ldf")).toBe(100_000);
    expect(openOnes()).toEqual([]);
    expect(await read("ad.ldf", 10)).toBe(10);
    expect(openOnes()).toEqual([]);
    await expect(read("none.csv")).rejects.toThrow("the format is not known");
    expect(openOnes()).toEqual([]);
    await inspectSource(openFile(path("ad.ldf")), { maxBytes: 1000 });
    expect(openOnes()).toEqual([]);
    const stop = new AbortController();
    const stopped = read("ad.ldf", 1e9, { signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) });
    await expect(stopped).rejects.toThrow("enough");
    expect(openOnes()).toEqual([]);
  });
});
