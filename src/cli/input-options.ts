import { type Command, Option } from "commander";
import type { OptionRow } from "../model/option.ts";
import { type AnalyzeOptions, ofOneSide, optionRows, options as optionTable } from "../options.ts";
import { FileOption } from "./file-options.ts";
import { openFiles, refuseRepeated } from "./open-files.ts";
import { readColumns } from "./read-columns.ts";
import { readNames } from "./read-names.ts";
import { attributeOf, describeRow, flagOf, oppositeOption, rowOption } from "./row-options.ts";

/** The options that say what to compare and how, as commander gives them: by the names of their flags. */
export interface InputCommandOptions {
  readonly onPremises?: readonly string[];
  readonly online?: readonly string[];
  readonly baseline?: readonly string[];
  readonly encoding?: string;
  readonly columns?: readonly string[];
  readonly quiet?: boolean;
  readonly color: boolean;
}

const { onPremises, online, baseline, kinds, outcomes } = optionTable;
/** What only a report can have. */
const OF_REPORTS: ReadonlySet<OptionRow> = new Set<OptionRow>([kinds, outcomes]);
const NAMES_EXPORTS: ReadonlySet<OptionRow> = new Set([onPremises, online, baseline]);
/** The options that say how to compare, and their names. */
const comparing = optionRows.filter(([, row]) => row.flag !== undefined && !NAMES_EXPORTS.has(row));

/** Makes an option that names exports. */
export function exportOption(row: OptionRow, about = describeRow(row)): FileOption {
  return new FileOption(flagOf(row), about, { does: "read exports" });
}

/** Makes the option of a file's encoding. */
export function encodingOption(): Option {
  return new Option(
    "--encoding <name>",
    "encoding of files that do not tell theirs, such as windows-1250 (default: windows-1252)",
  );
}

/** Makes the option that turns off colours. */
export function colorOption(): Option {
  return new Option("--no-color", "no colours; NO_COLOR does the same");
}

/** Adds the options that say what to compare and how. */
export function addInputOptions(command: Command): Command {
  command.optionsGroup("What the run does:").addOption(exportOption(baseline)).addOption(encodingOption());
  return addRows(command, comparing);
}

/** Adds the options that say how one side alone is read and judged. */
export function addCheckOptions(command: Command): Command {
  return addRows(
    command.optionsGroup("What is checked:").addOption(encodingOption()),
    optionRows.filter(([name]) => ofOneSide.has(name)),
  );
}

function addRows(command: Command, rows: typeof optionRows): Command {
  for (const [, row] of rows) {
    if (OF_REPORTS.has(row) || row.flag === undefined) continue;
    if (row.isFile === true) {
      command.addOption(new FileOption(flagOf(row), describeRow(row), { does: "read" }));
      continue;
    }
    command.addOption(rowOption(row));
    const opposite = oppositeOption(row);
    if (opposite !== undefined) command.addOption(opposite);
  }
  return command
    .optionsGroup("Terminal:")
    .option("--quiet", "print nothing on standard error but errors")
    .addOption(colorOption());
}

/** Makes the library's options of the command line's; `files` are exports of which nobody has said the side. */
export async function toAnalyzeOptions(
  options: InputCommandOptions,
  files: readonly string[] = [],
): Promise<AnalyzeOptions> {
  const { onPremises = [], online = [], baseline = [], encoding } = options;
  const given = new Map<string, unknown>(Object.entries(options));
  for (const [, row] of comparing) {
    const path = given.get(attributeOf(row));
    if (row.isFile === true && typeof path === "string") {
      given.set(attributeOf(row), await readNames(flagOf(row).split(" ")[0] ?? "", path));
    }
  }
  const all = [...files, ...onPremises, ...online];
  refuseRepeated(all);
  const open = async (names: readonly string[], name: "files" | "onPremises" | "online" | "baseline") =>
    names.length === 0 ? {} : { [name]: await openFiles(names, { all: [...all, ...baseline], encoding }) };
  if (options.columns !== undefined) given.set("columns", readColumns(options.columns));
  return {
    ...(await open(files, "files")),
    ...(await open(onPremises, "onPremises")),
    ...(await open(online, "online")),
    ...(await open(baseline, "baseline")),
    ...Object.fromEntries(
      comparing.flatMap(([name, row]) => {
        const value: unknown = given.get(attributeOf(row));
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  };
}
