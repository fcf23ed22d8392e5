import * as z from "zod/mini";

/** How much something matters: error breaks or silently changes, warning should be seen to, info is good to know. */
export const severitySchema = z.enum(["error", "warning", "info"]);

/** How much something matters. */
export type Severity = z.infer<typeof severitySchema>;

/** The severities, worst first. */
export const severities: readonly Severity[] = severitySchema.options;

/** Tells whether a severity is at least as bad as a threshold. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
