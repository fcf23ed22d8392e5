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
import { readSheet } from "read-excel-file/node";
import { afterAll, describe, expect, it } from "vitest";
import { analysisSchema, verificationSchema } from "../../src/index.ts";
import addressFlow from "../fixtures/scenarios/address-flow.json" with { type: "json" };
import { ldif, online } from "../reading.ts";
import { writeLargeLdif } from "../writing/large-directory.ts";
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
      "verdict",
      "service",
      "inputs",
      "settings",
      "summary",
      "notChecked",
      "causes",
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
    expect(stdout).toContain("no mail address and no sign-in name changes");
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

  it("explain KIND prints its page", async () => {
    const { stdout, status } = await runCommandLine(["explain", "upn-change"]);
    expect(stdout).toBe(readFileSync("docs/mismatches/upn-change.md", "utf8"));
    expect(status).toBe(0);
  });

  it("--soft-match both lists whose fate depends on the rule", async () => {
    const ad = file(
      "both.ldf",
      ldif({ userPrincipalName: "a@contoso.com", proxyAddresses: ["SMTP:a@contoso.com", "smtp:b@contoso.com"] }),
    );
    const users = file(
      "both.csv",
      online({ UserPrincipalName: "b@contoso.com", ProxyAddresses: "SMTP:b@contoso.com" }),
    );
    const { stdout } = await runCommandLine([
      "analyze",
      "--on-premises",
      ad,
      "--online",
      users,
      "--soft-match",
      "both",
    ]);
    expect(stdout).toMatch(
      /Depends on the rule of matching[^\n]*\n.*matched \/ address-collision\s+both.ldf:1\s+both.csv:2/,
    );
  });

  it("--write-accept saves what --accept hides; what is new and what is gone is told", async () => {
    const accepted = join(folder, "accepted.json");
    expect((await runCommandLine([...contoso, "--write-accept", accepted])).status).toBe(1);
    const again = await runCommandLine([...contoso, "--accept", accepted]);
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/Accepted before\n {2}\d+ accepted findings not listed again, 0 gone/);
    expect(again.stdout).not.toContain("Bruno Costa");
    const other = await runCommandLine([
      ...contoso,
      "--soft-match",
      "primary-smtp",
      "--verified-domain",
      "fabrikam.com",
      "--accept",
      accepted,
      "--format",
      "json",
    ]);
    const { mismatches, accepted: found } = JSON.parse(other.stdout);
    expect(mismatches.length).toBeGreaterThan(0);
    expect(found.hidden).toBeGreaterThan(0);
    expect(analysisSchema.parse(JSON.parse(other.stdout))).toBeDefined();
  });

  it("--accept leaves everybody in the list of a workbook", async () => {
    const accepted = join(folder, "accepted-for-excel.json");
    const [whole, rest] = [join(folder, "whole.xlsx"), join(folder, "rest.xlsx")];
    await runCommandLine([...contoso, "--write-accept", accepted, "--output", whole]);
    expect((await runCommandLine([...contoso, "--accept", accepted, "--output", rest])).status).toBe(0);
    const people = await readSheet(readFileSync(whole), "All users");
    expect(people.length).toBeGreaterThan(40);
    expect(await readSheet(readFileSync(rest), "All users")).toEqual(people);
  });

  it("the exit status is 1 where the verdict names errors, and where it is 0 the verdict says what was left out", async () => {
    const accepted = join(folder, "accepted-for-status.json");
    await runCommandLine([...contoso, "--write-accept", accepted]);
    const ways = [[], ["--kind", "alias-added"], ["--kind", "upn-change"], ["--accept", accepted]];
    for (const way of ways) {
      const { stdout, status } = await runCommandLine([...contoso, ...way, "--format", "json"]);
      const { text, isComplete } = JSON.parse(stdout).verdict;
      expect([way, status === 1]).toEqual([way, text.includes("errors among them")]);
      if (status === 0) expect([way, isComplete]).toEqual([way, false]);
    }
  });

  it.each([
    ["all was checked", [clean, cleanOnline], [], 0],
    ["sign-in names could not be checked", [ldif({ proxyAddresses: "SMTP:a@contoso.com" }), cleanOnline], [], 1],
    [
      "and were not asked for",
      [ldif({ proxyAddresses: "SMTP:a@contoso.com" }), cleanOnline],
      ["--kind", "primary-smtp-change"],
      0,
    ],
    [
      "nobody is matched",
      [ldif({ userPrincipalName: "b@contoso.com", proxyAddresses: "SMTP:b@contoso.com" }), cleanOnline],
      [],
      1,
    ],
    [
      "nobody is matched, and nothing is to fail",
      [ldif({ mail: "b@contoso.com" }), cleanOnline],
      ["--fail-on", "never"],
      0,
    ],
  ] as const)("the exit status where %s and nothing was found", async (_, [ad, users], more, expected) => {
    const inputs = ["--on-premises", file("status.ldf", ad), "--online", file("status.csv", users)];
    const { stdout, status } = await runCommandLine(["analyze", ...inputs, ...more, "--format", "json"]);
    expect(JSON.parse(stdout).verdict.text).not.toContain("errors among them");
    expect(status).toBe(expected);
  });

  it("says beside CSV and NDJSON, which have no place for it, what other reports begin with", async () => {
    const strangers = file(
      "adatum.csv",
      online({ UserPrincipalName: "zoe@adatum.com", ProxyAddresses: "SMTP:zoe@adatum.com" }),
    );
    for (const format of ["csv", "ndjson"]) {
      const { stdout, stderr } = await runCommandLine([...contoso.with(4, strangers), "--format", format]);
      expect(stderr).toMatch(/✖ adatum\.csv {2}No domain online occurs on-premises/);
      expect(stderr.replaceAll(/\s+/g, " ")).toContain("These look like the exports of two companies.");
      expect(stdout).not.toContain("two companies");
      expect((await runCommandLine([...contoso, "--format", format])).stderr).toBe("");
      const filtered = await runCommandLine([...contoso, "--format", format, "--kind", "alias-added"]);
      expect(filtered.stderr).toMatch(
        /^⚠ Nothing was found;[\s\S]*Only 1 of \d+ kinds was asked for: alias-added\.\n$/,
      );
    }
    const plan = ["plan", ...contoso.with(4, strangers).slice(1), "--authority", "online", "--output-dir"];
    expect((await runCommandLine([...plan, join(folder, "plan-of-strangers")])).stderr).toMatch(
      /No domain online occurs/,
    );
  });

  it("--accept refuses what is no report, and says so", async () => {
    for (const [name, content] of [
      ["not.json", "a,b"],
      ["other.json", "{}"],
    ] as const) {
      const run = await runCommandLine([...contoso, "--accept", file(name, content)]);
      expect(run.stderr).toMatch(new RegExp(`--accept .*${name} (?:cannot be read|is no report)`));
      expect(run.status).toBe(2);
    }
    const over = await runCommandLine([...contoso, "--write-accept", "examples/contoso/ad.ldf"]);
    expect(over.stderr).toContain("--write-accept examples/contoso/ad.ldf is one of the inputs");
  });

  it("--baseline tells who moved", async () => {
    const baseline = file(
      "activation.csv",
      online({ UserPrincipalName: "bcosta@contoso.com", ProxyAddresses: "SMTP:bcosta@contoso.com" }),
    );
    const { stdout } = await runCommandLine([...contoso, "--baseline", baseline]);
    expect(stdout).toMatch(/bruno\.costa@contoso\.com → bcosta@contoso\.com, changed online\s+since\s+activation/);
    expect(stdout).toContain("changed-since-activation");
  });

  it.each([
    ["a kind and a user", ["upn-change", "--user", "x"], /either a kind \(upn-change\) or a user/],
    ["a user without files", ["--user", "x"], /--user needs --on-premises/],
    [
      "a user without online files",
      ["--user", "x", "--on-premises", "examples/contoso/ad.ldf"],
      /--user needs --online/,
    ],
  ])("explain refuses %s", async (_, args, message) => {
    const run = await runCommandLine(["explain", ...args]);
    expect(run.stderr).toMatch(message);
    expect(run.status).toBe(2);
  });

  it("--admins names a file, of which the names and ids count", async () => {
    const inputs = ["--on-premises", file("admins.ldf", clean), "--online", file("admins.csv", cleanOnline)];
    for (const content of [
      "a@contoso.com\n",
      '"Id","EmailAddress"\r\n"00112233-4455-6677-8899-aabbccddeeff","A@contoso.com"\r\n',
      new Uint8Array([0xff, 0xfe, ...Buffer.from("a@contoso.com\r\n", "utf16le")]),
    ]) {
      const { stdout, status } = await runCommandLine(["analyze", ...inputs, "--admins", file("roles.txt", content)]);
      expect([status, stdout.includes("ExistingAdminRoleConflict")]).toEqual([1, true]);
    }
    const nobody = await runCommandLine(["analyze", ...inputs, "--admins", file("roles.txt", "DisplayName\nAna\n")]);
    expect([nobody.status, nobody.stderr]).toEqual([2, expect.stringContaining("names nobody")]);
    const missing = await runCommandLine(["analyze", ...inputs, "--admins", join(folder, "nowhere.txt")]);
    expect([missing.status, missing.stderr]).toEqual([
      2,
      expect.stringMatching(/--admins .*nowhere.txt cannot be read/),
    ]);
  });

  it("verify holds a saved prediction against an export of later, as text and as JSON", async () => {
    const saved = file("prediction.json", "");
    await runCommandLine([...contoso, "--format", "json", "--outcomes", "--output", saved]);
    const args = ["verify", "--prediction", saved, "--after", "examples/contoso/msolusers.csv"];
    const before = await runCommandLine(args);
    expect(before).toMatchObject({ status: 0 });
    expect(before.stdout).toMatch(/^· \d+ people as before: the run has not changed them yet$/m);
    const after = file(
      "after.csv",
      online({ UserPrincipalName: "ana.andrade@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" }),
    );
    const later = await runCommandLine(["verify", "--prediction", saved, "--after", after, "--format", "json"]);
    expect(later.status).toBe(1);
    const ana = verificationSchema.parse(JSON.parse(later.stdout)).people[0];
    expect(ana).toMatchObject({ userPrincipalName: "ana.andrade@contoso.com", status: "otherwise" });
  });

  it.each([
    [
      "a report without outcomes",
      '{ "schemaVersion": 1, "mismatches": [] }',
      /has no outcomes; make it before the run/,
    ],
    ["no report", '{ "name": "x" }', /is no report of this tool/],
    ["no JSON", "name;x", /cannot be read: it is no object in JSON/],
  ])("verify refuses %s", async (_, text, message) => {
    const args = ["verify", "--prediction", file("saved.json", text), "--after", "examples/contoso/msolusers.csv"];
    const run = await runCommandLine(args);
    expect(run.stderr).toMatch(message);
    expect(run.status).toBe(2);
  });

  it("FILE:FORMAT overrules detection, and an unknown format is named", async () => {
    const path = file("few.csv", "UserPrincipalName,ProxyAddresses\na@contoso.com,SMTP:a@contoso.com\n");
    const run = await runCommandLine(["inspect", `${path}:graph-user`]);
    expect(run.stdout).toMatch(/format +graph-user, because it was asked for/);
    expect((await runCommandLine(["inspect", path])).stdout).toMatch(
      /could be graph-user as well; to choose:\s+few.csv:FORMAT/,
    );
    const wrong = await runCommandLine(["inspect", `${path}:msol`]);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/has no "msol", and no format has this name; (?:did you mean|use one of)/);
  });

  it("--encoding names what a file does not tell", async () => {
    const path = file(
      "ansi.csv",
      Buffer.concat([
        Buffer.from("UserPrincipalName,DisplayName,IsLicensed\na@x.com,"),
        Buffer.from([0xa3, 0xf3, 0x64, 0x9f]),
        Buffer.from(",True\n"),
      ]),
    );
    expect((await runCommandLine(["inspect", path])).stdout).toMatch(/£ódŸ[\s\S]*--encoding windows-1250/);
    const named = await runCommandLine(["inspect", "--encoding", "windows-1250", path]);
    expect(named.stdout).toContain("Łódź");
    expect(named.stdout).toMatch(/encoding +windows-1250/);
    expect((await runCommandLine(["inspect", "--encoding", "nonsense", path])).stderr).toContain(
      'encoding cannot be "nonsense"',
    );
  });

  it("inspect looks at the beginning of a large file, and at all of it where asked to", async () => {
    const path = join(folder, "large.ldf");
    writeLargeLdif(path, { users: 1500, photoBytes: 45_000 });
    const quick = await runCommandLine(["inspect", path]);
    expect(quick.stdout).toMatch(/looked at +the beginning only/);
    const whole = await runCommandLine(["inspect", "--whole", path]);
    expect(whole.stdout).toMatch(/records +1,500/);
    expect(whole.stdout).not.toContain("looked at");
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

describe("--format", () => {
  it.each([
    ["csv", /^\ufeff"severity","kind"/],
    ["markdown", /^# What the first synchronization will change\n/],
    ["html", /^<!doctype html>\n/],
    ["xlsx", /^PK/],
    ["ndjson", /^\{"kind":"primary-smtp-change"/],
  ])("%s goes to standard output, and whole to a file", async (format, beginning) => {
    const { stdout, status } = await runCommandLine([...contoso, "--format", format, "--fail-on", "never"]);
    expect(stdout).toMatch(beginning);
    expect(status).toBe(0);
    const output = join(folder, `report.${format}`);
    await runCommandLine([...contoso, "--format", format, "--output", output, "--quiet"]);
    expect(readFileSync(output, "latin1").length).toBeGreaterThan(1000);
    if (format !== "xlsx") expect(readFileSync(output, "utf8")).toBe(stdout);
  });

  it("--redact hides who is who, the same for the same key; its companions need it", async () => {
    const redacted = () => runCommandLine([...contoso, "--format", "csv", "--redact", "--redact-key", "k"]);
    const [one, other] = [await redacted(), await redacted()];
    expect(one.stdout).not.toMatch(/bruno|contoso/i);
    expect(other.stdout).toBe(one.stdout);
    expect(one.status).toBe(1);
    const random = await runCommandLine([...contoso, "--format", "csv", "--redact", "--redact-keep-domains"]);
    expect(random.stdout).toContain("@contoso.com");
    const alone = await runCommandLine([...contoso, "--redact-key", "k"]);
    expect([alone.status, alone.stderr]).toEqual([
      2,
      "error: --redact-keep-domains and --redact-key say how to redact; give --redact too\n",
    ]);
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
        `"${process.execPath}" dist/cli.js analyze --on-premises "${ad}" --online "${users}" --format ndjson --quiet | head -n 1`,
      ],
      { encoding: "utf8" },
    );
    expect(JSON.parse(result.stdout).kind).toBe("unmatched-on-premises");
    expect(result.stderr).toBe("");
  });
});
