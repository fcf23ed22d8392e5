import * as z from "zod/mini";
import type { TextFault } from "../text/fault.ts";
import { WORDS } from "./diagnostic-words.ts";
import { severitySchema } from "./severity.ts";
import type { Words } from "./words.ts";

/** What reading can tell of a file, as a stable code. */
export type DiagnosticCode = keyof typeof WORDS;

const codes = Object.keys(WORDS).filter((code): code is DiagnosticCode => Object.hasOwn(WORDS, code));

/** Something that reading found worth telling: a stable code, how bad, a sentence, where, and what to do. */
export const diagnosticSchema = z
  .object({
    code: z.enum(codes as [DiagnosticCode, ...DiagnosticCode[]]),
    severity: severitySchema,
    message: z.string(),
    line: z.optional(z.int().check(z.minimum(1), z.describe("Line in the source, from 1."))),
    hint: z.optional(z.string().check(z.describe("What to do."))),
  })
  .check(z.describe("Something that reading found worth telling."));

/** Something that reading found worth telling; see {@link diagnosticSchema}. */
export type Diagnostic = Readonly<z.infer<typeof diagnosticSchema>>;

/** What a diagnostic speaks of. */
export interface DiagnosticDetails {
  readonly line?: number | undefined;
  /** The offending text or count, as the sentence of its code needs it. */
  readonly detail?: string | undefined;
  /** Replaces the hint of the code. */
  readonly hint?: string | undefined;
}

/** Makes a diagnostic from its code. */
export function diagnose(code: DiagnosticCode, { line, detail = "", hint }: DiagnosticDetails = {}): Diagnostic {
  const words: Words = WORDS[code];
  const advice = hint ?? words.hint;
  return {
    code,
    severity: words.severity,
    message: words.message(detail),
    ...(line === undefined ? {} : { line }),
    ...(advice === undefined ? {} : { hint: advice }),
  };
}

/** Puts a grammar's fault into words. */
export function diagnoseFault({ code, line, detail }: TextFault): Diagnostic {
  return diagnose(code, { line, detail });
}

/** Gives the sentence of a grammar's fault alone. */
export function describeFault(found: TextFault): string {
  return diagnoseFault(found).message;
}

const MOST_OF_ONE_CODE = 20;

/**
 * Collects the diagnostics of one source: the first 20 of each code as they are, of the others the number and the last
 * line, so that a file of a million bad lines says so in 21 sentences.
 */
export class DiagnosticLog {
  readonly #kept: Diagnostic[] = [];
  readonly #counts = new Map<DiagnosticCode, { count: number; last: Diagnostic }>();

  add(diagnostic: Diagnostic): void {
    const count = (this.#counts.get(diagnostic.code)?.count ?? 0) + 1;
    this.#counts.set(diagnostic.code, { count, last: diagnostic });
    if (count <= MOST_OF_ONE_CODE) this.#kept.push(diagnostic);
  }

  /** How many diagnostics of a code were added. */
  count(code: DiagnosticCode): number {
    return this.#counts.get(code)?.count ?? 0;
  }

  /** Says once what was said of each. */
  replace(code: DiagnosticCode, by: Diagnostic): void {
    const others = this.#kept.filter((diagnostic) => diagnostic.code !== code);
    this.#kept.length = 0;
    this.#counts.delete(code);
    for (const diagnostic of others) this.#kept.push(diagnostic);
    this.add(by);
  }

  /** Gives what was collected: in the order of the file, then how many more there were. */
  list(): readonly Diagnostic[] {
    const more = [...this.#counts.values()].flatMap(({ count, last }) =>
      count > MOST_OF_ONE_CODE ? [summarize(last, count - MOST_OF_ONE_CODE)] : [],
    );
    return [...this.#kept, ...more];
  }
}

function summarize(last: Diagnostic, more: number): Diagnostic {
  const upTo = last.line === undefined ? "" : `, the last on line ${last.line}`;
  return { ...last, message: `${more} more like this${upTo}: ${last.message}` };
}

/** How {@link summarize} begins. */
const SUMMARY = /^(\d+) more like this(?:, the last on line \d+)?: /;

/** Gives a diagnostic without what it quotes: code, line, and how many more there were. */
export function withoutQuotes({ code, line, message }: Diagnostic): Diagnostic {
  const bare = diagnose(code, { line, detail: "…" });
  const [, more] = SUMMARY.exec(message) ?? [];
  return more === undefined ? bare : summarize(bare, Number(more));
}
