import type { Match } from "./match.ts";

const METHODS = ["hard", "soft-smtp", "soft-upn"] as const satisfies readonly Match["method"][];
const NOBODY = -1;

/** Two users that the run takes for one; indexes into the two directories. */
export interface Pair {
  readonly onPremises: number;
  readonly online: number;
  readonly method: Match["method"];
  readonly match: Match;
}

type Explain = (onPremises: number, online: number) => Match;

/** A pair that says how it was matched when it is asked: of most pairs nobody asks. */
class LazyPair implements Pair {
  readonly onPremises: number;
  readonly online: number;
  readonly method: Match["method"];
  readonly #explain: Explain;
  #match: Match | undefined;

  constructor(onPremises: number, online: number, method: Match["method"], explain: Explain) {
    this.onPremises = onPremises;
    this.online = online;
    this.method = method;
    this.#explain = explain;
  }

  get match(): Match {
    this.#match ??= this.#explain(this.onPremises, this.online);
    return this.#match;
  }
}

/** The pairs of two directories, nine bytes each, in the order of the on-premises users. */
export class Pairs implements Iterable<Pair> {
  /** The partner of each user, by index; -1 for nobody. */
  readonly #onlineOf: Int32Array;
  readonly #onPremisesOf: Int32Array;
  /** Index of the method, by that of the on-premises user. */
  readonly #methods: Uint8Array;
  readonly #explain: Readonly<Record<Match["method"], Explain>>;
  /** The pair that was asked for last: of one of whom there is much to say it is asked for several times in a row. */
  #last: Pair | undefined;
  #size = 0;

  /** `explain` says how two users are taken for one, by the method that found them. */
  constructor(onPremises: number, online: number, explain: Readonly<Record<Match["method"], Explain>>) {
    this.#onlineOf = new Int32Array(onPremises).fill(NOBODY);
    this.#onPremisesOf = new Int32Array(online).fill(NOBODY);
    this.#methods = new Uint8Array(onPremises);
    this.#explain = explain;
  }

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds a pair of two users who have none yet. */
  add(onPremises: number, online: number, method: Match["method"]): void {
    this.#onlineOf[onPremises] = online;
    this.#onPremisesOf[online] = onPremises;
    this.#methods[onPremises] = METHODS.indexOf(method);
    this.#size++;
  }

  /** Takes back the pair of an on-premises user. */
  remove(onPremises: number): void {
    this.#onPremisesOf[this.onlineOf(onPremises)] = NOBODY;
    this.#onlineOf[onPremises] = NOBODY;
    this.#size--;
  }

  /** The online user with whom an on-premises one is matched; -1 if with nobody. */
  onlineOf(onPremises: number): number {
    return this.#onlineOf[onPremises] ?? NOBODY;
  }

  /** The on-premises user with whom an online one is matched; -1 if with nobody. */
  onPremisesOf(online: number): number {
    return this.#onPremisesOf[online] ?? NOBODY;
  }

  /** The pair of an on-premises user. */
  ofOnPremises(onPremises: number): Pair | undefined {
    const online = this.onlineOf(onPremises);
    if (online === NOBODY) return undefined;
    if (this.#last?.onPremises === onPremises && this.#last.online === online) return this.#last;
    const method = METHODS[this.#methods[onPremises] ?? 0] ?? "hard";
    this.#last = new LazyPair(onPremises, online, method, this.#explain[method]);
    return this.#last;
  }

  /** The pair of an online user. */
  ofOnline(online: number): Pair | undefined {
    const onPremises = this.onPremisesOf(online);
    return onPremises === NOBODY ? undefined : this.ofOnPremises(onPremises);
  }

  /** Gives the same pairs, which say otherwise how they were matched. */
  retold(retell: (match: Match) => Match): Pairs {
    const tell =
      (explain: Explain): Explain =>
      (onPremises, online) =>
        retell(explain(onPremises, online));
    const { hard, "soft-smtp": softSmtp, "soft-upn": softUpn } = this.#explain;
    const pairs = new Pairs(this.#onlineOf.length, this.#onPremisesOf.length, {
      hard: tell(hard),
      "soft-smtp": tell(softSmtp),
      "soft-upn": tell(softUpn),
    });
    for (const { onPremises, online, method } of this) pairs.add(onPremises, online, method);
    return pairs;
  }

  *[Symbol.iterator](): Generator<Pair> {
    for (let onPremises = 0; onPremises < this.#onlineOf.length; onPremises++) {
      const pair = this.ofOnPremises(onPremises);
      if (pair !== undefined) yield pair;
    }
  }
}
