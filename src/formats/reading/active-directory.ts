import { type ProxyAddress, parseProxyAddress } from "../../model/address.ts";
import { diagnose } from "../../model/diagnostic.ts";
import type { TextField } from "../../model/fields.ts";
import type { Origin } from "../../model/origin.ts";
import { sourceAnchorFromBytes, sourceAnchorFromText } from "../../model/source-anchor.ts";
import { type SystemTraits, systemObjectReason } from "../../model/system-object.ts";
import { readTimestamp } from "../../model/timestamp.ts";
import type { User, UserField } from "../../model/user.ts";
import { excerpt } from "../../text/fault.ts";
import { ownValue } from "../../text/own-value.ts";
import type { ReadRecord, RecordContext } from "./define-format.ts";
import { contradictedName } from "./own-name.ts";

/** One value of an attribute: text, or the bytes of an attribute that is not text. */
export type AttributeValue = string | Uint8Array;

/** An object of Active Directory as an export has it: attribute names in lower case, values in their order. */
export interface ActiveDirectoryRecord {
  readonly distinguishedName: string;
  /** What the object is known by where the export has no distinguished name. */
  readonly otherName?: string | undefined;
  /** What an object without a class is: commands that list nothing but users do not say so. */
  readonly usualType?: "user";
  /** The attributes of which the record has only a slice. */
  readonly slices?: readonly string[];
  /** An attribute that the export has without a value has an empty list. */
  readonly attributes: ReadonlyMap<string, readonly AttributeValue[]>;
  readonly origin: Origin;
}

/**
 * Every attribute that is read, and the field of a user that it feeds. Both LDIF and CSVDE read by this table; the
 * spelling is that of the AD schema, and case does not count.
 */
export const activeDirectoryAttributes = {
  distinguishedName: { field: "distinguishedName" },
  objectClass: { isMultiValued: true },
  objectCategory: {},
  sAMAccountType: {},
  objectGUID: { field: "sourceAnchor" },
  "mS-DS-ConsistencyGuid": {},
  cn: {},
  sAMAccountName: { field: "samAccountName", as: "text" },
  userPrincipalName: { field: "userPrincipalName", as: "text" },
  displayName: { field: "displayName", as: "text" },
  mail: { field: "mail", as: "trimmed" },
  mailNickname: { field: "mailNickname", as: "text" },
  proxyAddresses: { field: "proxyAddresses", isMultiValued: true },
  targetAddress: { field: "targetAddress", as: "text" },
  "msRTCSIP-PrimaryUserAddress": { field: "sipAddress" },
  userAccountControl: { field: "isEnabled" },
  isCriticalSystemObject: {},
  msExchRecipientTypeDetails: {},
  whenChanged: { field: "whenChanged" },
} as const satisfies Readonly<Record<string, AttributeRule>>;

/** The field that an attribute feeds, and how: as it is, or without the white space around it; else by code of its own. */
export type AttributeRule =
  | { readonly field?: UserField; readonly isMultiValued?: true }
  | { readonly field: TextField; readonly as: "text" | "trimmed" };

/** The attributes whose values are bytes, in lower case. */
export const binaryAttributes: ReadonlySet<string> = new Set(["objectguid", "ms-ds-consistencyguid"]);

/** The attributes of which an object may have several values, in lower case. */
export const multiValuedAttributes: ReadonlySet<string> = new Set(
  Object.entries<AttributeRule>(activeDirectoryAttributes).flatMap(([name, rule]) =>
    "isMultiValued" in rule ? [name.toLowerCase()] : [],
  ),
);

/** The attributes to name in an export command (`-l`), in the spelling of the AD schema. */
export const exportedAttributes: readonly string[] = Object.keys(activeDirectoryAttributes).filter(
  (name) => name !== "distinguishedName" && name !== "objectCategory" && name !== "sAMAccountType",
);

/** Selects users, contacts and groups: all whose addresses must be unique. */
export const recipientFilter = "(|(objectCategory=person)(objectCategory=group))";

const ACCOUNT_DISABLED = 2;
const ACCOUNT_TYPES: Readonly<Record<string, ObjectKind>> = {
  "268435456": "group",
  "268435457": "group",
  "536870912": "group",
  "536870913": "group",
  "805306368": "user",
  "805306369": "computer",
};

type ObjectKind = "user" | "group" | "contact" | "computer" | "other" | "unknown";

/** Makes a user of an object of Active Directory, or says why it is none. */
export function readActiveDirectoryObject(record: ActiveDirectoryRecord, context: RecordContext): ReadRecord {
  const { attributes, distinguishedName, origin } = record;
  if (distinguishedName !== "") context.noteField("distinguishedName");
  for (const [name, { field }] of attributeFields) if (attributes.has(name)) context.noteField(field);
  const kind = objectKind(record);
  if (distinguishedName === "" && !record.otherName) return nameless(record, kind);
  const contradicted = contradictedName(distinguishedName, texts(record, "distinguishedname"), texts(record, "cn"));
  if (contradicted !== undefined) {
    context.diagnose(diagnose("name-contradicted", { line: origin.line, detail: excerpt(contradicted) }));
  }
  if (kind === "computer") return { type: "skipped", reason: "computer", origin };
  const addresses = texts(record, "proxyaddresses").map(parseProxyAddress);
  // Anything with addresses is kept, whatever its class: its addresses cannot be another's.
  if (kind === "other" && addresses.length === 0) return { type: "skipped", reason: "not-a-recipient", origin };
  const traits = systemTraits(record);
  const reason = systemObjectReason(traits);
  if (reason !== undefined && !context.includeSystemObjects) {
    if (reason === "system-name" && kind === "user") {
      const detail = excerpt(distinguishedName || record.otherName || "");
      context.diagnose(diagnose("left-out-by-name", { line: origin.line, detail }));
    }
    return { type: "skipped", reason, origin };
  }
  return { type: "user", user: makeUser(record, kind === "other" ? "unknown" : kind, addresses, context) };
}

/** The root of the directory has an empty name, and nothing of a recipient; whatever else lacks its name has lost it. */
function nameless({ attributes, origin }: ActiveDirectoryRecord, kind: ObjectKind): ReadRecord {
  const isRoot = [...attributes].every(([name, values]) => name === "objectclass" || values.length === 0);
  if (isRoot && (kind === "other" || kind === "unknown")) return { type: "skipped", reason: "not-a-recipient", origin };
  return { type: "refused", diagnostic: diagnose("no-distinguished-name", { line: origin.line }) };
}

function makeUser(
  record: ActiveDirectoryRecord,
  type: User["type"],
  proxyAddresses: readonly ProxyAddress[],
  context: RecordContext,
): User {
  const { distinguishedName, origin } = record;
  const accountControl = text(record, "useraccountcontrol");
  const sip = text(record, "msrtcsip-primaryuseraddress");
  const whenChanged = readTimestamp(text(record, "whenchanged") ?? "");
  return {
    type,
    id: distinguishedName || record.otherName || "",
    origin,
    ...(distinguishedName === "" ? {} : { distinguishedName }),
    ...optional("sourceAnchor", readSourceAnchor(record, context)),
    ...readTexts(record),
    ...(record.attributes.has("proxyaddresses") ? { proxyAddresses } : {}),
    ...optional("sipAddress", sip?.replace(/^sip:/i, "")),
    ...optional("whenChanged", whenChanged),
    ...(record.slices?.includes("proxyaddresses") === true ? { slices: ["proxyAddresses" as const] } : {}),
    ...(accountControl ? { isEnabled: (Number(accountControl) & ACCOUNT_DISABLED) === 0 } : {}),
  };
}

const attributeFields: readonly (readonly [string, { readonly field: UserField }])[] = Object.entries(
  activeDirectoryAttributes,
).flatMap(([name, rule]) => ("field" in rule ? [[name.toLowerCase(), rule] as const] : []));

/** The fields that are the text of an attribute. */
function readTexts(record: ActiveDirectoryRecord): Partial<Pick<User, TextField>> {
  const read: { -readonly [Field in TextField]?: string } = {};
  for (const [name, { field, as }] of textAttributes) {
    const value = text(record, name);
    if (value !== undefined) read[field] = as === "trimmed" ? value.trim() : value;
  }
  return read;
}

const textAttributes = Object.entries<AttributeRule>(activeDirectoryAttributes).flatMap(([name, rule]) =>
  "as" in rule ? [[name.toLowerCase(), rule] as const] : [],
);

/** objectClass decides; exports without it are judged by what else they have. */
function objectKind(record: ActiveDirectoryRecord): ObjectKind {
  const classes = new Set(texts(record, "objectclass").map((name) => name.toLowerCase()));
  if (classes.size > 0) return kindOfClasses(classes);
  const accountType = ownValue(ACCOUNT_TYPES, text(record, "samaccounttype") ?? "");
  if (accountType !== undefined) return accountType;
  const category = /^CN=([^,]+)/i.exec(text(record, "objectcategory") ?? "")?.[1]?.toLowerCase();
  if (category === "group" || category === "computer") return category;
  const hasUpn = Boolean(text(record, "userprincipalname"));
  if (category === "person") return hasUpn || text(record, "samaccountname") ? "user" : "contact";
  return hasUpn ? "user" : (record.usualType ?? "unknown");
}

function kindOfClasses(classes: ReadonlySet<string>): ObjectKind {
  if (classes.has("computer")) return "computer"; // in LDIF a computer has the class `user` too
  if (classes.has("user") || classes.has("inetorgperson")) return "user";
  if (classes.has("group")) return "group";
  return classes.has("contact") ? "contact" : "other";
}

function systemTraits(record: ActiveDirectoryRecord): SystemTraits {
  const { distinguishedName } = record;
  const recipientType = (text(record, "msexchrecipienttypedetails") ?? "").trim();
  return {
    distinguishedName,
    cn: (text(record, "cn") || undefined) ?? /^CN=((?:\\.|[^,\\])*)/i.exec(distinguishedName)?.[1] ?? "",
    samAccountName: text(record, "samaccountname") ?? "",
    mailNickname: text(record, "mailnickname") ?? "",
    isCriticalSystemObject: text(record, "iscriticalsystemobject")?.toUpperCase() === "TRUE",
    recipientTypeDetails: /^(?:\d{1,18}|0x[0-9a-f]{1,15})$/i.test(recipientType) ? BigInt(recipientType) : 0n,
  };
}

/**
 * The anchor is objectGUID or, where that was chosen, mS-DS-ConsistencyGuid; the synchronization writes the former into
 * the latter where that is empty, so objectGUID stands in for it (entra-docs, plan-connect-design-concepts).
 */
function readSourceAnchor(record: ActiveDirectoryRecord, context: RecordContext): string | undefined {
  const chosen =
    context.sourceAnchor === "mS-DS-ConsistencyGuid" ? readGuid(record, "ms-ds-consistencyguid", context) : "";
  return chosen || readGuid(record, "objectguid", context);
}

/** A GUID comes as 16 bytes (ldifde, ldapsearch, csvde) or as text (ldbsearch, AD Explorer). */
function readGuid(record: ActiveDirectoryRecord, attribute: string, context: RecordContext): string | undefined {
  const values = record.attributes.get(attribute);
  if (values === undefined) return undefined;
  const [value = ""] = values;
  if (value.length === 0) return "";
  const anchor =
    typeof value === "string"
      ? sourceAnchorFromText(value)
      : (sourceAnchorFromBytes(value) ?? sourceAnchorFromText(context.text.decode(value)));
  if (anchor === undefined) {
    const detail = typeof value === "string" ? excerpt(value) : `${value.length} bytes`;
    context.diagnose(diagnose("invalid-object-guid", { line: record.origin.line, detail }));
  }
  return anchor;
}

function texts({ attributes }: ActiveDirectoryRecord, name: string): readonly string[] {
  return (attributes.get(name) ?? []).filter((value) => typeof value === "string");
}

/** Gives the first value: `""` where the export has the attribute without a value, `undefined` where it lacks it. */
function text(record: ActiveDirectoryRecord, name: string): string | undefined {
  const [first = ""] = texts(record, name);
  return record.attributes.has(name) ? first : undefined;
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
