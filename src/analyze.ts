import { type Analysis, countByKind, type Input, type Settings } from "./analysis.ts";
import { type AnalyzeOptions, checkOptions } from "./analyze-options.ts";
import { readDirectory } from "./directory/read-directory.ts";
import { formats } from "./formats/index.ts";
import type { SourceSummary } from "./formats/reading/source.ts";
import { matchUsers } from "./match/match-users.ts";
import { findMismatches } from "./mismatches/definition/find-mismatches.ts";
import { InputError } from "./model/errors.ts";
import { tool } from "./model/tool.ts";
import type { Side } from "./model/user.ts";
import { inferTenant, type TenantSettings } from "./predict/tenant.ts";

/**
 * Tells what the first run of a directory synchronization will change, for whom, and why.
 *
 * Same input, same output: mismatches come sorted by kind, online UPN and on-premises DN, whatever the order of the
 * files. A bad record is a diagnostic of its input; a kind that an export has not the fields for is in `notChecked`.
 *
 * @throws InputError if a source is unreadable, empty, of an unknown format, without any record, or without its addresses
 *   because the export lost them.
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
export async function analyze(options: AnalyzeOptions): Promise<Analysis> {
  checkOptions(options);
  options.onPhase?.("read on-premises");
  const onPremises = await readDirectory(options.onPremises, options);
  options.onPhase?.("read online");
  const online = await readDirectory(options.online, options);
  for (const summary of [...onPremises.summaries, ...online.summaries]) refuseLostAddresses(summary);

  options.onPhase?.("match");
  const { softMatch = "any-smtp", upnSoftMatch = false } = options;
  const alignment = matchUsers(onPremises.directory, online.directory, { softMatch, upnSoftMatch });

  options.onPhase?.("find");
  const { tenant, inferred } = inferTenant(online.directory, tenantSettings(options));
  const directories = { onPremises: onPremises.directory, online: online.directory };
  const { mismatches, notChecked } = findMismatches(directories, alignment, tenant, options.kinds);

  const settings: Settings = {
    softMatch,
    upnSoftMatch,
    upnFlow: tenant.upnFlow,
    verifiedDomains: [...tenant.verifiedDomains].sort(),
    ...(tenant.initialDomain === undefined ? {} : { initialDomain: tenant.initialDomain }),
    includeSystemObjects: options.includeSystemObjects ?? false,
    ...(options.kinds === undefined ? {} : { kinds: [...options.kinds] }),
    inferred: [
      ...(options.softMatch === undefined
        ? [{ setting: "softMatch" as const, from: "DirSync V2 matches by any SMTP address" }]
        : []),
      ...inferred,
    ],
  };
  const matchedBy = { hard: 0, "soft-smtp": 0, "soft-upn": 0 };
  for (const { match } of alignment.pairs) matchedBy[match.method]++;
  return {
    schemaVersion: 1,
    tool,
    inputs: [
      ...onPremises.summaries.map((summary) => toInput("onPremises", summary)),
      ...online.summaries.map((summary) => toInput("online", summary)),
    ],
    settings,
    summary: {
      onPremises: onPremises.people,
      online: online.people,
      matched: alignment.pairs.length,
      matchedBy,
      byKind: countByKind(mismatches, options.kinds),
    },
    notChecked: notChecked.map(({ missing, ...entry }) => ({ ...entry, missing: [...missing] })),
    mismatches,
  };
}

/** Without addresses nobody can be matched by address, and everything that would be said is wrong. */
function refuseLostAddresses({ name, lostFields, diagnostics, format }: SourceSummary): void {
  if (!lostFields.includes("proxyAddresses")) return;
  const first = diagnostics.find(({ code }) => code === "lost-collection");
  const exportCommand = formats.find((candidate) => candidate.name === format)?.exportCommand ?? "";
  throw new InputError("lost-collection", {
    source: name,
    ...(first?.line === undefined ? {} : { line: first.line }),
    ...(first === undefined ? {} : { detail: first.message }),
    hint: `Export again with:\n  ${exportCommand}`,
  });
}

function toInput(side: Side, summary: SourceSummary): Input {
  const { name, format, encoding, records, users, skipped, diagnostics } = summary;
  return { side, name, format, encoding, records, users, skipped: [...skipped], diagnostics: [...diagnostics] };
}

function tenantSettings({ verifiedDomains, initialDomain, upnFlow }: AnalyzeOptions): TenantSettings {
  return {
    ...(verifiedDomains === undefined ? {} : { verifiedDomains }),
    ...(initialDomain === undefined ? {} : { initialDomain }),
    ...(upnFlow === undefined ? {} : { upnFlow }),
  };
}
