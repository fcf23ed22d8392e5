import { isDisabledOnPurpose, purposeReads } from "../model/recipient-type.ts";
import type { User, UserField } from "../model/user.ts";

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
