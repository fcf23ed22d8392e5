import { Command, Option } from "commander";
import { softMatchSchema } from "../match/match.ts";
import { mismatchKinds } from "../mismatches/index.ts";
import { severities } from "../model/severity.ts";
import { tool } from "../model/tool.ts";
import { upnFlowSchema } from "../predict/tenant.ts";
import { reportFormats } from "../reports/index.ts";
import { runAnalyze } from "./analyze-command.ts";
import { runExplain } from "./explain-command.ts";
import { runInspect } from "./inspect-command.ts";

const EXAMPLES = `
Examples:
  $ dirsync-preflight analyze --on-premises ad.ldf --online msolusers.csv
  $ dirsync-preflight analyze --on-premises ad.csv --online msolusers.csv --format json --output report.json
  $ dirsync-preflight inspect unknown-file.csv
  $ dirsync-preflight explain primary-smtp-change

Nothing is sent anywhere and no file but --output is written.
Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 bad usage or unreadable input.`;

/** Makes the command line: its commands, options and help. */
export function makeProgram(setStatus: (status: number) => void): Command {
  const program = new Command("dirsync-preflight")
    .description("Tells what the first run of a directory synchronization will change, for whom, and why.")
    .version(tool.version)
    .exitOverride()
    .addHelpText("after", EXAMPLES);
  const kinds = mismatchKinds.map(({ kind }) => kind);

  program
    .command("analyze")
    .description("compare on-premises and online exports and list what the first run will change")
    .requiredOption("--on-premises <file...>", "exports of Active Directory (LDIF, CSVDE); - reads standard input")
    .requiredOption("--online <file...>", "exports of the online service (Get-MsolUser | Export-Csv)")
    .addOption(new Option("--format <format>", "report format").choices(reportFormats).default("text"))
    .option("--output <file>", "write the report to a file, whole or not at all")
    .addOption(new Option("--kind <kind...>", "report only these kinds").choices(kinds))
    .addOption(
      new Option("--fail-on <severity>", "exit with status 1 from this severity on")
        .choices([...severities, "never"])
        .default("error"),
    )
    .addOption(
      new Option("--soft-match <rule>", "which on-premises addresses may link a user (default: any-smtp)").choices(
        softMatchSchema.options,
      ),
    )
    .option("--upn-soft-match", "a user principal name links where no address does")
    .addOption(
      new Option("--upn-flow <rule>", "when an on-premises UPN reaches an online user (default: always)").choices(
        upnFlowSchema.options,
      ),
    )
    .option("--verified-domain <domain...>", "domains verified in the tenant (default: those that occur online)")
    .option("--initial-domain <domain>", "the tenant's onmicrosoft.com domain (default: the one that occurs online)")
    .option("--include-system-objects", "keep objects that the synchronization leaves out by default")
    .option("--verbose", "list everything, and the time that each step took")
    .option("--quiet", "print nothing on standard error but errors")
    .option("--no-color", "no colours")
    .action(async (options) => setStatus(await runAnalyze(options)));

  program
    .command("inspect")
    .description("tell what each file is taken for: format, encoding, columns, counts, problems")
    .argument("<file...>", "files to look at; - reads standard input")
    .option("--include-system-objects", "keep objects that the synchronization leaves out by default")
    .option("--no-color", "no colours")
    .action(async (files, options) => setStatus(await runInspect(files, options)));

  program
    .command("explain")
    .description("tell what a kind of mismatch means and what to do; without a kind, list them all")
    .argument("[kind]", "one of the kinds that a report names")
    .option("--no-color", "no colours")
    .action((kind, options) => setStatus(runExplain(kind, options)));

  return program;
}
