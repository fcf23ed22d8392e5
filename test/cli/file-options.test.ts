import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkFileOptions, FileOption } from "../../src/cli/file-options.ts";
import { makeProgram } from "../../src/cli/program.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-options-"));
afterAll(() => rmSync(folder, { recursive: true }));

const commands = () => makeProgram(() => undefined).commands;
const fileOptionsOf = (name: string) =>
  (commands().find((command) => command.name() === name)?.options ?? []).filter(
    (option) => option instanceof FileOption,
  );
/** Every option of every command that names files. */
const all = commands().flatMap((command) =>
  fileOptionsOf(command.name()).map((option) => [command.name(), option] as const),
);
const does = (option: FileOption, what: string) => option.use.does.startsWith(what);

/** Checks a command whose options name some files. */
function check(name: string, values: readonly (readonly [FileOption, string])[]): void {
  const command = commands().find((candidate) => candidate.name() === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  for (const [option, value] of values) {
    command.setOptionValue(option.attributeName(), option.variadic ? [value] : value);
  }
  checkFileOptions(command);
}

describe("options that name files", () => {
  it("say what is done with the files", () => {
    const silent = commands().flatMap(({ options }) =>
      options.filter(({ flags }) => /<(?:file|folder)/.test(flags)).filter((option) => !(option instanceof FileOption)),
    );
    expect(silent.map(({ flags }) => flags)).toEqual([]);
    expect(all.length).toBeGreaterThan(10);
  });

  const pairs = all.flatMap(([command, one]) =>
    fileOptionsOf(command)
      .filter((other) => does(one, "write") && other.long !== one.long)
      .map((other) => [command, one, other] as const),
  );

  it.each(pairs.map(([command, one, other]) => [command, one.long, other.long, one, other] as const))(
    "%s: %s writes no file that %s names",
    (command, _, __, one, other) => {
      const own = join(folder, `${command}${one.long}${other.long}`);
      mkdirSync(own);
      const [written, second] = [join(own, "plan.md"), join(own, "second")];
      writeFileSync(written, "precious");
      linkSync(written, second);
      const isFolder = one.use.does === "write into" || other.use.does === "write into";
      const isAllowed = one.use.does === "write" && one.use.after === other.long;
      for (const name of [written, second]) {
        const run = () =>
          check(command, [
            [one, one.use.does === "write into" ? own : written],
            [other, other.use.does === "write into" ? own : name],
          ]);
        if (isAllowed) expect(run).not.toThrow(/is one of the inputs|are one file/);
        else expect(run).toThrow(isFolder ? /holds files of another plan/ : /is one of the inputs|are one file/);
      }
    },
  );
});
