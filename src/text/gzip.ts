/** Input is decompressed in pieces of at most this size, so that damage costs no more than one piece of what came before it. */
const PIECE = 16 * 1024;

/** Tells a gzip file by its first bytes (RFC 1952 section 2.3.1). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Decompresses a gzip file with the platform's `DecompressionStream`, in memory that does not grow with the file.
 *
 * A file that is damaged or was cut, or behind which something else stands, gives what comes before; `onDamage` is then
 * called and the stream ends. Several gzip files one behind the other are one (RFC 1952 section 2.2), but not with NULs
 * between them, as tapes leave them: the platform takes those for the end, and what follows is damage, too.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>, onDamage: () => void): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream("gzip");
  const reader = readable.getReader();
  const padding = new PaddedFiles();
  const writing = feed(padding.watch(chunks), writable);
  try {
    for (;;) {
      let next: ReadableStreamReadResult<Uint8Array>;
      try {
        next = await reader.read();
      } catch {
        break; // damaged; what went wrong with the source itself is told below
      }
      if (next.done) break;
      yield next.value;
    }
    const outcome = await writing;
    if (outcome.type === "source-failed") throw outcome.error;
    if (outcome.type === "damaged" || padding.hasAnother) onDamage();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A gzip file may end in NULs itself, with its checksum and its length. */
const FEWEST_NULS = 16;

/** Notices a gzip file that begins behind NULs. */
class PaddedFiles {
  hasAnother = false;
  #nuls = 0;
  /** The bytes that were seen of the beginning of a gzip file. */
  #begun = 0;

  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#look(chunk);
      yield chunk;
    }
  }

  #look(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length && !this.hasAnother) {
      if (this.#nuls === 0) {
        at = chunk.indexOf(0, at);
        if (at < 0) return;
      }
      const byte = chunk[at] ?? 0;
      at++;
      if (byte === 0 && this.#begun === 0) this.#nuls++;
      else if (this.#nuls >= FEWEST_NULS && byte === BEGINNING[this.#begun]) {
        this.#begun++;
        this.hasAnother = this.#begun === BEGINNING.length;
      } else this.#nuls = this.#begun = 0;
    }
  }
}

/** The first bytes of a gzip file, with the only method there is. */
const BEGINNING = [0x1f, 0x8b, 8] as const;

type Outcome =
  | { readonly type: "whole" | "damaged" }
  /** The source of the bytes failed: not a fault of the compression. */
  | { readonly type: "source-failed"; readonly error: unknown };

/** Writes the compressed bytes piece by piece; never rejects. */
async function feed(
  chunks: AsyncIterable<Uint8Array>,
  writable: WritableStream<Uint8Array<ArrayBuffer>>,
): Promise<Outcome> {
  const writer = writable.getWriter();
  // Whether the stream broke is seen at the next write.
  writer.closed.catch(() => undefined);
  try {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length; start += PIECE) {
        const written = await settles(writer.write(chunk.slice(start, start + PIECE)));
        if (!written) return { type: "damaged" };
      }
    }
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    return { type: "source-failed", error };
  }
  return { type: (await settles(writer.close())) ? "whole" : "damaged" };
}

function settles(promise: Promise<void>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  );
}
