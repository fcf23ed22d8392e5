import type { UserField } from "../../model/fields.ts";
import { type ColumnRole, listRoles } from "./column-words.ts";
import { type ColumnRule, columnKey, type Header, type TableFormat } from "./define-format.ts";
import type { ProposedColumn } from "./propose-columns.ts";
import { TableColumns } from "./table-columns.ts";
import { licenses, negated } from "./value-kinds.ts";

/** A column of another name that a format reads after all. */
interface AdoptedColumn {
  readonly name: string;
  readonly role: ColumnRole;
  /** Whether its cells say so, and not its name. */
  readonly isByCells: boolean;
}

/** A format with the columns of one table that it knows by another name, or by what is in them. */
export interface Adopted {
  readonly format: TableFormat;
  readonly columns: readonly AdoptedColumn[];
}

/** Where a role is read under another key than its own, or as values of another kind. */
const RULES: { readonly [Role in ColumnRole]?: ColumnRule } = {
  isDisabled: { names: [], field: "isEnabled", as: negated },
  licenses: { names: [], field: "isLicensed", as: licenses },
};
const KEYS: { readonly [Role in ColumnRole]?: string } = {
  deletedAt: "softDeletionTimestamp",
  objectClass: "objectclass",
  isLicensed: "isLicensed",
};

/**
 * Gives a format the columns of a table that it does not know: those whose name and cells leave no doubt, for what no column of its own
 * is there. What Active Directory writes itself has the names of its attributes.
 */
export function adoptColumns(format: TableFormat, header: Header): Adopted {
  if (format.isRaw === true || (format.realign !== undefined && format.side === "online"))
    return { format, columns: [] };
  const own = new TableColumns(format, header.columns);
  const fed = new Set<UserField>(own.fields);
  const columns = new Map<string, ColumnRule>(Object.entries(format.columns));
  const adopted: AdoptedColumn[] = [];
  // Of repeated columns the first is read; of numbered ones also those that are blank in the first rows.
  const claimed = new Set(own.used.flatMap((column) => (column.field === undefined ? [] : [columnKey(column.name)])));
  const siblings = new Set<string>();
  const isSure = ({ name, role, certainty }: ProposedColumn): boolean =>
    certainty === "sure" || (role !== undefined && listRoles.has(role) && siblings.has(withoutNumber(name)));
  for (const proposed of header.proposals()) {
    const { name, index, role, isByCells = false } = proposed;
    if (own.used[index]?.field !== undefined || claimed.has(columnKey(name)) || !isSure(proposed)) continue;
    const target = role && targetOf(role, columns, format, own);
    if (role === undefined || target === undefined || isNameOnly(proposed, own, format, adopted)) continue;
    const isList = listRoles.has(role);
    if (!isList && isFed(target, own, fed)) continue;
    columns.set(target.key, { ...target.rule, also: [...(target.rule.also ?? []), name] });
    if (target.rule.field !== undefined && !isList) fed.add(target.rule.field);
    adopted.push({ name, role, isByCells });
    siblings.add(withoutNumber(name));
  }
  return adopted.length === 0
    ? { format, columns: adopted }
    : { format: { ...format, columns: Object.fromEntries(columns) }, columns: adopted };
}

function withoutNumber(name: string): string {
  return columnKey(name).replace(/\d{1,6}$/, "");
}

interface Target {
  readonly key: string;
  readonly rule: ColumnRule;
}

function targetOf(
  asked: ColumnRole,
  columns: ReadonlyMap<string, ColumnRule>,
  { side }: TableFormat,
  own: TableColumns,
): Target | undefined {
  // Readers of Active Directory know the keys of their attributes only; an anchor is written in both forms.
  const role = side === "onPremises" && asked === "immutableId" ? "sourceAnchor" : asked;
  const special = RULES[role];
  const field = special?.field ?? role;
  const candidates = Array.from(columns, ([key, rule]) => ({ key, rule })).filter(
    ({ key, rule }) =>
      key === (KEYS[role] ?? role) || (rule.field === field && !OTHER_KEYS.has(key) && rule.as === special?.as),
  );
  const found = candidates.find(({ key }) => !own.has(key)) ?? candidates[0];
  if (found !== undefined || side === "onPremises") return found;
  if (special !== undefined) return { key: role, rule: special };
  return FURTHER.has(role) ? { key: role, rule: { names: [], field: role as UserField } } : undefined;
}

/** Columns that feed a field, and hold something else. */
const OTHER_KEYS: ReadonlySet<string> = new Set([
  "proxyAddresses",
  "smtpAddresses",
  "sipAddresses",
  "x500Addresses",
  "useraccountcontrol",
]);
/** What any online export may say of a person. */
const FURTHER: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  "objectId",
  "immutableId",
  "mail",
  "mailNickname",
  "isEnabled",
  "isLicensed",
  "isGuest",
  "isSynchronized",
  "lastSyncTime",
]);

function isFed({ key, rule }: Target, own: TableColumns, fed: ReadonlySet<UserField>): boolean {
  return own.has(key) || (rule.also?.length ?? 0) > 0 || (rule.field !== undefined && fed.has(rule.field));
}

/** The name of an object in Active Directory need not be its display name: it stands in for it where nothing else names a person. */
function isNameOnly(
  { name, role }: ProposedColumn,
  own: TableColumns,
  format: TableFormat,
  adopted: readonly AdoptedColumn[],
): boolean {
  if (role !== "displayName" || format.side !== "onPremises" || !/^(?:name|nom|nombre|naam|nome)$/i.test(name))
    return false;
  return own.has("dn") || own.has("userprincipalname") || adopted.some((column) => column.role === "userPrincipalName");
}
