import * as z from "zod/mini";
import { addressCollision } from "./address-collision.ts";
import { addressDiscarded } from "./address-discarded.ts";
import { aliasAdded } from "./alias-added.ts";
import { aliasRemoved } from "./alias-removed.ts";
import { ambiguousMatch } from "./ambiguous-match.ts";
import { anchorConflict } from "./anchor-conflict.ts";
import { attributeOverwritten } from "./attribute-overwritten.ts";
import { changedSinceActivation } from "./changed-since-activation.ts";
import { deletedAccount } from "./deleted-account.ts";
import { duplicateAddress } from "./duplicate-address.ts";
import { duplicateUpn } from "./duplicate-upn.ts";
import { groupChange } from "./group-change.ts";
import { invalidValue } from "./invalid-value.ts";
import { mailAttributeMismatch } from "./mail-attribute-mismatch.ts";
import { managedElsewhere } from "./managed-elsewhere.ts";
import { matchRefused } from "./match-refused.ts";
import { primarySmtpChange } from "./primary-smtp-change.ts";
import { primarySmtpMissing } from "./primary-smtp-missing.ts";
import { primarySmtpMultiple } from "./primary-smtp-multiple.ts";
import { primarySmtpUnsure } from "./primary-smtp-unsure.ts";
import { provisioningError } from "./provisioning-error.ts";
import { signInBlocked } from "./sign-in-blocked.ts";
import { signInRestored } from "./sign-in-restored.ts";
import { sipMisalignment } from "./sip-misalignment.ts";
import { unlinkedPair } from "./unlinked-pair.ts";
import { unmatchedOnPremises } from "./unmatched-on-premises.ts";
import { unmatchedOnline } from "./unmatched-online.ts";
import { upnChange } from "./upn-change.ts";
import { upnSmtpMisalignment } from "./upn-smtp-misalignment.ts";

/** Every kind of mismatch, in the order of reports. */
export const mismatchKinds = [
  primarySmtpChange,
  primarySmtpUnsure,
  upnSmtpMisalignment,
  sipMisalignment,
  upnChange,
  signInBlocked,
  signInRestored,
  aliasRemoved,
  aliasAdded,
  addressDiscarded,
  groupChange,
  duplicateAddress,
  duplicateUpn,
  addressCollision,
  provisioningError,
  ambiguousMatch,
  unlinkedPair,
  matchRefused,
  anchorConflict,
  deletedAccount,
  managedElsewhere,
  unmatchedOnPremises,
  unmatchedOnline,
  primarySmtpMissing,
  primarySmtpMultiple,
  mailAttributeMismatch,
  invalidValue,
  attributeOverwritten,
  changedSinceActivation,
] as const;

type SchemasOf<Kinds extends readonly { readonly schema: unknown }[]> = {
  [Index in keyof Kinds]: Kinds[Index]["schema"];
};

// `map` does not keep the types of a tuple's members; their order and number it does.
const schemas = mismatchKinds.map(({ schema }) => schema) as unknown as SchemasOf<typeof mismatchKinds>;

const schema = z.discriminatedUnion("kind", schemas);

type Schema = typeof schema;
/** The schema of a {@link Mismatch}; by its name declarations refer to it. */
export interface MismatchSchema extends Schema {}

/** One mismatch: the shared fields and its kind's own. */
export const mismatchSchema: MismatchSchema = schema;

/** The declaration of one kind. */
export type MismatchKindDeclaration = (typeof mismatchKinds)[number];

/** The name of a kind. */
export type MismatchKind = MismatchKindDeclaration["kind"];

/** The name of a kind of mismatch. */
export const mismatchKindSchema = z.enum(mismatchKinds.map(({ kind }) => kind) as [MismatchKind, ...MismatchKind[]]);

/** One mismatch; `kind` tells which own fields it has. */
export type Mismatch = z.infer<typeof mismatchSchema>;
