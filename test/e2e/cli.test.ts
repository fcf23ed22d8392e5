import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { analysisSchema } from "../../src/index.ts";
import addressFlow from "../fixtures/scenarios/address-flow.json" with { type: "json" };
import { ldif, online } from "../reading.ts";
import { runCommandLine } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const contoso = ["analyze", "--on-premises", "examples/contoso/ad.ldf", "--online", "examples/contoso/msolusers.csv"];
const clean = ldif({ userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com" });
const cleanOnline = online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" });

describe("analyze", () => {
  it.each(addressFlow.cases)("$name", async ({ onPremises, online: user, expected }) => {
    const ad = file("flow.ldf", ldif(onPremises));
    const users = file(
      "flow.csv",
      online({ UserPrincipalName: user.userPrincipalName, ProxyAddresses: user.proxyAddresses.join(";") }),
    );
    const { stdout, status } = await runCommandLine([
      "analyze",
      "--on-premises",
      ad,
      "--online",
      users,
      "--format",
      "json",
    ]);
    const { mismatches } = JSON.parse(stdout);
    expect(mismatches).toContainEqual(
      expect.objectContaining({ kind: "primary-smtp-change", ...expected["primary-smtp-change"] }),
    );
    expect(mismatches).toContainEqual(expect.objectContaining({ kind: "upn-change", ...expected["upn-change"] }));
    expect(status).toBe(1);
  });

  it("--format json is the documented document, the same from LDIF and CSVDE but for where it was read", async () => {
    const fromLdif = JSON.parse((await runCommandLine([...contoso, "--format", "json"])).stdout);
    const fromCsvde = JSON.parse(
      (await runCommandLine([...contoso.with(2, "examples/contoso/ad.csv"), "--format", "json"])).stdout,
    );
    expect(analysisSchema.parse(fromLdif)).toEqual(fromLdif);
    expect(Object.keys(fromLdif)).toEqual([
      "schemaVersion",
      "tool",
      "inputs",
      "settings",
      "summary",
      "notChecked",
      "mismatches",
    ]);
    const bare = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (key, inner) => (key === "source" ? undefined : inner)));
    expect(bare(fromCsvde.mismatches)).toEqual(bare(fromLdif.mismatches));
  });

  it("--kind reports some kinds only, and --fail-on looks at those", async () => {
    const { stdout, status } = await runCommandLine([
      ...contoso,
      "--kind",
      "unmatched-online",
      "unmatched-on-premises",
      "--format",
      "ndjson",
    ]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).kind),
    ).toEqual(["unmatched-on-premises", "unmatched-on-premises", "unmatched-online"]);
    expect(status).toBe(0);
  });

  it.each([
    ["error", 0],
    ["warning", 1],
    ["info", 1],
    ["never", 0],
  ])("--fail-on %s", async (severity, expected) => {
    const { status } = await runCommandLine([
      ...contoso,
      "--kind",
      "unmatched-online",
      "--fail-on",
      severity as string,
    ]);
    expect(status).toBe(expected);
  });

  it("--soft-match primary-smtp is used and reported", async () => {
    const { stdout } = await runCommandLine([...contoso, "--soft-match", "primary-smtp", "--format", "json"]);
    expect(JSON.parse(stdout).settings).toMatchObject({ softMatch: "primary-smtp" });
  });

  it("reads standard input for -", async () => {
    const users = file("stdin.csv", cleanOnline);
    const { stdout, status } = await runCommandLine(["analyze", "--on-premises", "-", "--online", users], {
      input: clean,
    });
    expect(stdout).toContain("Nothing will change");
    expect(status).toBe(0);
  });

  it("several files of a side, named apart where their names are the same", async () => {
    cpSync("examples/contoso/ad.ldf", join(folder, "ad.ldf"));
    const { stdout } = await runCommandLine([
      ...contoso.slice(0, 3),
      join(folder, "ad.ldf"),
      ...contoso.slice(3),
      "--format",
      "json",
    ]);
    const { inputs, summary } = JSON.parse(stdout);
    expect(inputs.map(({ name }: { name: string }) => name)).toEqual([
      "examples/contoso/ad.ldf",
      join(folder, "ad.ldf"),
      "msolusers.csv",
    ]);
    expect(summary.onPremises).toBe(42);
  });

  it("--verbose prints the time of each step and the memory on standard error", async () => {
    const { stderr } = await runCommandLine([...contoso, "--verbose"]);
    expect(stderr).toMatch(
      /read on-premises +\d+\.\d\d s\nread online .*\nmatch .*\nfind .*\nreport .*\nmemory at most +\d+ MB\n/,
    );
  });
});

describe("--output", () => {
  it("writes the whole report and leaves nothing else behind", async () => {
    const inside = join(folder, "out");
    cpSync("examples/contoso", inside, { recursive: true });
    const output = join(inside, "report.json");
    const { stdout, stderr, status } = await runCommandLine([...contoso, "--format", "json", "--output", output]);
    expect([stdout, stderr, status]).toEqual(["", `Report written to ${output}\n`, 1]);
    expect(JSON.parse(readFileSync(output, "utf8")).schemaVersion).toBe(1);
    expect(readdirSync(inside).sort()).toEqual(["ad.csv", "ad.ldf", "msolusers.csv", "report.json"]);
  });

  it("never over an input, not even through a link", async () => {
    const ad = file("precious.ldf", clean);
    const users = file("users.csv", cleanOnline);
    const link = join(folder, "link.ldf");
    symlinkSync(ad, link);
    for (const output of [ad, link]) {
      const { stderr, status } = await runCommandLine([
        "analyze",
        "--on-premises",
        ad,
        "--online",
        users,
        "--output",
        output,
      ]);
      expect(stderr).toContain("is one of the inputs; name another file");
      expect(status).toBe(2);
    }
    expect(readFileSync(ad, "utf8")).toBe(clean);
  });

  it("to a folder that does not exist is an error that names the option", async () => {
    const output = join(folder, "nowhere", "report.txt");
    const { stderr, status } = await runCommandLine([...contoso, "--output", output]);
    expect(stderr).toContain(`--output ${output} cannot be written`);
    expect(status).toBe(2);
    expect(existsSync(output)).toBe(false);
  });
});

describe("a pipe that closes early", () => {
  it("is no error", async () => {
    const numbers = Array.from({ length: 3000 }, (_, index) => index);
    const users = file(
      "many.csv",
      online(
        ...numbers.map((number) => ({
          UserPrincipalName: `u${number}@contoso.com`,
          ProxyAddresses: `SMTP:u${number}@contoso.com`,
        })),
      ),
    );
    const ad = file("one.ldf", clean);
    const { spawnSync } = await import("node:child_process");
    const result = spawnSync(
      "sh",
      [
        "-c",
        `"${process.execPath}" dist/cli.js analyze --on-premises "${ad}" --online "${users}" --format ndjson | head -n 1`,
      ],
      { encoding: "utf8" },
    );
    expect(JSON.parse(result.stdout).kind).toBe("unmatched-on-premises");
    expect(result.stderr).toBe("");
  });
});
