import {
  type Analysis,
  countByKind,
  countMatches,
  countUnsure,
  type Input,
  kindsLookedFor,
  listCounts,
  type StreamedAnalysis,
} from "./analysis.ts";
import { findExplained, surveyExplained } from "./causes/definition/find-explained.ts";
import { compareSides, type SidesCompared, underOtherService } from "./comparison.ts";
import { toInput } from "./inputs.ts";
import { holdUsers, type LiveAnalysis } from "./live-analysis.ts";
import { nameGalContacts } from "./match/gal-contacts.ts";
import { matchUsers } from "./match/match-users.ts";
import { compareSoftMatch } from "./match/soft-match-difference.ts";
import type { NotChecked } from "./mismatches/definition/checkable.ts";
import type { Comparison } from "./mismatches/definition/finder.ts";
import { referTo } from "./mismatches/definition/object-reference.ts";
import { type Diagnostic, diagnose } from "./model/diagnostic.ts";
import { tool } from "./model/tool.ts";
import { fieldCodes } from "./model/user-view.ts";
import type { AnalyzeOptions } from "./options.ts";
import { nameDoubtfulDomains } from "./predict/doubtful-domains.ts";
import { compareServices, type ServiceDifference } from "./run/compare-services.ts";
import { Outcomes } from "./run/outcomes.ts";
import type { Settings } from "./settings.ts";
import { judge } from "./verdict.ts";

/**
 * Tells what the first run of a directory synchronization will change, for whom, and why. With the exports of one side alone it
 * checks what needs no counterpart: values, duplicates, names that are not one.
 *
 * Same input, same output: mismatches come sorted by kind, online UPN and on-premises DN, whatever the order of the
 * files. A bad record is a diagnostic of its input; a kind that an export has not the fields for is in `notChecked`.
 *
 * @throws InputError if a source is unreadable, empty, of an unknown format, no export at all, without any record, without
 *   its addresses because the export lost them, an export of the other side, or of `files` and of neither side for sure.
 * @throws UsageError if an option has no meaning.
 * @example
 * ```ts
 * const analysis = await analyze({
 *   onPremises: [{ name: "ad.ldf", data: "dn: CN=Ana,DC=contoso,DC=com\nobjectClass: user\nproxyAddresses: SMTP:ana@contoso.com\n" }],
 *   online: [{ name: "users.csv", data: "UserPrincipalName,ProxyAddresses\na@contoso.com,SMTP:a@contoso.com;smtp:ana@contoso.com\n" }],
 * });
 * analysis.mismatches[0]?.kind; // "primary-smtp-change"
 * ```
 */
export async function analyze(options: AnalyzeOptions): Promise<LiveAnalysis> {
  const compared = await compareSides(options);
  const differences = findDifferences(compared, options);
  options.onPhase?.("find");
  const { causes, people, mismatches, notChecked } = findExplained(compared.comparison, options.kinds);
  const described = describe(
    compared,
    options,
    differences,
    {
      byKind: countByKind(mismatches, lookedFor(compared, options)),
      unsure: countUnsure(mismatches),
      ...(people && { people }),
    },
    notChecked,
  );
  return holdUsers(judge({ ...described, causes, mismatches }), compared.comparison);
}

/**
 * Analyzes as {@link analyze} does, for directories of any size: the mismatches are counted, and found again whenever they
 * are gone through, so that they are never held all at once.
 *
 * @throws InputError, UsageError as `analyze` does.
 */
export async function streamAnalysis(options: AnalyzeOptions): Promise<StreamedAnalysis> {
  const compared = await compareSides(options);
  const differences = findDifferences(compared, options);
  options.onPhase?.("find");
  const found = surveyExplained(compared.comparison, options.kinds);
  const { mismatches, notChecked, counts, causes, people, worst, unsure } = found;
  const described = describe(
    compared,
    options,
    differences,
    { byKind: listCounts(counts, lookedFor(compared, options)), unsure, ...(people && { people }) },
    notChecked,
  );
  const outcomes = options.outcomes === true ? listOutcomes(compared) : undefined;
  return judge({
    ...described,
    ...(outcomes && { outcomes }),
    worst,
    causes,
    mismatches,
  });
}

function lookedFor({ comparison }: SidesCompared, { kinds }: AnalyzeOptions) {
  return kindsLookedFor(kinds, comparison.alone);
}

/** Lists what the run does with every object, worked out whenever it is gone through. */
function listOutcomes({ comparison }: SidesCompared): NonNullable<StreamedAnalysis["outcomes"]> {
  return {
    onPremises: { [Symbol.iterator]: () => new Outcomes(comparison).onPremises() },
    online: { [Symbol.iterator]: () => new Outcomes(comparison).online() },
  };
}

/** Who would fare otherwise under the other service: how many, and, if it was asked for, who. */
interface Differences {
  readonly count: number;
  readonly listed: readonly ServiceDifference[];
}

function findDifferences(compared: SidesCompared, options: AnalyzeOptions): Differences {
  const listed: ServiceDifference[] = [];
  let count = 0;
  if (compared.comparison.alone !== undefined) return { count, listed };
  for (const difference of compareServices(compared.comparison, underOtherService(compared, options))) {
    count++;
    if (options.service === "both") listed.push(difference);
  }
  return { count, listed };
}

/** Describes an analysis, its mismatches and the verdict aside. */
function describe(
  compared: SidesCompared,
  options: AnalyzeOptions,
  differences: Differences,
  counts: Pick<Analysis["summary"], "byKind" | "unsure" | "people">,
  notChecked: readonly NotChecked[],
): Omit<Analysis, "causes" | "mismatches" | "verdict"> {
  const { comparison, settings, onPremises, online, toldBy } = compared;
  return {
    schemaVersion: 1,
    tool,
    service: { name: comparison.service.name, toldBy, anchor: settings.sourceAnchor, otherwise: differences.count },
    ...(comparison.alone === undefined ? {} : { alone: comparison.alone }),
    inputs: describeInputs(compared),
    settings,
    summary: {
      onPremises: onPremises.people,
      online: online.people,
      ...countMatches(comparison.alignment),
      ...counts,
    },
    notChecked: notChecked.map(({ missing, ...entry }) => ({ ...entry, missing: [...missing] })),
    ...(options.service === "both" ? { serviceDependent: listDifferences(comparison, differences.listed) } : {}),
    ...(options.softMatch === "both" ? { softMatchDependent: compareRules(compared) } : {}),
  };
}

/** Lists the people whose fate depends on the service. */
function listDifferences(
  { directories, service }: Comparison,
  differences: readonly ServiceDifference[],
): NonNullable<Analysis["serviceDependent"]> {
  return differences.map(({ onPremises, online, fates }) => {
    const [own, other] = fates();
    return {
      onPremises: referTo(directories.onPremises.user(onPremises)),
      ...(online === undefined ? {} : { online: referTo(directories.online.user(online)) }),
      ...(service.name === "dirsync-v2"
        ? { dirsyncV2: own, entraConnect: other }
        : { dirsyncV2: other, entraConnect: own }),
    };
  });
}

/** Lists the people whose fate depends on which addresses may link. */
function compareRules({ comparison }: SidesCompared): Analysis["softMatchDependent"] {
  const { onPremises, online } = comparison.directories;
  const narrow = matchUsers(
    onPremises,
    online,
    { ...comparison.matching, softMatch: "primary-smtp" },
    comparison.removed,
  );
  return compareSoftMatch(onPremises, online, comparison.alignment, narrow).map((difference) => ({
    onPremises: referTo(onPremises.user(difference.onPremises)),
    ...(difference.online === undefined ? {} : { online: referTo(online.user(difference.online)) }),
    anySmtp: difference.anySmtp,
    primarySmtp: difference.primarySmtp,
  }));
}

function describeInputs(compared: SidesCompared): Input[] {
  const { onPremises, online, baseline, comparison, strangers, alternateLogin, settings } = compared;
  const first = [
    findUnfitAnchor(comparison, settings),
    alternateLogin,
    comparison.unused?.diagnostic,
    nameGalContacts(comparison.directories.onPremises),
  ].filter((found) => found !== undefined);
  const ofOnline = [strangers, nameDoubtfulDomains(comparison.directories.onPremises, comparison.tenant)].filter(
    (found) => found !== undefined,
  );
  const isAlone = comparison.alone !== undefined;
  return [
    ...onPremises.summaries.map((summary, index) =>
      toInput("onPremises", summary, { further: index === 0 ? first : [], isAlone }),
    ),
    ...online.summaries.map((summary, index) =>
      toInput("online", summary, { further: index === 0 ? ofOnline : [], isAlone }),
    ),
    ...(baseline?.summaries ?? []).map((summary) => toInput("baseline", summary)),
  ];
}

/** Says so if an attribute was named as the source anchor, and no ImmutableId is a value of it. */
function findUnfitAnchor(
  { directories, alignment }: Comparison,
  { sourceAnchor, inferred }: Settings,
): Diagnostic | undefined {
  const isTold = sourceAnchor === "objectGUID" || inferred.some(({ setting }) => setting === "sourceAnchor");
  if (isTold || directories.online.table.countOf(fieldCodes.immutableId) === 0) return undefined;
  return countMatches(alignment).matchedBy.hard > 0
    ? undefined
    : diagnose("anchor-fits-nobody", { detail: sourceAnchor });
}
