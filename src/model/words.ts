import type { Severity } from "./severity.ts";

/** The words of a diagnostic: a sentence made from the detail, and what to do. */
export interface Words {
  readonly severity: Severity;
  readonly message: (detail: string) => string;
  readonly hint?: string;
}
