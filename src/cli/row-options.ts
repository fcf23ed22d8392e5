import { InvalidArgumentError, Option } from "commander";
import * as z from "zod/mini";
import { choicesOf, findIssue, type OptionRow } from "../model/option.ts";
import { closestName } from "../text/closest-name.ts";

/** Makes the option of the command line that a row declares: its flag, its sentence, its choices or what reads its value. */
export function rowOption(row: OptionRow): Option {
  const option = new Option(flagOf(row), describeRow(row));
  const choices = choicesOf(row.schema);
  if (choices !== undefined) withChoices(option, choices);
  else if (option.required && !option.variadic) option.argParser((text) => readValue(row, text));
  return option;
}

/** Lets an option be one of some words, or several of them; of another it is said which one may be meant. */
export function withChoices(option: Option, choices: readonly string[]): Option {
  option.choices(choices);
  const parse = option.parseArg;
  return option.argParser<unknown>((text, previous) => {
    const meant = choices.includes(text) ? undefined : closestName(text, choices);
    if (meant !== undefined) throw new InvalidArgumentError(`Did you mean "${meant}"?`);
    return parse?.(text, previous);
  });
}

/** Makes the option that says no where another says yes, and neither holds where nothing is said. */
export function oppositeOption(row: OptionRow): Option | undefined {
  if (!(row.schema instanceof z.ZodMiniBoolean) || row.default !== undefined) return undefined;
  const flag = flagOf(row);
  return new Option(flag.replace("--", "--no-"), `the opposite of ${flag}`);
}

/** The flag of an option. */
export function flagOf({ flag, about }: OptionRow): string {
  if (flag === undefined) throw new Error(`no flag: ${about}`);
  return flag;
}

/** What an option is, and what holds without it. */
export function describeRow({ about, otherwise, default: usual }: OptionRow): string {
  const without = otherwise ?? (usual === undefined || usual === false ? "" : String(usual));
  return without === "" ? about : `${about} (default: ${without})`;
}

/** What commander calls the value of an option. */
export function attributeOf(row: OptionRow): string {
  return new Option(flagOf(row)).attributeName();
}

/** Reads a value, which is a number where the option takes one. */
function readValue({ schema }: OptionRow, text: string): unknown {
  const value = schema instanceof z.ZodMiniNumber && /^\d+$/.test(text) ? Number(text) : text;
  const issue = findIssue(schema, value);
  if (issue !== undefined) throw new InvalidArgumentError(`It is ${issue.message}.`);
  return value;
}
