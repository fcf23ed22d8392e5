/** What an output is to hold: whole, or in pieces that are made when they are written. */
export type Content = string | Uint8Array | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** How much is gathered of small pieces before it is written, in characters. */
const BATCH = 256 * 1024;

/** How long pieces are made at most before a signal is looked for, in milliseconds. */
const LONGEST_TURN = 50;

/** Joins small pieces into larger ones, and lets the event loop turn while they are made. */
export async function* gather(content: Content): AsyncGenerator<string | Uint8Array> {
  if (typeof content === "string" || content instanceof Uint8Array) {
    yield content;
    return;
  }
  let batch = "";
  let turned = performance.now();
  for await (const piece of content) {
    if (performance.now() - turned > LONGEST_TURN) {
      await new Promise(setImmediate);
      turned = performance.now();
    }
    if (typeof piece !== "string") {
      if (batch !== "") yield batch;
      batch = "";
      yield piece;
    } else if (batch.length + piece.length < BATCH) {
      batch += piece;
    } else {
      yield batch + piece;
      batch = "";
    }
  }
  if (batch !== "") yield batch;
}

/** Makes the beginning of a content, up to a size, and gives it with the rest. */
export async function begin(content: Content, size: number): Promise<AsyncIterable<string | Uint8Array>> {
  const pieces = gather(content);
  const made: Uint8Array[] = [];
  const encoder = new TextEncoder();
  for (let bytes = 0; bytes < size; ) {
    const { value, done } = await pieces.next();
    if (done === true) break;
    const piece = typeof value === "string" ? encoder.encode(value) : value;
    made.push(piece);
    bytes += piece.length;
  }
  return (async function* () {
    for (let piece = made.shift(); piece !== undefined; piece = made.shift()) yield piece;
    yield* pieces;
  })();
}
