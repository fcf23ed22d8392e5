import { diagnose } from "../../model/diagnostic.ts";
import type { Origin } from "../../model/origin.ts";
import type { SkipReason } from "../../model/skip-reason.ts";
import type { User } from "../../model/user.ts";
import { type LeftOutTraits, leftOutReason, type ObjectKind } from "../../service/left-out.ts";
import { excerpt } from "../../text/fault.ts";
import { ownValue } from "../../text/own-value.ts";
import type { ColumnRule, Columns, ReadRecord, RecordContext } from "./define-format.ts";
import { type FieldSource, readFields } from "./field-source.ts";
import { isLostCollection } from "./lost-collection.ts";
import { contradictedName } from "./own-name.ts";
import {
  type AttributeValue,
  accountControl,
  addresses,
  anchor,
  boolean,
  guid,
  number,
  otherGuid,
  sid,
  sip,
  text,
  time,
  trimmed,
  type ValuePlace,
} from "./value-kinds.ts";

/** An object of Active Directory as an export has it: attribute names in lower case, values in their order. */
export interface ActiveDirectoryRecord {
  readonly distinguishedName: string;
  /** What the object is known by where the export has no distinguished name. */
  readonly otherName?: string | undefined;
  /** What an object without a class is: commands that list nothing but users do not say so. */
  readonly usualType?: "user";
  /** Whether the export writes no attribute without a value, so that what is missing may be blank. */
  readonly omitsBlanks?: true;
  /** The attributes of which the record has only a slice. */
  readonly slices?: readonly string[];
  /** An attribute that the export has without a value has an empty list. */
  readonly attributes: ReadonlyMap<string, readonly AttributeValue[]>;
  readonly origin: Origin;
}

/** What an attribute feeds, and how it is asked for. */
type AttributeRule = (FieldSource | { readonly field?: undefined }) & {
  /** What Get-ADUser calls it, if that is another name. */
  readonly powerShell?: string;
  /** Whether an object may have several values of it. */
  readonly isMultiValued?: true;
  /** Whether the analysis can do without it: it is read, and no command asks for it. */
  readonly isFurther?: true;
  /** Whether it is a text of a person, of which other directories than Active Directory keep several. */
  readonly isOfPerson?: true;
};

/**
 * Every attribute that is read, the field of a user that it feeds, and the kind of its values. LDIF, CSVDE and PowerShell are
 * read by this table, plain records too; the spelling is that of the AD schema, and case does not count.
 */
const activeDirectoryAttributes = {
  // The DN of the record is its distinguished name.
  distinguishedName: {},
  objectClass: { isMultiValued: true },
  objectCategory: { isFurther: true },
  sAMAccountType: { isFurther: true },
  objectGUID: { field: "sourceAnchor", as: guid },
  "mS-DS-ConsistencyGuid": { field: "consistencyGuid", as: otherGuid },
  // It tells whether the record is of one object: own-name.ts.
  cn: {},
  sAMAccountName: { field: "samAccountName", as: text },
  // The service does not trim it: white space around it makes it another name.
  userPrincipalName: { field: "userPrincipalName", as: text },
  displayName: { field: "displayName", as: text },
  mail: { field: "mail", as: trimmed, powerShell: "EmailAddress" },
  mailNickname: { field: "mailNickname", as: text },
  proxyAddresses: { field: "proxyAddresses", as: addresses, isMultiValued: true },
  targetAddress: { field: "targetAddress", as: text },
  "msRTCSIP-PrimaryUserAddress": { field: "sipAddress", as: sip },
  userAccountControl: { field: "isEnabled", as: accountControl },
  isCriticalSystemObject: {},
  msExchRecipientTypeDetails: { field: "recipientType", as: number },
  adminDescription: { field: "adminDescription", as: text },
  whenChanged: { field: "whenChanged", as: time },
  department: { field: "department", as: text, isOfPerson: true },
  title: { field: "jobTitle", as: text, isOfPerson: true },
  company: { field: "companyName", as: text, isOfPerson: true },
  physicalDeliveryOfficeName: { field: "officeLocation", as: text, powerShell: "Office", isOfPerson: true },
  telephoneNumber: { field: "telephoneNumber", as: text, powerShell: "OfficePhone", isOfPerson: true },
  mobile: { field: "mobilePhone", as: text, powerShell: "MobilePhone", isFurther: true },
  givenName: { field: "givenName", as: text, isOfPerson: true },
  sn: { field: "surname", as: text, powerShell: "Surname", isOfPerson: true },
  streetAddress: { field: "streetAddress", as: text, isOfPerson: true },
  l: { field: "city", as: text, powerShell: "City", isOfPerson: true },
  st: { field: "state", as: text, powerShell: "State", isOfPerson: true },
  postalCode: { field: "postalCode", as: text, isOfPerson: true },
  co: { field: "country", as: text, isOfPerson: true },
  employeeID: { field: "employeeId", as: text, isFurther: true },
  objectSid: { field: "objectSid", as: sid, powerShell: "SID", isFurther: true },
  msExchMasterAccountSid: { field: "masterAccountSid", as: sid },
  msExchRemoteRecipientType: { field: "remoteRecipientType", as: number },
  msExchHideFromAddressLists: { field: "isHiddenFromAddressLists", as: boolean, isFurther: true },
} as const satisfies Readonly<Record<string, AttributeRule>>;

/** The name of an attribute that is read. */
export type AttributeName = keyof typeof activeDirectoryAttributes;

/** The attributes that are read, in the spelling of the AD schema. */
export const attributeNames: readonly AttributeName[] = Object.keys(activeDirectoryAttributes) as AttributeName[];

/** Gives what is said of an attribute. */
export function attributeRule(name: AttributeName): AttributeRule {
  return activeDirectoryAttributes[name];
}

/** What feeds a field, by the name of its attribute in lower case. */
const attributeSources: readonly (readonly [name: string, source: FieldSource])[] = attributeNames.flatMap((name) => {
  const rule = attributeRule(name);
  return rule.field === undefined ? [] : [[name.toLowerCase(), rule] as const];
});
/** The same without the anchor, which is told by an option. */
const ownSources = attributeSources.filter(([, { field }]) => field !== "sourceAnchor");

const knownAttributes: ReadonlySet<string> = new Set(attributeNames.map((name) => name.toLowerCase()));
const binaryAttributes: ReadonlySet<string> = new Set([
  ...attributeSources.filter(([, { as }]) => as.isBinary === true).map(([name]) => name),
]);

/** Whether the values of an attribute, named in lower case, are bytes; of an anchor that nobody knows they may be. */
export function isBinaryAttribute(name: string, { sourceAnchor }: RecordContext): boolean {
  return binaryAttributes.has(name) || (name === sourceAnchor.toLowerCase() && !knownAttributes.has(name));
}

/** The attributes of which an object may have several values, in lower case. */
export const multiValuedAttributes: ReadonlySet<string> = new Set(
  attributeNames.filter((name) => attributeRule(name).isMultiValued === true).map((name) => name.toLowerCase()),
);

/** The attributes to name in an export command (`-l`), in the spelling of the AD schema. */
export const exportedAttributes: readonly string[] = attributeNames.filter(
  (name) => name !== "distinguishedName" && attributeRule(name).isFurther !== true,
);

/** Lists the attributes that are read because an option names them, in lower case. */
export function chosenAttributes({
  sourceAnchor,
  upnSource,
}: Pick<RecordContext, "sourceAnchor" | "upnSource">): readonly string[] {
  return [sourceAnchor, upnSource].map((name) => name.toLowerCase());
}

/** Selects users, contacts and groups: all whose addresses must be unique. */
export const recipientFilter = "(|(objectCategory=person)(objectCategory=group))";

const ACCOUNT_TYPES: Readonly<Record<string, ObjectKind>> = {
  "268435456": "group",
  "268435457": "group",
  "536870912": "group",
  "536870913": "group",
  "805306368": "user",
  "805306369": "computer",
};

/** Makes a user of an object of Active Directory, or says why it is none. */
export function readActiveDirectoryObject(record: ActiveDirectoryRecord, context: RecordContext): ReadRecord {
  const { attributes, distinguishedName, origin } = record;
  if (distinguishedName !== "") context.noteField("distinguishedName");
  const sources = isOwnName(context) ? ownSources : withUpnSource(context.upnSource);
  for (const [name, { field }] of sources) if (attributes.has(name)) context.noteField(field);
  const kind = objectKind(record);
  if (distinguishedName === "" && !record.otherName) return nameless(record, kind);
  if (hasNameOnly(record)) return { type: "skipped", reason: "no-attributes", origin, name: distinguishedName };
  diagnoseOwnName(record, context);
  diagnoseLostClass(record, context);
  const skip = (reason: SkipReason): ReadRecord => ({ type: "skipped", reason, origin, name: distinguishedName });
  if (kind === "computer") return skip("computer");
  const place = { context, line: origin.line };
  const fields = readFields(sources, (name) => attributes.get(name), place);
  // Anything with addresses is kept, whatever its class: its addresses cannot be another's.
  if (kind === "other" && (fields.proxyAddresses ?? []).length === 0) return noRecipient(record);
  if (context.isInScope?.(distinguishedName) === false) return skip("out-of-scope");
  const reason = context.includeSystemObjects ? undefined : leftOutReason(traitsOf(record, kind, fields));
  if (reason !== undefined) {
    if (reason === "system-name" && kind === "user") {
      const detail = excerpt(distinguishedName || record.otherName || "");
      context.diagnose(diagnose("left-out-by-name", { line: origin.line, detail }));
    }
    return skip(reason);
  }
  const type = kind === "other" ? "unknown" : kind;
  return { type: "user", user: makeUser(record, type, { ...readSourceAnchor(record, kind, place), ...fields }) };
}

function noRecipient(record: ActiveDirectoryRecord): ReadRecord {
  const classes = classesOf(record);
  const className = OF_PEOPLE.find((name) => classes.has(name.toLowerCase()));
  const named = className === undefined ? {} : { className };
  const { origin, distinguishedName: name } = record;
  return { type: "skipped", reason: "not-a-recipient", origin, name, ...named };
}

/** Classes of people in other directories. */
const OF_PEOPLE = ["posixAccount", "person", "account", "residentialPerson"];

/** Tells an entry of which the export has no more than where it lies. */
function hasNameOnly({ attributes, omitsBlanks }: ActiveDirectoryRecord): boolean {
  if (omitsBlanks !== true) return false;
  return [...attributes].every(
    ([name, values]) => values.length === 0 || name === "distinguishedname" || name === "cn",
  );
}

/** Says that an object has another name than its record. */
function diagnoseOwnName(
  { attributes, distinguishedName, origin }: ActiveDirectoryRecord,
  context: RecordContext,
): void {
  const [own = [], common = []] = ["distinguishedname", "cn"].map((name) => textsOf(attributes.get(name)));
  const contradicted = contradictedName(distinguishedName, own, common);
  if (contradicted === undefined) return;
  context.diagnose(diagnose("name-contradicted", { line: origin.line, detail: excerpt(contradicted) }));
}

function makeUser(record: ActiveDirectoryRecord, type: User["type"], fields: Partial<User>): User {
  const { distinguishedName, otherName, origin, slices } = record;
  return {
    type,
    id: distinguishedName || otherName || "",
    origin,
    ...(distinguishedName === "" ? {} : { distinguishedName }),
    ...fields,
    ...(slices?.includes("proxyaddresses") === true ? { slices: ["proxyAddresses" as const] } : {}),
  };
}

/** What feeds the fields where another attribute is the sign-in name. */
function withUpnSource(attribute: string): typeof attributeSources {
  const name = attribute.toLowerCase();
  const as = name === "mail" ? trimmed : anchor;
  return [
    ...ownSources.filter(([, { field }]) => field !== "userPrincipalName"),
    [name, { field: "userPrincipalName", as }],
  ];
}

/** The root of the directory has an empty name, and nothing of a recipient; whatever else lacks its name has lost it. */
function nameless({ attributes, origin }: ActiveDirectoryRecord, kind: ObjectKind): ReadRecord {
  const isRoot = [...attributes].every(([name, values]) => name === "objectclass" || values.length === 0);
  if (isRoot && (kind === "other" || kind === "unknown")) return { type: "skipped", reason: "not-a-recipient", origin };
  return { type: "refused", diagnostic: diagnose("no-distinguished-name", { line: origin.line }) };
}

/** objectClass decides; exports without it are judged by what else they have. */
function objectKind(record: ActiveDirectoryRecord): ObjectKind {
  const classes = classesOf(record);
  if (classes.size > 0) return kindOfClasses(classes);
  const accountType = ownValue(ACCOUNT_TYPES, firstText(record, "samaccounttype"));
  if (accountType !== undefined) return accountType;
  const category = categoryOf(record);
  if (category === "group" || category === "computer") return category;
  const hasUpn = firstText(record, "userprincipalname") !== "";
  if (category === "person") return hasUpn || firstText(record, "samaccountname") !== "" ? "user" : "contact";
  return kindOfAccount(record);
}

/** The classes, joined in one value too: no name of a class holds what joins them. */
function classesOf({ attributes }: ActiveDirectoryRecord): ReadonlySet<string> {
  const values = textsOf(attributes.get("objectclass")) ?? [];
  const names = values
    .filter((value) => !isLostCollection(value))
    .flatMap((value) => value.toLowerCase().split(/[^\w-]+/));
  return new Set(names.filter((name) => name !== ""));
}

/** Whether the export tells what the object is, and it need not be guessed. */
function isClassed(record: ActiveDirectoryRecord): boolean {
  return (
    classesOf(record).size > 0 || ["samaccounttype", "objectcategory"].some((name) => firstText(record, name) !== "")
  );
}

/** Says that the class was lost when the table was written. */
function diagnoseLostClass({ attributes, origin }: ActiveDirectoryRecord, context: RecordContext): void {
  const lost = textsOf(attributes.get("objectclass"))?.find(isLostCollection);
  if (lost === undefined) return;
  const hint = `Export again with:\n  ${context.exportCommand}`;
  context.diagnose(diagnose("lost-collection", { line: origin.line, detail: `${excerpt(lost)} (objectClass)`, hint }));
}

function categoryOf(record: ActiveDirectoryRecord): string | undefined {
  return /^CN=([^,]+)/i.exec(firstText(record, "objectcategory"))?.[1]?.toLowerCase();
}

function kindOfClasses(classes: ReadonlySet<string>): ObjectKind {
  if (classes.has("computer")) return "computer"; // in LDIF a computer has the class `user` too
  if (classes.has("user") || classes.has("inetorgperson")) return "user";
  if (classes.has("group")) return "group";
  return classes.has("contact") ? "contact" : "other";
}

/** What an object without a class, of which nothing else tells what it is, may be by its account. */
function kindOfAccount(record: ActiveDirectoryRecord): ObjectKind {
  if (firstText(record, "samaccountname").endsWith("$")) return "computer";
  return firstText(record, "userprincipalname") !== "" ? "user" : (record.usualType ?? "unknown");
}

function traitsOf(record: ActiveDirectoryRecord, kind: ObjectKind, fields: Partial<User>): LeftOutTraits {
  const { attributes, distinguishedName, omitsBlanks } = record;
  const { mail, proxyAddresses } = fields;
  const isTold = omitsBlanks === true || mail !== undefined || proxyAddresses !== undefined;
  const hasSmtp = proxyAddresses?.some(({ type }) => type === "SMTP") === true;
  return {
    kind: isClassed(record) ? kind : "unknown",
    valuesOf: (attribute) =>
      attribute === "distinguishedName" ? [distinguishedName] : textsOf(attributes.get(attribute.toLowerCase())),
    hasAddress: isTold ? hasSmtp || Boolean(mail) : undefined,
  };
}

/**
 * The anchor is objectGUID or the attribute that was chosen. Of mS-DS-ConsistencyGuid the synchronization writes the former
 * into the latter where that is empty, so objectGUID stands in for it; groups and contacts have no other anchor than
 * objectGUID (entra-docs, plan-connect-design-concepts).
 */
function readSourceAnchor(
  { attributes }: ActiveDirectoryRecord,
  kind: ObjectKind,
  place: ValuePlace,
): Pick<User, "sourceAnchor"> {
  const { context } = place;
  const chosen = context.sourceAnchor.toLowerCase();
  const read = (name: string, as: typeof guid): string | undefined => {
    const values = attributes.get(name);
    if (values === undefined) return undefined;
    context.noteField("sourceAnchor");
    const anchorText = as.tolerant(values, place);
    if (anchorText === undefined && as === anchor) context.noteLost("sourceAnchor");
    return anchorText;
  };
  const ofGuid = (): string | undefined => read("objectguid", guid);
  const hasOnlyGuid = chosen === "objectguid" || kind === "group" || kind === "contact";
  const sourceAnchor = hasOnlyGuid
    ? ofGuid()
    : isGuidAnchor(context)
      ? read(chosen, guid) || ofGuid()
      : read(chosen, anchor);
  return sourceAnchor === undefined ? {} : { sourceAnchor };
}

function textsOf(values: readonly AttributeValue[] | undefined): readonly string[] | undefined {
  return values?.filter((value) => typeof value === "string");
}

/** The first value of an attribute; blank where there is none. */
function firstText({ attributes }: ActiveDirectoryRecord, name: string): string {
  return textsOf(attributes.get(name))?.[0] ?? "";
}

/** The columns of a table of Active Directory, with those of the attributes that options name. */
export function withChosenColumns(
  columns: Columns,
  context: Pick<RecordContext, "sourceAnchor" | "upnSource">,
): Columns {
  const chosen = chosenAttributes(context);
  const all = new Map<string, ColumnRule>(Object.entries(columns));
  for (const name of chosen) if (!all.has(name)) all.set(name, { names: [name] });
  // Their columns tell nothing of a field that is read from another attribute.
  const unused = [
    ...(isGuidAnchor(context) ? [] : ["objectguid"]),
    ...(isOwnName(context) ? [] : ["userprincipalname"]),
  ];
  for (const name of unused) {
    const rule = all.get(name);
    if (rule !== undefined && !chosen.includes(name)) all.set(name, { names: rule.names });
  }
  return Object.fromEntries(all);
}

/** Whether the sign-in name is the attribute that is called so. */
function isOwnName({ upnSource }: Pick<RecordContext, "upnSource">): boolean {
  return upnSource.toLowerCase() === "userprincipalname";
}

function isGuidAnchor({ sourceAnchor }: Pick<RecordContext, "sourceAnchor">): boolean {
  return ["objectguid", "ms-ds-consistencyguid"].includes(sourceAnchor.toLowerCase());
}
