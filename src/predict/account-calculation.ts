import type { Directory } from "../directory/directory.ts";
import type { TextField } from "../model/fields.ts";
import { isDisabledOnPurpose, purposeReads } from "../model/recipient-type.ts";
import type { Side, User, UserField } from "../model/user.ts";

/** The fields of both users that {@link calculateSignIn} depends on. */
export const signInReads = ["isEnabled", "isLicensed", ...purposeReads] as const satisfies readonly UserField[];

/** What the run does to the sign-in of an online user. */
export type SignInChange = "blocked" | "restored";

/**
 * Tells whether the run blocks the sign-in of an online user, or gives it back: `accountEnabled` follows userAccountControl,
 * whichever service runs (entra-docs, reference-connect-sync-attributes-synchronized; the rules of an Entra Connect in
 * microsoft/AADConnectConfigDocumenter).
 *
 * Nobody signs in to a shared mailbox, a room, equipment or a linked mailbox: those accounts are disabled on purpose. Nor to
 * one that is known to have no licence, as far as anybody would notice.
 */
export function calculateSignIn(onPremises: User, online: User): SignInChange | undefined {
  if (onPremises.isEnabled === undefined || online.isEnabled === undefined) return undefined;
  if (onPremises.isEnabled === online.isEnabled || online.isLicensed === false) return undefined;
  if (isDisabledOnPurpose(onPremises) || isDisabledOnPurpose(online)) return undefined;
  return online.isEnabled ? "blocked" : "restored";
}

/**
 * The texts of a person that the first run overwrites, where Active Directory has a value; the cycle after it clears what is
 * empty there. Mobile numbers are none: those that were edited online stay.
 *
 * Sources: entra-docs, reference-connect-sync-attributes-synchronized (which), how-to-connect-install-existing-tenant and
 * azure-docs PR #64785 (when), how-to-bypassdirsyncoverrides (mobile numbers).
 */
export const overwrittenFields = [
  "displayName",
  "givenName",
  "surname",
  "jobTitle",
  "department",
  "companyName",
  "officeLocation",
  "telephoneNumber",
  "streetAddress",
  "city",
  "state",
  "postalCode",
  "country",
] as const satisfies readonly TextField[];

/** The texts of an online user that the first run overwrites, as they are then. */
export function overwriteTexts(onPremises: User): Partial<User> {
  return Object.fromEntries(
    overwrittenFields.flatMap((field) => (onPremises[field] ? [[field, onPremises[field]]] : [])),
  );
}

/** The texts that are overwritten, as far as both sides tell something of them. */
export function comparedTexts({ onPremises, online }: Readonly<Record<Side, Directory>>): readonly TextField[] {
  return overwrittenFields.filter((field) => onPremises.fields.has(field) && online.fields.has(field));
}
