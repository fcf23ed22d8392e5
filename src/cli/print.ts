import { UsageError } from "../model/errors.ts";
import { type Content, gather } from "./content.ts";
import { reasonOf } from "./reason.ts";

/**
 * Writes to standard output, or to standard error, no faster than it is read, and waits until it is out.
 *
 * @throws UsageError if it cannot be written: the disk is full, for one. A reader who has seen enough is no error.
 */
export async function print(content: Content, stream: NodeJS.WriteStream = process.stdout): Promise<void> {
  const name = stream === process.stdout ? "standard output" : "standard error";
  // A terminal gets whole lines: who ends the program in the middle has no colour left behind.
  for await (const piece of stream.isTTY ? lines(gather(content)) : gather(content)) {
    await new Promise<void>((resolve, reject) =>
      stream.write(piece, (cause: NodeJS.ErrnoException | null | undefined) => {
        if (cause == null || isReaderGone(cause)) resolve();
        else reject(new UsageError(`${name} cannot be written: ${reasonOf(cause)}`, { cause }));
      }),
    );
  }
}

async function* lines(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
  for await (const piece of pieces) {
    if (typeof piece === "string") yield* piece.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    else yield piece;
  }
}

/** Whether the reader of a pipe has seen enough. */
export function isReaderGone(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "EPIPE";
}
