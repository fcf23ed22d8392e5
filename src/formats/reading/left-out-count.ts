import { type Diagnostic, diagnose } from "../../model/diagnostic.ts";
import { describeSkipped, type SkipReason, skipReasonSchema } from "../../model/skip-reason.ts";
import { countOf } from "../../text/count.ts";
import { excerpt } from "../../text/fault.ts";
import type { ReadRecord } from "./define-format.ts";
import type { LeftOut, SourceSummary } from "./source.ts";

type Skipped = Extract<ReadRecord, { type: "skipped" }>;

const MOST_NAMED = 5;
const MOST_LISTED = 10;

/** Who was left out: how many for each reason, and what is to be said of them. */
export class LeftOutCount {
  readonly #counts = new Map<SkipReason, number>();
  /** Names of entries without attributes that may be people. */
  readonly #unread: string[] = [];
  /** Classes of people that are no accounts of Active Directory. */
  readonly #classes = new Map<string, number>();

  /** The first of each reason, by name. */
  readonly first: LeftOut[] = [];

  add({ reason, name, className, origin }: Skipped): void {
    const count = this.of(reason);
    this.#counts.set(reason, count + 1);
    if (name && count < MOST_LISTED) this.first.push({ reason, id: name, line: origin.line });
    if (reason === "no-attributes" && name !== undefined && mayBePerson(name)) this.#unread.push(name);
    if (className !== undefined) this.#classes.set(className, (this.#classes.get(className) ?? 0) + 1);
  }

  of(reason: SkipReason): number {
    return this.#counts.get(reason) ?? 0;
  }

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  list(): SourceSummary["skipped"] {
    return skipReasonSchema.options.flatMap((reason) => {
      const count = this.of(reason);
      return count === 0 ? [] : [{ reason, count }];
    });
  }

  /** Says that nobody was read, and who is there instead. */
  sayNobody(hint: string): Diagnostic {
    const people = [...this.#classes.values()].reduce((sum, count) => sum + count, 0);
    const others = this.list().map(({ reason, count }) =>
      describeSkipped(reason, reason === "not-a-recipient" ? count - people : count),
    );
    const told = others.filter((text) => !text.startsWith("0 "));
    if (people > 0)
      told.unshift(`${countOf(people, "person", "people")} of the classes ${[...this.#classes.keys()].join(", ")}`);
    return diagnose("nobody-read", { detail: told.join(", "), hint });
  }

  /** Names the entries that have nothing but a name. */
  sayUnread(): readonly Diagnostic[] {
    const count = this.of("no-attributes");
    if (count === 0) return [];
    const names = this.#unread.slice(0, MOST_NAMED).map((name) => excerpt(name));
    const more = this.#unread.length > MOST_NAMED ? ` and ${this.#unread.length - MOST_NAMED} more` : "";
    const people = names.length === 0 ? "" : `. People may be among them: ${names.join("; ")}${more}`;
    return [
      diagnose("entries-without-attributes", {
        detail: `${countOf(count, "entry has", "entries have")} a DN and nothing else that is read${people}`,
      }),
    ];
  }
}

/** Containers lie right below the domain, and what lies in those of the system is nobody. */
function mayBePerson(name: string): boolean {
  return /^CN=(?:\\.|[^,\\])*,(?!DC=)/i.test(name) && !/,CN=(?:System|Builtin|Configuration|Program Data),/i.test(name);
}
