import {
  changeOf,
  describeMismatch,
  nameObject,
  objectsOf,
  sourceOf,
} from "../mismatches/definition/describe-mismatch.ts";
import type { Mismatch } from "../mismatches/index.ts";
import type { Severity } from "../model/severity.ts";

/** A mismatch as tables show it: flat, one text a column, blank where it has none. */
export interface FindingRow {
  readonly severity: Severity;
  readonly kind: string;
  /** Display name, else sign-in name, else id, of whom it is about. */
  readonly who: string;
  readonly before: string;
  readonly after: string;
  /** What it says, in a line. */
  readonly says: string;
  readonly onPremisesId: string;
  readonly onPremisesUpn: string;
  readonly onPremisesPrimary: string;
  readonly onlineId: string;
  readonly onlineUpn: string;
  readonly onlinePrimary: string;
  readonly matchMethod: string;
  readonly matchBasis: string;
  readonly matchOn: string;
  /** File and line of everybody it names, on-premises first. */
  readonly sources: string;
}

/** Makes the row of a mismatch. */
export function toFindingRow(mismatch: Mismatch): FindingRow {
  const { severity, kind, onPremises, online, match } = mismatch;
  const subject = online ?? onPremises ?? objectsOf(mismatch)[0];
  const { before, after } = changeOf(mismatch);
  return {
    severity,
    kind,
    who: subject === undefined ? "" : nameObject(subject),
    before,
    after,
    says: describeMismatch(mismatch),
    onPremisesId: onPremises?.id ?? "",
    onPremisesUpn: onPremises?.userPrincipalName ?? "",
    onPremisesPrimary: onPremises?.primarySmtpAddress ?? "",
    onlineId: online?.id ?? "",
    onlineUpn: online?.userPrincipalName ?? "",
    onlinePrimary: online?.primarySmtpAddress ?? "",
    matchMethod: match?.method ?? "",
    matchBasis: match?.basis ?? "",
    matchOn: match?.on ?? "",
    sources: objectsOf(mismatch).map(sourceOf).join(" "),
  };
}

/** A mismatch as a spreadsheet shows it: also which value is concerned, and what it comes from. */
export interface TableRow extends FindingRow {
  readonly attribute: string;
  readonly value: string;
  readonly rule: string;
  /** The value to be; several, one behind the other; blank if it is to go, or nothing is proposed. */
  readonly suggestion: string;
  /** Its name, and its key behind a colon. */
  readonly cause: string;
}

/** Makes the row of a mismatch for a spreadsheet. */
export function toTableRow(mismatch: Mismatch): TableRow {
  const { cause = "" } = mismatch;
  const row = { ...toFindingRow(mismatch), attribute: "", value: "", rule: "", suggestion: "", cause };
  if (mismatch.kind !== "invalid-value") return row;
  const { attribute, value, rule, suggestion } = mismatch;
  const values = [...(suggestion?.value === undefined ? [] : [suggestion.value]), ...(suggestion?.values ?? [])];
  return { ...row, attribute, value, rule, suggestion: values.join(" ") };
}
