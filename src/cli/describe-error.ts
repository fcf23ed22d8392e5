import { InputError, type UsageError } from "../model/errors.ts";
import { visible } from "../text/fault.ts";

/** Shows what the parser of arguments says; of what it repeats nothing can act on a terminal, or look like a line of its own. */
export function showParserError(text: string): string {
  const [, message = "", suggestion = ""] = /^([\s\S]*?)(\n\(Did you mean [^\n]*\?\))?\n?$/.exec(text) ?? [];
  return `${visible(message)}${suggestion}\n`;
}

/** Tells an error on standard error: what, where, and what to do; text that comes from a file cannot act on a terminal. */
export function describeError(error: InputError | UsageError): string {
  const hint = error instanceof InputError && error.hint !== undefined ? error.hint.split("\n") : [];
  return [`error: ${visible(error.message)}`, ...hint.map(visible)].map((line) => `${line}\n`).join("");
}
