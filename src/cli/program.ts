import { Argument, Command, Option } from "commander";
import { mismatchKindSchema } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { severities } from "../model/severity.ts";
import { tool } from "../model/tool.ts";
import { options } from "../options.ts";
import { planOptions } from "../plan/plan.ts";
import { planFileNames } from "../plan/plan-files.ts";
import { scriptOptions } from "../plan/powershell.ts";
import { reportFormats } from "../reports/index.ts";
import { closestName } from "../text/closest-name.ts";
import { verifyOptions } from "../verify-run.ts";
import { runAnalyze, runCheck } from "./analyze-command.ts";
import { renderCompletion, type Shell, shells } from "./completion.ts";
import { showParserError } from "./describe-error.ts";
import { runExplain } from "./explain-command.ts";
import { checkFileOptions, FileOption } from "./file-options.ts";
import { addCheckOptions, addInputOptions, colorOption, encodingOption, exportOption } from "./input-options.ts";
import { runInspect } from "./inspect-command.ts";
import { isThere } from "./open-files.ts";
import { runPlan } from "./plan-command.ts";
import { print } from "./print.ts";
import { describeRow, flagOf, rowOption, withChoices } from "./row-options.ts";
import { runVerify } from "./verify-command.ts";

const OVERVIEW = `
Before a directory synchronization (DirSync V2, Azure AD Connect, Entra Connect) runs for the first time over users who
already exist online, this compares an export of Active Directory with an export of the online service. It works offline:
nothing is sent anywhere, and no file is written but those that an option names.

Without a command, files are analyzed. A file is given as FILE, as FILE:PART for a sheet of a workbook or a file of an
archive, or as FILE:FORMAT where it is to be taken for a format; - reads standard input. Sides, formats, encodings and
compression are told from the content, in whatever order files are given: dirsync-preflight inspect FILE says what a file is
taken for. One side alone is checked for what needs no counterpart.

Examples:
  $ dirsync-preflight ad.ldf msolusers.csv
  $ dirsync-preflight check ad.ldf
  $ dirsync-preflight inspect unknown-file.csv
  $ dirsync-preflight explain --user jane@contoso.com --on-premises ad.ldf --online msolusers.csv
  $ dirsync-preflight plan ad.ldf msolusers.csv --authority online --output-dir plan
  $ dirsync-preflight verify --prediction prediction.json --after users-after.csv

Exit status:
  0  nothing found at or above --fail-on, and nothing left open
  1  something found, or the verdict leaves open what changes: what it speaks of could not be checked
  2  bad usage, an input that cannot be read or used, or an output that cannot be written
  70 a bug of the program
  130, 143  ended by Ctrl-C, by SIGTERM

Environment:
  NO_COLOR                   no colours, as --no-color
  DIRSYNC_PREFLIGHT_STACK=1  should the program fail: where it did, for a report of the bug

More: docs/ in the package. The same without an installation: dist/preflight.html, opened in a browser.`;

const ANALYZE_EXAMPLES = `
Examples:
  $ dirsync-preflight analyze ad.ldf msolusers.csv
  $ dirsync-preflight analyze ad1.ldf ad2.ldf users.csv --output report.html
  $ dirsync-preflight analyze --on-premises mailboxes.csv --online users.csv --kind primary-smtp-change --format csv >changes.csv
  $ dirsync-preflight analyze ad.ldf users.csv --redact --output shared.xlsx
  $ dirsync-preflight analyze ad.ldf users.csv --soft-match both
  $ dirsync-preflight analyze ad.ldf users.csv --write-accept accepted.json
  $ dirsync-preflight analyze ad.ldf users.csv --accept accepted.json

Formats of reports:
  text      for a terminal            csv   a row for each finding, for Excel
  html      one file for a customer   xlsx  a sheet for each kind, and everybody before and after
  markdown  for tickets               json  the whole document; ndjson  a finding a line, at any size
Without --format, --output says it by its ending: txt, html, md, csv, xlsx, json, ndjson.

Exit status: 0 nothing found at or above --fail-on and nothing left open, 1 something found or left open, 2 bad usage or
unreadable input.`;

const CHECK_EXAMPLES = `
Examples:
  $ dirsync-preflight check ad.ldf
  $ dirsync-preflight check ad.ldf --verified-domain contoso.com --output report.html
  $ dirsync-preflight check users.csv

Of Active Directory: values that the service does not accept, with all their problems and what is proposed; addresses and names
that several users, groups and contacts have; sign-in, mail and chat names that are not one; who is left out. Of an online
export: names and addresses. analyze does the same where it is given one side alone.

Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 bad usage or unreadable input.`;

const PLAN_EXAMPLES = `
Examples:
  $ dirsync-preflight plan ad.ldf users.csv --authority online --output-dir plan
  $ dirsync-preflight plan ad.ldf users.csv --authority on-premises --dialect msol --output-dir plan
  $ dirsync-preflight plan ad.ldf users.csv --authority online --write-decisions decisions.csv
  $ dirsync-preflight plan ad.ldf users.csv --authority online --decisions decisions.csv --output-dir plan
  $ dirsync-preflight plan ad.ldf users.csv --authority online --simulate

An earlier plan is never written over: its undo may be needed still. docs/plan.md tells what each file is for.`;

const VERIFY_EXAMPLES = `
Examples:
  $ dirsync-preflight analyze ad.ldf users.csv --format json --outcomes --output prediction.json
  $ dirsync-preflight verify --prediction prediction.json --after users-after.csv

Exit status: 0 nothing came otherwise than predicted, 1 something did, 2 bad usage or unreadable input.`;

const { onPremises, online, kinds, outcomes, includeSystemObjects, columns } = options;

/** Adds what a command reads: files in any order, and the options that say which side some are of. */
function addExports(command: Command): Command {
  return command
    .argument("[file...]", "exports of either side, in any order (FILE or FILE:FORMAT); - reads standard input")
    .optionsGroup("Exports, where their side is to be said:")
    .addOption(exportOption(onPremises))
    .addOption(exportOption(online));
}

/** Adds how an analysis is reported. */
function addReportOptions(command: Command, hasOutcomes: boolean): Command {
  command
    .optionsGroup("Report:")
    .addOption(
      withChoices(
        new Option("--format <format>", "report format (default: by the ending of --output, else text)"),
        reportFormats,
      ),
    )
    .addOption(new FileOption("--output <file>", "write the report to a file, whole or not at all", { does: "write" }))
    .addOption(rowOption(kinds));
  if (hasOutcomes) command.addOption(rowOption(outcomes));
  return command
    .addOption(
      withChoices(new Option("--fail-on <severity>", "exit with status 1 from this severity on"), [
        ...severities,
        "never",
      ]).default("error"),
    )
    .addOption(
      new FileOption(
        "--accept <file>",
        "a JSON report: hide the findings that it has, list what is new and what is gone",
        { does: "read" },
      ),
    )
    .addOption(
      new FileOption(
        "--write-accept <file>",
        "save all findings as accepted, for --accept; it may be the file that --accept reads",
        { does: "write", as: "json", after: "--accept" },
      ),
    )
    .option("--redact", "replace names, addresses and DNs by pseudonyms, so that the report can be shared")
    .option("--redact-keep-domains", "with --redact: leave mail domains as they are")
    .option("--redact-key <text>", "with --redact: the same key gives the same pseudonyms in another run")
    .option("--verbose", "list everything; tell the time of each step, and the memory used, on standard error");
}

/** Without a command files are analyzed: what is no file may be a command. */
function refuseMistyped([first = ""]: readonly string[], { commands }: Command): void {
  const names = commands.map((command) => command.name());
  const meant = first === "" || isThere(first, true) ? undefined : closestName(first, names);
  if (meant !== undefined) throw new UsageError(`there is no command or file "${first}"; did you mean "${meant}"?`);
}

const COMPLETION_EXAMPLES = `
Examples:
  $ dirsync-preflight completion bash >>~/.bash_completion
  $ dirsync-preflight completion zsh >"\${fpath[1]}/_dirsync-preflight"
  $ dirsync-preflight completion fish >~/.config/fish/completions/dirsync-preflight.fish
  > dirsync-preflight completion powershell >>$PROFILE`;

/** Makes the command line: its commands, options and help. */
export function makeProgram(setStatus: (status: number) => void): Command {
  const program = new Command("dirsync-preflight")
    .description("Tells what the first run of a directory synchronization will change, for whom, and why.")
    .version(tool.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(showParserError(text)) })
    .hook("preAction", (_, command) => checkFileOptions(command))
    .addHelpText("after", OVERVIEW);

  const analyzeCommand = program
    .command("analyze", { isDefault: true })
    .description("compare on-premises and online exports and list what the first run will change")
    .addHelpText("after", ANALYZE_EXAMPLES);
  addReportOptions(addExports(analyzeCommand), true);
  addInputOptions(analyzeCommand).action(async (files, given) => {
    refuseMistyped(files, program);
    setStatus(await runAnalyze(files, given));
  });

  const checkCommand = program
    .command("check")
    .description("check the exports of one side alone: values, duplicates, names, and who is left out")
    .addHelpText("after", CHECK_EXAMPLES);
  addReportOptions(addExports(checkCommand), false);
  addCheckOptions(checkCommand).action(async (files, given) => setStatus(await runCheck(files, given)));

  const planCommand = program
    .command("plan")
    .description(
      "plan what to change so that the first run changes nothing; write it as change files, scripts and lists",
    )
    .addHelpText("after", PLAN_EXAMPLES);
  addExports(planCommand)
    .optionsGroup("Plan:")
    .addOption(rowOption(planOptions.authority).makeOptionMandatory())
    .addOption(
      new FileOption(
        "--output-dir <folder>",
        "write the plan, its undo and the list of people to tell into a folder that has none yet",
        {
          does: "write into",
          names: planFileNames,
        },
      ),
    )
    .addOption(rowOption(scriptOptions.dialect))
    .addOption(
      new FileOption(
        "--decisions <file>",
        "a CSV in which somebody decided for each person: online, on-premises or skip",
        { does: "read" },
      ),
    )
    .addOption(
      new FileOption("--write-decisions <file>", "write that CSV, to be decided in Excel; never over decisions", {
        does: "write",
        as: "csv",
      }),
    )
    .option("--simulate", "apply the plan in memory, analyze again, and print what would remain");
  addInputOptions(planCommand).action(async (files, given) => setStatus(await runPlan(files, given)));

  program
    .command("verify")
    .description("tell after the run, or after its pilot, whether it did what was predicted")
    .addHelpText("after", VERIFY_EXAMPLES)
    .addOption(
      new FileOption(flagOf(verifyOptions.prediction), describeRow(verifyOptions.prediction), {
        does: "read",
      }).makeOptionMandatory(),
    )
    .addOption(exportOption(verifyOptions.after).makeOptionMandatory())
    .addOption(withChoices(new Option("--format <format>", "report format"), ["text", "json"]).default("text"))
    .addOption(new FileOption("--output <file>", "write the report to a file, whole or not at all", { does: "write" }))
    .addOption(encodingOption())
    .option("--verbose", "list everybody who came otherwise")
    .option("--quiet", "print nothing on standard error but errors")
    .addOption(colorOption())
    .action(async (given) => setStatus(await runVerify(given)));

  program
    .command("inspect")
    .description("tell what each file is taken for: format, encoding, columns, counts, problems")
    .argument("<file...>", "files to look at (FILE or FILE:FORMAT); - reads standard input")
    .option("--whole", "read files of more than 64 MB to their end")
    .addOption(encodingOption())
    .addOption(rowOption(columns))
    .addOption(rowOption(includeSystemObjects))
    .addOption(colorOption())
    .action(async (files, given) => setStatus(await runInspect(files, given)));

  const explainCommand = program
    .command("explain")
    .description("tell what a kind of mismatch means, or the whole story of one user; without either, list all kinds")
    .argument("[kind]", "one of the kinds that a report names")
    .option("--user <name>", "a sign-in name, address, account name, display name or DN")
    .addOption(exportOption(onPremises, `with --user: ${describeRow(onPremises)}`))
    .addOption(exportOption(online, `with --user: ${describeRow(online)}`));
  addInputOptions(explainCommand).action(async (kind, given) => setStatus(await runExplain(kind, given)));

  program
    .command("completion")
    .description("print a script that completes commands, options and their values in a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .addHelpText("after", COMPLETION_EXAMPLES)
    .action(async (shell: Shell) => print(renderCompletion(shell, program, mismatchKindSchema.options)));

  return program;
}
