import { addressKey } from "./address.ts";
import type { User } from "./user.ts";

/** A value that the service reports it could not take over. */
export interface ProvisioningError {
  /** The attribute, as the service calls it; blank if it does not say so. */
  readonly attribute: string;
  /** The value; the whole report where it is not understood. */
  readonly value: string;
  /** When it occurred, as exported; blank if that is not told. */
  readonly since: string;
}

/** What Microsoft Graph and MSOnline call them, in small letters. */
const NAMES = {
  attribute: ["propertycausingerror", "propertyname"],
  value: ["value", "propertyvalue"],
  since: ["occurreddatetime", "occurredat"],
} as const;

/** Lists what the service reports of a user: each a line, an object of JSON where the export has it so. */
export function provisioningErrorsOf({ provisioningErrors = "" }: User): readonly ProvisioningError[] {
  if (provisioningErrors === "") return [];
  const lines = provisioningErrors.split("\n").filter((line) => line.trim() !== "");
  return lines.flatMap((line) => {
    const parsed = parse(line);
    return parsed === undefined ? [{ attribute: "", value: line.trim(), since: "" }] : parsed.map(toError);
  });
}

/** The addresses and names that the service holds back from a user already, for comparison. */
export function heldBackAlready(user: User): ReadonlySet<string> {
  return new Set(provisioningErrorsOf(user).map(({ value }) => addressKey(value.replace(/^smtp:/i, ""))));
}

function parse(line: string): readonly object[] | undefined {
  if (!/^\s*[[{]/.test(line)) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return list.filter((one) => typeof one === "object" && one !== null);
  } catch {
    return undefined;
  }
}

function toError(report: object): ProvisioningError {
  const values = new Map(Object.entries(report).map(([name, value]) => [name.toLowerCase(), value as unknown]));
  const textOf = (names: readonly string[]): string => {
    const value = names.map((name) => values.get(name)).find((one) => typeof one === "string");
    return typeof value === "string" ? value : "";
  };
  return { attribute: textOf(NAMES.attribute), value: textOf(NAMES.value), since: textOf(NAMES.since) };
}
