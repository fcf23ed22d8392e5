import { joinBytes } from "./bytes.ts";
import { isProgramMessage } from "./ldif-programs.ts";

/** What stands before an export in its file: lines, and the spaces before each line of it. */
export interface Surroundings {
  /** How many lines are no part of the export. */
  readonly lines: number;
  readonly indent: number;
  /** What stands in place of the last of these lines. */
  readonly header?: string;
}

/** Lines that consoles, transcripts and mails put before what a program writes. */
const NOISE: readonly RegExp[] = [
  /^\s*$/,
  /^\s*(?:```|~~~)/,
  /^(?:\[[^\]]*\]: )?(?:PS [^>]*|[A-Z]:\\[^>]*)>/,
  /^(?:\[[^\]]*\]|[\w.@:~/-]+)? ?[$#%] ?\S/,
  /^(?:WARNING|VERBOSE|DEBUG): /,
  /^>> /,
];
/** The head of a PowerShell transcript stands between such lines. */
const STARS = /^\*{10,}\s*$/;
/** So many lines may stand before an export. */
const MOST_LINES = 60;

/** Tells what of the first lines is known to be no export. */
export function findSurroundings(head: string): Surroundings {
  const lines = head.split("\n", MOST_LINES + 1);
  let at = 0;
  while (at < Math.min(lines.length, MOST_LINES)) {
    const line = (lines[at] ?? "").trimEnd();
    if (STARS.test(line))
      at = Math.max(
        at,
        lines.findIndex((other, index) => index > at && STARS.test(other.trimEnd())),
      );
    else if (!isNoise(line)) break;
    at++;
  }
  const indent = /^[ \t]+(?=\S)/.exec(lines[at] ?? "")?.[0].length ?? 0;
  return { lines: at, indent };
}

function isNoise(line: string): boolean {
  // A comment of LDIF begins with one number sign and a space, as the prompt of root does.
  if (/^# /.test(line)) return false;
  return isProgramMessage(line) || NOISE.some((pattern) => pattern.test(line));
}

/** Lists where a table may begin behind a title: at lines of several names, none of which is an address. */
export function laterBeginnings(head: string): readonly number[] {
  const lines = head.split("\n", 21);
  return lines.flatMap((line, index) =>
    index > 0 && /[^\s,;|\t][,;|\t]/.test(line) && !/[@=:]/.test(line) ? [index] : [],
  );
}

/** Blanks what stands before an export, in a text that is kept in mind: lines keep their numbers. */
export function blankText(text: string, { lines, indent, header }: Surroundings): string {
  let start = 0;
  for (let line = 0; line < lines; line++) start = text.indexOf("\n", start) + 1 || text.length;
  const blank = header === undefined ? "\n".repeat(lines) : `${"\n".repeat(lines - 1)}${header}\n`;
  const rest = `${blank}${text.slice(start)}`;
  return indent === 0 ? rest : rest.replace(/^[ \t]+/gm, (blank) => blank.slice(indent));
}

const NEWLINE = 10;
const SPACE = 32;
const TAB = 9;

/** Blanks what stands before an export, in bytes of UTF-8. */
export async function* blankBytes(chunks: AsyncIterable<Uint8Array>, before: Surroundings): AsyncGenerator<Uint8Array> {
  const blanker = new Blanker(before);
  for await (const chunk of chunks) yield blanker.isDone ? chunk : blanker.blank(chunk);
}

class Blanker {
  readonly #before: Surroundings;
  #line = 0;
  /** How many spaces were taken off the line. */
  #taken = 0;

  constructor(before: Surroundings) {
    this.#before = before;
  }

  get isDone(): boolean {
    return this.#line >= this.#before.lines && this.#before.indent === 0;
  }

  blank(chunk: Uint8Array): Uint8Array {
    const { lines, header } = this.#before;
    const missing = lines - this.#line;
    const kept = chunk.filter((byte) => this.#keeps(byte));
    if (header === undefined || missing <= 0 || this.#line < lines) return kept;
    // Of the lines before nothing is left but their ends: the header stands before the last one.
    return joinBytes([kept.subarray(0, missing - 1), new TextEncoder().encode(header), kept.subarray(missing - 1)]);
  }

  #keeps(byte: number): boolean {
    const { lines, indent } = this.#before;
    if (byte === NEWLINE) {
      this.#line++;
      this.#taken = 0;
      return true;
    }
    if (this.#line < lines) return false;
    const isIndent = this.#taken < indent && (byte === SPACE || byte === TAB);
    this.#taken = isIndent ? this.#taken + 1 : indent;
    return !isIndent;
  }
}
