import type { ReadOptions } from "../formats/reading/reading-options.ts";
import type { Source } from "../formats/reading/source.ts";
import { type PartReading, readPart, unpackReading } from "./read-part.ts";
import { type PackedReading, READ_APART, type SeparateSource } from "./separate-source.ts";

/**
 * Reads sources: those that bring a thread of their own at once, as many as the options allow and in the order given; those
 * of them that are too small for one in this thread meanwhile, and all others when they are asked for, one after the other.
 * What comes of it is the same.
 */
export class SourceReader {
  readonly #options: ReadOptions;
  readonly #most: number;
  readonly #stop = new AbortController();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** What is being read in this thread. */
  #here: Promise<unknown> = Promise.resolve();

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#most = options.concurrency ?? Number.POSITIVE_INFINITY;
  }

  /** Begins to read a source, if it can be read apart; gives what reads it to its end. */
  read(source: Source, isAlone: boolean): () => Promise<PartReading> {
    if (this.#most <= 1 || !isSeparate(source)) return () => readPart(source, this.#options, isAlone);
    const reading = this.#begin(source, isAlone).then((packed) =>
      packed === undefined ? this.#readInTurn(source, isAlone) : unpackReading(packed),
    );
    // Whoever asks for it hears of its failure; until then it is nobody's.
    reading.catch(() => undefined);
    return () => reading;
  }

  /** Reads a source in this thread, behind the others that are. */
  #readInTurn(source: Source, isAlone: boolean): Promise<PartReading> {
    const reading = this.#here.then(() => readPart(source, { ...this.#options, signal: this.#signal() }, isAlone));
    this.#here = reading.catch(() => undefined);
    return reading;
  }

  /** Ends what is being read when the caller says so, or nobody waits for it any more. */
  #signal(): AbortSignal {
    const { signal } = this.#options;
    return AbortSignal.any([this.#stop.signal, ...(signal === undefined ? [] : [signal])]);
  }

  /** Gives up what is still being read. */
  stop(): void {
    this.#stop.abort();
    for (const go of this.#waiting.splice(0)) go();
  }

  async #begin(source: SeparateSource, isAlone: boolean): Promise<PackedReading | undefined> {
    if (this.#running >= this.#most) await new Promise<void>((go) => this.#waiting.push(go));
    this.#running++;
    try {
      const signal = this.#signal();
      signal.throwIfAborted();
      return await source[READ_APART](source, { ...this.#options, signal }, isAlone);
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }
}

function isSeparate(source: Source): source is SeparateSource {
  return READ_APART in source;
}
