import type { Side } from "../../model/user.ts";
import { type Adopted, adoptColumns } from "./adopt-columns.ts";
import { columnKey, type Header, type TableFormat } from "./define-format.ts";
import { TableColumns } from "./table-columns.ts";

/** How well a format explains a table. */
export interface Weighed {
  readonly format: TableFormat;
  readonly score: number;
  /** By what it is known, as a part of a sentence. */
  readonly why: string;
  /** Whether it has a sign that no other format has, and nothing speaks against it. */
  readonly hasOwn: boolean;
  readonly adopted: Adopted;
}

const [TYPE, DECISIVE, OWN, SHARED, READ, NEVER, SIDE, CELLS] = [100, 60, 10, 4, 1, -10, 12, 8];

/**
 * Weighs what speaks for a format against what speaks against it: signs, how many columns it reads, what is in them, and the
 * side that the file was given as. `undefined` where nothing says that it could be it.
 */
export function weigh(format: TableFormat, header: Header, side: Side | undefined): Weighed | undefined {
  const { types = [], decisive = [], own, shared = [], never, needs = [], excludes = [], isNeverJson } = format.signs;
  if (isNeverJson === true && header.isJson) return undefined;
  if (!needs.every((names) => names.some((name) => has(header, name)))) return undefined;
  if (excludes.some((name) => has(header, name))) return undefined;
  const type = types.find((ending) => header.typeName?.endsWith(ending) === true);
  const [sure = [], owned = [], common = [], wrong = []] = [decisive, own, shared, never].map((names) =>
    names.filter((name) => has(header, name)),
  );
  const adopted = adoptColumns(format, header);
  const columns = new TableColumns(adopted.format, header.columns);
  const isGiven = side !== undefined && format.side === side;
  if (
    type === undefined &&
    sure.length + owned.length + common.length === 0 &&
    !isLikely(columns, adopted, format, isGiven)
  )
    return undefined;
  const signs = [...sure, ...owned, ...common];
  const read = columns.used.filter(({ field }) => field !== undefined);
  const score =
    (type === undefined ? 0 : TYPE) +
    DECISIVE * sure.length +
    OWN * owned.length +
    SHARED * common.length +
    READ * read.length +
    NEVER * wrong.length +
    pointsForSide(format, header, side) +
    (format.recommended === true ? 0.5 : 0);
  const first = signs[0] ?? (read.find(({ field }) => field === "proxyAddresses") ?? read[0])?.name;
  const why = type === undefined ? `its header has ${first}` : `its #TYPE line names ${header.typeName}`;
  return {
    format,
    score,
    why,
    hasOwn: (type !== undefined || sure.length + owned.length > 0) && wrong.length === 0,
    adopted,
  };
}

/** What the side that was given says, and what the cells say. */
function pointsForSide(format: TableFormat, header: Header, side: Side | undefined): number {
  const isGiven = side !== undefined && (format.side === side || format.side === "either");
  const isTold = format.side === sideOfCells(header) || (format.side === "either" && hasRecipientTypes(header));
  return (isGiven ? SIDE : 0) + (isTold ? CELLS : 0);
}

function has({ names, written }: Header, name: string): boolean {
  return name.includes(" ") ? written.has(name.toLowerCase()) : names.has(columnKey(name));
}

/** Without a sign a table is one of a format if it names its objects and says something of them; of Active Directory only if it was given so. */
function isLikely(columns: TableColumns, adopted: Adopted, { side }: TableFormat, isGiven: boolean): boolean {
  if (side === "onPremises" && !isGiven) return false;
  const hasTyped =
    adopted.columns.some(({ role, isByCells }) => role === "proxyAddresses" && isByCells) ||
    columns.has("proxyAddresses");
  const hasName = columns.has("userPrincipalName") || columns.has("userprincipalname");
  return hasTyped || (hasName && columns.fields.length > 1 && isGiven);
}

const INTERNAL = /@[^\s@]+\.(?:local|lan|internal|intra|corp|localdomain)$/i;
const TENANT = /@[^\s@.]+\.onmicrosoft\.com$/i;

/** Whether a column says of each object what kind of recipient it is. */
function hasRecipientTypes({ proposals, columns, rows }: Header): boolean {
  const index = proposals().find(({ role, certainty }) => role === "recipientType" && certainty === "sure")?.index;
  if (index === undefined || columnKey(columns[index] ?? "") === "usertype") return false;
  return rows.some((row) => /mailbox|distribution|mailuser|mailcontact/i.test(row[index] ?? ""));
}

/** Tells a side by sign-in names: no domain of the service ends in `.local`, and no forest in `.onmicrosoft.com`. */
function sideOfCells({ columns, rows }: Header): Side | undefined {
  const index = columns.findIndex((name) => columnKey(name) === "userprincipalname");
  if (index < 0) return undefined;
  const names = rows.map((row) => row[index]?.trim() ?? "");
  if (names.some((name) => INTERNAL.test(name))) return "onPremises";
  return names.some((name) => TENANT.test(name)) ? "online" : undefined;
}
