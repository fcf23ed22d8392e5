import type { Analysis } from "../analysis.ts";
import { describeFault } from "../model/diagnostic.ts";
import { UsageError } from "../model/errors.ts";
import { CsvReader } from "../text/csv.ts";
import { BYTE_ORDER_MARK, readInertCell, writeCsvRow } from "../text/csv-cell.ts";
import { detectCsvDialect } from "../text/csv-dialect.ts";
import { type Authority, authorities, type Plan } from "./plan.ts";

const HEADER = ["user", "on-premises", "online", "finding", "proposed", "decision"];
const DECISIONS: readonly string[] = [...authorities, "skip"];

/**
 * Writes the file in which a customer decides: a row for each finding that a plan remedies, with the proposed side. What
 * is written into the last column counts: online, on-premises or skip; empty takes the proposal.
 */
export function renderDecisions({ remedied, authority }: Plan): string {
  const rows = remedied.map(({ kind, online, onPremises }) => [
    online?.displayName ?? onPremises?.displayName ?? online?.userPrincipalName ?? "",
    onPremises?.id ?? "",
    online?.id ?? "",
    kind,
    authority,
    "",
  ]);
  return BYTE_ORDER_MARK + [HEADER, ...rows].map(writeCsvRow).join("");
}

/**
 * Reads a file of decisions that came back: for each person the side that is right, by the id of the online object, or of
 * the on-premises one.
 *
 * @throws UsageError that names the file and the line, for a user, a finding or a decision that is not known, and for
 *   decisions about one person that contradict each other.
 */
export function readDecisions(
  text: string,
  name: string,
  analysis: Pick<Analysis, "mismatches">,
): ReadonlyMap<string, Authority | "skip"> {
  const dialect = detectCsvDialect(text.replace(BYTE_ORDER_MARK, ""));
  const keys = dialect?.header.map((cell) => cell.toLowerCase()) ?? [];
  const missing = HEADER.find((column) => column !== "user" && column !== "proposed" && !keys.includes(column));
  if (dialect === undefined || missing !== undefined) {
    throw new UsageError(
      `${name}: the column "${missing ?? "decision"}" is missing; write the file with --write-decisions`,
    );
  }
  const findings = new Set(
    analysis.mismatches.map(({ kind, onPremises, online }) => `${kind} ${onPremises?.id ?? ""} ${online?.id ?? ""}`),
  );
  const decided = new Map<string, { readonly decision: Authority | "skip"; readonly line: number }>();
  const reader = new CsvReader(dialect.delimiter);
  const items = [...reader.read(new TextEncoder().encode(text.replace(BYTE_ORDER_MARK, ""))), ...reader.end()];
  for (const item of items) {
    const where = `${name}:${item.line}`;
    if (item.type === "fault") throw new UsageError(`${where}: ${describeFault(item)}`);
    if (item.line <= dialect.headerLine) continue;
    const row = readRow(item.cells, keys, where, findings);
    if (row === undefined) continue;
    const earlier = decided.get(row.key);
    if (earlier !== undefined && earlier.decision !== row.decision) {
      throw new UsageError(
        `${where}: "${row.decision}" contradicts "${earlier.decision}" on line ${earlier.line} for the same person`,
      );
    }
    decided.set(row.key, { decision: row.decision, line: item.line });
  }
  return new Map(Array.from(decided, ([key, { decision }]) => [key, decision]));
}

/** Reads one row; `undefined` where nothing was decided. */
function readRow(
  cells: readonly string[],
  keys: readonly string[],
  where: string,
  findings: ReadonlySet<string>,
): { readonly key: string; readonly decision: Authority | "skip" } | undefined {
  const cell = (column: string) => readInertCell(cells[keys.indexOf(column)] ?? "").trim();
  const decision = cell("decision").toLowerCase();
  if (decision === "") return undefined;
  if (!isDecision(decision)) {
    throw new UsageError(
      `${where}: the decision "${decision}" is not known; use one of: ${DECISIONS.join(", ")}, or nothing`,
    );
  }
  const [onPremises, online, finding] = [cell("on-premises"), cell("online"), cell("finding")];
  if (!findings.has(`${finding} ${onPremises} ${online}`)) {
    throw new UsageError(
      `${where}: there is no finding ${finding} of ${online || onPremises}; the exports are others than when the file was written`,
    );
  }
  return { key: online || onPremises, decision };
}

function isDecision(text: string): text is Authority | "skip" {
  return DECISIONS.includes(text);
}
