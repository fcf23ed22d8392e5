import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Run, runCommandLine } from "../e2e/command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-names-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a stranger may call a file: it begins a line of its own, colours it, and turns the direction of writing. */
const HOSTILE = "a\nerror: forged\r\u001b[31m\u202e";
const hostile = (name: string) => join(folder, `${HOSTILE}${name}`);
const [ad, online, empty] = [hostile("ad.ldf"), hostile("users.csv"), hostile("empty")];
copyFileSync("examples/contoso/ad.ldf", ad);
copyFileSync("examples/contoso/msolusers.csv", online);
copyFileSync("/dev/null", empty);
mkdirSync(hostile("folder"));

const sides = ["--on-premises", ad, "--online", online];
const swapped = ["--on-premises", online, "--online", ad];

/** Nothing that the terminal obeys is shown, and no line that the name would begin. */
function expectShown({ stdout, stderr, status }: Run, expected: number): void {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(/[\r\u001b\u202e]/);
    expect(text).not.toMatch(/^error: forged/m);
  }
  expect(status).toBe(expected);
}

describe.skipIf(process.platform === "win32")("the name of a file", () => {
  it.each([
    ["analyze", ["analyze", ...sides], 1],
    ["analyze, a side that has nothing", ["analyze", "--on-premises", empty, "--online", online], 2],
    ["analyze, sides swapped", ["analyze", ...swapped], 2],
    ["analyze --format markdown", ["analyze", ...sides, "--format", "markdown"], 1],
    ["analyze --output", ["analyze", ...sides, "--output", hostile("report")], 1],
    ["analyze --output over an input", ["analyze", ...sides, "--output", ad], 2],
    [
      "analyze --output, two outputs",
      ["analyze", ...sides, "--output", hostile("x"), "--write-accept", hostile("x")],
      2,
    ],
    ["analyze --output into nothing", ["analyze", ...sides, "--output", join(hostile("nowhere"), "x")], 2],
    ["analyze --output of another format", ["analyze", ...sides, "--format", "csv", "--output", hostile("x.html")], 2],
    ["analyze --accept of no report", ["analyze", ...sides, "--accept", empty], 2],
    ["analyze --accept of nothing", ["analyze", ...sides, "--accept", hostile("nothing")], 2],
    ["plan", ["plan", ...sides, "--authority", "online", "--output-dir", hostile("plan")], 0],
    ["plan --decisions", ["plan", ...sides, "--authority", "online", "--simulate", "--decisions", ad], 2],
    ["inspect", ["inspect", ad, online], 0],
    ["inspect, a folder", ["inspect", hostile("folder")], 2],
    ["inspect, FILE:FORMAT", ["inspect", `${ad}:${HOSTILE}`], 2],
    ["explain --user", ["explain", "--user", "Bruno Costa", ...sides], 0],
    ["explain, nobody", ["explain", "--user", HOSTILE, ...sides], 2],
    ["explain, no kind", ["explain", HOSTILE], 2],
  ])("%s", async (_, args, status) => expectShown(await runCommandLine(args), status));
});

describe("an argument", () => {
  it.each([
    ["an option that does not exist", ["inspect", `--${HOSTILE}`]],
    ["a choice that there is not", ["analyze", ...sides, "--format", HOSTILE]],
    ["a number that is none", ["analyze", ...sides, "--concurrency", HOSTILE]],
    ["a command that does not exist", [HOSTILE]],
    ["an encoding that does not exist", ["inspect", "--encoding", HOSTILE, ad]],
    ["a suggestion that is none of the parser's", ["analyze", "--x\n(Did you mean \u001b[31m?)"]],
  ])("%s", async (_, args) => expectShown(await runCommandLine(args), 2));

  it("that is nearly right is answered with a suggestion on a line of its own", async () => {
    const { stderr } = await runCommandLine(["analyze", ...sides, "--formt", "csv"]);
    expect(stderr).toBe("error: unknown option '--formt'\n(Did you mean --format?)\n");
  });
});
