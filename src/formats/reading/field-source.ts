import type { ProxyAddress } from "../../model/address.ts";
import {
  type BooleanField,
  type FieldRule,
  fields,
  isBooleanField,
  isTextField,
  type TextField,
  type UserField,
} from "../../model/fields.ts";
import type { User } from "../../model/user.ts";
import { isLostCollection } from "./lost-collection.ts";
import {
  type AttributeValue,
  boolean,
  guest,
  lines,
  moment,
  number,
  onlineName,
  sid,
  sipCell,
  text,
  time,
  trimmed,
  type ValueKind,
  type ValuePlace,
} from "./value-kinds.ts";

/** The field of a user that an attribute or a column feeds, and the kind of its values. */
export type FieldSource =
  | { readonly field: TextField; readonly as: ValueKind<string> }
  | { readonly field: BooleanField; readonly as: ValueKind<boolean> }
  | { readonly field: "proxyAddresses"; readonly as: ValueKind<readonly ProxyAddress[]> };

/** The names under which a column occurs, the field of a user that it feeds, and the kind of its values if it is not the usual one. */
export type ColumnRule = (FieldSource | { readonly field?: UserField; readonly as?: undefined }) & {
  /** In order of preference; compared by `columnKey`. */
  readonly names: readonly string[];
  /** Further columns of one table, as it writes them: see adopt-columns.ts. */
  readonly also?: readonly string[];
  /** Whether the values may stand in several columns: `ProxyAddress_1`, `ProxyAddress_2`. */
  readonly numbered?: true;
};

/** The columns of a table, by keys under which its format asks for them. */
export type Columns = Readonly<Record<string, ColumnRule>>;

/**
 * Reads fields of a user from what feeds them; of several sources of one field the first counts that has something to say.
 * `valuesOf` gives the values under a name, or `undefined` where the export has none of that name.
 */
export function readFields(
  sources: readonly (readonly [name: string, source: FieldSource])[],
  valuesOf: (name: string) => readonly AttributeValue[] | undefined,
  place: ValuePlace,
): Partial<Pick<User, UserField>> {
  const read: { [Field in UserField]?: User[UserField] } = {};
  for (const [name, { field, as }] of sources) {
    const values = read[field] === undefined ? valuesOf(name) : undefined;
    const value = values && as.tolerant(values, place);
    if (value !== undefined) read[field] = value;
    else if (values !== undefined && isBooleanField(field)) noteStrange(field, values, place);
  }
  return read as Partial<Pick<User, UserField>>;
}

/** A truth value that is neither blank nor lost, and was not understood. */
function noteStrange(field: BooleanField, values: readonly AttributeValue[], { context }: ValuePlace): void {
  const strange = values.find((value) => typeof value === "string" && value.trim() !== "" && !isLostCollection(value));
  if (typeof strange === "string") context.noteStrange(field, strange.trim());
}

/** The code under which the strict reading of a source keeps its field. */
export function codeOf({ field }: FieldSource): number {
  const rule: FieldRule = fields[field];
  return rule.value === "addresses" ? -1 : rule.code;
}

/** How the fields of an online export are read whose columns say nothing else, beside texts and truth values. */
const usualKinds: { readonly [Field in TextField]?: ValueKind<string> } = {
  userPrincipalName: onlineName,
  objectId: trimmed,
  immutableId: trimmed,
  mail: trimmed,
  sipAddress: sipCell,
  objectSid: sid,
  masterAccountSid: sid,
  remoteRecipientType: number,
  recipientType: trimmed,
  provisioningErrors: lines,
  whenChanged: time,
  lastSyncTime: moment,
};

/** What feeds the fields of a table, by the names of its columns; addresses aside, which stand in several columns. */
export function fieldSources(columns: Columns): readonly (readonly [name: string, source: FieldSource])[] {
  return Object.entries(columns).flatMap(([name, rule]) => {
    const source = sourceOf(rule);
    return source === undefined ? [] : [[name, source] as const];
  });
}

function sourceOf(rule: ColumnRule): FieldSource | undefined {
  if (rule.as !== undefined) return rule;
  const { field } = rule;
  if (field === undefined) return undefined;
  if (isBooleanField(field)) return { field, as: field === "isGuest" ? guest : boolean };
  return isTextField(field) ? { field, as: usualKinds[field] ?? text } : undefined;
}
