import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { renderCompletion, shells } from "../../src/cli/completion.ts";
import { makeProgram } from "../../src/cli/program.ts";
import { mismatchKindSchema } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-completion-"));
afterAll(() => rmSync(folder, { recursive: true }));

const program = makeProgram(() => undefined);
const scriptOf = (shell: (typeof shells)[number]) => renderCompletion(shell, program, mismatchKindSchema.options);
const has = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;

/** What is typed, and something that is offered, and something that is not. */
const lines: readonly (readonly [line: string, offered: readonly string[], not: string])[] = [
  ["ch", ["check"], "analyze"],
  ["--fo", ["--format"], "--fail-on"],
  ["plan --auth", ["--authority"], "--format"],
  ["analyze --format ", ["html", "xlsx", "csv"], "error"],
  ["ad.ldf --fail-on n", ["never"], "error"],
  ["analyze --kind upn-change alias-", ["alias-added", "alias-removed"], "upn-change"],
  ["explain upn", ["upn-change", "upn-smtp-misalignment"], "alias-added"],
  ["completion ", ["bash", "zsh", "fish", "powershell"], "html"],
];

describe("the completion", () => {
  it.each(shells)("of %s knows every command, option and choice", (shell) => {
    const script = scriptOf(shell);
    for (const command of program.commands) {
      expect(script).toContain(command.name());
      for (const { long, argChoices = [] } of command.options) {
        expect(script).toContain(shell === "fish" ? `-l ${long?.slice(2)}` : long);
        for (const choice of argChoices) expect(script).toContain(choice);
      }
    }
    for (const kind of mismatchKindSchema.options) expect(script).toContain(kind);
  });

  it.skipIf(!has("bash")).each(lines)("of bash, in bash: %s", (line, offered, not) => {
    const path = join(folder, "completion.bash");
    writeFileSync(
      path,
      `${scriptOf("bash")}
      COMP_WORDS=(dirsync-preflight "$@"); COMP_CWORD=$#; _dirsync_preflight; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
    const words = line.split(" ");
    const { stdout, stderr } = spawnSync("bash", [path, ...words], { encoding: "utf8" });
    expect(stderr).toBe("");
    const found = stdout.trim().split("\n");
    expect(found).toEqual(expect.arrayContaining([...offered]));
    expect(found).not.toContain(not);
  });

  it.skipIf(!has("bash"))("of bash leaves files to the shell", () => {
    const path = join(folder, "files.bash");
    writeFileSync(
      path,
      `${scriptOf("bash")}
      COMP_WORDS=(dirsync-preflight analyze ad); COMP_CWORD=2; _dirsync_preflight; echo "\${#COMPREPLY[@]}"; complete -p`,
    );
    const { stdout } = spawnSync("bash", [path], { encoding: "utf8" });
    expect(stdout).toBe("0\ncomplete -o default -F _dirsync_preflight dirsync-preflight\n");
  });

  // Of fish the second value of an option is a file.
  const ofFish = lines.filter(([line]) => !line.includes("--kind"));

  it.skipIf(!has("fish")).each(ofFish)("of fish, in fish: %s", (line, offered, not) => {
    const path = join(folder, "completion.fish");
    writeFileSync(path, scriptOf("fish"));
    const { stdout } = spawnSync("fish", ["-c", `source ${path}; complete -C 'dirsync-preflight ${line}'`], {
      encoding: "utf8",
    });
    const found = stdout.split("\n").map((one) => one.split("\t")[0]);
    expect(found).toEqual(expect.arrayContaining([...offered]));
    expect(found).not.toContain(not);
  });

  it.skipIf(!has("zsh"))("of zsh has no fault of grammar", () => {
    const path = join(folder, "_dirsync-preflight");
    writeFileSync(path, scriptOf("zsh"));
    expect(spawnSync("zsh", ["-n", path], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });
});
