import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnalyzeOptions } from "../../src/index.ts";
import { importAsNode, runCommandLine } from "../e2e/command-line.ts";
import { whole } from "../real-parts.ts";
import { writeLargeLdif, writeLargeMsolUsers } from "../writing/large-directory.ts";

/** The built library: threads run built code. */
const built = <Module>(name: string): Promise<Module> =>
  importAsNode(new URL(`../../dist/${name}.js`, import.meta.url));
const { analyze, InputError } = await built<typeof import("../../src/index.ts")>("index");
const { openFile } = await built<typeof import("../../src/node.ts")>("node");

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-threads-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const USERS = whole ? 20_000 : 10_000;
/** Larger than a thread is worth, in bytes. */
const LARGE = 2_000_000;
writeLargeLdif(path("ad.ldf"), { users: USERS });
writeLargeMsolUsers(path("users.csv"), { users: USERS });
writeFileSync(path("small.csv"), "UserPrincipalName,ProxyAddresses\nuser1@contoso.com,SMTP:user1@contoso.com\n");
writeLargeLdif(path("small.ldf"), { users: 10 });
writeFileSync(
  path("hoard.ldf"),
  `dn: CN=a,DC=contoso,DC=com\nobjectClass: user\n${Array.from({ length: 320_000 }, (_, index) => `proxyAddresses: smtp:ü${index}@contoso.com\n`).join("")}\n`,
);
// Among good records one with a fault in it, one that occurs twice, and one that is cut at the end.
writeFileSync(
  path("bad.ldf"),
  `${readFileSync(path("ad.ldf"), "utf8")}\ndn: CN=user1,OU=Staff 1,DC=contoso,DC=com\nobjectClass: user\nno colon\n\ndn:: QU`,
);
writeFileSync(path("broken.ldf"), `dn: CN=a,DC=contoso,DC=com\nchangetype: delete\n\n`.repeat(LARGE / 40));
// Columns that nobody needs.
writeFileSync(path("users.json"), JSON.stringify([{ note: "x".repeat(LARGE), nothing: true }]));
writeFileSync(
  path("long-first.json"),
  JSON.stringify([
    { note: "x".repeat(LARGE), userPrincipalName: "user1@contoso.com", proxyAddresses: ["SMTP:user1@contoso.com"] },
    { userPrincipalName: "user2@contoso.com", proxyAddresses: ["SMTP:user2@contoso.com"] },
  ]),
);
writeFileSync(path("binary.csv"), Buffer.alloc(LARGE, 0));

let threads: Worker[] = [];
const note = (thread: Worker) => threads.push(thread);
beforeEach(() => {
  threads = [];
  process.on("worker", note);
});
afterEach(async () => {
  process.off("worker", note);
  // A thread whose analysis has failed already still has its processor.
  await Promise.all(threads.map((thread) => thread.terminate()));
  await new Promise(setImmediate);
});

const sides = (ad: string, cloud: string) => ({
  concurrency: 2,
  onPremises: [openFile(path(ad), { name: ad })],
  online: [openFile(path(cloud), { name: cloud })],
});
/** How many threads read two large files at once: two each, where there are processors for them. */
const threadsForTwo = availableParallelism() >= 4 ? 4 : 2;
const outcome = (options: AnalyzeOptions) =>
  analyze(options).then(
    (analysis) => JSON.stringify(analysis),
    (error: unknown) => {
      if (!(error instanceof InputError)) throw error;
      return { message: error.message, code: error.code, line: error.line, hint: error.hint };
    },
  );

describe.skipIf(availableParallelism() < 2)("threads (skipped on a machine of one processor: it has none)", () => {
  it("read large files, both at once, with the same result as without, byte for byte", async () => {
    const inThreads = await outcome(sides("ad.ldf", "users.csv"));
    expect(threads).toHaveLength(threadsForTwo);
    expect(typeof inThreads).toBe("string");
    threads = [];
    expect(await outcome({ ...sides("ad.ldf", "users.csv"), concurrency: 1 })).toBe(inThreads);
    expect(threads).toHaveLength(0);
  });

  it("read one large file in two, one of which finds users and the other keeps them, with the same result", async () => {
    for (const large of ["ad.ldf", "bad.ldf"]) {
      threads = [];
      const inThreads = await outcome(sides(large, "small.csv"));
      expect(threads).toHaveLength(2);
      expect(inThreads).toContain('"matched":1');
      expect(await outcome({ ...sides(large, "small.csv"), concurrency: 1 })).toBe(inThreads);
    }
  });

  it("read JSON whose first object is longer than many chunks, with the same result", async () => {
    const inThreads = await outcome(sides("small.ldf", "long-first.json"));
    expect(threads.length).toBeGreaterThan(0);
    expect(inThreads).toContain('"matched":2');
    expect(await outcome({ ...sides("small.ldf", "long-first.json"), concurrency: 1 })).toBe(inThreads);
  });

  it("are two for one large file, of which each may fail, or be stopped", async () => {
    expect(await outcome(sides("broken.ldf", "small.csv"))).toMatchObject({ code: "nothing-read" });
    expect(threads).toHaveLength(2);
    const stop = new AbortController();
    const reason = new Error("enough");
    const told: number[] = [];
    const options = {
      ...sides("ad.ldf", "small.csv"),
      signal: stop.signal,
      onProgress: ({ users, source }: { readonly users: number; readonly source: string }) => {
        if (source === "ad.ldf") told.push(users);
        if (users > 0) stop.abort(reason);
      },
    };
    await expect(analyze(options)).rejects.toBe(reason);
    expect(told.at(-1)).toBeGreaterThan(0);
    expect(threads).toHaveLength(4);
    // A thread that was stopped has no number any more.
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1, -1, -1]);
  });

  it("read several files of one side, compressed ones too, in which objects occur twice", async () => {
    writeFileSync(path("ad.ldf.gz"), gzipSync(Buffer.from("dn: CN=z,DC=contoso,DC=com\nobjectClass: user\n\n")));
    const options = {
      ...sides("ad.ldf", "users.csv"),
      onPremises: ["ad.ldf", "ad.ldf", "ad.ldf.gz"].map((name, index) =>
        openFile(path(name), { name: `${index} ${name}` }),
      ),
    };
    const inThreads = await outcome(options);
    expect(threads.length).toBeGreaterThanOrEqual(2);
    expect(inThreads).toContain('"code":"copy-of-a-file"');
    expect(await outcome({ ...options, concurrency: 1 })).toBe(inThreads);
  });

  it.each([
    ["files that are exchanged", "users.csv", "ad.ldf"],
    ["a file that is no export", "binary.csv", "users.csv"],
    ["a file without a user", "ad.ldf", "users.json"],
    ["a file that is missing", "ad.ldf", "nowhere.csv"],
    ["two files that are no export", "binary.csv", "users.json"],
  ])("refuse %s as it is refused without them", async (_, ad, cloud) => {
    const inThreads = await outcome(sides(ad, cloud));
    expect(threads.length).toBeGreaterThan(0);
    expect(inThreads).toMatchObject({ code: expect.any(String) });
    expect(await outcome({ ...sides(ad, cloud), concurrency: 1 })).toEqual(inThreads);
  });

  it("tell how far they have come, and end with the signal's reason at once", async () => {
    const told = new Set<string>();
    const stop = new AbortController();
    const reason = new Error("enough");
    const options = {
      ...sides("ad.ldf", "users.csv"),
      signal: stop.signal,
      onProgress: ({ source }: { readonly source: string }) => {
        told.add(source);
        if (threads.length === threadsForTwo) stop.abort(reason);
      },
    };
    await expect(analyze(options)).rejects.toBe(reason);
    expect(told.size).toBeGreaterThan(0);
    expect(threads).toHaveLength(threadsForTwo);
  });

  it("are told every option of reading", async () => {
    const given = {
      ...sides("ad.ldf", "users.csv"),
      sourceAnchor: "employeeID",
      upnSource: "sAMAccountName",
      includeSystemObjects: true,
    };
    const inThreads = await outcome(given);
    expect(threads).toHaveLength(threadsForTwo);
    expect(inThreads).toBe(await outcome({ ...given, concurrency: 1 }));
  });

  it("are not started by who is stopped at once", async () => {
    const stop = new AbortController();
    const reason = new Error("not yet");
    const analysis = analyze({ ...sides("ad.ldf", "users.csv"), signal: stop.signal });
    stop.abort(reason);
    await expect(analysis).rejects.toBe(reason);
    expect(threads).toHaveLength(0);
  });

  it("do not read what nobody waits for any more", async () => {
    const stop = AbortSignal.abort(new Error("not at all"));
    await expect(analyze({ ...sides("ad.ldf", "users.csv"), signal: stop })).rejects.toThrow("not at all");
    expect(threads).toHaveLength(0);
  });

  it("leave files alone of less than 32 MiB that nobody asks threads for", async () => {
    const { concurrency: _, ...usual } = sides("ad.ldf", "users.csv");
    expect(typeof (await outcome(usual))).toBe("string");
    expect(threads).toHaveLength(0);
    for (const concurrency of [0, -1, Number.NaN])
      await expect(analyze({ ...usual, concurrency })).rejects.toThrow(
        "concurrency: expected a whole number from 1 on, got",
      );
  });

  it("leave small files alone", async () => {
    truncateSync(path("binary.csv"), 0);
    writeFileSync(
      path("small.ldf"),
      "dn: CN=a,DC=contoso,DC=com\nobjectClass: user\nproxyAddresses: SMTP:a@contoso.com\n",
    );
    writeFileSync(path("smaller.csv"), "UserPrincipalName,ProxyAddresses\na@contoso.com,SMTP:a@contoso.com\n");
    expect(await outcome(sides("small.ldf", "smaller.csv"))).toContain('"matched":1');
    expect(threads).toHaveLength(0);
  });

  it("whose memory is not enough end the analysis with a message, and not the program", async () => {
    const { status, stderr } = await runCommandLine(
      ["analyze", "--on-premises", path("hoard.ldf"), "--online", path("users.csv"), "--concurrency", "2"],
      { env: { NODE_OPTIONS: "--max-old-space-size=64" } },
    );
    expect(stderr).toContain("ran out of memory");
    expect(status).toBe(2);
  });
});
