import { createDirectory, type Directory } from "./directory/directory.ts";
import { type DirectoryReading, readDirectories } from "./directory/read-directory.ts";
import { formats } from "./formats/index.ts";
import type { Source } from "./formats/reading/source.ts";
import { type GivenSides, listAllParts, refuseLostAddresses, refuseSwappedSides, tellSides } from "./inputs.ts";
import type { Alignment } from "./match/alignment.ts";
import { tellAlternateLogin } from "./match/alternate-login.ts";
import { matchOptions } from "./match/match.ts";
import { matchBaseline } from "./match/match-baseline.ts";
import { matchUsers } from "./match/match-users.ts";
import { findStrangers } from "./match/strangers.ts";
import { tellAnchor } from "./match/tell-anchor.ts";
import { findUnusedUnits, type UnusedUnits } from "./match/unused-units.ts";
import { standsAlone } from "./mismatches/definition/checkable.ts";
import type { Comparison } from "./mismatches/definition/finder.ts";
import { mismatchKinds } from "./mismatches/index.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { UsageError } from "./model/errors.ts";
import { checkOptions, settle } from "./model/option.ts";
import { TOLD_ANCHOR } from "./model/source-anchor.ts";
import { type AnalyzeOptions, options as optionTable } from "./options.ts";
import { withTakenNames } from "./predict/taken-names.ts";
import { grounds, type Inference, inferTenant } from "./predict/tenant.ts";
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
  /** Set if `mail` is told to be the sign-in name. */
  readonly alternateLogin: Diagnostic | undefined;
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
  const given = await tellSides(options);
  const alone = given.online.length === 0 ? "onPremises" : given.onPremises.length === 0 ? "online" : undefined;
  if (alone !== undefined) refuseComparing(options);
  const { online, baseline, ...read } = await readSides(given, options);

  options.onPhase?.("match");
  const asked = options.sourceAnchor ?? TOLD_ANCHOR;
  const told =
    asked === TOLD_ANCHOR && alone === undefined ? tellAnchor(read.onPremises.directory, online.directory) : undefined;
  const onPremises = { ...read.onPremises, directory: told?.directory ?? read.onPremises.directory };
  const { service, toldBy } = tellOf(options, online);
  const { softMatch, upnSoftMatch, upnFlow } = service;
  const matching = matchingOf(service, options);
  const removed = online.summaries.flatMap((summary) => summary.removed);
  const alignment = matchUsers(onPremises.directory, online.directory, matching, removed);
  const own = { onPremises: onPremises.directory, online: online.directory };
  const { directories, upnSource, alternateLogin, named } = tellNames(own, alignment, options);
  const { tenant: known, inferred } = inferTenant(
    directories[alone ?? "online"],
    { ...options, upnFlow, service: service.name },
    alone ?? "online",
  );
  const tenant = withTakenNames(known, directories, alignment);
  const strangers = alone === undefined ? findStrangers(directories, alignment) : undefined;
  return {
    onPremises,
    online,
    baseline,
    strangers,
    alternateLogin,
    comparison: {
      directories,
      upnSource,
      alignment,
      tenant,
      matching,
      removed,
      service,
      assumesMail: isMailAssumed(onPremises),
      alone,
      unused:
        strangers === undefined && alone === undefined
          ? findUnused(options, directories.onPremises, alignment)
          : undefined,
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
        ...(upnSource && { upnSource }),
      },
      [
        ...(toldBy === "option" || alone !== undefined ? [] : [{ setting: "service" as const, from: grounds[toldBy] }]),
        ...(told === undefined ? [] : [{ setting: "sourceAnchor" as const, from: grounds.anchors(told.hits) }]),
        ...named,
        ...inferred,
      ],
    ),
  };
}

/** The sign-in names: of the attribute that was given, or told. */
function tellNames(
  directories: Comparison["directories"],
  alignment: Alignment,
  { upnSource: given }: AnalyzeOptions,
): Pick<Comparison, "directories" | "upnSource"> &
  Pick<SidesCompared, "alternateLogin"> & { readonly named: readonly Inference[] } {
  const told = given === undefined ? tellAlternateLogin(directories, alignment) : undefined;
  if (told === undefined) return { directories, upnSource: given, alternateLogin: undefined, named: [] };
  return {
    directories: { ...directories, onPremises: told.directory },
    upnSource: "mail",
    alternateLogin: told.diagnostic,
    named: [{ setting: "upnSource", from: grounds.mailNames(told.hits) }],
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

/**
 * Refuses what compares both sides where only one is given.
 *
 * @throws UsageError
 */
function refuseComparing({ baseline = [], kinds = [], service, softMatch }: AnalyzeOptions): void {
  const refused = [
    ...(baseline.length === 0 ? [] : ["baseline"]),
    ...(service === "both" ? ["service: both"] : []),
    ...(softMatch === "both" ? ["softMatch: both"] : []),
    ...mismatchKinds.flatMap((declaration) =>
      kinds.includes(declaration.kind) && !standsAlone(declaration) ? [declaration.kind] : [],
    ),
  ];
  if (refused.length > 0) throw new UsageError(`${refused.join(", ")}: compares the two sides, and only one was given`);
}

const NOTHING_READ: DirectoryReading = { directory: createDirectory([]), people: 0, summaries: [] };

/** Reads all sides, and refuses what cannot be compared: first what is wrong on-premises, then online. */
async function readSides(
  { onPremises: here, online: there }: GivenSides,
  options: AnalyzeOptions,
): Promise<Pick<SidesCompared, "onPremises" | "online" | "baseline">> {
  const earlier = await listAllParts(options.baseline ?? [], options, "online");
  return readDirectories([here, there, earlier], options, async ([readOnPremises, readOnline, readBaseline]) => {
    const readSide = async (sources: readonly Source[], read: (() => Promise<DirectoryReading>) | undefined) =>
      sources.length === 0 ? NOTHING_READ : ((await read?.()) ?? NOTHING_READ);
    options.onPhase?.("read on-premises");
    const onPremises = await readSide(here, readOnPremises);
    refuseSwappedSides(here, onPremises.summaries, "onPremises");
    options.onPhase?.("read online");
    const online = await readSide(there, readOnline);
    refuseSwappedSides(there, online.summaries, "online");
    const baseline = earlier.length === 0 ? undefined : await readSide(earlier, readBaseline);
    refuseSwappedSides(earlier, baseline?.summaries ?? [], "online");
    refuseLostAddresses([...onPremises.summaries, ...online.summaries, ...(baseline?.summaries ?? [])]);
    return { onPremises, online, baseline };
  });
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
