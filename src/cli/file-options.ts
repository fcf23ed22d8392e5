import { join } from "node:path";
import { type Command, Option } from "commander";
import { UsageError } from "../model/errors.ts";
import { formatOfName, type ReportFormat } from "../reports/index.ts";
import { pathOfExport } from "./open-files.ts";
import { findOutputPlace, identityOf } from "./output-place.ts";
import { checkFolder } from "./write-files.ts";

/** What is done with the files that an option names. */
type FileUse =
  /** Exports, which may have a format behind their names, or be standard input. */
  | { readonly does: "read exports" }
  | { readonly does: "read" }
  /** Writes a file, always in the format `as` if there is one; `after` is the option that may read the same file before. */
  | { readonly does: "write"; readonly as?: ReportFormat; readonly after?: string }
  /** Writes files of some names into a folder that has none of them. */
  | { readonly does: "write into"; readonly names: readonly string[] };

/** An option that names files. What is done with them is declared here, and nowhere else: all checks follow from it. */
export class FileOption extends Option {
  readonly use: FileUse;

  constructor(flags: string, description: string, use: FileUse) {
    super(flags, description);
    this.use = use;
  }

  /** What the user calls it. */
  get called(): string {
    return this.long ?? this.flags;
  }
}

/** What names a file: an option, or the arguments of a command, which are exports. */
interface Naming {
  readonly called: string;
  readonly use: FileUse;
}

interface NamedFile {
  readonly option: Naming;
  readonly path: string;
  /** What is the same for all names of one file. */
  readonly identity: string | undefined;
}

/**
 * Refuses, before anything is done, what the options of a command would destroy or could not write: a file that is read by one
 * and written by another, or written by two; a place where no file can be made; a name that says another format.
 *
 * @throws UsageError that names the options.
 */
export function checkFileOptions(command: Command): void {
  const named = command.options.flatMap((option) =>
    option instanceof FileOption ? filesOf(option, command.getOptionValue(option.attributeName())) : [],
  );
  const given = command.name() === "explain" ? [] : command.args;
  const files = [...named, ...given.map((name) => toNamedFile(ARGUMENTS, pathOfExport(name)))];
  const inputs = files.filter(({ option }) => option.use.does.startsWith("read"));
  const outputs = files.filter(({ option }) => option.use.does.startsWith("write"));
  for (const [index, output] of outputs.entries()) {
    refuseInput(output, inputs);
    refuseOther(output, outputs.slice(index + 1));
  }
  for (const { option, path } of outputs) if (option.use.does === "write") checkOutput(option, path);
}

const ARGUMENTS: Naming = { called: "the command", use: { does: "read exports" } };

/** Lists the files that an option reads or writes. */
function filesOf(option: FileOption, value: unknown): readonly NamedFile[] {
  const { use } = option;
  const names = (Array.isArray(value) ? value : [value]).filter((name) => typeof name === "string");
  return names.flatMap((name) => {
    if (use.does === "write into") {
      checkFolder(option.called, name, use.names);
      return use.names.map((own) => toNamedFile(option, join(name, own)));
    }
    return toNamedFile(option, use.does === "read exports" ? pathOfExport(name) : name);
  });
}

function toNamedFile(option: Naming, path: string): NamedFile {
  const isStandardInput = option.use.does === "read exports" && path === "-";
  return { option, path, identity: identityOf(path, isStandardInput) };
}

function isSame(one: NamedFile, other: NamedFile): boolean {
  return one.identity !== undefined && one.identity === other.identity;
}

function refuseInput(output: NamedFile, inputs: readonly NamedFile[]): void {
  const { called, use } = output.option;
  const input = inputs.find((candidate) => isSame(candidate, output));
  if (input === undefined || (use.does === "write" && use.after === input.option.called)) return;
  throw new UsageError(
    `${called} ${output.path} is one of the inputs; name another file (${input.option.called} reads it)`,
  );
}

function refuseOther(output: NamedFile, others: readonly NamedFile[]): void {
  const other = others.find((candidate) => isSame(candidate, output));
  if (other === undefined) return;
  throw new UsageError(
    `${output.option.called} ${output.path} and ${other.option.called} ${other.path} are one file; name two`,
  );
}

function checkOutput({ called, use }: Naming, path: string): void {
  const says = formatOfName(path);
  if (use.does === "write" && use.as !== undefined && says !== undefined && says !== use.as) {
    throw new UsageError(
      `${called} ${path}: what is written is ${use.as}, and the name says ${says}; name another file`,
    );
  }
  findOutputPlace(called, path);
}
