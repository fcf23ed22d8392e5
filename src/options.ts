import * as z from "zod/mini";
import { readingOptions } from "./formats/reading/reading-options.ts";
import { sourceSchema } from "./formats/reading/source.ts";
import { matchOptions, softMatchSchema } from "./match/match.ts";
import { mismatchKindSchema } from "./mismatches/index.ts";
import type { OptionRow, OptionRows, OptionsOf } from "./model/option.ts";
import { tenantOptions } from "./predict/tenant.ts";
import { serviceOptions } from "./service/service.ts";

/** A step of the analysis. */
export type Phase = "read on-premises" | "read online" | "match" | "find";

/** Every option of an analysis: those of its steps stand where these use them. */
export const options = {
  /** Exports of either side: what each is an export of is told from its content. */
  files: {
    schema: z.array(sourceSchema),
    about: "exports of either side, in any order: which side each is of is told from its content",
  },
  /** Exports of Active Directory; several are one directory. Without any, what needs no counterpart is checked online. */
  onPremises: {
    schema: z.array(sourceSchema).check(z.minLength(1, "at least one export of Active Directory")),
    about: "exports of Active Directory; several are one directory",
    flag: "--on-premises <file...>",
  },
  /** Exports of the online service; several are one directory. Without any, what needs no counterpart is checked on-premises. */
  online: {
    schema: z.array(sourceSchema).check(z.minLength(1, "at least one export of the online service")),
    about: "exports of the online service; several are one directory",
    flag: "--online <file...>",
  },
  /** Exports of the online service from the time when its users were activated: tells who was renamed since. */
  baseline: {
    schema: z.array(sourceSchema),
    about: "exports of the online service from the time of activation: who was renamed since, and on which side",
    flag: "--baseline <file...>",
  },
  ...serviceOptions,
  ...matchOptions,
  /**
   * Which on-premises addresses may link a user; as the service does, if absent. `both` analyzes by `any-smtp` and
   * lists the people whose fate depends on the rule.
   */
  softMatch: { ...matchOptions.softMatch, schema: z.enum([...softMatchSchema.options, "both"]) },
  ...readingOptions,
  ...tenantOptions,
  /** Report only these kinds; default all. */
  kinds: {
    schema: z.array(mismatchKindSchema),
    otherwise: "all",
    about: "report only these kinds",
    flag: "--kind <kind...>",
    setting: z.optional(z.array(mismatchKindSchema).check(z.describe("The kinds asked for; all if absent."))),
  },
  /** Whether the document of `streamAnalysis` lists what the run does with every object of both sides. */
  outcomes: {
    schema: z.boolean(),
    default: false,
    about: "list what the run does with every object of both sides, in JSON",
    flag: "--outcomes",
  },
  /** Called when a step begins; the library itself has no clock. */
  onPhase: {
    schema: z.custom<(phase: Phase) => void>((value) => typeof value === "function", "a function"),
    about: "called when a step begins",
  },
} satisfies OptionRows;

/** What to analyze, and how. */
export interface AnalyzeOptions extends OptionsOf<typeof options> {}

/** The name of an option of an analysis. */
export type OptionName = keyof typeof options;

/** The options, each with its name, in the order of help texts. */
export const optionRows: readonly (readonly [name: OptionName, row: OptionRow])[] = Object.entries(options) as never;

/** The options that say something of one side alone: how it is read, and what its values are judged by. */
export const ofOneSide: ReadonlySet<string> = new Set<OptionName>([
  ...(Object.keys(readingOptions) as (keyof typeof readingOptions)[]),
  "verifiedDomains",
  "initialDomain",
]);
