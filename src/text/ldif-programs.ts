import { fault, type TextFault } from "./fault.ts";
import { asciiText } from "./ldif-line.ts";

/** What the programs that write LDIF say on the same screen: it stands before, between and behind records. */
const MESSAGES: readonly RegExp[] = [
  /^SASL(?:\/[\w-]+)? (?:authentication started|username: |SSF: |data security layer installed|installing layers)/,
  /^(?:Enter LDAP Password|Password for \[[^\]]*\]|Enter PEM pass phrase):/,
  /^Press \[size\] Enter for the next /,
  /^WARNING: The "[\w ]+" option is deprecated/,
  /^(?:Connecting to "|Logging in as |Exporting directory to file |Searching for entries|Writing out entries|The command has completed successfully|No log files were written|\d+ entries exported)/,
  /^(?:PS )?[A-Z]:\\[^>]*> ?(?:$|ldifde\b)/,
  /^[^:]*[$#>%] (?:ldapsearch|ldbsearch|slapcat)\b/,
  /^```/,
];

/** Of a comment or message so many characters tell what it is. */
const LONGEST_MESSAGE = 100;

/** The beginning of a comment or message. */
export function messageOf(line: Uint8Array): string {
  return asciiText(line, 0, Math.min(line.length, LONGEST_MESSAGE));
}

/** Tells whether a line between records is a message or a prompt of a program that writes LDIF. */
export function isProgramMessage(line: string): boolean {
  return MESSAGES.some((message) => message.test(line));
}

/** The beginning of a search: ldapsearch, ldbsearch. */
const BEGINNING = /^# (?:extended LDIF|record 1\s*$)/;
const REFERENCE = /^# (?:search reference|Referral)/;
/** Its end: how many entries and references there were, and with ldapsearch how many results besides. */
const END = /^# (?:(numResponses:)|returned) (\d{1,15})/;
/** The number of entries: ldapsearch, ldbsearch, and what ldifde says on the screen. */
const ENTRIES = /^(?:# numEntries: |(?:# )?(?=\d+ entries(?: exported)?\s*$))(\d{1,15})/;
const OTHER_RESPONSES = /^# num(?:Extended|Partial): (\d{1,15})/;

/**
 * What the programs that write LDIF tell of their searches: where one begins and ends, and how many records it has. Of
 * several searches in one file each is looked at.
 */
export class Searches {
  #isBegun = false;
  #isEnded = false;
  /** Whether the last result said that more pages of the same search follow. */
  #hasMorePages = false;
  /** Records that were seen before the current search, and search references in it. */
  #before = 0;
  #references = 0;
  /** What the end of a search calls for and what is there, until a line says it more exactly. */
  #end: { readonly count: number; readonly found: number; readonly line: number } | undefined;

  /** Whether the last lines of the last search are missing. */
  get lacksEnd(): boolean {
    return this.#isBegun && !this.#isEnded;
  }

  /** Notes the result of a search, and whether it says that more pages follow, each with a beginning of its own. */
  noteResult(hasMorePages: boolean): void {
    this.#hasMorePages = hasMorePages;
    this.#isEnded = !hasMorePages;
  }

  /** Takes a comment or message; `seen` is how many records stand before it. Gives what is wrong. */
  take(text: string, line: number, seen: number): readonly TextFault[] {
    if (BEGINNING.test(text)) return this.#begin(line, seen);
    if (REFERENCE.test(text)) this.#references++;
    const [ended, hasResult, records] = END.exec(text) ?? [];
    if (ended !== undefined) {
      const faults = this.end();
      this.#isEnded = true;
      this.#expect(Number(records) - this.#references - (hasResult === undefined ? 0 : 1), line, seen);
      this.#references = 0;
      return faults;
    }
    const others = OTHER_RESPONSES.exec(text)?.[1];
    if (others !== undefined && this.#end !== undefined) {
      this.#end = { ...this.#end, count: this.#end.count - Number(others) };
    }
    const entries = ENTRIES.exec(text)?.[1];
    if (entries === undefined) return [];
    this.#expect(Number(entries), line, seen);
    return this.end();
  }

  /** Ends the file, or the search: holds what the file says against what is in it. */
  end(): readonly TextFault[] {
    const end = this.#end;
    this.#end = undefined;
    if (end === undefined || end.found >= end.count) return [];
    const detail = `the file says ${end.count}, ${end.found} are here, ${end.count - end.found} missing`;
    return [{ ...fault("ldif-count-differs", end.line), detail }];
  }

  #expect(count: number, line: number, seen: number): void {
    this.#end = { count, line, found: this.#end?.found ?? seen - this.#before };
    this.#before = seen;
  }

  #begin(line: number, seen: number): readonly TextFault[] {
    if (this.#hasMorePages) {
      this.#hasMorePages = false;
      return [];
    }
    const faults = [...this.end(), ...(this.lacksEnd ? [fault("ldif-truncated", line)] : [])];
    this.#isBegun = true;
    this.#isEnded = false;
    this.#before = seen;
    this.#references = 0;
    return faults;
  }
}
