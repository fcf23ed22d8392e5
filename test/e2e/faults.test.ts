import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { hasMounts } from "../real-parts.ts";
import { writeLargeLdif, writeLargeMsolUsers } from "../writing/large-directory.ts";
import { runCommandLine, runHere } from "./command-line.ts";
import { type Fault, failAs } from "./faulty-disk.mjs";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-faults-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const out = path("out");
const disk = new URL("faulty-disk.mjs", import.meta.url).href;
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

const USERS = 400;
beforeEach(() => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  writeLargeLdif(path("ad.ldf"), { users: USERS });
  writeLargeMsolUsers(path("users.csv"), { users: USERS });
});

const hashOf = (name: string) =>
  createHash("sha256")
    .update(readFileSync(path(name)))
    .digest("hex");
const sides = ["--on-premises", path("ad.ldf"), "--online", path("users.csv")];

/** Runs the program as a process whose disk, threads or code fail. */
const runWith = (fault: Fault, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCommandLine(args, { env: { NODE_OPTIONS: `--import=${disk}`, FAULT: JSON.stringify(fault), ...env } });

/** Runs the program in this process, whose disk fails meanwhile: a process of its own has no other one. */
async function runOnDisk(fault: Fault, args: readonly string[]) {
  const mend = failAs(fault);
  return runHere(args).finally(mend);
}

/** Runs the program on a disk that fails; the exports must be as they were. */
async function runOn(fault: Fault, args: readonly string[]) {
  const before = [hashOf("ad.ldf"), hashOf("users.csv")];
  const run = await (fault.on === "thread" ? runWith(fault, args) : runOnDisk(fault, args));
  if (fault.on !== "read") expect([hashOf("ad.ldf"), hashOf("users.csv")]).toEqual(before);
  return run;
}

const analyzeTo = (name: string, format: string) => [
  "analyze",
  ...sides,
  "--format",
  format,
  "--output",
  join(out, name),
];
const planTo = (name: string) => ["plan", ...sides, "--authority", "online", "--output-dir", join(out, name)];

describe("a disk that fails while something is written", () => {
  const faults: readonly Fault[] = [
    { on: "create", code: "EACCES", path: "out" },
    { on: "create", code: "EROFS", path: "out" },
    { on: "write", code: "ENOSPC", path: "out" },
    { on: "write", code: "ENOSPC", path: "out", after: USERS * 100 },
    { on: "sync", code: "EIO", path: "out" },
    { on: "rename", code: "EPERM", path: "out" },
  ];
  const writes = [
    ["--output, in pieces", analyzeTo("findings.csv", "csv")],
    ["--output, at once", analyzeTo("report.json", "json")],
    ["--output, bytes", analyzeTo("report.xlsx", "xlsx")],
    ["--write-accept", ["analyze", ...sides, "--write-accept", join(out, "accepted.json")]],
    ["--write-decisions", ["plan", ...sides, "--authority", "online", "--write-decisions", join(out, "decisions.csv")]],
    ["--output-dir", planTo("plan")],
  ] as const;

  it.each(writes)(
    "%s: the option, the file and the reason are told, status 2, and nothing is left",
    { timeout: 120_000 },
    async (what, args) => {
      for (const fault of faults) {
        rmSync(out, { recursive: true });
        mkdirSync(out);
        const { status, stdout, stderr } = await runOn(fault, args);
        // A small report is through before the disk is full.
        if (fault.after !== undefined && status !== 2) continue;
        // What is accepted is written when the report is out.
        const report = what === "--write-accept" ? expect.stringContaining("people on-premises") : "";
        expect([status, stdout], JSON.stringify(fault)).toEqual([2, report]);
        expect(stderr).toMatch(new RegExp(`^error: ${what.split(",")[0]} .*out/.* cannot be written: ${fault.code}`));
        expect(stderr.trimEnd().split("\n")).toHaveLength(1);
        expect(readdirSync(out, { recursive: true }).filter((name) => name !== "plan")).toEqual([]);
      }
    },
  );

  it.each(["change-ad.ldf", "notify.csv"])("--output-dir: when %s fails, no file of the plan is left", async (file) => {
    for (const on of ["create", "write", "sync", "rename"]) {
      const { status, stderr } = await runOn({ on, code: "ENOSPC", path: file }, planTo("plan"));
      expect([status, stderr]).toEqual([2, expect.stringContaining(`${file} cannot be written: ENOSPC`)]);
      expect(readdirSync(join(out, "plan"))).toEqual([]);
    }
  });

  it("leaves a report that was there before as it was", async () => {
    writeFileSync(join(out, "report.json"), "before");
    for (const on of ["create", "write", "sync", "rename"]) {
      const { status } = await runOn({ on, code: "EIO", path: "report.json" }, analyzeTo("report.json", "json"));
      expect([status, readFileSync(join(out, "report.json"), "utf8")]).toEqual([2, "before"]);
    }
  });

  it("a folder that vanishes meanwhile is told", async () => {
    const { status, stderr } = await runOn({ on: "remove-folder", path: "out" }, analyzeTo("report.json", "json"));
    expect([status, stderr]).toEqual([2, expect.stringMatching(/--output .*report.json cannot be written: ENOENT/)]);
    expect(existsSync(out)).toBe(false);
  });
});

describe("an export that fails while it is read", () => {
  it.each([
    ["a disk that gives an error", { code: "EIO" }, "the disk gave an error"],
    ["a file that gets shorter", { action: "shrink" }, "it was changed while it was read"],
    ["a file that gets longer", { action: "grow" }, "it was changed while it was read"],
    ["a file that is written anew, as long as before", { action: "touch" }, "it was changed while it was read"],
  ])("%s is named, with what to do, and no report is made of it", async (_, fault, message) => {
    for (const name of ["ad.ldf", "users.csv"]) {
      const { status, stdout, stderr } = await runOn({ on: "read", path: name, ...fault }, ["analyze", ...sides]);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(`error: ${name}: the file cannot be read: ${message} (${path(name)})\n`);
      expect(stderr.trimEnd().split("\n")).toHaveLength(2);
    }
  });

  it("a file that is removed meanwhile is still read to its end", async () => {
    const { status, stdout } = await runOn({ on: "read", path: "users.csv", action: "remove" }, [
      "analyze",
      ...sides,
      "--format",
      "json",
    ]);
    expect([status, JSON.parse(stdout).summary.online]).toEqual([1, USERS]);
  });

  it("a thread that dies is told, and the program ends", async () => {
    writeLargeLdif(path("ad.ldf"), { users: 20_000 });
    const { status, stdout, stderr } = await runOn({ on: "thread" }, ["analyze", ...sides, "--concurrency", "2"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("error: ad.ldf: the file cannot be read: the thread that read it has ended");
  });
});

describe("a bug", () => {
  const run = (args: readonly string[], env: Record<string, string> = {}, on = "bug") =>
    runWith({ on }, ["analyze", ...sides, "--output", join(out, "report.txt"), ...args], env);

  it("ends with status 70, and one sentence that quotes nothing of an export", async () => {
    const { status, stdout, stderr } = await run([]);
    expect([status, stdout, readdirSync(out)]).toEqual([70, "", []]);
    expect(stderr).toBe(
      "error: dirsync-preflight 0.1.0 failed (TypeError), which is a bug: please report it to the maintainers, without the exports; DIRSYNC_PREFLIGHT_STACK=1 in the environment shows where it failed\n",
    );
  });

  it.each([
    ["--verbose", ["--verbose"], {}],
    ["the environment", [], { DIRSYNC_PREFLIGHT_STACK: "1" }],
  ])("shows where it is if %s asks for it", async (_, args, env) => {
    const { status, stderr } = await run(args, env);
    const [said, warning, what, ...places] = stderr.trimEnd().split("\n");
    expect([status, said]).toEqual([70, expect.stringMatching(/which is a bug.*with this stack:$/)]);
    expect([warning, what]).toEqual([expect.stringContaining("may quote an export"), "  TypeError: jane@contoso.com"]);
    expect(places.every((place) => place.startsWith("      at "))).toBe(true);
  });

  it("is not what a lack of memory is", async () => {
    const { status, stderr } = await run([], {}, "memory");
    expect([status, stderr]).toEqual([70, expect.stringMatching(/^error: there is not enough memory; [^\n]*\n$/)]);
  });
});

describe("standard error that nobody reads", () => {
  it.skipIf(process.platform === "win32")("is no bug", () => {
    const script = `{ sleep 1; "$0" "$@" >/dev/null; echo $? >"${path("status")}"; } 2>&1 | true`;
    spawnSync("sh", ["-c", script, process.execPath, cli, "analyze", ...sides, "--output", join(out, "report.txt")]);
    expect(readFileSync(path("status"), "utf8")).toBe("1\n");
  });
});

describe("standard output", () => {
  it.skipIf(!existsSync("/dev/full")).each(["text", "ndjson", "json", "html", "xlsx"])(
    "on a full disk, %s: told, status 2",
    (format) => {
      const { status, stderr } = spawnSync(
        "sh",
        ["-c", `"$0" "$@" > /dev/full`, process.execPath, cli, "analyze", ...sides, "--format", format],
        { encoding: "utf8" },
      );
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(/^error: standard output cannot be written: ENOSPC[^\n]*\n$/),
      ]);
    },
  );
});

describe.skipIf(!hasMounts)("a real file system", () => {
  /** Runs the program with `out` on a file system of its own. */
  const runMounted = (options: string, args: readonly string[], before = "true") =>
    spawnSync(
      "unshare",
      [
        "-m",
        "sh",
        "-c",
        `mount -t tmpfs -o ${options} tmpfs "${out}" && ${before} && cd "${folder}" && "$0" "$@"; status=$?; ls -A "${out}"; exit $status`,
        process.execPath,
        cli,
        ...args,
      ],
      {
        encoding: "utf8",
      },
    );

  it.each([
    ["--output", analyzeTo("findings.csv", "csv")],
    ["--output", analyzeTo("report.html", "html")],
    ["--output-dir", planTo("plan")],
  ])("that is full: %s is told, status 2, and no part of a file is left", (option, args) => {
    const { status, stdout, stderr } = runMounted("size=16k", args);
    expect([status, stdout.replace("plan\n", "")]).toEqual([2, ""]);
    expect(stderr).toMatch(new RegExp(`^error: ${option} .* cannot be written: ENOSPC: no space left on device`));
  });

  it("that is read-only", () => {
    const { status, stdout, stderr } = runMounted("ro", analyzeTo("report.json", "json"));
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: --output .*report.json cannot be written: EROFS: read-only file system/);
  });

  it("that is full keeps the report of before", () => {
    const report = join(out, "report.json");
    const before = `head -c 8000 /dev/zero > "${report}" && cp "${report}" "${path("copy")}"`;
    const args = [...analyzeTo("report.json", "json"), "--quiet"];
    const { status, stdout, stderr } = runMounted(
      "size=16k",
      args,
      `${before} && trap 'cmp "${report}" copy && echo same' EXIT`,
    );
    expect([status, stdout]).toEqual([2, "report.json\nsame\n"]);
    expect(stderr).toContain("cannot be written: ENOSPC");
  });

  it("with room enough takes the whole report", () => {
    const { status, stdout } = runMounted("size=16m", analyzeTo("report.json", "json"));
    expect([status, stdout]).toEqual([1, "report.json\n"]);
  });
});
