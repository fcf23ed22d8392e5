import { fault, lostRecord, type TextFault } from "./fault.ts";
import type { LdifAttribute } from "./ldif-record.ts";

/** A record that keeps more than this is a fault, with so much for each value besides its bytes. */
const LONGEST_RECORD = 64 * 1024 * 1024;
const VALUE_COST = 160;
/** Of a block without a dn so many names tell what it is. */
const MOST_LOOSE = 16;

/** The record being put together from its lines. */
export interface OpenRecord {
  /** The line of its dn, or its first line as long as it has none. */
  line: number;
  dn: Uint8Array | undefined;
  changetype: string | undefined;
  /** Names met before or without a dn. */
  readonly loose: { readonly name: string; readonly text: string; readonly line: number }[];
  readonly attributes: LdifAttribute[];
  /** How much is kept of it, in bytes; more than the longest record if that is given up. */
  size: number;
  /** Whether the record's last line could not be read: at the end of a cut file the record is not whole. */
  endsInFault: boolean;
  /** Whether its further lines are passed over, as a fault has told. */
  isAbandoned: boolean;
}

export function newRecord(line: number): OpenRecord {
  return {
    line,
    dn: undefined,
    changetype: undefined,
    loose: [],
    attributes: [],
    size: 0,
    endsInFault: false,
    isAbandoned: false,
  };
}

/** Keeps the first names of a block without a dn, and the result that ldapsearch prints. */
export function noteLoose({ loose }: OpenRecord, one: OpenRecord["loose"][number]): void {
  if (loose.length < MOST_LOOSE || (one.name === "result" && loose.length < 2 * MOST_LOOSE)) loose.push(one);
}

/** Whether anything is known of a record but lines that were faults. */
export function isBegun(record: OpenRecord | undefined): record is OpenRecord {
  return record !== undefined && (record.dn !== undefined || record.isAbandoned || record.loose.length > 0);
}

/** `add` is how ldifde exports; `ntdsSchemaAdd` is its spelling for the schema. */
export function isAddition(changetype: string): boolean {
  return changetype === "add" || changetype === "ntdsschemaadd";
}

/** Names that ldapsearch writes at the end of a search, in lower case. */
const TRAILER = new Set([
  "control",
  "matcheddn",
  "pagedresults",
  "ref",
  "result",
  "search",
  "sortresult",
  "text",
  "vlvresult",
]);

export function isTrailer(record: OpenRecord | undefined): boolean {
  return record?.dn === undefined && record?.loose.some(({ name }) => name === "result") === true;
}

/** Whether the result of a search says that more pages follow. */
export function hasMorePages({ loose }: OpenRecord): boolean {
  return loose.some(({ name, text }) => name === "pagedresults" && /\bcookie=\S/.test(text));
}

/** What is wrong with a block without a dn: `version:`, search references and the result that ldapsearch prints are no entries. */
export function faultsOfBlock({ loose, line }: OpenRecord): readonly TextFault[] {
  const [first, ...others] = loose;
  if (first === undefined) return []; // all its lines were faults, and told as such
  if (first.name === "version") {
    // IBM's tools write `charset: …` behind the version; text is decoded piece by piece anyway.
    const second = others.find(({ name }) => name !== "charset");
    return [
      ...(first.text.trim() === "1" ? [] : [fault("ldif-unsupported-version", first.line, first.text)]),
      ...(second === undefined ? [] : [lostRecord("ldif-no-dn", second.line, second.name)]),
    ];
  }
  if (!TRAILER.has(first.name)) return [lostRecord("ldif-no-dn", line, first.name)];
  const result = loose.find(({ name }) => name === "result");
  const other = others.find(({ name }) => !TRAILER.has(name));
  return [
    ...(result === undefined || /^0\b/.test(result.text)
      ? []
      : [fault("ldif-incomplete-result", result.line, result.text)]),
    ...(other === undefined ? [] : [lostRecord("ldif-no-dn", other.line, other.name)]),
  ];
}

/** Keeps an attribute, unless the record holds too much. */
export function keepAttribute(record: OpenRecord, attribute: LdifAttribute): void {
  record.size += attribute.value.length + VALUE_COST;
  if (isTooLong(record)) record.attributes.length = 0;
  else record.attributes.push(attribute);
}

/** Whether a record holds so much that it is given up. */
export function isTooLong({ size }: OpenRecord): boolean {
  return size > LONGEST_RECORD;
}
