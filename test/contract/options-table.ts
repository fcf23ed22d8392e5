import type { Command, Option } from "commander";
import { makeProgram } from "../../src/cli/program.ts";

/** A command of the command line, by its name. */
export function commandOf(name: string): Command {
  const command = makeProgram(() => undefined).commands.find((one) => one.name() === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  return command;
}

/** Writes options of the command line as a table in Markdown, its columns aligned. */
export function writeOptionsTable(options: readonly Option[]): string {
  const rows = [["option", "meaning"], ...options.map((option) => [`\`${writeFlag(option)}\``, writeMeaning(option)])];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].map((line) => `${line}\n`).join("");
}

/** `--soft-match any-smtp\|primary-smtp\|both`, `--online FILE…`, `--quiet`. */
function writeFlag({ flags, argChoices, variadic }: Option): string {
  const choices = variadic ? undefined : argChoices?.join("\\|");
  return flags.replace(
    /<(\w+)(?:\.{3})?>/,
    (_, name: string) => choices ?? `${name.toUpperCase()}${variadic ? "…" : ""}`,
  );
}

function writeMeaning({ description, defaultValue, mandatory }: Option): string {
  const usual = typeof defaultValue === "string" ? ` (default: ${defaultValue})` : "";
  const text = `${description}${usual}${mandatory ? "; must be given" : ""}`;
  return text.replaceAll("|", "\\|").replace(/--[a-z-]+|NO_COLOR/g, "`$&`");
}

/** Puts the table of a section of a page in place of the one that stands there. */
export function replaceTable(page: string, heading: string, table: string): string {
  const start = page.indexOf(`\n## ${heading}\n`);
  const head = page.indexOf("\n| option", start) + 1;
  const end = page.indexOf("\n\n", head) + 1;
  if (start < 0 || head < 1 || page.slice(start + 1, head).includes("\n## ")) throw new Error(`no table in ${heading}`);
  return page.slice(0, head) + table + page.slice(end);
}
