import * as z from "zod/mini";
import { originSchema } from "../../model/origin.ts";
import { primarySmtpAddress, type User, userSchema } from "../../model/user.ts";

const schema = z
  .object({
    id: z.string().check(z.describe("Distinguished name on-premises; object id, else user principal name, online.")),
    type: userSchema.shape.type,
    userPrincipalName: z.optional(z.string()),
    primarySmtpAddress: z.optional(z.string()),
    displayName: z.optional(z.string()),
    source: originSchema,
  })
  .check(z.describe("An object as a mismatch names it."));

type Schema = typeof schema;
/** The schema of an {@link ObjectReference}; by its name declarations refer to it. */
export interface ObjectReferenceSchema extends Schema {}

/** An object as a mismatch names it: enough to recognise it, and where it was read. */
export const objectReferenceSchema: ObjectReferenceSchema = schema;

/** An object as a mismatch names it. */
export type ObjectReference = z.infer<typeof objectReferenceSchema>;

/** Refers to an object; blank and absent fields are left out. */
export function referTo(user: User): ObjectReference {
  const primary = primarySmtpAddress(user);
  return {
    id: user.id,
    type: user.type,
    ...(user.userPrincipalName ? { userPrincipalName: user.userPrincipalName } : {}),
    ...(primary ? { primarySmtpAddress: primary } : {}),
    ...(user.displayName ? { displayName: user.displayName } : {}),
    source: user.origin,
  };
}
