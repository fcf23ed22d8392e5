import { type Command, InvalidArgumentError, Option } from "commander";
import type { AnalyzeOptions } from "../analyze-options.ts";
import { type SoftMatch, softMatchSchema } from "../match/match.ts";
import { sourceAnchorAttributeSchema } from "../model/source-anchor.ts";
import { type UpnFlow, upnFlowSchema } from "../predict/tenant.ts";
import { FileOption } from "./file-options.ts";
import { openFiles } from "./open-files.ts";

/** The options that say what to compare and how, as commander gives them. */
export interface InputCommandOptions {
  readonly onPremises: readonly string[];
  readonly online: readonly string[];
  readonly baseline?: readonly string[];
  readonly encoding?: string;
  readonly softMatch?: SoftMatch | "both";
  readonly upnSoftMatch?: boolean;
  readonly sourceAnchor?: string;
  readonly upnSource?: string;
  readonly upnFlow?: UpnFlow;
  readonly verifiedDomain?: readonly string[];
  readonly initialDomain?: string;
  readonly includeSystemObjects?: boolean;
  readonly concurrency?: number;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** An option that names exports. */
export function exportOption(flags: string, description: string): FileOption {
  return new FileOption(flags, description, { does: "read exports" });
}

/** Adds the options that say what to compare and how. */
export function addInputOptions(command: Command): Command {
  return command
    .optionsGroup("What the run does:")
    .addOption(
      exportOption(
        "--baseline <file...>",
        "exports of the online service from the time of activation: who was renamed since?",
      ),
    )
    .option("--encoding <name>", "encoding of files that do not tell theirs, e.g. windows-1250 (default: windows-1252)")
    .addOption(
      new Option(
        "--soft-match <rule>",
        "which on-premises addresses may link a user; both lists whose fate depends on it (default: any-smtp)",
      ).choices([...softMatchSchema.options, "both"]),
    )
    .option("--upn-soft-match", "a user principal name links where no address does")
    .addOption(
      new Option(
        "--source-anchor <attribute>",
        "the attribute that is the online ImmutableId, e.g. mS-DS-ConsistencyGuid (default: objectGUID)",
      ).argParser(toAttribute),
    )
    .addOption(
      new Option(
        "--upn-source <attribute>",
        "the attribute that is the sign-in name, e.g. mail (default: userPrincipalName)",
      ).argParser(toAttribute),
    )
    .addOption(
      new Option("--upn-flow <rule>", "when an on-premises UPN reaches an online user (default: always)").choices(
        upnFlowSchema.options,
      ),
    )
    .option("--verified-domain <domain...>", "domains verified in the tenant (default: those that occur online)")
    .option("--initial-domain <domain>", "the tenant's onmicrosoft.com domain (default: the one that occurs online)")
    .option("--include-system-objects", "keep objects that the synchronization leaves out by default")
    .option(
      "--concurrency <number>",
      "how many files are read at once, each in a thread (default: large ones, as many as there are processors)",
      toPositive,
    )
    .optionsGroup("Terminal:")
    .option("--quiet", "print nothing on standard error but errors")
    .option("--no-color", "no colours");
}

/** Reads a number of things, from 1. */
function toPositive(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}

/** Reads the name of an attribute. */
function toAttribute(text: string): string {
  if (sourceAnchorAttributeSchema.safeParse(text).success) return text;
  throw new InvalidArgumentError("It is the name of an attribute of Active Directory.");
}

/** Makes the library's options of the command line's. */
export async function toAnalyzeOptions(options: InputCommandOptions): Promise<AnalyzeOptions> {
  const { onPremises, online, baseline = [], encoding } = options;
  return {
    onPremises: await openFiles(onPremises, { others: [...online, ...baseline], encoding }),
    online: await openFiles(online, { others: [...onPremises, ...baseline], encoding }),
    baseline: await openFiles(baseline, { others: [...onPremises, ...online], encoding }),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    ...(options.softMatch === undefined ? {} : { softMatch: options.softMatch }),
    ...(options.upnSoftMatch === undefined ? {} : { upnSoftMatch: options.upnSoftMatch }),
    ...(options.sourceAnchor === undefined ? {} : { sourceAnchor: options.sourceAnchor }),
    ...(options.upnSource === undefined ? {} : { upnSource: options.upnSource }),
    ...(options.upnFlow === undefined ? {} : { upnFlow: options.upnFlow }),
    ...(options.verifiedDomain === undefined ? {} : { verifiedDomains: options.verifiedDomain }),
    ...(options.initialDomain === undefined ? {} : { initialDomain: options.initialDomain }),
    ...(options.includeSystemObjects === undefined ? {} : { includeSystemObjects: options.includeSystemObjects }),
  };
}
