import type { Settings } from "./analysis.ts";
import { type AnalyzeOptions, checkOptions } from "./analyze-options.ts";
import { type DirectoryReading, readDirectories } from "./directory/read-directory.ts";
import { refuseLostAddresses, refuseSwappedSides } from "./inputs.ts";
import { matchBaseline } from "./match/match-baseline.ts";
import { matchUsers } from "./match/match-users.ts";
import type { Comparison } from "./mismatches/definition/finder.ts";
import { grounds, inferTenant, type TenantSettings } from "./predict/tenant.ts";

/** Both sides read and matched, and the settings that were used. */
export interface SidesCompared {
  readonly onPremises: DirectoryReading;
  readonly online: DirectoryReading;
  readonly baseline: DirectoryReading | undefined;
  readonly comparison: Comparison;
  readonly settings: Settings;
}

/**
 * Reads both sides, finds out who is who, and completes the settings.
 *
 * @throws InputError, UsageError as `analyze` does.
 */
export async function compareSides(options: AnalyzeOptions): Promise<SidesCompared> {
  checkOptions(options);
  const { onPremises, online, baseline } = await readSides(options);

  options.onPhase?.("match");
  const { upnSoftMatch = false } = options;
  const softMatch = options.softMatch === "primary-smtp" ? "primary-smtp" : "any-smtp";
  const alignment = matchUsers(onPremises.directory, online.directory, { softMatch, upnSoftMatch });
  const { tenant, inferred } = inferTenant(online.directory, tenantSettings(options));
  return {
    onPremises,
    online,
    baseline,
    comparison: {
      directories: { onPremises: onPremises.directory, online: online.directory },
      alignment,
      tenant,
      softMatch,
      baseline: baseline === undefined ? undefined : matchBaseline(baseline.directory, online.directory),
    },
    settings: {
      softMatch,
      upnSoftMatch,
      sourceAnchor: options.sourceAnchor ?? "objectGUID",
      ...(options.upnSource === undefined ? {} : { upnSource: options.upnSource }),
      upnFlow: tenant.upnFlow,
      verifiedDomains: [...tenant.verifiedDomains].sort(),
      ...(tenant.initialDomain === undefined ? {} : { initialDomain: tenant.initialDomain }),
      includeSystemObjects: options.includeSystemObjects ?? false,
      ...(options.kinds === undefined ? {} : { kinds: [...options.kinds] }),
      inferred: [
        ...(options.softMatch === undefined ? [{ setting: "softMatch" as const, from: grounds.dirSync }] : []),
        ...inferred,
      ],
    },
  };
}

/** Reads all sides, and refuses what cannot be compared: first what is wrong on-premises, then online. */
function readSides(options: AnalyzeOptions): Promise<Pick<SidesCompared, "onPremises" | "online" | "baseline">> {
  const { baseline: earlier = [] } = options;
  const sides = [options.onPremises, options.online, ...(earlier.length === 0 ? [] : [earlier])];
  return readDirectories(sides, options, async ([readOnPremises, readOnline, readBaseline]) => {
    if (readOnPremises === undefined || readOnline === undefined) throw new Error("a side that was given is not read");
    options.onPhase?.("read on-premises");
    const onPremises = await readOnPremises();
    refuseSwappedSides(options.onPremises, onPremises.summaries, "onPremises");
    options.onPhase?.("read online");
    const online = await readOnline();
    refuseSwappedSides(options.online, online.summaries, "online");
    const baseline = await readBaseline?.();
    refuseSwappedSides(earlier, baseline?.summaries ?? [], "online");
    refuseLostAddresses([...onPremises.summaries, ...online.summaries, ...(baseline?.summaries ?? [])]);
    return { onPremises, online, baseline };
  });
}

function tenantSettings({ verifiedDomains, initialDomain, upnFlow }: AnalyzeOptions): TenantSettings {
  return {
    ...(verifiedDomains === undefined ? {} : { verifiedDomains }),
    ...(initialDomain === undefined ? {} : { initialDomain }),
    ...(upnFlow === undefined ? {} : { upnFlow }),
  };
}
