import type { UserField } from "./user.ts";

/** How a field of a user is kept: its code in a packed user if it is a text, and what it is where it was exported and has no value. */
export interface FieldRule {
  /** Stands in packed users and moves between threads: give a new field the next free one. */
  readonly code?: TextCode;
  readonly blank?: "" | readonly [];
}

/** The code of an id that is none of the fields. */
export const ID_CODE = 12;

/**
 * Codes below 15 are of fields that nearly everybody has: they take no room of their own. The others are of fields that some
 * have. From 127 on they are of addresses: user-view.ts. No two fields have one code: a test holds them to that.
 */
type TextCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 13 | 14 | FurtherCode;
// biome-ignore format: a row for ten codes
type FurtherCode =
  | 32 | 33 | 34 | 35 | 36 | 37 | 38 | 39 | 40 | 41
  | 42 | 43 | 44 | 45 | 46 | 47 | 48 | 49 | 50 | 51
  | 52 | 53 | 54 | 55 | 56 | 57 | 58 | 59 | 60 | 61;

/** Every field of a user that an export may lack. A field that is missing here does not compile. */
export const fields = {
  distinguishedName: { code: 0 },
  objectId: { code: 1, blank: "" },
  immutableId: { code: 2, blank: "" },
  userPrincipalName: { code: 3, blank: "" },
  samAccountName: { code: 4, blank: "" },
  displayName: { code: 5, blank: "" },
  mail: { code: 6, blank: "" },
  mailNickname: { code: 7, blank: "" },
  sipAddress: { code: 8, blank: "" },
  targetAddress: { code: 9, blank: "" },
  whenChanged: { code: 10 },
  sourceAnchor: { code: 11, blank: "" },
  proxyAddresses: { blank: [] },
  isLicensed: {},
  isEnabled: {},
  isGuest: {},
} as const satisfies Readonly<Record<UserField, FieldRule>>;

type Fields = typeof fields;
/** A field of a user that is a text. */
export type TextField = {
  [Field in keyof Fields]: Fields[Field] extends { code: number } ? Field : never;
}[keyof Fields];

/** The fields of a user, by name. */
export const fieldNames = Object.keys(fields) as readonly UserField[];

/** What a user has where its export has a field, and nothing in it. */
export const blanks: Readonly<Record<string, "" | readonly []>> = Object.fromEntries(
  Object.entries<FieldRule>(fields).flatMap(([field, { blank }]) => (blank === undefined ? [] : [[field, blank]])),
);
