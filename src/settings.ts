import * as z from "zod/mini";
import { settle } from "./model/option.ts";
import type { Side } from "./model/user.ts";
import { type AnalyzeOptions, type OptionName, ofOneSide, optionRows, options } from "./options.ts";
import type { Inference } from "./predict/tenant.ts";

type Rows = typeof options;
/** An option that is a setting too. */
export type SettingName = {
  [Name in OptionName]: Rows[Name] extends { readonly setting: unknown } ? Name : never;
}[OptionName];

type SettingSchema<Row> = Row extends { readonly setting: infer Own extends z.core.$ZodType }
  ? Own
  : Row extends { readonly schema: infer Schema extends z.core.$ZodType }
    ? Schema
    : never;

/** The settings, each with the row of its option. */
const settingRows = optionRows.flatMap(([name, row]) =>
  row.setting === undefined ? [] : [[name as SettingName, row] as const],
);

const schemas = Object.fromEntries(
  settingRows.map(([name, { schema, setting }]) => [name, setting === true ? schema : setting]),
) as { readonly [Name in SettingName]: SettingSchema<Rows[Name]> };

/** The settings of an analysis, as they were used. */
export const settingsSchema = z.object({
  ...schemas,
  inferred: z
    .array(
      z.object({
        setting: z.enum(["initialDomain", "isLicensed", "service", "sourceAnchor", "upnSource", "verifiedDomains"]),
        from: z.string(),
      }),
    )
    .check(z.describe("What was not given, and from what it was inferred.")),
});

/** The settings of an analysis, as they were used. */
export type Settings = z.infer<typeof settingsSchema>;

/** Makes the settings: what was found out, else what was given, else what holds where nothing is. */
export function makeSettings(
  given: AnalyzeOptions,
  found: Pick<Settings, "service" | "softMatch" | "upnSoftMatch" | "upnFlow" | "sourceAnchor" | "verifiedDomains"> &
    Partial<Pick<Settings, "upnSource">> & {
      readonly initialDomain: string | undefined;
    },
  inferred: readonly Inference[],
): Settings {
  const known: Readonly<Record<string, unknown>> = { ...given, ...settle(options, given), ...found };
  const settings = settingRows.flatMap(([name]) => {
    const value = known[name];
    // A list stays as it was, whatever its owner does with it.
    return value === undefined ? [] : [[name, Array.isArray(value) ? [...value] : value]];
  });
  return { ...Object.fromEntries(settings), inferred: [...inferred] };
}

/** What each setting is called. */
export const settingLabels = Object.fromEntries(
  settingRows.map(([name, { label = name }]) => [name, label]),
) as Readonly<Record<SettingName, string>>;

/** A setting in words. */
export interface SettingInWords {
  readonly name: SettingName;
  /** What it is called, at the beginning of a line and within a sentence. */
  readonly label: string;
  readonly inSentence: string;
  readonly value: string;
  /** From what it was inferred, if it was not given. */
  readonly from: string | undefined;
}

/** Says each setting that has a name, in their order; a list of which nobody said anything, and what counts for both sides only, is left out. */
export function describeSettings({ inferred, ...settings }: Settings, alone?: Side): readonly SettingInWords[] {
  return settingRows.flatMap(([name, { label }]) => {
    if (label === undefined || (alone !== undefined && !ofOneSide.has(name))) return [];
    const value = settings[name];
    const from = inferred.find(({ setting }) => setting === name)?.from;
    if (Array.isArray(value) && value.length === 0 && from === undefined) return [];
    return {
      name,
      label,
      // An abbreviation stays as it is.
      inSentence: /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label,
      value: Array.isArray(value) ? value.join(", ") : String(value ?? "unknown"),
      from,
    };
  });
}
