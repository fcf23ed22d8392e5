import * as z from "zod/mini";
import { closestName } from "../text/closest-name.ts";
import { excerpt } from "../text/fault.ts";
import { UsageError } from "./errors.ts";

/**
 * An option: the one declaration of it. The types of options, their checks, the flags of the command line, the controls of the
 * page, the settings of an analysis and the tables of docs/cli.md follow from it.
 */
export interface OptionRow {
  /** What it can be. A message of a check says what is expected, as a noun. */
  readonly schema: z.core.$ZodType;
  /** What holds where it is not given, if that is a value. */
  readonly default?: unknown;
  /** What holds where it is not given, if that is no value: a clause. */
  readonly otherwise?: string;
  readonly isRequired?: true;
  /** What it is: a clause. */
  readonly about: string;
  /** The flag of the command line, with what it takes: `--soft-match <rule>`. */
  readonly flag?: string;
  /** Set if the flag of the command line names a file in which the values stand. */
  readonly isFile?: true;
  /** What reports and the page call it. */
  readonly label?: string;
  /** The values that the page offers. */
  readonly page?: readonly string[];
  /** Set if it is a setting of the analysis; the schema of that setting, where it can be less or more than the option. */
  readonly setting?: true | z.core.$ZodType;
}

/** Options by their names. */
export type OptionRows = Readonly<Record<string, OptionRow>>;

type ValueOf<Row extends OptionRow> =
  z.infer<Row["schema"]> extends readonly (infer Item)[] ? readonly Item[] : z.infer<Row["schema"]>;

/** What a caller gives. */
export type OptionsOf<Rows extends OptionRows> = {
  readonly [Name in keyof Rows as Rows[Name] extends { readonly isRequired: true } ? Name : never]: ValueOf<Rows[Name]>;
} & {
  readonly [Name in keyof Rows as Rows[Name] extends { readonly isRequired: true } ? never : Name]?: ValueOf<
    Rows[Name]
  >;
};

/** What the page gives: a value of each option that it offers. */
export type OfferedOf<Rows extends OptionRows> = {
  readonly [Name in keyof Rows as Rows[Name] extends { readonly page: unknown } ? Name : never]: ValueOf<Rows[Name]>;
};

/** What holds: the options that have a value always. */
export type SettledOf<Rows extends OptionRows> = {
  readonly [Name in keyof Rows as Rows[Name] extends { readonly default: unknown } ? Name : never]: ValueOf<Rows[Name]>;
};

/** Completes the options that have a default, and gives these alone. */
export function settle<Rows extends OptionRows>(rows: Rows, options: Partial<OptionsOf<Rows>>): SettledOf<Rows> {
  const given = new Map<string, unknown>(Object.entries(options));
  const settled = Object.entries(rows).flatMap(([name, { default: usual }]) =>
    usual === undefined ? [] : [[name, given.get(name) ?? usual]],
  );
  return Object.fromEntries(settled) as SettledOf<Rows>;
}

/**
 * Refuses options that there are not, and values that they cannot have: a library's caller may not have TypeScript to do so.
 *
 * @throws UsageError that names the option, what is expected and what was given.
 */
export function checkOptions(rows: OptionRows, options: object): void {
  if (!isObject(options) || Array.isArray(options)) throw refuse("the options", "an object", options);
  const names = Object.keys(rows);
  const given = new Map<string, unknown>(Object.entries(options));
  for (const [name, value] of given) {
    if (value === undefined || names.includes(name)) continue;
    const meant = closestName(name, names);
    throw new UsageError(`${excerpt(name)}: no such option${meant === undefined ? "" : `; did you mean "${meant}"?`}`);
  }
  for (const [name, { schema, isRequired = false }] of Object.entries(rows)) {
    const value = given.get(name);
    if (value === undefined && !isRequired) continue;
    const issue = findIssue(schema, value);
    if (issue !== undefined) throw refuseIssue(name, issue, value);
  }
}

/** Tells whether a value has a method, whatever made it: a program may be another realm than what it calls. */
export function hasMethod(value: unknown, name: string): boolean {
  return isObject(value) && typeof Reflect.get(value, name) === "function";
}

/** The words that an option, or each of its values, can be; `undefined` if it is no choice. */
export function choicesOf(schema: z.core.$ZodType): readonly string[] | undefined {
  const one = schema instanceof z.ZodMiniArray ? schema.def.element : schema;
  return one instanceof z.ZodMiniEnum ? one.options.map(String) : undefined;
}

/** Finds what is wrong with a value; the message says what is expected instead, as a noun. */
export function findIssue(schema: z.core.$ZodType, value: unknown): z.core.$ZodIssue | undefined {
  // Said here and not by zod: its words are those of the program's language, and global.
  return z.safeParse(schema, value, { error: sayExpected }).error?.issues[0];
}

function sayExpected(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_value") return `one of ${issue.values.map((word) => `"${String(word)}"`).join(", ")}`;
  return issue.code === "invalid_type" ? (NOUNS.get(issue.expected) ?? issue.expected) : "another value";
}

const NOUNS: ReadonlyMap<string, string> = new Map([
  ["array", "a list"],
  ["boolean", "true or false"],
  ["string", "a text"],
]);

function refuseIssue(option: string, issue: z.core.$ZodIssue, value: unknown): UsageError {
  let got = value;
  let place = option;
  for (const step of issue.path) {
    place += typeof step === "number" ? `[${step}]` : `.${String(step)}`;
    got = isObject(got) ? Reflect.get(got, step) : undefined;
  }
  const words = issue.code === "invalid_value" ? issue.values.map(String) : [];
  const meant = typeof got === "string" ? closestName(got, words) : undefined;
  return refuse(place, issue.message, got, meant);
}

function refuse(place: string, expected: string, got: unknown, meant?: string): UsageError {
  const suggestion = meant === undefined ? "" : ` (did you mean "${meant}"?)`;
  return new UsageError(`${place}: expected ${expected}, got ${describeValue(got)}${suggestion}`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function describeValue(value: unknown): string {
  if (typeof value === "string") return `"${excerpt(value)}"`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "function") return "a function";
  return isObject(value) ? "an object" : String(value);
}
