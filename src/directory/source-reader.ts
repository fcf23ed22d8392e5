import type { ReadOptions, Source } from "../formats/reading/source.ts";
import { type PartReading, readPart, unpackReading } from "./read-part.ts";
import { type PackedReading, READ_APART, type SeparateSource } from "./separate-source.ts";

/**
 * Reads sources: those that bring a thread of their own at once, as many as the options allow and in the order given; the
 * others one after the other, when they are asked for. What comes of it is the same.
 */
export class SourceReader {
  readonly #options: ReadOptions;
  readonly #most: number;
  readonly #stop = new AbortController();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#most = options.concurrency ?? Number.POSITIVE_INFINITY;
  }

  /** Begins to read a source, if it can be read apart; gives what reads it to its end. */
  read(source: Source, isAlone: boolean): () => Promise<PartReading> {
    const here = () => readPart(source, this.#options, isAlone);
    if (this.#most <= 1 || !isSeparate(source)) return here;
    const apart = this.#begin(source, isAlone);
    // Whoever asks for it hears of its failure; until then it is nobody's.
    apart.catch(() => undefined);
    return async () => {
      const packed = await apart;
      return packed === undefined ? here() : unpackReading(packed);
    };
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
      const { signal } = this.#options;
      const signals = [this.#stop.signal, ...(signal === undefined ? [] : [signal])];
      const either = AbortSignal.any(signals);
      either.throwIfAborted();
      return await source[READ_APART](source, { ...this.#options, signal: either }, isAlone);
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }
}

function isSeparate(source: Source): source is SeparateSource {
  return READ_APART in source;
}
