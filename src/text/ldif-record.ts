import type { TextFault } from "./fault.ts";

/** One attribute value as it stands in the file: names keep their spelling, values stay bytes. */
export interface LdifAttribute {
  /** The attribute's name as written, without options. */
  readonly name: string;
  /** Attribute options in order, as written: `range=0-1499`, `lang-en`, `binary`. */
  readonly options: readonly string[];
  readonly value: Uint8Array;
  /** The line on which the attribute begins, from 1. */
  readonly line: number;
}

/** An entry of the directory (`attrval-record` of RFC 2849). */
export interface LdifRecord {
  readonly type: "record";
  /** The line of `dn:`, from 1. */
  readonly line: number;
  /** The distinguished name; empty for the root of the directory. */
  readonly dn: Uint8Array;
  readonly attributes: readonly LdifAttribute[];
}

/** What a reader gives: entries, and faults between them. */
export type LdifItem = LdifRecord | TextFault;

/** Reads plain records straight from a chunk: a shortcut that a reader takes where a record begins. */
export interface PlainRecords {
  /**
   * Reads the record that begins at `start`, on line `line`; gives the offset behind it, or -1 if it is not plain, and then
   * nothing was done. What `read` has found before comes first, in `found`.
   */
  readonly read: (chunk: Uint8Array, start: number, line: number, found: () => readonly LdifItem[]) => number;
  /** Lines of the record that was read last. */
  readonly lines: number;
  /** Whether it said `changetype: add`. */
  readonly isAddition: boolean;
}

/** What to read of each entry. */
export interface LdifReaderOptions {
  /** Names of the attributes to keep, in any case; the bytes of all others are passed over. Everything if absent. */
  readonly wanted?: Iterable<string>;
  /** Asked at the end whether the file is known to have been cut: its last record is then left out. */
  readonly isCut?: () => boolean;
}
