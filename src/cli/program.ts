import { Command, Option } from "commander";
import { severities } from "../model/severity.ts";
import { tool } from "../model/tool.ts";
import { options } from "../options.ts";
import { planOptions } from "../plan/plan.ts";
import { planFileNames } from "../plan/plan-files.ts";
import { scriptOptions } from "../plan/powershell.ts";
import { reportFormats } from "../reports/index.ts";
import { verifyOptions } from "../verify-run.ts";
import { runAnalyze } from "./analyze-command.ts";
import { showParserError } from "./describe-error.ts";
import { runExplain } from "./explain-command.ts";
import { checkFileOptions, FileOption } from "./file-options.ts";
import { addInputOptions, colorOption, encodingOption, exportOption } from "./input-options.ts";
import { runInspect } from "./inspect-command.ts";
import { runPlan } from "./plan-command.ts";
import { describeRow, flagOf, rowOption } from "./row-options.ts";
import { runVerify } from "./verify-command.ts";

const OVERVIEW = `
Before a directory synchronization (DirSync V2, Azure AD Connect, Entra Connect) runs for the first time over users who
already exist online, this compares an export of Active Directory with an export of the online service. It works offline:
nothing is sent anywhere, and no file is written but those that an option names.

A file is given as FILE, as FILE:PART for a sheet of a workbook or a file of an archive, or as FILE:FORMAT where it is to be taken
for a format; - reads standard input. Formats, encodings and compression are told from the content: dirsync-preflight inspect FILE
says what a file is taken for.

Examples:
  $ dirsync-preflight inspect unknown-file.csv
  $ dirsync-preflight analyze --on-premises ad.ldf --online msolusers.csv
  $ dirsync-preflight explain --user jane@contoso.com --on-premises ad.ldf --online msolusers.csv
  $ dirsync-preflight plan --on-premises ad.ldf --online msolusers.csv --authority online --output-dir plan
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
  $ dirsync-preflight analyze --on-premises ad.ldf --online msolusers.csv
  $ dirsync-preflight analyze --on-premises ad1.ldf ad2.ldf --online users.csv --format html --output report.html
  $ dirsync-preflight analyze --on-premises ad.csv --online users.csv --kind primary-smtp-change --format csv >changes.csv
  $ dirsync-preflight analyze --on-premises ad.ldf --online users.csv --format xlsx --redact --output shared.xlsx
  $ dirsync-preflight analyze --on-premises ad.ldf --online users.csv --soft-match both
  $ dirsync-preflight analyze --on-premises ad.ldf --online users.csv --write-accept accepted.json
  $ dirsync-preflight analyze --on-premises ad.ldf --online users.csv --accept accepted.json

Formats of reports:
  text      for a terminal            csv   a row for each finding, for Excel
  html      one file for a customer   xlsx  a sheet for each kind, and everybody before and after
  markdown  for tickets               json  the whole document; ndjson  a finding a line, at any size
Without --format, --output says it by its ending: txt, html, md, csv, xlsx, json, ndjson.

Exit status: 0 nothing found at or above --fail-on and nothing left open, 1 something found or left open, 2 bad usage or
unreadable input.`;

const PLAN_EXAMPLES = `
Examples:
  $ dirsync-preflight plan --on-premises ad.ldf --online users.csv --authority online --output-dir plan
  $ dirsync-preflight plan --on-premises ad.ldf --online users.csv --authority on-premises --dialect msol --output-dir plan
  $ dirsync-preflight plan --on-premises ad.ldf --online users.csv --authority online --write-decisions decisions.csv
  $ dirsync-preflight plan --on-premises ad.ldf --online users.csv --authority online --decisions decisions.csv --output-dir plan
  $ dirsync-preflight plan --on-premises ad.ldf --online users.csv --authority online --simulate

An earlier plan is never written over: its undo may be needed still. docs/plan.md tells what each file is for.`;

const VERIFY_EXAMPLES = `
Examples:
  $ dirsync-preflight analyze --on-premises ad.ldf --online users.csv --format json --outcomes --output prediction.json
  $ dirsync-preflight verify --prediction prediction.json --after users-after.csv

Exit status: 0 nothing came otherwise than predicted, 1 something did, 2 bad usage or unreadable input.`;

const { onPremises, online, kinds, outcomes, includeSystemObjects } = options;

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
    .command("analyze")
    .description("compare on-premises and online exports and list what the first run will change")
    .addHelpText("after", ANALYZE_EXAMPLES)
    .optionsGroup("Exports:")
    .addOption(exportOption(onPremises).makeOptionMandatory())
    .addOption(exportOption(online).makeOptionMandatory())
    .optionsGroup("Report:")
    .addOption(
      new Option("--format <format>", "report format (default: by the ending of --output, else text)").choices(
        reportFormats,
      ),
    )
    .addOption(new FileOption("--output <file>", "write the report to a file, whole or not at all", { does: "write" }))
    .addOption(rowOption(kinds))
    .addOption(rowOption(outcomes))
    .addOption(
      new Option("--fail-on <severity>", "exit with status 1 from this severity on")
        .choices([...severities, "never"])
        .default("error"),
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
  addInputOptions(analyzeCommand).action(async (given) => setStatus(await runAnalyze(given)));

  const planCommand = program
    .command("plan")
    .description(
      "plan what to change so that the first run changes nothing; write it as change files, scripts and lists",
    )
    .addHelpText("after", PLAN_EXAMPLES)
    .optionsGroup("Exports:")
    .addOption(exportOption(onPremises).makeOptionMandatory())
    .addOption(exportOption(online).makeOptionMandatory())
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
  addInputOptions(planCommand).action(async (given) => setStatus(await runPlan(given)));

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
    .addOption(new Option("--format <format>", "report format").choices(["text", "json"]).default("text"))
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

  return program;
}
