import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createGzip, gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { type Analysis, analyze, renderReport } from "../../src/index.ts";
import { openFile } from "../../src/node.ts";
import { APART } from "../e2e/command-line.ts";
import { analyzeText, ldif, online } from "../reading.ts";
import { whole } from "../real-parts.ts";
import { goodRecord, goodRow, hostileFiles, piecesOf } from "./hostile-files.mjs";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-hostile-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
writeFileSync(path("ad.ldf"), goodRecord("ana"));
writeFileSync(path("users.csv"), `UserPrincipalName,ProxyAddresses\n${goodRow("ana")}`);

/** `npm run test:all` sends files as large as promised, `npm test` those of a hundredth. */
const SCALE = whole ? 1 : 1 / 100;
/** The memory that the process may take at most, in MB: an empty run takes 75. */
const MOST_MEMORY = 700;

/**
 * Analyzes what is sent, against a good file of the other side, and tells what was read of it: by a process, on its standard
 * input, whose memory is measured, or, in small, here.
 */
async function analyzeSent(
  side: "onPremises" | "online",
  pieces: Iterable<Buffer> | AsyncIterable<Buffer>,
  isAlone = whole,
) {
  if (!isAlone) {
    const good = { onPremises: openFile(path("ad.ldf")), online: openFile(path("users.csv")) };
    const { inputs } = await analyze({
      onPremises: [good.onPremises],
      online: [good.online],
      [side]: [{ name: "sent", data: pieces }],
    });
    return inputs.find(({ name }) => name === "sent");
  }
  const [ad, cloud] = side === "onPremises" ? ["-", path("users.csv")] : [path("ad.ldf"), "-"];
  const [program, ...before] = APART;
  const args = [
    ...before,
    process.execPath,
    cli,
    "analyze",
    "--on-premises",
    ad,
    "--online",
    cloud,
    "--format",
    "json",
    "--verbose",
  ];
  const child = spawn(program, args);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  let isOver = false;
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on("close", (code, signal) => {
      isOver = true;
      resolve(code ?? signal);
    }),
  );
  child.stdin.on("error", () => undefined);
  for await (const piece of pieces) {
    if (isOver) break;
    if (!child.stdin.write(piece)) await Promise.race([new Promise((go) => child.stdin.once("drain", go)), ended]);
  }
  child.stdin.end();
  const status = await ended;
  if (status !== 0 && status !== 1) throw new Error(`ended with ${status}: ${stderr.slice(0, 500)}`);
  const analysis: Analysis = JSON.parse(stdout);
  expect(Number(/memory at most +(\d+) MB/.exec(stderr)?.[1])).toBeLessThan(MOST_MEMORY);
  return analysis.inputs.find(({ name }) => name === "standard input");
}

describe("files that would fill the memory or take for ever", () => {
  it.each(Object.entries(hostileFiles))("%s", { timeout: 300_000 }, async (_, file) => {
    const input = await analyzeSent(file.side, piecesOf(file, SCALE));
    // What is too long as large as promised may be short enough at a hundredth of it.
    if (!whole && file.faults.some((fault) => fault.includes("too-long"))) return;
    expect(input?.users).toBe(file.users);
    const told = input?.diagnostics.map(({ code, line }) => `${code} ${line}`);
    expect(told).toEqual(expect.arrayContaining([...file.faults]));
  });

  it("a gzip bomb: a thousandth of its content, of blank lines and of one line", { timeout: 120_000 }, async () => {
    for (const filling of ["\n", "a"]) {
      async function* bomb(): AsyncGenerator<Buffer> {
        const gzip = createGzip({ level: 9 });
        const block = Buffer.alloc(1 << 20, filling);
        const write = async (): Promise<void> => {
          gzip.write(goodRecord("ana"));
          for (let count = 0; count < 512 * SCALE; count++) {
            if (!gzip.write(block)) await new Promise((go) => gzip.once("drain", go));
          }
          gzip.end(`\n\n${goodRecord("last")}`);
        };
        const writing = write();
        for await (const piece of gzip) yield piece as Buffer;
        await writing;
      }
      const input = await analyzeSent("onPremises", bomb(), true);
      expect(input?.users).toBe(2);
    }
  });

  it("100,000 users with one address", { timeout: 120_000 }, async () => {
    const users = 100_000 * SCALE;
    function* rows(): Generator<Buffer> {
      yield Buffer.from("UserPrincipalName,ProxyAddresses\n");
      for (let index = 0; index < users; index++) yield Buffer.from(`u${index}@contoso.com,SMTP:ana@contoso.com\n`);
    }
    const input = await analyzeSent("online", rows());
    expect(input?.users).toBe(users);
  });
});

describe("cells that are long runs of one thing", () => {
  it.each([";", " ", ",", "|", "\t", "x500:", "smtp:", "@", ".", "…", "{", "}", "a", " ;", "x400:;", '""', "é"])(
    "%j, eight million characters (in small: one): read in a time that grows with its length",
    { timeout: 30_000 },
    async (what) => {
      const cell = what.repeat((whole ? 8_000_000 : 1_000_000) / what.length);
      await between(`bad@contoso.com,"${cell}x"`, "csv");
    },
  );
});

/** Reads a company of Ana and Zoe between whom something stands; both must be there. */
async function between(what: string | Uint8Array, side: "ldif" | "csv" = "ldif") {
  const bytes = typeof what === "string" ? Buffer.from(what) : what;
  const analysis =
    side === "ldif"
      ? await analyze({
          onPremises: [
            {
              name: "ad.ldf",
              data: Buffer.concat([Buffer.from(goodRecord("ana")), bytes, Buffer.from(`\n\n${goodRecord("zoe")}`)]),
            },
          ],
          online: [{ name: "users.csv", data: `UserPrincipalName,ProxyAddresses\n${goodRow("ana")}${goodRow("zoe")}` }],
        })
      : await analyze({
          onPremises: [{ name: "ad.ldf", data: goodRecord("ana") + goodRecord("zoe") }],
          online: [
            {
              name: "users.csv",
              data: Buffer.concat([
                Buffer.from(`UserPrincipalName,ProxyAddresses\n${goodRow("ana")}`),
                bytes,
                Buffer.from(`\n${goodRow("zoe")}`),
              ]),
            },
          ],
        });
  expect(analysis.summary.matched).toBeGreaterThanOrEqual(2);
  return analysis.inputs.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
}

describe("text that is none", () => {
  const bad = "dn: CN=bad,DC=contoso,DC=com\nobjectClass: user\n";

  it.each([
    ["invalid base64", `${bad}objectGUID:: !!!!`, "ldif-invalid-base64"],
    ["overlong UTF-8", Buffer.concat([Buffer.from(`${bad}displayName: `), Buffer.of(0xc0, 0xaf)]), "not-utf-8"],
    [
      "half a surrogate pair as UTF-8",
      Buffer.concat([Buffer.from(`${bad}displayName: `), Buffer.of(0xed, 0xa0, 0x80)]),
      "not-utf-8",
    ],
    ["NULs", `${bad}displayName: a\0b\0c`, undefined],
    ["nothing but NULs", "\0".repeat(1000), "ldif-lost-block"],
  ])("%s costs nothing but itself", async (_, what, code) => {
    const told = await between(what);
    if (code !== undefined) expect(told).toContain(code);
  });

  it.each([
    ["overlong UTF-8", Buffer.concat([Buffer.from("bad@contoso.com,"), Buffer.of(0xc0, 0xaf)]), "not-utf-8"],
    ["NULs", "bad@contoso.com,\0\0\0", "csv-lost-block"],
  ])("%s in CSV costs nothing but itself", async (_, what, code) => {
    const told = await between(what, "csv");
    if (code !== undefined) expect(told).toContain(code);
  });

  it("a UTF-16 file of odd length is told, and read", async () => {
    const data = Buffer.concat([Buffer.from(`\ufeff${goodRecord("ana")}`, "utf16le"), Buffer.of(65)]);
    const analysis = await analyze({
      onPremises: [{ name: "ad.ldf", data }],
      online: [{ name: "users.csv", data: `UserPrincipalName,ProxyAddresses\n${goodRow("ana")}` }],
    });
    expect(analysis.summary.matched).toBe(1);
    expect(analysis.inputs[0]?.diagnostics.map(({ code }) => code)).toContain("utf-16-odd-length");
  });

  it("half a surrogate pair in JSON is shown, and no text of it breaks a report", async () => {
    const analysis = await analyze({
      onPremises: [{ name: "ad.ldf", data: goodRecord("ana") }],
      online: [
        {
          name: "users.json",
          data: '[{"userPrincipalName":"a@contoso.com","displayName":"\\ud800","proxyAddresses":["SMTP:a@contoso.com","smtp:ana@contoso.com"]}]',
        },
      ],
    });
    expect(analysis.summary.byKind["primary-smtp-change"]).toBe(1);
    for (const format of ["text", "json", "csv", "markdown"] as const) {
      // What half a pair would become on its way through UTF-8 it has become already.
      const report = renderReport(analysis, format);
      expect(Buffer.from(report).toString()).toBe(report);
    }
  });
});

describe("URLs in LDIF", () => {
  // A pipe that nobody writes to: whoever opens it waits for ever.
  it.skipIf(process.platform === "win32")("are never opened", { timeout: 30_000 }, async () => {
    expect(spawnSync("mkfifo", [path("canary")]).status).toBe(0);
    const told = await between(
      `dn: CN=bad,DC=contoso,DC=com\nobjectClass: user\ndisplayName:< file://${path("canary")}\nmail:< http://127.0.0.1:9/canary\n`,
    );
    expect(told.filter((code) => code === "ldif-url-value").length).toBeGreaterThan(0);
  });
});

describe("names of JavaScript's own", () => {
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];

  it.each(names)("%s as attribute, column, kind, domain, name and address does no harm", async (name) => {
    const domain = `${name.replaceAll("_", "").toLowerCase()}.com`;
    const analysis = await analyzeText(
      ldif(
        {
          dn: `CN=${name},DC=contoso,DC=com`,
          [`x-${name}`]: "x",
          displayName: name,
          proxyAddresses: `SMTP:${name}@${domain}`,
        },
        { dn: "CN=ana,DC=contoso,DC=com", proxyAddresses: [`SMTP:ana@contoso.com`, `${name}:x`] },
      ).replace(`x-${name}`, name),
      online({
        UserPrincipalName: `${name}@${domain}`,
        [name]: "x",
        ProxyAddresses: `SMTP:other@${domain};smtp:${name}@${domain}`,
      }),
    );
    expect(analysis.summary.matched).toBe(1);
    expect(analysis.summary.byKind["primary-smtp-change"]).toBe(1);
    expect(analysis.settings.verifiedDomains).toContain(domain);
    await expect(analyzeText(ldif({}), "", { kinds: [name as never] })).rejects.toThrow(
      /^kinds\[0\]: expected one of .*, got "\w+"$/,
    );
    await expect(analyzeText(ldif({}), "", { [`x${name}`]: 1 } as object)).rejects.toThrow(`x${name}: no such option`);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });
});

describe("addresses that look like others", () => {
  it.each([
    ["a Cyrillic a", "SMTP:\u0430na@contoso.com"],
    ["a right-to-left override", "SMTP:\u202eana@contoso.com"],
    ["a zero-width space", "SMTP:a\u200bna@contoso.com"],
    ["a full-width letter", "SMTP:\uff41na@contoso.com"],
    ["a soft hyphen", "SMTP:a\u00adna@contoso.com"],
    ["a domain of look-alikes", "SMTP:ana@c\u043entoso.com"],
  ])("%s is reported, and links nobody to the other", async (_, address) => {
    const analysis = await analyzeText(
      ldif(
        {
          dn: "CN=ana,DC=contoso,DC=com",
          userPrincipalName: "ana@contoso.com",
          proxyAddresses: "SMTP:ana@contoso.com",
        },
        { dn: "CN=other,DC=contoso,DC=com", userPrincipalName: "other@contoso.com", proxyAddresses: address },
      ),
      online({ UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" }),
    );
    const invalid = analysis.mismatches.filter(({ kind }) => kind === "invalid-value");
    expect(invalid).toMatchObject([
      { kind: "invalid-value", attribute: "proxyAddresses", onPremises: { id: "CN=other,DC=contoso,DC=com" } },
    ]);
    expect(analysis.summary.matched).toBe(1);
    // What cannot be seen is shown by its code, and what looks like another letter is named.
    const text = renderReport(analysis, "text");
    expect(text).not.toMatch(/[\u200b\u202e\u00ad]/);
    const code = (address.match(/[^ -~]/u)?.[0]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    expect(text.replaceAll(/\s+/g, " ")).toContain(`is not ASCII, U+${code}`);
  });
});

it("compressed files of any kind of damage end, with a message", async () => {
  const whole = gzipSync(Buffer.from(goodRecord("ana").repeat(100)));
  for (const cut of [3, 10, 18, whole.length - 9, whole.length - 1]) {
    const result = await analyze({
      onPremises: [{ name: "ad.ldf.gz", data: whole.subarray(0, cut) }],
      online: [{ name: "users.csv", data: `UserPrincipalName,ProxyAddresses\n${goodRow("ana")}` }],
    }).catch((error: Error) => error.name);
    if (typeof result === "string") expect(result).toBe("InputError");
    else expect(result.inputs[0]?.diagnostics.map(({ code }) => code)).toContain("gzip-damaged");
  }
});
