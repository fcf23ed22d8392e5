import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { InputError } from "../model/errors.ts";

const CHUNK_SIZE = 1024 * 1024;

/** Gives the size of a file in bytes; `undefined` if it cannot be told. */
export async function fileSize(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

/** Streams a file in chunks of 1 MiB, from its beginning each time it is read; `name` is the one for messages. */
export function readFile(path: string, name: string): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      try {
        yield* createReadStream(path, { highWaterMark: CHUNK_SIZE }) as AsyncIterable<Uint8Array>;
      } catch (cause) {
        throw unreadable(path, name, cause);
      }
    },
  };
}

const REASONS: Readonly<Record<string, readonly [detail: string, hint: string]>> = {
  EACCES: ["permission is denied", "Look who may read the file."],
  EISDIR: ["it is a folder", "Name the files in it."],
  ENOENT: ["there is no such file", "Look at the spelling of the path."],
};

function unreadable(path: string, name: string, cause: unknown): InputError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const [reason, hint] = REASONS[code] ?? [cause instanceof Error ? cause.message : String(cause), undefined];
  return new InputError("unreadable", {
    source: name,
    detail: name === path ? reason : `${reason} (${path})`,
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}
