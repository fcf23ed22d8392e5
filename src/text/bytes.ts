/** The content of an export: text, bytes, or a stream of bytes in chunks of any size. */
export type SourceData =
  | string
  | Uint8Array
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>;

/** Reads any form of source data as chunks of bytes; a string becomes UTF-8. */
export async function* readBytes(data: SourceData): AsyncGenerator<Uint8Array> {
  if (typeof data === "string") {
    yield new TextEncoder().encode(data);
  } else if (data instanceof Uint8Array) {
    yield data;
  } else if (data instanceof Blob) {
    yield* readStream(data.stream());
  } else if ("getReader" in data) {
    yield* readStream(data);
  } else {
    yield* data;
  }
}

/** Reads a web stream through its reader: Safari's streams are not async iterable. */
async function* readStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/** The first bytes of a stream, and the whole stream again with those bytes in front. */
export interface Peeked {
  readonly head: Uint8Array;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Looks at the first `length` bytes without consuming them; whoever gives the chunks may use their memory again for the next. */
export async function peek(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let size = 0;
  while (size < length) {
    const held = taken.pop();
    if (held !== undefined) taken.push(new Uint8Array(held));
    const next = await iterator.next();
    if (next.done) break;
    taken.push(next.value);
    size += next.value.length;
  }
  async function* replay(): AsyncGenerator<Uint8Array> {
    try {
      yield* taken.splice(0);
      for (;;) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  const head = joinBytes(taken);
  return { head: head.subarray(0, length), bytes: replay() };
}

/** Joins chunks into one array; a single chunk is returned as it is. */
export function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1 && chunks[0] !== undefined) return chunks[0];
  const joined = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}

const NO_BYTES = new Uint8Array(0);

/** Bytes that come in pieces, put one behind the other: a piece costs its own length, however much is there. */
export class GrowingBytes {
  #store: Uint8Array = NO_BYTES;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Copies a piece behind what is there. */
  append(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#store.length) {
      const store = new Uint8Array(
        Math.max(length, Math.min(2 * this.#store.length, this.#store.length + LARGEST_STEP)),
      );
      store.set(this.#store.subarray(0, this.#length));
      this.#store = store;
    }
    this.#store.set(piece, this.#length);
    this.#length = length;
  }

  /** What is there; good until more is appended or it is cleared. */
  bytes(): Uint8Array {
    return this.#store.subarray(0, this.#length);
  }

  /** Keeps so many bytes of the beginning only; their place is used again. */
  truncate(length: number): void {
    this.#length = length;
  }

  /** Leaves out so many bytes at the beginning. */
  drop(count: number): void {
    if (count === 0) return;
    this.#store = this.#store.slice(count, this.#length);
    this.#length -= count;
  }
}

const LARGEST_STEP = 64 * 1024 * 1024;

/** A byte, 0 beyond the end: a place that ever read beyond the end of an array by itself is slower for good. */
export function byteAt(bytes: Uint8Array, at: number): number {
  return at < bytes.length ? (bytes[at] ?? 0) : 0;
}

/** Makes an ASCII capital small. */
export function toLower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte | 32 : byte;
}

/** Whether bytes are all ASCII. */
export function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) > 127) return false;
  return true;
}
