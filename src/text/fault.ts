/**
 * A fault in the text of an export, as data: which rule was broken and where.
 *
 * This room knows no words: `model/diagnostic-words.ts` holds a sentence for every code.
 */
export interface TextFault {
  readonly type: "fault";
  readonly code: TextFaultCode;
  /** Line number in the file, from 1. */
  readonly line: number;
  /** The offending text, shortened to {@link EXCERPT_LENGTH} characters. */
  readonly detail?: string;
  /** Set if the fault cost a record: one that was seen, and is not given. */
  readonly costsRecord?: true;
}

/** Where a reader is in a file, for those who tell faults and read no lines. */
export interface TextPlace {
  /** The line behind the last line end that was read, from 1. */
  line: number;
}

/** Every fault that the grammars of this room can find. */
export type TextFaultCode =
  | "csv-cell-count"
  | "csv-invalid-closing-quote"
  | "csv-lost-block"
  | "csv-no-final-newline"
  | "csv-other-table"
  | "csv-record-too-long"
  | "csv-repeated-column"
  | "csv-row-of-other-table"
  | "csv-second-header"
  | "csv-stray-line"
  | "csv-truncated"
  | "csv-unclosed-quote"
  | "encoding-changes"
  | "gzip-damaged"
  | "json-count-differs"
  | "json-invalid-record"
  | "json-more-pages"
  | "json-nested-list"
  | "json-nested-too-deep"
  | "json-record-too-long"
  | "json-repeated-name"
  | "json-stray-text"
  | "json-truncated"
  | "ldif-change-record"
  | "ldif-count-differs"
  | "ldif-incomplete-result"
  | "ldif-invalid-attribute-name"
  | "ldif-invalid-base64"
  | "ldif-lost-block"
  | "ldif-missing-blank-line"
  | "ldif-no-colon"
  | "ldif-no-dn"
  | "ldif-no-final-newline"
  | "ldif-orphan-continuation"
  | "ldif-record-too-long"
  | "ldif-records-joined"
  | "ldif-text-behind-end"
  | "ldif-truncated"
  | "ldif-unfinished-record"
  | "ldif-unsupported-version"
  | "ldif-url-value"
  | "ldif-value-on-next-line"
  | "ldif-value-too-long"
  | "not-utf-8"
  | "row-not-aligned"
  | "row-realigned"
  | "utf-16-odd-length";

const EXCERPT_LENGTH = 40;

/** Makes a fault; the detail is shortened so that a message never carries more than 40 characters of a user's data. */
export function fault(code: TextFaultCode, line: number, detail?: string): TextFault {
  return detail === undefined ? { type: "fault", code, line } : { type: "fault", code, line, detail: excerpt(detail) };
}

/** Makes a fault that cost a record. */
export function lostRecord(code: TextFaultCode, line: number, detail?: string): TextFault {
  return { ...fault(code, line, detail), costsRecord: true };
}

/** Shortens text to 40 characters and shows control characters instead of obeying them. */
export function excerpt(text: string): string {
  const characters = Array.from(text.slice(0, 4 * EXCERPT_LENGTH));
  const kept =
    characters.length > EXCERPT_LENGTH || text.length > 4 * EXCERPT_LENGTH
      ? `${characters.slice(0, EXCERPT_LENGTH - 1).join("")}…`
      : characters.join("");
  return visible(kept);
}

/**
 * Replaces control and direction characters by their visible form, so that text from a file cannot act on a terminal, and
 * those that have no width, so that what only looks like another text does not. Joiners stay: names are written with them.
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu,
    (character) => {
      const code = (character.codePointAt(0) ?? 0).toString(16);
      return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
    },
  );
}
