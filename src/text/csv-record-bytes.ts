/** The bytes of one record of a delimited file, without its line end. */
export interface CsvRecordBytes {
  readonly type: "record";
  readonly bytes: Uint8Array;
  /** The line on which the record begins, from 1. */
  readonly line: number;
  /** Set if the file ends with the record, without a line end: it may have been cut. */
  readonly isUnended?: true;
  /** Set if blanks stand around a cell in quotation marks: see `withoutPadding`. */
  readonly isPadded?: true;
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
/** In UTF-8. */
export const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** Leaves out a byte order mark before a record, and the carriage returns before its line feed. */
export function trimRecord(bytes: Uint8Array): Uint8Array {
  const hasMark = bytes[0] === BYTE_ORDER_MARK[0] && BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
  const start = hasMark ? BYTE_ORDER_MARK.length : 0;
  let end = bytes.length;
  while (end > start && bytes[end - 1] === CARRIAGE_RETURN) end--;
  return start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end);
}

/** Tells whether each line of a record would be a row of its own: then a quotation mark too many swallowed them. */
export function isOfRows(bytes: Uint8Array, delimiter: number, width: number): boolean {
  if (width < 2) return false;
  let cells = 1;
  for (const byte of bytes) {
    if (byte === delimiter) cells++;
    else if (byte === NEWLINE) {
      if (cells !== width) return false;
      cells = 1;
    }
  }
  return cells === width;
}
