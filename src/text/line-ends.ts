const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/**
 * Tells whether text ends its lines with a carriage return alone, as Excel's "CSV (Macintosh)" does: its first two lines
 * end so, or its only one.
 */
export function endsLinesWithReturn(head: string): boolean {
  const [first, second = first] = head.match(/\r\n?|\n/g) ?? [];
  return first === "\r" && second === "\r";
}

/** Counts the line ends in bytes of UTF-8. */
export function countNewlines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** Replaces carriage returns by line feeds, in bytes of UTF-8. */
export async function* returnsToNewlines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.map((byte) => (byte === CARRIAGE_RETURN ? NEWLINE : byte));
}
