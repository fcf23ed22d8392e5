import type { ObjectReference } from "../../mismatches/definition/object-reference.ts";
import type { Mismatch, MismatchKind } from "../../mismatches/index.ts";
import { addressKey } from "../../model/address.ts";
import { isAtLeast, type Severity, severities } from "../../model/severity.ts";
import type { Side } from "../../model/user.ts";
import { appendTo } from "../../text/append.ts";
import { type Cause, type CauseName, causes } from "../index.ts";
import type { CauseContext, DeclaredCause } from "./define-cause.ts";

const MOST_EXAMPLES = 5;

/** A cause of a certain key. */
interface Reason {
  readonly declaration: DeclaredCause<CauseName>;
  readonly key: string;
}

const BY_KIND = new Map<MismatchKind, DeclaredCause<CauseName>[]>();
for (const declaration of causes) {
  for (const kind of declaration.kinds) appendTo(BY_KIND, kind, declaration);
}

/** Names a cause: what a finding says of it. */
export function nameCause({ cause, key }: Pick<Cause, "cause" | "key">): string {
  return key === "" ? cause : `${cause}:${key}`;
}

/**
 * Tells what findings come from. All of them are noted first, because a cause of few people may be a coincidence; then each finding is
 * told its cause. A finding has at most one, the first in the list of causes.
 */
export class Explanations {
  readonly #context: CauseContext;
  /** The findings that the same causes would explain, by the names of those. */
  readonly #groups = new Map<string, Group>();
  #isSettled = false;
  readonly #settled = new Map<string, Reason | undefined>();

  constructor(context: CauseContext) {
    this.#context = context;
  }

  /** Notes a finding. */
  note(mismatch: Mismatch): void {
    const reasons = this.#reasonsOf(mismatch);
    if (reasons.length === 0) return;
    const name = nameAll(reasons);
    const group = this.#groups.get(name) ?? new Group(reasons);
    this.#groups.set(name, group);
    group.add(mismatch);
  }

  /** The cause of a finding, by its name, when all have been noted; `undefined` if it stands by itself. */
  causeOf(mismatch: Mismatch): string | undefined {
    const reasons = this.#reasonsOf(mismatch);
    if (reasons.length === 0) return undefined;
    this.#settle();
    const reason = this.#settled.get(nameAll(reasons));
    return reason && nameOf(reason);
  }

  /** The causes, the worst first, then those of the most people. */
  list(): readonly Cause[] {
    this.#settle();
    const found = new Map<string, { readonly reason: Reason; readonly group: Group }>();
    for (const [name, group] of this.#groups) {
      const reason = this.#settled.get(name);
      if (reason === undefined) continue;
      const earlier = found.get(nameOf(reason));
      if (earlier === undefined) found.set(nameOf(reason), { reason, group: group.copy() });
      else earlier.group.addAll(group);
    }
    return sortCauses(Array.from(found.values(), ({ reason, group }) => describe(reason, group)));
  }

  /** Decides which of its causes explains a group: the first that enough people have. */
  #settle(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const people = new Map<string, People>();
    for (const group of this.#groups.values()) {
      for (const reason of group.reasons) {
        if (reason.declaration.least === undefined) continue;
        const all = people.get(nameOf(reason)) ?? new People();
        people.set(nameOf(reason), all);
        all.addAll(group.people);
      }
    }
    for (const [name, { reasons }] of this.#groups) {
      const isEnough = (reason: Reason): boolean =>
        reason.declaration.least === undefined || (people.get(nameOf(reason))?.size ?? 0) >= reason.declaration.least;
      this.#settled.set(name, reasons.find(isEnough));
    }
  }

  #reasonsOf(mismatch: Mismatch): readonly Reason[] {
    const reasons: Reason[] = [];
    for (const declaration of BY_KIND.get(mismatch.kind) ?? []) {
      const key = declaration.keyOf(mismatch, this.#context);
      if (key === undefined) continue;
      reasons.push({ declaration, key });
      // What comes behind one that any number of people has counts for nobody.
      if (declaration.least === undefined) break;
    }
    return reasons;
  }
}

/** A finding that names its cause. */
export function withCause(mismatch: Mismatch, cause: string | undefined): Mismatch {
  return cause === undefined ? mismatch : { ...mismatch, cause };
}

/** Counts anew whom causes concern, of the findings that are left; a cause without any is left out. */
export class Recount {
  readonly #causes: ReadonlyMap<string, Cause>;
  readonly #groups = new Map<string, Group>();

  constructor(known: readonly Cause[]) {
    this.#causes = new Map(known.map((cause) => [nameCause(cause), cause]));
  }

  note(mismatch: Mismatch): void {
    if (mismatch.cause === undefined || !this.#causes.has(mismatch.cause)) return;
    const group = this.#groups.get(mismatch.cause) ?? new Group([]);
    this.#groups.set(mismatch.cause, group);
    group.add(mismatch);
  }

  list(): readonly Cause[] {
    const left = Array.from(this.#causes, ([name, cause]) => {
      const group = this.#groups.get(name);
      return group === undefined ? undefined : { ...cause, ...group.count() };
    });
    return sortCauses(left.filter((cause) => cause !== undefined));
  }
}

/** Findings that the same causes would explain. */
class Group {
  readonly reasons: readonly Reason[];
  readonly people = new People();
  readonly #examples: ObjectReference[] = [];
  #findings = 0;
  #worst: Severity = "info";

  constructor(reasons: readonly Reason[]) {
    this.reasons = reasons;
  }

  add(mismatch: Mismatch): void {
    this.#findings++;
    if (isAtLeast(mismatch.severity, this.#worst)) this.#worst = mismatch.severity;
    const side = mismatch.onPremises === undefined && mismatch.online !== undefined ? "online" : "onPremises";
    for (const object of concerned(mismatch)) {
      if (this.people.add(side, object)) this.#offer(object);
    }
  }

  copy(): Group {
    const copy = new Group(this.reasons);
    copy.addAll(this);
    return copy;
  }

  addAll(other: Group): void {
    this.people.addAll(other.people);
    this.#findings += other.#findings;
    if (isAtLeast(other.#worst, this.#worst)) this.#worst = other.#worst;
    for (const object of other.#examples) this.#offer(object);
  }

  /** Takes an object as an example if it comes before another in the alphabet: in whatever order they were read. */
  #offer(object: ObjectReference): void {
    const key = sortKey(object);
    const at = this.#examples.findIndex((other) => key <= sortKey(other));
    const place = at < 0 ? this.#examples.length : at;
    const isThere = at >= 0 && sortKey(this.#examples[at] ?? object) === key;
    if (isThere || place >= MOST_EXAMPLES) return;
    this.#examples.splice(place, 0, object);
    this.#examples.length = Math.min(this.#examples.length, MOST_EXAMPLES);
  }

  count(): Pick<Cause, "severity" | "people" | "findings" | "examples"> {
    return {
      severity: this.#worst,
      people: this.people.size,
      findings: this.#findings,
      examples: this.#examples,
    };
  }
}

function sortKey({ displayName = "", id }: ObjectReference): string {
  return `${addressKey(displayName)}\n${id}`;
}

/** Whom a finding is about: the person of Active Directory, or the online one; of several objects all. */
function concerned(mismatch: Mismatch): readonly ObjectReference[] {
  const one = mismatch.onPremises ?? mismatch.online;
  if (one !== undefined) return [one];
  if (!("objects" in mismatch)) return [];
  // Some say besides in which attribute an object has what it shares.
  return mismatch.objects.map((object) => {
    const { attribute: _attribute, ...reference }: ObjectReference & { readonly attribute?: string } = object;
    return reference;
  });
}

/** Objects, each once: known by where they were read. */
class People {
  readonly #records = new Map<string, Set<number>>();

  /** Tells whether it is new. */
  add(side: Side, { source: { name, record } }: ObjectReference): boolean {
    const source = `${side} ${name}`;
    const records = this.#records.get(source) ?? new Set();
    this.#records.set(source, records);
    const { size } = records;
    return records.add(record).size > size;
  }

  addAll(others: People): void {
    for (const [name, records] of others.#records) {
      const own = this.#records.get(name) ?? new Set();
      this.#records.set(name, own);
      for (const record of records) own.add(record);
    }
  }

  get size(): number {
    return Array.from(this.#records.values(), ({ size }) => size).reduce((sum, size) => sum + size, 0);
  }
}

function describe({ declaration, key }: Reason, group: Group): Cause {
  const { cause, title, harm, remedy } = declaration;
  const { severity, ...counts } = group.count();
  return { cause, key, severity, title: title(key), ...counts, harm, remedy: remedy(key) };
}

function sortCauses(all: readonly Cause[]): readonly Cause[] {
  const rank = ({ severity }: Cause): number => severities.indexOf(severity);
  return all.toSorted(
    (one, other) =>
      rank(one) - rank(other) || other.people - one.people || (nameCause(one) < nameCause(other) ? -1 : 1),
  );
}

function nameOf({ declaration: { cause }, key }: Reason): string {
  return nameCause({ cause, key });
}

function nameAll(reasons: readonly Reason[]): string {
  return reasons.map(nameOf).join("\n");
}
