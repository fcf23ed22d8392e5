import { diagnose } from "../model/diagnostic.ts";
import { appendTo } from "../text/append.ts";
import type { LdifAttribute, LdifRecord } from "../text/ldif-record.ts";
import {
  attributeNames,
  attributeRule,
  exportedAttributes,
  isBinaryAttribute,
  multiValuedAttributes,
  readActiveDirectoryObject,
  recipientFilter,
} from "./reading/active-directory.ts";
import { defineFormat, type RecordContext } from "./reading/define-format.ts";
import type { AttributeValue } from "./reading/value-kinds.ts";

/** Active Directory as LDIF: ldifde, ldapsearch, ldbsearch and others. */
export const ldif = defineFormat({
  name: "ldif",
  title: "LDIF export of Active Directory",
  side: "onPremises",
  grammar: "ldif",
  plain: "active-directory",
  isRaw: true,
  recommended: true,
  exportCommand: `ldifde -f ad.ldf -r "${recipientFilter}" -l ${exportedAttributes.join(",")}`,
  attributes: attributeNames,
  readRecord: (record, origin, context) => {
    if (hasNamesOnly(record)) {
      return { type: "refused", diagnostic: diagnose("ldif-attributes-without-values", { line: origin.line }) };
    }
    const own = withoutJoined(record, context);
    const slices = findSlices(own, context);
    return readActiveDirectoryObject(
      {
        distinguishedName: context.text.decode(record.dn).trim(),
        attributes: collectAttributes(own, context),
        slices,
        omitsBlanks: true,
        origin,
      },
      context,
    );
  },
});

/** `ldapsearch -A` asks for names only: Active Directory keeps no attribute without a value. */
function hasNamesOnly({ attributes }: LdifRecord): boolean {
  return attributes.length > 0 && attributes.every(({ value }) => value.length === 0);
}

const SINGLE_VALUED: ReadonlySet<string> = new Set(
  attributeNames.map((name) => name.toLowerCase()).filter((name) => !multiValuedAttributes.has(name)),
);
/** Attributes that other directories give several values. */
const MULTI_VALUED_ELSEWHERE: ReadonlySet<string> = new Set([
  "cn",
  "mail",
  ...attributeNames.filter(isManyElsewhere).map((name) => name.toLowerCase()),
]);
function isManyElsewhere(name: (typeof attributeNames)[number]): boolean {
  const { isFurther, isOfPerson } = attributeRule(name);
  return isFurther === true || isOfPerson === true;
}

const ONLY_ACTIVE_DIRECTORY = new Set(["objectguid", "samaccountname", "objectcategory", "useraccountcontrol"]);

/** Leaves out what is of another record, the first lines of which were lost: it has values that an object has but once. */
function withoutJoined(record: LdifRecord, context: RecordContext): LdifRecord {
  const seen = new Set<string>();
  for (const [index, { name, options, value, line }] of record.attributes.entries()) {
    const key = name.toLowerCase();
    if (options.length > 0 || value.length === 0 || !SINGLE_VALUED.has(key)) continue;
    if (seen.has(key) && (!MULTI_VALUED_ELSEWHERE.has(key) || isOfActiveDirectory(record))) {
      context.refuse(diagnose("ldif-records-joined", { line, detail: name }));
      return { ...record, attributes: record.attributes.slice(0, index) };
    }
    seen.add(key);
  }
  return record;
}

function isOfActiveDirectory({ attributes }: LdifRecord): boolean {
  return attributes.some(({ name }) => ONLY_ACTIVE_DIRECTORY.has(name.toLowerCase()));
}

function collectAttributes(record: LdifRecord, context: RecordContext): ReadonlyMap<string, AttributeValue[]> {
  const collected = new Map<string, AttributeValue[]>();
  for (const attribute of record.attributes) {
    const name = attribute.name.toLowerCase();
    const values = collected.get(name);
    const value = isBinaryAttribute(name, context) ? attribute.value : context.text.decode(attribute.value);
    if (value.length === 0) collected.set(name, values ?? []);
    else if (values === undefined) collected.set(name, [value]);
    else values.push(value);
  }
  return collected;
}

/** Lists the attributes of which slices are missing, and says so. */
function findSlices(record: LdifRecord, context: RecordContext): readonly string[] {
  const sliced = new Map<string, LdifAttribute[]>();
  for (const attribute of record.attributes) {
    if (!attribute.options.some(isRange)) continue;
    appendTo(sliced, attribute.name.toLowerCase(), attribute);
  }
  const incomplete: string[] = [];
  for (const [name, slices] of sliced) {
    if (isWhole(slices)) continue;
    incomplete.push(name);
    context.diagnose(diagnose("range-incomplete", { line: slices[0]?.line, detail: slices[0]?.name }));
  }
  return incomplete;
}

/** `range=0-1499` is a slice of a large attribute; the last slice ends in `*` (win32, attribute-range-retrieval). */
function isRange(option: string): boolean {
  return /^range=\d+-(?:\d+|\*)$/i.test(option);
}

/** Tells whether slices follow each other from the first value to the last. */
function isWhole(slices: readonly LdifAttribute[]): boolean {
  const bounds = new Map(
    slices.flatMap(({ options }) =>
      options.filter(isRange).map((option) => {
        const [first = "0", last = "*"] = option.slice("range=".length).split("-");
        return [Number(first), last] as const;
      }),
    ),
  );
  let next = 0;
  for (;;) {
    const last = bounds.get(next);
    if (last === "*") return true;
    // A slice that ends before it begins leads nowhere, and a number may be too large to be counted on.
    if (last === undefined || !(Number(last) + 1 > next)) return false;
    next = Number(last) + 1;
  }
}
