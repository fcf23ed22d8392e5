import { mismatchKindSchema } from "./analysis.ts";
import type { ReadOptions, Source } from "./formats/reading/source.ts";
import { type SoftMatch, softMatchSchema } from "./match/match.ts";
import type { MismatchKind } from "./mismatches/index.ts";
import { UsageError } from "./model/errors.ts";
import { sourceAnchorAttributeSchema } from "./model/source-anchor.ts";
import { type UpnFlow, upnFlowSchema } from "./predict/tenant.ts";

/** A step of the analysis. */
export type Phase = "read on-premises" | "read online" | "match" | "find";

/** What to analyze, and how. */
export interface AnalyzeOptions extends ReadOptions {
  /** Exports of Active Directory; several are one directory. */
  readonly onPremises: readonly Source[];
  /** Exports of the online service; several are one directory. */
  readonly online: readonly Source[];
  /** Exports of the online service from the time when its users were activated: tells who was renamed since. */
  readonly baseline?: readonly Source[];
  /**
   * Which on-premises addresses may link a user; default `any-smtp`, as in DirSync V2. `both` analyzes by `any-smtp` and
   * lists the people whose fate depends on the rule.
   */
  readonly softMatch?: SoftMatch | "both";
  /** Whether a UPN links where no address does; default false. */
  readonly upnSoftMatch?: boolean;
  /** Domains verified in the tenant; inferred from the online export if absent. */
  readonly verifiedDomains?: readonly string[];
  /** The tenant's onmicrosoft.com domain; inferred from the online export if absent. */
  readonly initialDomain?: string;
  /** When an on-premises UPN reaches an online user; default `always`. */
  readonly upnFlow?: UpnFlow;
  /** Report only these kinds; default all. */
  readonly kinds?: readonly MismatchKind[];
  /** Called when a step begins; the library itself has no clock. */
  readonly onPhase?: (phase: Phase) => void;
}

/**
 * Refuses options that have no meaning: a library's caller may not have TypeScript to do so.
 *
 * @throws UsageError that names the option and the values it can have.
 */
export function checkOptions(options: AnalyzeOptions): void {
  const { onPremises, online, softMatch, sourceAnchor, upnSource, upnFlow, kinds, concurrency = 1 } = options;
  if (onPremises.length === 0)
    throw new UsageError("onPremises names no source; give at least one export of Active Directory");
  if (online.length === 0)
    throw new UsageError("online names no source; give at least one export of the online service");
  if (!(concurrency >= 1)) throw new UsageError(`concurrency cannot be ${concurrency}; use a number from 1 on`);
  if ("maxBytes" in options && options.maxBytes !== undefined) {
    throw new UsageError(
      "maxBytes is no option of an analysis: of a part of a directory everything that is said is wrong",
    );
  }
  requireOneOf("softMatch", softMatch, [...softMatchSchema.options, "both"]);
  for (const [option, name] of Object.entries({ sourceAnchor, upnSource })) requireAttribute(option, name);
  requireOneOf("upnFlow", upnFlow, upnFlowSchema.options);
  for (const kind of kinds ?? []) requireOneOf("kinds", kind, mismatchKindSchema.options);
}

function requireAttribute(option: string, name: string | undefined): void {
  if (name !== undefined && !sourceAnchorAttributeSchema.safeParse(name).success) {
    throw new UsageError(`${option} cannot be "${name}"; name an attribute of Active Directory, such as objectGUID`);
  }
}

function requireOneOf(option: string, value: string | undefined, known: readonly string[]): void {
  if (value !== undefined && !known.includes(value)) {
    throw new UsageError(`${option} cannot be "${value}"; use one of: ${known.join(", ")}`);
  }
}
