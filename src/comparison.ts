import { type DirectoryReading, readDirectories } from "./directory/read-directory.ts";
import { refuseLostAddresses, refuseSwappedSides } from "./inputs.ts";
import { matchBaseline } from "./match/match-baseline.ts";
import { matchUsers } from "./match/match-users.ts";
import type { Comparison } from "./mismatches/definition/finder.ts";
import { checkOptions, settle } from "./model/option.ts";
import { type AnalyzeOptions, options as optionTable } from "./options.ts";
import { grounds, inferTenant } from "./predict/tenant.ts";
import { makeSettings, type Settings } from "./settings.ts";

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
  checkOptions(optionTable, options);
  const { onPremises, online, baseline } = await readSides(options);

  options.onPhase?.("match");
  const { upnSoftMatch, softMatch: rule } = settle(optionTable, options);
  const softMatch = rule === "both" ? "any-smtp" : rule;
  const alignment = matchUsers(onPremises.directory, online.directory, { softMatch, upnSoftMatch });
  const { tenant, inferred } = inferTenant(online.directory, options);
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
    settings: makeSettings(
      options,
      {
        softMatch,
        upnFlow: tenant.upnFlow,
        verifiedDomains: [...tenant.verifiedDomains].sort(),
        initialDomain: tenant.initialDomain,
      },
      [
        ...(options.softMatch === undefined ? [{ setting: "softMatch" as const, from: grounds.dirSync }] : []),
        ...inferred,
      ],
    ),
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
