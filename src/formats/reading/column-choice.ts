import { UsageError } from "../../model/errors.ts";

/** What the columns of a list are for. */
export interface ColumnChoice {
  /** The name of the source that it is of; whichever has the columns if absent. */
  readonly source?: string;
  /** The fields, each with the columns that feed it. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

/** A name between quotation marks, where it holds one of the separators; or as it is. */
const QUOTED = /"((?:[^"]|"")*)"/y;
const BARE = /[^",=+]*/y;

/**
 * Reads what columns are for: `userPrincipalName=Login, smtpAddresses=Mail 2+Mail 3`, behind `"users.csv":` if it is of one source.
 * A name that holds `,`, `=`, `+` or quotation marks stands between these, doubled.
 *
 * @throws UsageError where it is no such text.
 */
export function parseColumnChoice(text: string): ColumnChoice {
  const reader = new ChoiceReader(text);
  const source = /^\s*"(?:[^"]|"")*"\s*:/.test(text) ? reader.readName(":") : undefined;
  const fields = new Map<string, string[]>();
  do {
    const field = reader.readName("=");
    const columns = fields.get(field) ?? [];
    fields.set(field, columns);
    do columns.push(reader.readName());
    while (reader.takes("+"));
  } while (reader.takes(","));
  reader.end();
  return source === undefined ? { fields } : { source, fields };
}

class ChoiceReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readName(behind?: string): string {
    this.#passBlanks();
    const quoted = this.#take(QUOTED);
    const name = quoted === "" ? this.#take(BARE).trim() : quoted.slice(1, -1).replaceAll('""', '"');
    if (name === "") throw this.#refusal();
    this.#passBlanks();
    if (behind !== undefined && !this.takes(behind)) throw this.#refusal();
    return name;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ""] = pattern.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }

  #passBlanks(): void {
    while (this.#text.charAt(this.#at).trim() === "" && this.#at < this.#text.length) this.#at++;
  }

  takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#refusal();
  }

  #refusal(): UsageError {
    return new UsageError(
      `columns cannot be "${this.#text}"; say FIELD=COLUMN, FIELD=COLUMN+COLUMN …: userPrincipalName=Login, smtpAddresses=Mail 2+Mail 3`,
    );
  }
}

/** Writes a choice as {@link parseColumnChoice} reads it. */
export function formatColumnChoice({ source, fields }: ColumnChoice): string {
  const list = Array.from(
    fields,
    ([field, columns]) => `${quote(field)}=${columns.map((name) => quote(name)).join("+")}`,
  );
  return `${source === undefined ? "" : `${quote(source, true)}: `}${list.join(", ")}`;
}

function quote(name: string, always = false): string {
  return always || /[",=+:]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
