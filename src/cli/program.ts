import { Command, Option } from "commander";
import { mismatchKinds } from "../mismatches/index.ts";
import { severities } from "../model/severity.ts";
import { tool } from "../model/tool.ts";
import { authorities } from "../plan/plan.ts";
import { reportFormats } from "../reports/index.ts";
import { runAnalyze } from "./analyze-command.ts";
import { runExplain } from "./explain-command.ts";
import { addInputOptions } from "./input-options.ts";
import { runInspect } from "./inspect-command.ts";
import { runPlan } from "./plan-command.ts";

const EXAMPLES = `
Examples:
  $ dirsync-preflight analyze --on-premises ad.ldf --online msolusers.csv
  $ dirsync-preflight analyze --on-premises ad.csv --online msolusers.csv --format json --output report.json
  $ dirsync-preflight plan --on-premises ad.ldf --online msolusers.csv --authority online --output-dir plan
  $ dirsync-preflight inspect unknown-file.csv
  $ dirsync-preflight explain primary-smtp-change
  $ dirsync-preflight explain --user jane@contoso.com --on-premises ad.ldf --online msolusers.csv

Nothing is sent anywhere and no file is written but those that an option names.
Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 bad usage or unreadable input.`;

/** Makes the command line: its commands, options and help. */
export function makeProgram(setStatus: (status: number) => void): Command {
  const program = new Command("dirsync-preflight")
    .description("Tells what the first run of a directory synchronization will change, for whom, and why.")
    .version(tool.version)
    .exitOverride()
    .addHelpText("after", EXAMPLES);
  const kinds = mismatchKinds.map(({ kind }) => kind);

  const analyzeCommand = program
    .command("analyze")
    .description("compare on-premises and online exports and list what the first run will change")
    .requiredOption(
      "--on-premises <file...>",
      "exports of Active Directory: FILE or FILE:FORMAT; - reads standard input",
    )
    .requiredOption("--online <file...>", "exports of the online service: FILE or FILE:FORMAT")
    .addOption(new Option("--format <format>", "report format").choices(reportFormats).default("text"))
    .option("--output <file>", "write the report to a file, whole or not at all")
    .addOption(new Option("--kind <kind...>", "report only these kinds").choices(kinds))
    .addOption(
      new Option("--fail-on <severity>", "exit with status 1 from this severity on")
        .choices([...severities, "never"])
        .default("error"),
    )
    .option("--accept <file>", "a JSON report: hide the findings that it has, list what is new and what is gone")
    .option("--write-accept <file>", "save all findings as accepted, for --accept")
    .option("--redact", "replace names, addresses and DNs by pseudonyms, so that the report can be shared")
    .option("--redact-keep-domains", "with --redact: leave mail domains as they are")
    .option("--redact-key <text>", "with --redact: the same key gives the same pseudonyms in another run")
    .option("--verbose", "list everything, and the time that each step took");
  addInputOptions(analyzeCommand).action(async (options) => setStatus(await runAnalyze(options)));

  const planCommand = program
    .command("plan")
    .description(
      "plan what to change so that the first run changes nothing; write it as change files, scripts and lists",
    )
    .requiredOption("--on-premises <file...>", "exports of Active Directory: FILE or FILE:FORMAT")
    .requiredOption("--online <file...>", "exports of the online service: FILE or FILE:FORMAT")
    .addOption(new Option("--authority <side>", "which side is right").choices(authorities).makeOptionMandatory())
    .option("--output-dir <folder>", "write the plan into a folder")
    .addOption(
      new Option("--dialect <cmdlets>", "cmdlets of the online script: graph, or msol of the time")
        .choices(["graph", "msol"])
        .default("graph"),
    )
    .option("--decisions <file>", "a CSV in which somebody decided for each person: online, on-premises or skip")
    .option("--write-decisions <file>", "write that CSV, to be decided in Excel")
    .option("--simulate", "apply the plan in memory and report what would remain");
  addInputOptions(planCommand).action(async (options) => setStatus(await runPlan(options)));

  program
    .command("inspect")
    .description("tell what each file is taken for: format, encoding, columns, counts, problems")
    .argument("<file...>", "files to look at (FILE or FILE:FORMAT); - reads standard input")
    .option("--whole", "read files of more than 64 MB to their end")
    .option("--encoding <name>", "encoding of files that do not tell theirs, e.g. windows-1250 (default: windows-1252)")
    .option("--include-system-objects", "keep objects that the synchronization leaves out by default")
    .option("--no-color", "no colours")
    .action(async (files, options) => setStatus(await runInspect(files, options)));

  const explainCommand = program
    .command("explain")
    .description("tell what a kind of mismatch means, or the whole story of one user; without either, list all kinds")
    .argument("[kind]", "one of the kinds that a report names")
    .option("--user <name>", "a sign-in name, address, account name, display name or DN")
    .option("--on-premises <file...>", "with --user: exports of Active Directory")
    .option("--online <file...>", "with --user: exports of the online service");
  addInputOptions(explainCommand).action(async (kind, options) => setStatus(await runExplain(kind, options)));

  return program;
}
