import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Source } from "./formats/reading/source.ts";
import { InputError } from "./model/errors.ts";

/** How to open a file. */
export interface OpenFileOptions {
  /** The name for messages and reports; default the path as given. */
  readonly name?: string;
  /** The name of a format, where detection is to be overruled. */
  readonly format?: string;
}

const CHUNK_SIZE = 1024 * 1024;

/**
 * Makes a source of a file. The file is opened when it is read, streamed in chunks of 1 MiB, and never written.
 *
 * Reading it throws InputError `unreadable` if the file is missing, a folder, or may not be read.
 */
export function openFile(path: string, { name = path, format }: OpenFileOptions = {}): Source {
  const base = { name, data: readFile(path, name) };
  return format === undefined ? base : { ...base, format };
}

/** Gives the size of a file in bytes, for progress; `undefined` if it cannot be told. */
export async function fileSize(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

function readFile(path: string, name: string): AsyncIterable<Uint8Array> {
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
