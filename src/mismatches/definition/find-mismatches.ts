import { isAtLeast, type Severity } from "../../model/severity.ts";
import { appendAll } from "../../text/append.ts";
import type { Mismatch, MismatchKind, MismatchKindDeclaration } from "../index.ts";
import type { NotChecked } from "./checkable.ts";
import { type Comparison, Finder, type Subject } from "./finder.ts";
import { sortMismatches, whomKey } from "./sort-mismatches.ts";

/** The mismatches, in the order of reports, and the kinds that could not be checked. */
export interface Findings {
  readonly mismatches: readonly Mismatch[];
  readonly notChecked: readonly NotChecked[];
}

/** Is told each mismatch once, in no certain order, and of whom it is said; `undefined` for what looks at everything at once. */
export type Visit = (mismatch: Mismatch, subject: Subject | undefined) => void;

/**
 * Finds the mismatches of the kinds asked for: each kind where it looks, each pair predicted once. `passOver` "nobody" says
 * to look also at those of whom there is nothing to say.
 */
export function findMismatches(
  comparison: Comparison,
  kinds: readonly MismatchKind[] | undefined,
  { passOver = "quiet", visit }: { readonly passOver?: "quiet" | "nobody"; readonly visit?: Visit } = {},
): Findings {
  const finder = new Finder(comparison, kinds, passOver);
  const found: Mismatch[] = [];
  const take = (mismatch: Mismatch, subject: Subject | undefined): void => {
    found.push(mismatch);
    visit?.(mismatch, subject);
  };
  for (const subject of finder.subjects()) for (const mismatch of finder.findOf(subject)) take(mismatch, subject);
  for (const kind of finder.kinds) for (const mismatch of finder.findOverall(kind)) take(mismatch, undefined);
  return { mismatches: sortMismatches(found), notChecked: finder.notChecked };
}

/** Mismatches that are counted, and found again when they are asked for: they are never held all at once. */
export interface SurveyedFindings {
  /** The mismatches, in the order of reports; they can be gone through more than once. */
  readonly mismatches: Iterable<Mismatch>;
  readonly notChecked: readonly NotChecked[];
  readonly counts: ReadonlyMap<MismatchKind, number>;
  readonly worst: Severity | undefined;
  /** How many are not certain. */
  readonly unsure: number;
}

/** So many mismatches are held, at about a kilobyte each; of more, each is found twice. */
const HELD_AT_MOST = 50_000;

/**
 * Finds the mismatches of the kinds asked for. Where there are more than `holds`, it finds them twice: first to know of whom there
 * are some, of what kinds; then, kind by kind and in the order of reports, to give them. They are those of
 * {@link findMismatches}; what is held is a number for each.
 */
export function surveyMismatches(
  comparison: Comparison,
  kinds: readonly MismatchKind[] | undefined,
  { holds = HELD_AT_MOST, visit }: { readonly holds?: number; readonly visit?: Visit } = {},
): SurveyedFindings {
  const finder = new Finder(comparison, kinds, "quiet");
  const subjects = new Map(finder.kinds.map(({ kind }) => [kind as MismatchKind, new SubjectList()]));
  const counts = new Map<MismatchKind, number>();
  let worst: Severity | undefined;
  let doubtful = 0;
  const count = ({ kind, severity, unsure }: Mismatch): void => {
    if (unsure !== undefined) doubtful++;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (worst === undefined || isAtLeast(severity, worst)) worst = severity;
  };
  let held: Mismatch[] | undefined = [];
  const hold = (mismatches: readonly Mismatch[]): void => {
    if (held !== undefined && held.length + mismatches.length > holds) held = undefined;
    if (held !== undefined) appendAll(held, mismatches);
  };
  for (const subject of finder.subjects()) {
    const isHeld: boolean = held !== undefined;
    const found = isHeld ? finder.findOf(subject) : finder.judge(subject);
    if (isHeld) hold(found);
    for (const mismatch of found) {
      count(mismatch);
      visit?.(mismatch, subject);
      subjects.get(mismatch.kind)?.add(subject);
    }
  }
  for (const kind of finder.kinds) {
    for (const mismatch of finder.findOverall(kind)) {
      count(mismatch);
      visit?.(mismatch, undefined);
      hold([mismatch]);
    }
  }
  comparison.directories.onPremises.addresses.forgetTranslations();
  if (held !== undefined) {
    const sorted = sortMismatches(held);
    // Not the list itself: a caller must not get used to it.
    const mismatches = { [Symbol.iterator]: () => sorted[Symbol.iterator]() };
    return { mismatches, notChecked: finder.notChecked, counts, worst, unsure: doubtful };
  }
  // Now, and not while somebody writes a report: all at once it takes long.
  for (const list of subjects.values()) list.sortBy((subject) => whomKey(finder.identify(subject)));
  return {
    mismatches: {
      *[Symbol.iterator]() {
        for (const declaration of finder.kinds) {
          if (!counts.has(declaration.kind)) continue;
          yield* declaration.over === "everything"
            ? sortMismatches([...finder.findOverall(declaration)])
            : findAgain(finder, declaration, subjects.get(declaration.kind) ?? new SubjectList());
        }
      },
    },
    notChecked: finder.notChecked,
    counts,
    worst,
    unsure: doubtful,
  };
}

/** Finds the mismatches of one kind again, in the order of their subjects. */
function* findAgain(finder: Finder, kind: MismatchKindDeclaration, subjects: SubjectList): Generator<Mismatch> {
  // Of one person there may be several subjects, one for each side: what is said of them is sorted together.
  let same: Mismatch[] = [];
  for (const { subject, isSame } of subjects.list()) {
    if (!isSame) {
      yield* same.length === 1 ? same : sortMismatches(same);
      same = [];
    }
    appendAll(same, finder.findOf(subject, kind));
  }
  yield* sortMismatches(same);
}

const SUBJECT_TYPES = [
  "pair",
  "newcomer",
  "apart",
  "onPremises",
  "online",
] as const satisfies readonly Subject["type"][];

/** Subjects, five bytes each; one that is added again at once is there once. */
class SubjectList {
  #codes = new Uint32Array(16);
  #size = 0;
  /** For each, 1 if it has the key of the one before, when they are sorted. */
  #areSame = new Uint8Array(0);

  add({ type, index }: Subject): void {
    const code = index * SUBJECT_TYPES.length + SUBJECT_TYPES.indexOf(type);
    if (this.#size > 0 && this.#codes[this.#size - 1] === code) return;
    if (this.#size === this.#codes.length) {
      const larger = new Uint32Array(2 * this.#size);
      larger.set(this.#codes);
      this.#codes = larger;
    }
    this.#codes[this.#size++] = code;
  }

  /** Puts the subjects in the order of their keys; those with the same key stay as they are. */
  sortBy(keyOf: (subject: Subject) => string): void {
    const all = this.#codes.slice(0, this.#size);
    const keys = Array.from(all, (code) => keyOf(toSubject(code)));
    const order = Uint32Array.from(keys, (_, index) => index);
    order.sort((one, other) => {
      const [left = "", right = ""] = [keys[one], keys[other]];
      return left === right ? one - other : left < right ? -1 : 1;
    });
    this.#codes = Uint32Array.from(order, (index) => all[index] ?? 0);
    this.#areSame = Uint8Array.from(order, (index, at) => (at > 0 && keys[index] === keys[order[at - 1] ?? 0] ? 1 : 0));
  }

  /** Lists the subjects in their order; `isSame` tells which have the key of the one before. */
  *list(): Generator<{ readonly subject: Subject; readonly isSame: boolean }> {
    for (let at = 0; at < this.#size; at++) {
      yield { subject: toSubject(this.#codes[at] ?? 0), isSame: this.#areSame[at] === 1 };
    }
  }
}

function toSubject(code: number): Subject {
  return { type: SUBJECT_TYPES[code % SUBJECT_TYPES.length] ?? "pair", index: Math.floor(code / SUBJECT_TYPES.length) };
}
