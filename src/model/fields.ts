/** How a field of a user is kept, and what it is where it was exported and has no value. */
export type FieldRule = TextFieldRule | BooleanFieldRule | AddressesRule;

interface DescribedField {
  /** What is to be known of it besides its name: a sentence of the schema. */
  readonly about?: string;
}

interface TextFieldRule extends DescribedField {
  /** `guid`, `anchor` (base64 of a GUID) and `time` (`2026-11-24T08:00:00Z`) are texts that take less room if they are well-formed. */
  readonly value: "text" | "guid" | "anchor" | "time";
  readonly code: TextCode;
  readonly blank?: "";
}

interface BooleanFieldRule extends DescribedField {
  readonly value: "boolean";
  readonly code: BooleanCode;
}

interface AddressesRule extends DescribedField {
  readonly value: "addresses";
  readonly blank: readonly [];
}

/** The code of an id that is none of the fields. */
export const ID_CODE = 12;

/**
 * The codes of texts. Those below 15 are of fields that nearly everybody has: they take no room of their own. The others are of
 * fields that some have. From 127 on they are of addresses: user-view.ts. No two fields have one code: a test holds them to that.
 */
type TextCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 13 | 14 | FurtherCode;
// biome-ignore format: a row for ten codes
type FurtherCode =
  | 32 | 33 | 34 | 35 | 36 | 37 | 38 | 39 | 40 | 41
  | 42 | 43 | 44 | 45 | 46 | 47 | 48 | 49 | 50 | 51
  | 52 | 53 | 54 | 55 | 56 | 57 | 58 | 59 | 60 | 61;
/** The codes of truth values are their own: each has two bits of one number. The first four stand in every row. */
type BooleanCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13;

/**
 * Every field of a user that an export may lack: the one declaration of it. The schema, packed users, blanks, both readers,
 * `inspect` and the table in docs/formats.md follow from it.
 *
 * A field has the name that Microsoft Graph has for it; where Graph has none, that of Active Directory without its prefix. A
 * truth value begins with `is`. Codes stand in packed users and move between threads: a new field gets the next free one.
 */
export const fields = {
  distinguishedName: { value: "text", code: 0 },
  objectId: {
    value: "guid",
    code: 1,
    blank: "",
    about: "Object id in the tenant; not the objectGUID of Active Directory.",
  },
  sourceAnchor: {
    value: "anchor",
    code: 11,
    blank: "",
    about: "On-premises: base64 of the 16 bytes of objectGUID (or of the attribute chosen).",
  },
  consistencyGuid: {
    value: "anchor",
    code: 53,
    blank: "",
    about: "On-premises: base64 of the 16 bytes of mS-DS-ConsistencyGuid, which may be the source anchor.",
  },
  immutableId: {
    value: "anchor",
    code: 2,
    blank: "",
    about: "Online: the source anchor of the object it is bound to.",
  },
  userPrincipalName: { value: "text", code: 3, blank: "" },
  samAccountName: { value: "text", code: 4, blank: "" },
  displayName: { value: "text", code: 5, blank: "" },
  mail: { value: "text", code: 6, blank: "" },
  mailNickname: { value: "text", code: 7, blank: "" },
  proxyAddresses: { value: "addresses", blank: [] },
  sipAddress: {
    value: "text",
    code: 8,
    blank: "",
    about: "msRTCSIP-PrimaryUserAddress without its prefix.",
  },
  targetAddress: { value: "text", code: 9, blank: "" },
  adminDescription: { value: "text", code: 32, blank: "" },
  department: { value: "text", code: 33, blank: "" },
  jobTitle: { value: "text", code: 34, blank: "" },
  companyName: { value: "text", code: 35, blank: "" },
  officeLocation: { value: "text", code: 36, blank: "" },
  telephoneNumber: { value: "text", code: 37, blank: "" },
  mobilePhone: { value: "text", code: 38, blank: "" },
  givenName: { value: "text", code: 39, blank: "" },
  surname: { value: "text", code: 40, blank: "" },
  streetAddress: { value: "text", code: 41, blank: "" },
  city: { value: "text", code: 42, blank: "" },
  state: { value: "text", code: 43, blank: "" },
  postalCode: { value: "text", code: 44, blank: "" },
  country: { value: "text", code: 45, blank: "" },
  employeeId: { value: "text", code: 46, blank: "" },
  objectSid: { value: "text", code: 47, blank: "", about: "Security identifier: `S-1-5-21-…`." },
  masterAccountSid: {
    value: "text",
    code: 48,
    blank: "",
    about: "Security identifier of the account that owns a linked mailbox.",
  },
  remoteRecipientType: { value: "text", code: 49, blank: "", about: "msExchRemoteRecipientType: a number." },
  lastSyncTime: {
    value: "time",
    code: 50,
    blank: "",
    about: "When the service synchronized the object last: UTC where that is beyond doubt, else as exported.",
  },
  provisioningErrors: {
    value: "text",
    code: 51,
    blank: "",
    about: "What the service reports that it could not take over, each on a line.",
  },
  recipientType: {
    value: "text",
    code: 52,
    blank: "",
    about: "RecipientTypeDetails in words; as a number where it is msExchRecipientTypeDetails.",
  },
  isLicensed: { value: "boolean", code: 0 },
  isEnabled: { value: "boolean", code: 1 },
  isGuest: { value: "boolean", code: 2 },
  isSynchronized: {
    value: "boolean",
    code: 3,
    about: "Whether the service synchronizes the object from Active Directory.",
  },
  isHiddenFromAddressLists: { value: "boolean", code: 4 },
  isExchangeCloudManaged: {
    value: "boolean",
    code: 5,
    about: "Whether the addresses of the mailbox are managed online although it is synchronized.",
  },
  isCloudManaged: {
    value: "boolean",
    code: 6,
    about: "Whether the source of authority was moved to the cloud, which reads Active Directory no more.",
  },
  whenChanged: {
    value: "time",
    code: 10,
    about: "When the object was last changed: UTC, `2026-11-24T08:00:00Z`. Tells the newer record.",
  },
} as const satisfies Readonly<Record<string, FieldRule>>;

type Fields = typeof fields;
/** A field of a user that an export may lack. */
export type UserField = keyof Fields;
/** The fields whose values are of a kind. */
type FieldOf<Value extends FieldRule["value"]> = {
  [Field in UserField]: Fields[Field]["value"] extends Value ? Field : never;
}[UserField];
/** A field of a user that is a text. */
export type TextField = FieldOf<TextFieldRule["value"]>;
/** A field of a user that is true or false. */
export type BooleanField = FieldOf<"boolean">;

/** Texts of a person that only those exports have which were asked for them. */
export const profileFields = [
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

/** The fields of a user, by name. */
export const fieldNames: readonly UserField[] = Object.keys(fields) as UserField[];

/** Whether a field is a text. */
export function isTextField(field: UserField): field is TextField {
  const { value }: FieldRule = fields[field];
  return value !== "boolean" && value !== "addresses";
}

/** Whether a field is true or false. */
export function isBooleanField(field: UserField): field is BooleanField {
  return fields[field].value === "boolean";
}

/** The fields that are texts, each with its code and how it is kept. */
export const textFields: readonly (TextFieldRule & { readonly field: TextField })[] = fieldNames
  .filter(isTextField)
  .map((field) => ({ ...fields[field], field }));

/** The fields that are true or false, each with its code. */
export const booleanFields: readonly (BooleanFieldRule & { readonly field: BooleanField })[] = fieldNames
  .filter(isBooleanField)
  .map((field) => ({ ...fields[field], field }));

/** What a user has where its export has a field, and nothing in it. */
export const blanks: Readonly<Record<string, "" | readonly []>> = Object.fromEntries(
  fieldNames.flatMap((name) => {
    const rule: FieldRule = fields[name];
    return "blank" in rule && rule.blank !== undefined ? [[name, rule.blank]] : [];
  }),
);
