import { commonShapes, isValue } from "./cell-shape.ts";
import {
  type ColumnRole,
  type ColumnWords,
  columnWords,
  listRoles,
  nameKey,
  type Shape,
  withoutCommonEnding,
} from "./column-words.ts";

/** What one column of an unknown table may be for. */
export interface ProposedColumn {
  readonly name: string;
  readonly index: number;
  /** Absent where nothing speaks for any. */
  readonly role?: ColumnRole;
  /** Why, as a part of a sentence: `its name says so`, `its cells are addresses with their types`. */
  readonly why?: string;
  /** `sure`: name and cells agree, or the cells leave no doubt. `likely`: one of them only. */
  readonly certainty?: "sure" | "likely";
  /** Set if its cells say so, and not its name. */
  readonly isByCells?: true;
}

/** So many rows tell what a column is for. */
const MOST_ROWS = 500;

const ROLES: ReadonlyMap<string, readonly ColumnWords[]> = rolesByName();

function rolesByName(): ReadonlyMap<string, readonly ColumnWords[]> {
  const roles = new Map<string, ColumnWords[]>();
  for (const words of columnWords) {
    for (const name of new Set(words.names.split(" "))) {
      const known = roles.get(name);
      if (known === undefined) roles.set(name, [words]);
      else known.push(words);
    }
  }
  return roles;
}

/** Shapes that tell a role without a name. An address alone does not: it may be anybody's, a manager's too. */
const TELLING: readonly (readonly [shape: Shape, role: ColumnRole, why: string])[] = [
  ["typed", "proxyAddresses", "its cells are addresses with their types (SMTP:…)"],
  ["anchor", "immutableId", "its cells are base64 of 16 bytes"],
  ["dn", "distinguishedName", "its cells are distinguished names"],
];

/** Names of columns whose cells are of somebody else, or no mail comes there. */
const OF_OTHERS =
  /manager|owner|vorgesetzt|responsable|forward|weiterleit|reply|other_?mail|alternate|recovery|license|member|proxy_?user|created|delegate|grant|moderat|accept|reject/i;

/**
 * Proposes what the columns of a table are for, by their names in six languages and by what is in their cells. A role is given
 * once, the lists of addresses aside, to the column of which it is most certain.
 */
export function proposeColumns(
  header: readonly string[],
  sampleRows: readonly (readonly (string | undefined)[])[],
): readonly ProposedColumn[] {
  // A row in place of the header names nothing: the header is missing, or was lost.
  if (header.some(isValue)) return header.map((name, index) => ({ name, index }));
  const rows = sampleRows.slice(0, MOST_ROWS);
  const keys = withoutCommonEnding(header).map((name) => nameKey(name));
  const hasRole = (role: ColumnRole) => keys.some((key) => (ROLES.get(key) ?? []).some((words) => words.role === role));
  const candidates = header.map((name, index): ProposedColumn => {
    const cells = rows.map((row) => row[index] ?? "");
    const found = propose(keys[index] ?? "", name, cells);
    return { name, index, ...asPartOfName(found, keys[index] ?? "", hasRole) };
  });
  return oneOfEach(candidates);
}

type Found = Pick<ProposedColumn, "role" | "why" | "certainty" | "isByCells">;

function propose(key: string, name: string, cells: readonly string[]): Found {
  const shapes = commonShapes(cells);
  const byName = ROLES.get(key) ?? ROLES.get(key.replace(/\d{1,6}$/, "")) ?? [];
  const fitting = byName.find((words) => words.shapes?.some((shape) => shapes.has(shape)) ?? true);
  if (fitting !== undefined) {
    const isFilled = shapes.size > 0;
    return {
      role: fitting.role,
      why: "its name says so",
      certainty: isFilled || fitting.shapes === undefined ? "sure" : "likely",
    };
  }
  const [first] = byName;
  const isBlank = cells.every((cell) => cell.trim() === "");
  if (first !== undefined && isBlank) return { role: first.role, why: "its name says so", certainty: "likely" };
  if (OF_OTHERS.test(name)) return {};
  return proposeByCells(shapes, cells);
}

function proposeByCells(shapes: ReadonlySet<Shape>, cells: readonly string[]): Found {
  const telling = TELLING.find(([shape]) => shapes.has(shape));
  if (telling === undefined) return {};
  const [shape, role, why] = telling;
  // What names one object is different in each row.
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (shape !== "typed" && new Set(filled).size < filled.length) return {};
  return { role, why, certainty: shape === "typed" ? "sure" : "likely", isByCells: true };
}

/** `Nom` beside `Prénom` is the surname, `Nombre` beside `Apellidos` the given name. */
function asPartOfName(found: Found, key: string, hasRole: (role: ColumnRole) => boolean): Found {
  if (found.role !== "displayName" || !/^(?:name|nom|nombre|naam|nome)$/.test(key)) return found;
  const [hasGiven, hasSurname] = [hasRole("givenName"), hasRole("surname")];
  if (hasGiven === hasSurname) return found;
  return { ...found, role: hasGiven ? "surname" : "givenName" };
}

function oneOfEach(candidates: readonly ProposedColumn[]): readonly ProposedColumn[] {
  const best = new Map<ColumnRole, ProposedColumn>();
  for (const candidate of candidates) {
    if (candidate.role === undefined) continue;
    const known = best.get(candidate.role);
    if (known === undefined || (known.certainty === "likely" && candidate.certainty === "sure"))
      best.set(candidate.role, candidate);
  }
  return candidates.map((candidate) => {
    const { role, name, index } = candidate;
    const isTaken = role !== undefined && !listRoles.has(role) && best.get(role) !== candidate;
    return isTaken ? { name, index } : candidate;
  });
}
