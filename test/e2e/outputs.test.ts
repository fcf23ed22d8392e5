import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { cli, hasOrdinaryUser, runCommandLine } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-outputs-"));
afterAll(() => rmSync(folder, { recursive: true }));
const out = join(folder, "out");
const path = (name: string) => join(out, name);
beforeEach(() => {
  if (lstatSync(out, { throwIfNoEntry: false }) !== undefined) chmodSync(out, 0o755);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
});

const sides = ["--on-premises", "examples/contoso/ad.ldf", "--online", "examples/contoso/msolusers.csv"];
const plan = ["plan", ...sides, "--authority", "online"];
/** What is written to a file by each option. */
const writes = [
  ["--output", ["analyze", ...sides, "--fail-on", "never", "--output"], /people on-premises/],
  ["--write-accept", ["analyze", ...sides, "--fail-on", "never", "--write-accept"], /^\{\n/],
  ["--write-decisions", [...plan, "--write-decisions"], /^\ufeff"user"/],
] as const;
const findings = [
  "analyze",
  ...sides,
  "--fail-on",
  "never",
  "--format",
  "ndjson",
  "--upn-flow",
  "always",
  "--kind",
  "upn-change",
  "--output",
];
const threeFindings = /^(?:\{.*\}\n){3}$/;

const isRoot = process.getuid?.() === 0;
const modeOf = (name: string) => (statSync(path(name)).mode & 0o777).toString(8);

describe.skipIf(process.platform === "win32")("an output that is no ordinary file is written into", () => {
  const read = (command: string) => spawnSync("sh", ["-c", command, process.execPath, cli, ...findings]);

  it.each(writes)("%s: a pipe's reader gets all of it, and the pipe stays", async (_, args, content) => {
    spawnSync("mkfifo", [path("pipe")]);
    const reader = spawnSync("sh", [
      "-c",
      `cat "$0" > "$1" & shift; "$@"; wait`,
      path("pipe"),
      path("read"),
      process.execPath,
      cli,
      ...args,
      path("pipe"),
    ]);
    expect([reader.status, lstatSync(path("pipe")).isFIFO()]).toEqual([0, true]);
    expect(readFileSync(path("read"), "utf8")).toMatch(content);
  });

  it("a pipe's reader that has seen enough is no error", () => {
    spawnSync("mkfifo", [path("pipe")]);
    const { status, stderr } = read(`head -c 1 "${path("pipe")}" > /dev/null & "$0" "$@" "${path("pipe")}"`);
    expect([status, String(stderr)]).toEqual([0, expect.stringMatching(/^✖ [\s\S]*\nReport written to .*pipe\n$/)]);
  });

  // Root has a device of its own: what is to be tested must not break the machine.
  it.each(writes)("%s: a device stays a device", async (_, args) => {
    if (isRoot) spawnSync("mknod", [path("null"), "c", "1", "3"]);
    const device = isRoot ? path("null") : "/dev/null";
    const { status } = await runCommandLine([...args, device]);
    expect([status, lstatSync(device).isCharacterDevice()]).toEqual([0, true]);
    expect(readdirSync(out)).toEqual(isRoot ? ["null"] : []);
  });

  // A link as /dev/stdout is one.
  it.skipIf(process.platform !== "linux").each([
    ["its standard output", "stdout", ""],
    ["another descriptor", "/dev/fd/7", "7>&1"],
  ])("what it has open stays with whoever opened it: %s", (_, name, redirection) => {
    symlinkSync("/proc/self/fd/1", path("stdout"));
    const output = name.startsWith("/") ? name : path(name);
    read(`(echo before; "$0" "$@" "${output}" ${redirection}; echo after) >> "${path("log")}"`);
    const [before, ...lines] = readFileSync(path("log"), "utf8").trimEnd().split("\n");
    expect([before, lines.length, lines.at(-1)]).toEqual(["before", 4, "after"]);
    expect(lstatSync(path("stdout")).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform !== "linux")("standard output that is a pipe gets it", async () => {
    const { status, stdout } = await runCommandLine([...findings, "/proc/self/fd/1"]);
    expect([status, stdout]).toEqual([0, expect.stringMatching(threeFindings)]);
  });
});

describe.skipIf(process.platform === "win32")("a link", () => {
  it.each(writes)("%s: its target is replaced, and not the link", async (_, args, content) => {
    writeFileSync(path("target"), "before");
    symlinkSync("target", path("link"));
    symlinkSync(path("link"), path("link of link"));
    expect((await runCommandLine([...args, path("link of link")])).status).toBe(0);
    expect([readlinkSync(path("link")), readlinkSync(path("link of link"))]).toEqual(["target", path("link")]);
    expect(readFileSync(path("target"), "utf8")).toMatch(content);
  });

  it.each(writes)("%s: a target that is not there yet is made", async (_, args, content) => {
    mkdirSync(path("elsewhere"));
    symlinkSync("elsewhere/target", path("link"));
    expect((await runCommandLine([...args, path("link")])).status).toBe(0);
    expect(lstatSync(path("link")).isSymbolicLink()).toBe(true);
    expect(readFileSync(path("elsewhere/target"), "utf8")).toMatch(content);
    expect(readdirSync(path("elsewhere"))).toEqual(["target"]);
  });

  it("in the folder of a plan is a file of that name, wherever it leads", async () => {
    mkdirSync(path("plan"));
    symlinkSync("nowhere", path("plan/plan.md"));
    const { status, stderr } = await runCommandLine([...plan, "--output-dir", path("plan")]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("holds files of another plan (plan.md)")]);
    expect(readdirSync(path("plan"))).toEqual(["plan.md"]);
  });

  it("that leads in a circle is told", async () => {
    symlinkSync("one", path("other"));
    symlinkSync("other", path("one"));
    const { status, stderr } = await runCommandLine([...findings, path("one")]);
    expect([status, stderr]).toEqual([
      2,
      `error: --output ${path("one")} cannot be written: its links lead in a circle\n`,
    ]);
  });
});

describe.skipIf(process.platform === "win32")("who may read it", () => {
  it.each(writes)("%s: what is new is its owner's alone", async (_, args) => {
    await runCommandLine([...args, path("new")]);
    expect([modeOf("new"), readdirSync(out)]).toEqual(["600", ["new"]]);
  });

  it("--output-dir: a new folder and its files too; a folder that is there stays as it is", async () => {
    await runCommandLine([...plan, "--output-dir", path("new")]);
    expect([modeOf("new"), ...readdirSync(path("new")).map((name) => modeOf(`new/${name}`))]).toEqual([
      "700",
      ...Array.from({ length: 7 }, () => "600"),
    ]);
    mkdirSync(path("old"));
    chmodSync(path("old"), 0o751);
    await runCommandLine([...plan, "--output-dir", path("old")]);
    expect([modeOf("old"), modeOf("old/plan.md")]).toEqual(["751", "600"]);
  });

  it.each(writes)("%s: what is there keeps its mode", async (_, args, content) => {
    writeFileSync(path("old"), "before");
    chmodSync(path("old"), 0o646);
    expect((await runCommandLine([...args, path("old")])).status).toBe(0);
    expect([modeOf("old"), readFileSync(path("old"), "utf8")]).toEqual(["646", expect.stringMatching(content)]);
  });

  it.skipIf(!isRoot).each(writes)("%s: what is there keeps its owner and its group", async (_, args, content) => {
    writeFileSync(path("old"), "before");
    chownSync(path("old"), 1234, 4321);
    expect((await runCommandLine([...args, path("old")])).status).toBe(0);
    const { uid, gid } = statSync(path("old"));
    expect([uid, gid, readFileSync(path("old"), "utf8")]).toEqual([1234, 4321, expect.stringMatching(content)]);
  });

  it.skipIf(!isRoot || !hasOrdinaryUser).each(writes)(
    "%s: somebody else's file, which everybody may write, stays theirs",
    async (_, args, content) => {
      writeFileSync(path("theirs"), "untouched".repeat(100_000));
      chmodSync(path("theirs"), 0o666);
      chownSync(path("theirs"), 1234, 4321);
      const before = statSync(path("theirs"));
      expect((await runCommandLine([...args, path("theirs")], { isOrdinary: true })).status).toBe(0);
      const { uid, gid, mode, ino } = statSync(path("theirs"));
      expect([uid, gid, mode, ino]).toEqual([1234, 4321, before.mode, before.ino]);
      expect(readFileSync(path("theirs"), "utf8")).toMatch(content);
      expect(readFileSync(path("theirs"), "utf8")).not.toContain("untouched");
      expect(readdirSync(out)).toEqual(["theirs"]);
    },
  );
});

describe("where nothing can be written is told before anything is read", () => {
  const refused = async (output: string, reason: string | RegExp, isOrdinary = false) => {
    const missing = ["analyze", "--on-premises", "missing.ldf", "--online", "missing.csv", "--output", output];
    const { status, stderr } = await runCommandLine(missing, { isOrdinary });
    expect(stderr.trimEnd().split("\n")).toEqual([expect.stringMatching(reason)]);
    expect(stderr).toContain(`error: --output ${output} cannot be written: `);
    expect([status, stderr.includes(".part")]).toEqual([2, false]);
  };

  it("a folder that does not exist", () => refused(path("nowhere/x.html"), /there is no folder .*nowhere$/));
  it("a folder", () => refused(out, /it is a folder$/));
  it("a name that ends as a folder's", () => refused(`${path("new")}/`, /it is a folder$/));

  it.skipIf(!hasOrdinaryUser)("a file that is protected", async () => {
    writeFileSync(path("old"), "before", { mode: 0o444 });
    await refused(path("old"), /EACCES: permission denied$/, true);
    expect(readFileSync(path("old"), "utf8")).toBe("before");
  });

  it.skipIf(!hasOrdinaryUser)("a file in a folder that is protected", async () => {
    writeFileSync(path("old"), "before", { mode: 0o666 });
    chmodSync(out, 0o555);
    await refused(path("old"), /nothing can be made beside it \(EACCES: permission denied\).*another folder$/, true);
    expect(readFileSync(path("old"), "utf8")).toBe("before");
    await refused(path("new"), /EACCES: permission denied$/, true);
  });
});

describe("what is read in a run is written by nothing else", () => {
  it.each([
    ["by its own name", "precious.json"],
    ["by a link", "link.json"],
    ["by a second name", "second.json"],
    ["by another way", "../out/precious.json"],
  ])("--accept and --output, %s", async (_, name) => {
    await runCommandLine(["analyze", ...sides, "--write-accept", path("precious.json")]);
    symlinkSync("precious.json", path("link.json"));
    linkSync(path("precious.json"), path("second.json"));
    const before = readFileSync(path("precious.json"), "utf8");
    const output = `${out}/${name}`;
    const run = await runCommandLine(["analyze", ...sides, "--accept", path("precious.json"), "--output", output]);
    expect([run.status, run.stderr]).toEqual([
      2,
      `error: --output ${output} is one of the inputs; name another file (--accept reads it)\n`,
    ]);
    expect(readFileSync(path("precious.json"), "utf8")).toBe(before);
  });

  it.each([
    ["--on-premises", "--output", ["analyze", "--on-premises", "FILE:ldif", "--online", "x", "--output", "FILE"]],
    ["--baseline", "--write-accept", ["analyze", ...sides, "--baseline", "FILE", "--write-accept", "FILE"]],
    ["--decisions", "--write-decisions", [...plan, "--decisions", "FILE", "--write-decisions", "FILE"]],
  ])("%s and %s", async (reader, writer, args) => {
    writeFileSync(path("precious"), "before");
    const run = await runCommandLine(args.map((arg) => arg.replace("FILE", path("precious"))));
    expect([run.status, run.stderr]).toEqual([
      2,
      `error: ${writer} ${path("precious")} is one of the inputs; name another file (${reader} reads it)\n`,
    ]);
    expect(readFileSync(path("precious"), "utf8")).toBe("before");
  });

  it.skipIf(process.platform === "win32")("standard input and --output", () => {
    writeFileSync(path("precious.ldf"), "before");
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", `"$0" "$@" < "${path("precious.ldf")}"`, process.execPath, cli, "analyze", "--on-premises", "-"].concat(
        "--online",
        "x",
        "--output",
        path("precious.ldf"),
      ),
      { encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([2, expect.stringContaining("is one of the inputs")]);
    expect(readFileSync(path("precious.ldf"), "utf8")).toBe("before");
  });

  it("two outputs are two files", async () => {
    const args = ["analyze", ...sides, "--output", path("one.json"), "--write-accept", `${out}/../out/one.json`];
    const { status, stderr } = await runCommandLine(args);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/--output .* and --write-accept .* are one file/)]);
    expect(readdirSync(out)).toEqual([]);
  });

  it("--accept and --write-accept may be one file: what is new is told first, and accepted then", async () => {
    const file = path("accepted.json");
    await runCommandLine(["analyze", ...sides, "--upn-flow", "always", "--kind", "upn-change", "--write-accept", file]);
    const both = ["analyze", ...sides, "--upn-flow", "always", "--accept", file, "--write-accept", file];
    const first = await runCommandLine(both);
    expect([first.status, first.stdout]).toEqual([1, expect.stringContaining("primary-smtp-change")]);
    expect(first.stdout).toContain("3 accepted findings not listed again");
    const second = await runCommandLine(both);
    expect([second.status, second.stdout]).toEqual([0, expect.not.stringContaining("primary-smtp-change")]);
  });

  it("--write-decisions is never written over what somebody decided", async () => {
    const file = path("decisions.csv");
    const write = [...plan, "--write-decisions", file];
    expect((await runCommandLine(write)).status).toBe(0);
    expect((await runCommandLine(write)).status).toBe(0);
    const decided = readFileSync(file, "utf8")
      .replace(/""\r\n/, '"skip"\r\n')
      .replaceAll(",", ";");
    writeFileSync(file, decided);
    const { status, stderr } = await runCommandLine(write);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`--write-decisions ${file} holds decisions`)]);
    expect(readFileSync(file, "utf8")).toBe(decided);
  });
});

describe("the format follows the name", () => {
  it.each([
    ["report.html", /^<!doctype html>/],
    ["REPORT.HTM", /^<!doctype html>/],
    ["report.json", /^\{\n/],
    ["report.ndjson", /^\{"kind"/],
    ["report.csv", /^\ufeff"severity"/],
    ["report.xlsx", /^PK/],
    ["report.md", /^# What/],
    ["report.txt", /^╭/],
    ["report.log", /^╭/],
    ["json", /^╭/],
  ])("%s", async (name, beginning) => {
    expect((await runCommandLine(["analyze", ...sides, "--output", path(name)])).status).toBe(1);
    expect(readFileSync(path(name), "utf8")).toMatch(beginning);
  });

  it("and --format must not say another one", async () => {
    const args = ["analyze", ...sides, "--format", "csv", "--output"];
    const { status, stderr } = await runCommandLine([...args, path("report.html")]);
    expect([status, stderr]).toEqual([
      2,
      `error: --output ${path("report.html")} says html, and --format says csv; leave out --format, or name another file\n`,
    ]);
    expect(readdirSync(out)).toEqual([]);
    expect((await runCommandLine([...args, path("report.CSV")])).status).toBe(1);
    expect((await runCommandLine([...args, path("report.dat")])).status).toBe(1);
  });

  it.each([
    ["--write-accept", "x.html", ["analyze", ...sides]],
    ["--write-decisions", "x.xlsx", plan],
  ])("%s %s says what it is not", async (option, name, args) => {
    const { status, stderr } = await runCommandLine([...args, option, path(name)]);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/what is written is \w+, and the name says \w+/)]);
  });
});
