import { diagnose } from "../model/diagnostic.ts";
import type { LdifAttribute, LdifRecord } from "../text/ldif.ts";
import {
  type AttributeValue,
  activeDirectoryAttributes,
  exportedAttributes,
  readActiveDirectoryObject,
  recipientFilter,
} from "./reading/active-directory.ts";
import { defineFormat, type RecordContext } from "./reading/define-format.ts";

/** Active Directory as LDIF: ldifde, ldapsearch, ldbsearch and others. */
export const ldif = defineFormat({
  name: "ldif",
  title: "LDIF export of Active Directory",
  side: "onPremises",
  grammar: "ldif",
  exportCommand: `ldifde -f ad.ldf -r "${recipientFilter}" -l ${exportedAttributes.join(",")}`,
  attributes: Object.keys(activeDirectoryAttributes),
  readRecord: (record, origin, context) =>
    readActiveDirectoryObject(
      {
        distinguishedName: context.text.decode(record.dn).trim(),
        attributes: collectAttributes(record, context),
        origin,
      },
      context,
    ),
});

function collectAttributes(record: LdifRecord, context: RecordContext): ReadonlyMap<string, AttributeValue[]> {
  const collected = new Map<string, AttributeValue[]>();
  const ranges = new Map<string, readonly LdifAttribute[]>();
  for (const attribute of record.attributes) {
    const name = attribute.name.toLowerCase();
    const values = collected.get(name);
    const value = name === "objectguid" ? attribute.value : context.text.decode(attribute.value);
    // A slice without values says that the attribute goes on in another one.
    if (attribute.options.some(isRange)) ranges.set(name, [...(ranges.get(name) ?? []), attribute]);
    if (value.length === 0) collected.set(name, values ?? []);
    else if (values === undefined) collected.set(name, [value]);
    else values.push(value);
  }
  for (const slices of ranges.values()) reportMissingRanges(slices, context);
  return collected;
}

/** `range=0-1499` is a slice of a large attribute; the last slice ends in `*` (win32, attribute-range-retrieval). */
function isRange(option: string): boolean {
  return /^range=\d+-(?:\d+|\*)$/i.test(option);
}

function reportMissingRanges(slices: readonly LdifAttribute[], context: RecordContext): void {
  const bounds = new Map(
    slices.flatMap(({ options }) =>
      options.filter(isRange).map((option) => {
        const [first = "0", last = "*"] = option.slice("range=".length).split("-");
        return [Number(first), last] as const;
      }),
    ),
  );
  let next: number | undefined = 0;
  while (next !== undefined) {
    const last: string | undefined = bounds.get(next);
    if (last === "*") return;
    next = last === undefined ? undefined : Number(last) + 1;
  }
  context.diagnose(diagnose("range-incomplete", { line: slices[0]?.line, detail: slices[0]?.name }));
}
