import { type Diagnostic, diagnose } from "../../model/diagnostic.ts";
import type { User } from "../../model/user.ts";
import { excerpt } from "../../text/fault.ts";

/** What is left of letters: a question mark within a word, or the two characters of a UTF-8 letter read one by one. */
const QUESTION_MARK = /\p{L}\?\p{L}|\?\?|^\?\p{L}/u;
// The first byte of a UTF-8 letter is C3 to C5 (Ã, Ä, Å), the second 80 to BF, as Windows-1252 shows them.
const DOUBLE_ENCODED =
  /[ÃÄÅ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/;

type Loss = "question-marks" | "double-encoded";

/** Notices letters that were lost before the file came here: one example, and how many more there are. */
export class LetterLosses {
  readonly #found = new Map<Loss, { count: number; readonly example: string; readonly line: number }>();

  look(user: User): void {
    const { displayName = "", userPrincipalName = "", mail = "" } = user;
    if (displayName.includes("?") || userPrincipalName.includes("?") || mail.includes("?")) {
      // No sign-in name and no address has a question mark; a name may end in one.
      const address = [userPrincipalName, mail].find((text) => text.includes("?"));
      const example = address ?? (QUESTION_MARK.test(displayName) ? displayName : undefined);
      if (example !== undefined) this.#note("question-marks", example, user);
    }
    if (DOUBLE_ENCODED.test(displayName)) this.#note("double-encoded", displayName, user);
  }

  list(): readonly Diagnostic[] {
    return Array.from(this.#found, ([code, { count, example, line }]) => {
      const more = count === 1 ? "" : ` and ${count - 1} more`;
      return diagnose(code, { line, detail: `“${excerpt(example)}”${more}` });
    });
  }

  #note(code: Loss, example: string, { origin }: User): void {
    const found = this.#found.get(code);
    if (found === undefined) this.#found.set(code, { count: 1, example, line: origin.line });
    else found.count++;
  }
}
