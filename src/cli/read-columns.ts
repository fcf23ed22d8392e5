import { readFileSync } from "node:fs";
import { formatColumnChoice } from "../formats/reading/column-choice.ts";
import { UsageError } from "../model/errors.ts";
import { isThere } from "./open-files.ts";
import { reasonOf } from "./reason.ts";

/**
 * Reads what `--columns` gives: a choice as it is, or a JSON file: `{ "userPrincipalName": "Login", "smtpAddresses": ["A", "B"] }`, or
 * such an object for each source, by its name.
 *
 * @throws UsageError if a file cannot be read, or says something else.
 */
export function readColumns(given: readonly string[]): readonly string[] {
  return given.flatMap((text) => (isThere(text, false) ? readChoices(text) : [text]));
}

function readChoices(path: string): readonly string[] {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
  } catch (cause) {
    throw new UsageError(`--columns ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  }
  const whole = fieldsOf(read);
  if (whole !== undefined) return [formatColumnChoice({ fields: whole })];
  const choices = isObject(read) ? Object.entries(read) : [];
  return (choices.length === 0 ? [["", undefined] as const] : choices).map(([source, value]) => {
    const fields = fieldsOf(value);
    if (fields !== undefined) return formatColumnChoice({ source, fields });
    throw new UsageError(
      `--columns ${path}: expected { "userPrincipalName": "Login", "smtpAddresses": ["Mail 2", "Mail 3"] }, or this for each source by its name`,
    );
  });
}

function fieldsOf(value: unknown): ReadonlyMap<string, readonly string[]> | undefined {
  if (!isObject(value)) return undefined;
  const fields = new Map<string, readonly string[]>();
  for (const [field, columns] of Object.entries(value)) {
    const list: readonly unknown[] = Array.isArray(columns) ? columns : [columns];
    const names = list.filter((name) => typeof name === "string");
    if (names.length === 0 || names.length < list.length) return undefined;
    fields.set(field, names);
  }
  return fields.size === 0 ? undefined : fields;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
