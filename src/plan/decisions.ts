import type { Analysis } from "../analysis.ts";
import { describeFault } from "../model/diagnostic.ts";
import { UsageError } from "../model/errors.ts";
import { joinBytes, peek, readBytes, type SourceData } from "../text/bytes.ts";
import { type CsvItem, CsvReader } from "../text/csv.ts";
import { BYTE_ORDER_MARK, readInertCell, writeCsvRow } from "../text/csv-cell.ts";
import { detectCsvDialect } from "../text/csv-dialect.ts";
import { detectEncoding, transcodeToUtf8 } from "../text/encoding.ts";
import { fault, type TextFault, type TextFaultCode } from "../text/fault.ts";
import { countNewlines } from "../text/line-ends.ts";
import { type Authority, authorities, type Plan } from "./plan.ts";

const HEADER = ["user", "on-premises", "online", "finding", "proposed", "decision"];
const DECISIONS: readonly string[] = [...authorities, "skip"];

/**
 * Writes the file in which a customer decides: a row for each finding that a plan remedies, with the proposed side. What
 * is written into the last column counts: online, on-premises or skip; empty takes the proposal.
 */
export function renderDecisions(plan: Plan): string {
  return [...renderDecisionsPieces(plan)].join("");
}

/** Writes the file of {@link renderDecisions} row by row. */
export function* renderDecisionsPieces({ remedied, authority }: Plan): Generator<string> {
  yield BYTE_ORDER_MARK + writeCsvRow(HEADER);
  for (const { kind, online, onPremises } of remedied) {
    const user = online?.displayName ?? onPremises?.displayName ?? online?.userPrincipalName ?? "";
    yield writeCsvRow([user, onPremises?.id ?? "", online?.id ?? "", kind, authority, ""]);
  }
}

/**
 * Reads a file of decisions that came back, in whatever encoding and with whatever separator Excel saved it: for each person
 * the side that is right, by the id of the online object, or of the on-premises one.
 *
 * @throws UsageError that names the file and the line, for a user, a finding or a decision that is not known, and for
 *   decisions about one person that contradict each other.
 */
export async function readDecisions(
  data: SourceData,
  name: string,
  analysis: Pick<Analysis, "mismatches">,
): Promise<ReadonlyMap<string, Authority | "skip">> {
  const findings = new Set(
    analysis.mismatches.map(({ kind, onPremises, online }) => `${kind} ${onPremises?.id ?? ""} ${online?.id ?? ""}`),
  );
  const decided = new Map<string, { readonly decision: Authority | "skip"; readonly line: number }>();
  const { keys, rows } = await readTable(data, name);
  for (const item of rows) {
    const where = `${name}:${item.line}`;
    if (item.type === "fault") throw new UsageError(`${where}: ${describeFault(item)}`);
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

/** Tells whether a file is one of decisions in which somebody has decided something. */
export async function holdsDecisions(data: SourceData): Promise<boolean> {
  const table = await readTable(data, "").catch((error: unknown) => {
    if (error instanceof UsageError) return undefined; // some other file
    throw error;
  });
  const column = table?.keys.indexOf("decision") ?? -1;
  return (
    table?.rows.some((row) => row.type !== "fault" && readInertCell(row.cells[column] ?? "").trim() !== "") ?? false
  );
}

const HEADER_SIZE = 4096;

/** Reads the rows below the header, and the header's names in lower case. */
async function readTable(
  data: SourceData,
  name: string,
): Promise<{ readonly keys: readonly string[]; readonly rows: readonly CsvItem[] }> {
  const faults: TextFault[] = [];
  const { head, bytes } = await peek(readBytes(data), HEADER_SIZE);
  const parts: Uint8Array[] = [];
  const note = (code: TextFaultCode): number => faults.push(fault(code, 1 + countNewlines(joinBytes(parts))));
  for await (const chunk of transcodeToUtf8(bytes, detectEncoding(head), note)) parts.push(chunk);
  const utf8 = joinBytes(parts);
  const dialect = detectCsvDialect(new TextDecoder().decode(utf8.subarray(0, HEADER_SIZE)));
  const keys = dialect?.header.map((cell) => cell.trim().toLowerCase()) ?? [];
  const missing = HEADER.find((column) => column !== "user" && column !== "proposed" && !keys.includes(column));
  if (dialect === undefined || missing !== undefined) {
    throw new UsageError(
      `${name}: the column "${missing ?? "decision"}" is missing; write the file with --write-decisions`,
    );
  }
  const reader = new CsvReader(dialect);
  const rows = [...faults, ...reader.read(utf8), ...reader.end()].filter(({ line }) => line > dialect.headerLine);
  return { keys, rows };
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
