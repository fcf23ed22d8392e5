import { placeOf } from "./place.ts";

const INPUT_ERRORS = {
  "empty-input": "the file is empty",
  "lost-collection": "the addresses were lost when the file was exported",
  "mistaken-file": "this is no export of users",
  "nothing-read": "no user could be read",
  "side-unknown": "nothing tells which side it is of",
  "sides-swapped": "the two sides look swapped",
  "unknown-format": "the format is not known",
  unreadable: "the file cannot be read",
} as const;

/** Why an input cannot be used. */
export type InputErrorCode = keyof typeof INPUT_ERRORS;

/** Where an input is unusable and what to do. */
export interface InputErrorDetails {
  /** Name of the source. */
  readonly source: string;
  /** Line in the source, from 1, where one is to blame. */
  readonly line?: number;
  /** What happened exactly, as a sentence part after the reason. */
  readonly detail?: string;
  /** What to do, as a sentence; may hold a command. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** An input is unreadable or unusable as a whole. A bad record never throws: it is a diagnostic in the result. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly code: InputErrorCode;
  readonly source: string;
  readonly line: number | undefined;
  readonly detail: string | undefined;
  readonly hint: string | undefined;

  constructor(code: InputErrorCode, { source, line, detail, hint, cause }: InputErrorDetails) {
    super(`${placeOf({ name: source, line })}: ${INPUT_ERRORS[code]}${detail === undefined ? "" : `: ${detail}`}`, {
      cause,
    });
    this.code = code;
    this.source = source;
    this.line = line;
    this.detail = detail;
    this.hint = hint;
  }
}

/** The library or the command line was used wrongly; the message names the option and what to do. Has a `cause` where one is known. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
}

/** An error as plain data: what a thread hands over. */
export type PlainError =
  | { readonly type: "input"; readonly code: InputErrorCode; readonly details: Omit<InputErrorDetails, "cause"> }
  | { readonly type: "usage"; readonly message: string }
  | { readonly type: "other"; readonly error: unknown };

/** Makes plain data of an error; of its cause only what its message says is kept. */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof UsageError) return { type: "usage", message: error.message };
  if (!(error instanceof InputError)) return { type: "other", error };
  const { code, source, line, detail, hint } = error;
  const details = {
    source,
    ...(line === undefined ? {} : { line }),
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
  };
  return { type: "input", code, details };
}

/** Makes an error of plain data. */
export function toError(plain: PlainError): unknown {
  if (plain.type === "input") return new InputError(plain.code, plain.details);
  return plain.type === "usage" ? new UsageError(plain.message) : plain.error;
}
