import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommandLine } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

const contoso = ["--on-premises", "examples/contoso/ad.ldf", "--online", "examples/contoso/msolusers.csv"];
const plan = (...options: string[]) => runCommandLine(["plan", ...contoso, ...options]);

describe("plan", () => {
  it("--authority online writes the change file, its undo, both as scripts, the people to tell, and the plan", async () => {
    const output = join(folder, "online");
    const { stdout, stderr, status } = await plan("--authority", "online", "--output-dir", output);
    expect([stdout, status]).toEqual(["", 0]);
    expect(stderr).toMatch(
      /^Plan: \d+ steps for \d+ people remedy \d+ findings; \d+ are left to a person\. Written to .*online\.\n$/,
    );
    expect(readdirSync(output).sort()).toEqual([
      "change-ad.ldf",
      "change-ad.ps1",
      "notify.csv",
      "plan.json",
      "plan.md",
      "undo-ad.ldf",
      "undo-ad.ps1",
    ]);
    const { steps } = JSON.parse(readFileSync(join(output, "plan.json"), "utf8"));
    const count = (name: string) => readFileSync(join(output, name), "utf8").split("changetype: modify").length - 1;
    expect([count("change-ad.ldf"), count("undo-ad.ldf")]).toEqual([steps.length, steps.length]);
  });

  it.each(["graph", "msol"])(
    "--authority on-premises --dialect %s writes scripts for the online side",
    async (dialect) => {
      const output = join(folder, dialect);
      const { status } = await plan(
        "--authority",
        "on-premises",
        "--dialect",
        dialect,
        "--output-dir",
        output,
        "--quiet",
      );
      expect(status).toBe(0);
      expect(readdirSync(output).sort()).toEqual([
        "change-online.ps1",
        "notify.csv",
        "plan.json",
        "plan.md",
        "undo-online.ps1",
      ]);
      const script = readFileSync(join(output, "change-online.ps1"), "utf8");
      expect(script).toContain(dialect === "graph" ? "Update-MgUser" : "Set-MsolUserPrincipalName");
      expect(script).toContain("'contoso.onmicrosoft.com'");
    },
  );

  it("--simulate applies the plan in memory and reports what would remain", async () => {
    const { stdout, status } = await plan("--authority", "on-premises", "--simulate", "--quiet");
    expect(status).toBe(0);
    expect(stdout).toContain("people on-premises");
    expect(stdout).not.toMatch(/will send mail|will sign in with another name|loses addresses/);
    expect(stdout).toContain("duplicate-address");
  });

  it("--write-decisions is read by --decisions, which overrule the authority for a person", async () => {
    const decisions = join(folder, "decisions.csv");
    await plan("--authority", "online", "--write-decisions", decisions);
    const text = readFileSync(decisions, "utf8");
    const rows = text.split("\r\n");
    const decide = rows.findIndex((row) => row.includes("Bruno Costa") && row.includes("primary-smtp-change"));
    rows[decide] = rows[decide]?.replace(/""$/, '"on-premises"') ?? "";
    writeFileSync(decisions, rows.join("\r\n"));
    const output = join(folder, "decided");
    const { status } = await plan("--authority", "online", "--decisions", decisions, "--output-dir", output);
    expect(status).toBe(0);
    const script = readFileSync(join(output, "change-online.ps1"), "utf8");
    expect(script).toContain("bcosta@contoso.com");
    expect(readFileSync(join(output, "change-ad.ldf"), "utf8")).not.toContain("bcosta@contoso.com");

    writeFileSync(decisions, rows.join("\r\n").replace('"online","on-premises"', '"online","perhaps"'));
    const wrong = await plan("--authority", "online", "--decisions", decisions, "--output-dir", join(folder, "never"));
    expect(wrong.stderr).toBe(
      `error: ${decisions}:${decide + 1}: the decision "perhaps" is not known; use one of: online, on-premises, skip, or nothing\n`,
    );
    expect([wrong.status, existsSync(join(folder, "never"))]).toEqual([2, false]);
  });

  it.each([
    [["--authority", "online"], /plan needs --output-dir, --write-decisions or --simulate/],
    [["--output-dir", "x"], /required option '--authority <side>'/],
    [["--authority", "both", "--simulate"], /--authority <side>' argument 'both' is invalid/],
    [["--authority", "online", "--simulate", "--decisions", "missing.csv"], /--decisions missing\.csv cannot be read/],
  ])("%j is refused, and says what to do", async (options, message) => {
    const { stderr, status } = await plan(...options);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  it("leaves no file of an earlier plan beside the new one, and none of its own where one cannot be written", async () => {
    const output = join(folder, "twice");
    await plan("--authority", "on-premises", "--output-dir", output);
    const second = await plan("--authority", "online", "--output-dir", output);
    expect(second.status).toBe(2);
    expect(second.stderr).toContain("holds files of another plan");

    const blocked = join(folder, "blocked");
    mkdirSync(join(blocked, "plan.md"), { recursive: true });
    const third = await plan("--authority", "online", "--output-dir", blocked);
    expect(third.status).toBe(2);
    expect(readdirSync(blocked)).toEqual(["plan.md"]);
  });
});
