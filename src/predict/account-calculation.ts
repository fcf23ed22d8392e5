import { profileFields } from "../model/fields.ts";
import { isDisabledOnPurpose, purposeReads } from "../model/recipient-type.ts";
import { isExternal, type User, type UserField } from "../model/user.ts";
import type { RuleName } from "./rules.ts";

/** The fields of both users that {@link calculateSignIn} depends on. */
export const signInReads = [
  "userPrincipalName",
  "isEnabled",
  "isLicensed",
  ...purposeReads,
] as const satisfies readonly UserField[];

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
  if (onPremises.isEnabled === undefined || online.isEnabled === undefined || isExternal(online)) return undefined;
  if (onPremises.isEnabled === online.isEnabled || online.isLicensed === false) return undefined;
  if (isDisabledOnPurpose(onPremises) || isDisabledOnPurpose(online)) return undefined;
  return online.isEnabled ? "blocked" : "restored";
}

/**
 * The texts that follow Active Directory besides names and addresses (entra-docs,
 * reference-connect-sync-attributes-synchronized). Not the mobile number: what is edited online stays (entra-docs,
 * how-to-bypassdirsyncoverrides).
 */
export const overwrittenFields = ["displayName", ...profileFields] as const satisfies readonly UserField[];

/** A text that follows Active Directory. */
type OverwrittenField = (typeof overwrittenFields)[number];

/** A text that an online user loses. */
export interface OverwrittenText {
  readonly attribute: OverwrittenField;
  readonly before: string;
  /** Blank if it is cleared. */
  readonly after: string;
  /** Whether nothing happens to it in the first cycle, and it is cleared in the one after. */
  readonly clearedLater: boolean;
}

/**
 * Finds the texts that an online user loses. The first run overwrites those for which Active Directory has a value (entra-docs,
 * how-to-connect-install-existing-tenant); where it has none, the cycle after it clears what is online (MicrosoftDocs/azure-docs,
 * pull request 64785). For a blank display name `cn` stands in (AADConnectConfigDocumenter, "In from AD - User Common").
 *
 * A text that is blank online is lost by nobody, and one that is not exported on both sides is not known.
 */
export function findOverwritten(onPremises: User, online: User): readonly OverwrittenText[] {
  if (isExternal(online)) return [];
  const lost: OverwrittenText[] = [];
  for (const attribute of overwrittenFields) {
    const [after, before] = [onPremises[attribute], online[attribute]];
    if (after === undefined || before === undefined || after === before || before.trim() === "") continue;
    if (after.trim() !== "") lost.push({ attribute, before, after, clearedLater: false });
    else if (attribute !== "displayName") lost.push({ attribute, before, after: "", clearedLater: true });
  }
  return lost;
}

/** What the first run makes of an account besides names and addresses, and the rules that have an effect on it. */
export interface CalculatedAccount {
  readonly fields: Partial<Pick<User, OverwrittenField | "isEnabled">>;
  readonly rules: readonly RuleName[];
}

/** Calculates what an online user takes over of an on-premises one, or a new one has: what has a value. */
export function calculateAccount(onPremises: User, online: User | undefined): CalculatedAccount {
  const { isEnabled } = onPremises;
  const fields: { -readonly [Field in keyof CalculatedAccount["fields"]]: CalculatedAccount["fields"][Field] } = {};
  for (const field of overwrittenFields) if (onPremises[field]?.trim()) fields[field] = onPremises[field];
  if (isEnabled !== undefined) fields.isEnabled = isEnabled;
  const isChanged = isEnabled !== undefined && online?.isEnabled !== undefined && isEnabled !== online.isEnabled;
  const loses = online === undefined ? [] : findOverwritten(onPremises, online);
  return {
    fields,
    rules: [
      ...(isChanged ? ([isEnabled ? "account-enabled" : "account-disabled"] as const) : []),
      ...(loses.some(({ clearedLater }) => !clearedLater) ? (["attributes-overwritten"] as const) : []),
      ...(loses.some(({ clearedLater }) => clearedLater) ? (["attributes-cleared-later"] as const) : []),
    ],
  };
}
