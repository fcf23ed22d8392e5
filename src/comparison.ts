import type { Directory } from "./directory/directory.ts";
import { type DirectoryReading, readDirectories } from "./directory/read-directory.ts";
import { formats } from "./formats/index.ts";
import { listParts } from "./formats/reading/list-parts.ts";
import type { Source } from "./formats/reading/source.ts";
import { refuseLostAddresses, refuseSwappedSides } from "./inputs.ts";
import type { Alignment } from "./match/alignment.ts";
import { matchOptions } from "./match/match.ts";
import { matchBaseline } from "./match/match-baseline.ts";
import { matchUsers } from "./match/match-users.ts";
import { findStrangers } from "./match/strangers.ts";
import { tellAnchor } from "./match/tell-anchor.ts";
import { findUnusedUnits, type UnusedUnits } from "./match/unused-units.ts";
import type { Comparison } from "./mismatches/definition/finder.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { checkOptions, settle } from "./model/option.ts";
import { TOLD_ANCHOR } from "./model/source-anchor.ts";
import type { Side } from "./model/user.ts";
import { type AnalyzeOptions, options as optionTable } from "./options.ts";
import { withTakenNames } from "./predict/taken-names.ts";
import { grounds, inferTenant } from "./predict/tenant.ts";
import { otherService } from "./service/index.ts";
import type { Service } from "./service/service.ts";
import { type ToldService, tellService } from "./service/tell-service.ts";
import { makeSettings, type Settings } from "./settings.ts";

/** Both sides read and matched, and the settings that were used. */
export interface SidesCompared {
  readonly onPremises: DirectoryReading;
  readonly online: DirectoryReading;
  readonly baseline: DirectoryReading | undefined;
  readonly comparison: Comparison;
  /** Set if the two sides look like the exports of two companies. */
  readonly strangers: Diagnostic | undefined;
  readonly settings: Settings;
  readonly toldBy: ToldService["toldBy"];
}

/**
 * Reads both sides, finds out who is who, and completes the settings.
 *
 * @throws InputError, UsageError as `analyze` does.
 */
export async function compareSides(options: AnalyzeOptions): Promise<SidesCompared> {
  checkOptions(optionTable, options);
  const { online, baseline, ...read } = await readSides(options);

  options.onPhase?.("match");
  const asked = options.sourceAnchor ?? TOLD_ANCHOR;
  const told = asked === TOLD_ANCHOR ? tellAnchor(read.onPremises.directory, online.directory) : undefined;
  const onPremises = { ...read.onPremises, directory: told?.directory ?? read.onPremises.directory };
  const { service, toldBy } = tellOf(options, online);
  const { softMatch, upnSoftMatch, upnFlow } = service;
  const matching = matchingOf(service, options);
  const removed = online.summaries.flatMap((summary) => summary.removed);
  const alignment = matchUsers(onPremises.directory, online.directory, matching, removed);
  const { tenant: known, inferred } = inferTenant(online.directory, { ...options, upnFlow, service: service.name });
  const directories = { onPremises: onPremises.directory, online: online.directory };
  const tenant = withTakenNames(known, directories, alignment);
  const strangers = findStrangers(directories, alignment);
  return {
    onPremises,
    online,
    baseline,
    strangers,
    comparison: {
      directories,
      alignment,
      tenant,
      matching,
      removed,
      service,
      assumesMail: isMailAssumed(onPremises),
      unused: strangers === undefined ? findUnused(options, onPremises.directory, alignment) : undefined,
      baseline: baseline === undefined ? undefined : matchBaseline(baseline.directory, online.directory),
    },
    toldBy,
    settings: makeSettings(
      options,
      {
        service: service.name,
        softMatch,
        upnSoftMatch,
        upnFlow,
        sourceAnchor: told?.attribute ?? (asked === TOLD_ANCHOR ? "objectGUID" : asked),
        verifiedDomains: [...tenant.verifiedDomains].sort(),
        initialDomain: tenant.initialDomain,
      },
      [
        ...(toldBy === "option" ? [] : [{ setting: "service" as const, from: grounds[toldBy] }]),
        ...(told === undefined ? [] : [{ setting: "sourceAnchor" as const, from: grounds.anchors(told.hits) }]),
        ...inferred,
      ],
    ),
  };
}

/** Whether no export shows proxyAddresses of anybody, and it is only assumed that nobody has any. */
function isMailAssumed({ summaries }: DirectoryReading): boolean {
  const exported = summaries.filter(({ fields }) => fields.includes("proxyAddresses"));
  const isAssumed = ({ diagnostics }: (typeof summaries)[number]): boolean =>
    diagnostics.some(({ code }) => code === "nobody-has-addresses");
  return exported.length > 0 && exported.every(isAssumed);
}

/** Who lies where nobody is online, unless somebody has named the organisational units that are synchronized. */
function findUnused(
  { includeOu = [], excludeOu = [] }: AnalyzeOptions,
  onPremises: Directory,
  alignment: Alignment,
): UnusedUnits | undefined {
  return includeOu.length + excludeOu.length > 0 ? undefined : findUnusedUnits(onPremises, alignment);
}

/** Reads all sides, and refuses what cannot be compared: first what is wrong on-premises, then online. */
async function readSides(options: AnalyzeOptions): Promise<Pick<SidesCompared, "onPremises" | "online" | "baseline">> {
  const given = {
    onPremises: await listAllParts(options.onPremises, "onPremises"),
    online: await listAllParts(options.online, "online"),
  };
  const earlier = await listAllParts(options.baseline ?? [], "online");
  const sides = [given.onPremises, given.online, ...(earlier.length === 0 ? [] : [earlier])];
  return readDirectories(sides, options, async ([readOnPremises, readOnline, readBaseline]) => {
    if (readOnPremises === undefined || readOnline === undefined) throw new Error("a side that was given is not read");
    options.onPhase?.("read on-premises");
    const onPremises = await readOnPremises();
    refuseSwappedSides(given.onPremises, onPremises.summaries, "onPremises");
    options.onPhase?.("read online");
    const online = await readOnline();
    refuseSwappedSides(given.online, online.summaries, "online");
    const baseline = await readBaseline?.();
    refuseSwappedSides(earlier, baseline?.summaries ?? [], "online");
    refuseLostAddresses([...onPremises.summaries, ...online.summaries, ...(baseline?.summaries ?? [])]);
    return { onPremises, online, baseline };
  });
}

async function listAllParts(sources: readonly Source[], side: Side): Promise<readonly Source[]> {
  const parts: Source[] = [];
  for (const source of sources) for (const part of await listParts(source, side)) parts.push({ ...part, side });
  return parts;
}

/** The service that runs, told from the online exports if it was not given; single settings overrule it. */
function tellOf(options: AnalyzeOptions, online: DirectoryReading): ToldService {
  const exports = online.summaries.map(({ format }) => formats.find(({ name }) => name === format) ?? {});
  const { service: rule = "told" } = options;
  const asked = rule === "both" || rule === "told" ? undefined : rule;
  const { service, toldBy } = tellService(asked, exports);
  return { toldBy, service: overruled(service, options) };
}

/** The same two sides as the other service would take them; single settings overrule that one too. */
export function underOtherService({ comparison }: SidesCompared, options: AnalyzeOptions): Comparison {
  const { directories, service, tenant } = comparison;
  const other = overruled(otherService(service), options);
  const matching = matchingOf(other, options);
  const alignment = matchUsers(directories.onPremises, directories.online, matching, comparison.removed);
  return {
    ...comparison,
    alignment,
    tenant: withTakenNames({ ...tenant, upnFlow: other.upnFlow }, directories, alignment),
    matching,
    service: other,
  };
}

/** How a service matches, and what the tenant blocks. */
function matchingOf({ softMatch, upnSoftMatch }: Service, options: AnalyzeOptions): Comparison["matching"] {
  const { softMatch: _rule, ...asked } = options;
  const { blockSoftMatch, blockHardMatch, admins } = settle(matchOptions, asked);
  return { softMatch, upnSoftMatch, blockSoftMatch, blockHardMatch, admins };
}

function overruled(service: Service, { softMatch, upnSoftMatch, upnFlow }: AnalyzeOptions): Service {
  return {
    ...service,
    ...(softMatch === undefined ? {} : { softMatch: softMatch === "both" ? "any-smtp" : softMatch }),
    ...(upnSoftMatch === undefined ? {} : { upnSoftMatch }),
    ...(upnFlow === undefined ? {} : { upnFlow }),
  };
}
