import * as z from "zod/mini";
import type { Bar } from "../match/alignment.ts";
import { userSchema } from "../model/user.ts";
import { ruleNameSchema } from "../predict/rules.ts";

/** How sure an outcome is: documented by the vendor, inferred from what is, or unknown. */
export const certaintySchema = z.enum(["documented", "inferred", "unknown"]);

/** How sure an outcome is. */
export type Certainty = z.infer<typeof certaintySchema>;

/** The errors of the service, as an administrator reads them. Source: entra-docs, tshoot-connect-sync-errors. */
export const serviceErrorSchema = z.enum([
  "AttributeValueMustBeUnique",
  "ExistingAdminRoleConflict",
  "InvalidHardMatch",
  "InvalidSoftMatch",
  "ObjectTypeMismatch",
]);

/** The name of an error of the service. */
export type ServiceError = z.infer<typeof serviceErrorSchema>;

/** The error of an object that may not be linked. Source: entra-docs, tshoot-connect-sync-errors. */
export const BAR_ERRORS = {
  "soft-match-blocked": "InvalidSoftMatch",
  "hard-match-blocked": "InvalidHardMatch",
  "admin-role": "ExistingAdminRoleConflict",
} as const satisfies Readonly<Record<Bar, ServiceError>>;

/** A value that does not arrive, because an online object has it and keeps it. */
export const heldBackSchema = z.object({
  attribute: z.enum(["proxyAddresses", "userPrincipalName"]),
  value: z.string(),
  holder: z.string().check(z.describe("The id of the online object that has it.")),
});

/** A value that does not arrive. */
export type HeldBack = Readonly<z.infer<typeof heldBackSchema>>;

/** What an online object is before or after the run, as far as an export shows it. */
export const stateSchema = z.object({
  userPrincipalName: z.optional(z.string()),
  primarySmtpAddress: z.optional(z.string()),
  proxyAddresses: z.optional(z.array(z.string())),
  isEnabled: z.optional(z.boolean()),
});

/** What an online object is before or after the run. */
export type State = z.infer<typeof stateSchema>;

/** What the run does with an object of Active Directory. */
export const onPremisesOutcomeSchema = z.object({
  id: z.string(),
  type: userSchema.shape.type,
  anchor: z.optional(z.string().check(z.describe("The source anchor: the ImmutableId of who is linked with it."))),
  outcome: z
    .enum(["linked", "created", "created-beside", "refused", "ambiguous", "not-synchronized"])
    .check(
      z.describe(
        "created-beside: a second account for somebody who has one; refused: the service answers with an error, and the object " +
          "is neither made nor updated.",
      ),
    ),
  online: z.optional(
    z.string().check(z.describe("The id of the online object: linked, or, beside which it is created, alike.")),
  ),
  before: z.optional(stateSchema.check(z.describe("What the online object is before the run, if it is linked."))),
  error: z.optional(serviceErrorSchema),
  heldBack: z.optional(z.array(heldBackSchema)),
  after: z.optional(stateSchema),
  certainty: certaintySchema,
  rules: z.array(ruleNameSchema).check(z.describe("What led to it, in order.")),
});

/** What the run does with an object of Active Directory. */
export type OnPremisesOutcome = z.infer<typeof onPremisesOutcomeSchema>;

/** What the run does with an online object. */
export const onlineOutcomeSchema = z.object({
  id: z.string(),
  type: userSchema.shape.type,
  outcome: z
    .enum(["taken-over", "cloud-only", "bound", "deleted", "restored", "ambiguous"])
    .check(
      z.describe(
        "bound: its ImmutableId is that of an object which the export does not have, or which does not rule it; deleted: it lies in the recycle bin, and stays " +
          "there; restored: it comes back from there.",
      ),
    ),
  onPremises: z.optional(z.string()),
  before: z.optional(stateSchema.check(z.describe("What it is, and stays, if nothing is linked with it."))),
  certainty: certaintySchema,
});

/** What the run does with an online object. */
export type OnlineOutcome = z.infer<typeof onlineOutcomeSchema>;
