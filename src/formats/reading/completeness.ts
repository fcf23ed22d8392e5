import { type Diagnostic, diagnose } from "../../model/diagnostic.ts";
import type { ExportedField } from "../../model/user.ts";
import { countOf } from "../../text/count.ts";
import type { Format } from "./define-format.ts";

/** What was counted while a source was read. */
export interface SourceFacts {
  readonly format: Format;
  /** Whether the export was made without proxyAddresses, as somebody says. */
  readonly lacksProxyAddresses: boolean;
  /** The fields that the export has. */
  readonly fields: ReadonlySet<ExportedField>;
  readonly lostFields: ReadonlySet<ExportedField>;
  readonly records: number;
  readonly objects: number;
  readonly users: number;
  readonly linkedMailboxes: number;
  /** Users who have any address in proxyAddresses. */
  readonly withAddresses: number;
  /** Users who have SMTP addresses. */
  readonly withSmtp: number;
  /** Users one of whose SMTP addresses is marked as primary. */
  readonly withMark: number;
}

/** What an export lacks: the fields to take as not exported, and what to say of it. */
export interface Lacking {
  readonly fields: readonly ExportedField[];
  /** Fields that are taken as exported and blank, although there is no trace of them. */
  readonly assumed: readonly ExportedField[];
  readonly diagnostics: readonly Diagnostic[];
}

/** So many users without a mark, or without an address, are no accident. */
const FEWEST_TO_JUDGE = 3;

/** Tells what an export lacks that would mislead: before anything is concluded from it. */
export function findLacking(facts: SourceFacts): Lacking {
  const { format, fields, lostFields, records, objects, users, withAddresses, withSmtp, withMark, linkedMailboxes } =
    facts;
  const hint = `Export again with:\n  ${format.exportCommand}`;
  const hasAddresses = fields.has("proxyAddresses");
  const isBlank = hasAddresses && format.side === "online" && users >= FEWEST_TO_JUDGE && withAddresses === 0;
  const lacking: ExportedField[] = [];
  const diagnostics: Diagnostic[] = [];
  if (isBlank && !lostFields.has("proxyAddresses")) {
    lacking.push("proxyAddresses");
    diagnostics.push(diagnose("addresses-all-blank", { detail: "of addresses", hint }));
  }
  const isAssumed = !hasAddresses && isWithoutExchange(facts);
  if (!hasAddresses && objects > 0) diagnostics.push(sayNoAddresses(isAssumed, facts, hint));
  if (withMark === 0 && withSmtp > 0 && (format.lacksPrimaryMarks === true || withSmtp >= FEWEST_TO_JUDGE)) {
    if (format.isRaw === true) diagnostics.push(diagnose("nobody-has-a-primary"));
    else {
      lacking.push("primarySmtpAddress");
      diagnostics.push(diagnose("no-primary-marks", { hint }));
    }
  }
  // Of objects that are all left out no field is known.
  if (format.side === "onPremises" && !fields.has("sourceAnchor") && objects > 0)
    diagnostics.push(diagnose("no-object-guid", { hint }));
  if (linkedMailboxes > 0) {
    const detail = countOf(linkedMailboxes, "linked mailbox is", "linked mailboxes are");
    diagnostics.push(diagnose("linked-mailboxes", { detail }));
  }
  if (format.usualLimit !== undefined && records === format.usualLimit) {
    diagnostics.push(diagnose("number-of-a-limit", { detail: `${records} records`, hint }));
  }
  return { fields: lacking, assumed: isAssumed ? ["proxyAddresses"] : [], diagnostics };
}

function sayNoAddresses(isAssumed: boolean, { fields }: SourceFacts, hint: string): Diagnostic {
  if (isAssumed) return diagnose("nobody-has-addresses");
  return diagnose(fields.has("primarySmtpAddress") ? "primary-addresses-only" : "no-addresses", { hint });
}

/**
 * Whether nobody has proxyAddresses, by all that LDIF shows: people have `mail`, and nothing of Exchange. It has no attribute without a
 * value, so there is no trace of one that was asked for and that nobody has.
 */
function isWithoutExchange({ format, fields, lacksProxyAddresses }: SourceFacts): boolean {
  if (format.grammar !== "ldif" || lacksProxyAddresses || !fields.has("mail")) return false;
  return OF_EXCHANGE.every((field) => !fields.has(field));
}

const OF_EXCHANGE = [
  "mailNickname",
  "recipientType",
  "remoteRecipientType",
] as const satisfies readonly ExportedField[];
