import { type FileHandle, open, stat } from "node:fs/promises";
import { InputError } from "../model/errors.ts";
import { ownValue } from "../text/own-value.ts";

const CHUNK_SIZE = 256 * 1024;

/** Gives the size of a file in bytes; `undefined` if it cannot be told. */
export async function fileSize(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Gives the first bytes of a file; nothing where it can be read but once, as a pipe can. That it cannot be read is told by
 * whoever reads it.
 */
export async function showHead(path: string): Promise<Uint8Array | undefined> {
  const nothing = new Uint8Array(0);
  try {
    if (!(await stat(path)).isFile()) return undefined;
    const file = await open(path);
    try {
      const head = new Uint8Array(4);
      return head.subarray(0, await fillWhole(file, head));
    } finally {
      await file.close();
    }
  } catch {
    return nothing;
  }
}

/**
 * Streams a file in chunks of 256 KiB, from its beginning each time it is read; `name` is the one for messages. A file that is
 * changed meanwhile is refused at its end: half of it may be of another time than the rest.
 */
export function readFile(path: string, name: string): AsyncIterable<Uint8Array> {
  return readWith(path, name, (file) => file.createReadStream({ highWaterMark: CHUNK_SIZE, autoClose: false }));
}

/**
 * Streams a file as {@link readFile} does, in less memory: all chunks are in one place, and each is good until the next one is
 * asked for.
 */
export function readFileInPlace(path: string, name: string): AsyncIterable<Uint8Array> {
  return readWith(path, name, readInPlace);
}

async function* readInPlace(file: FileHandle): AsyncGenerator<Uint8Array> {
  // While one chunk is looked at the next one is read.
  let [place, spare] = [new Uint8Array(CHUNK_SIZE), new Uint8Array(CHUNK_SIZE)];
  let reading = fill(file, place);
  try {
    for (;;) {
      const filled = await reading;
      const isLast = filled < place.length;
      if (!isLast) reading = fill(file, spare);
      if (filled > 0) yield place.subarray(0, filled);
      if (isLast) return;
      [place, spare] = [spare, place];
    }
  } finally {
    // The file is closed when nobody reads it any more.
    await reading.catch(() => undefined);
  }
}

/** Begins to fill a place; that it failed is told to whoever waits for it, and nobody may be waiting yet. */
function fill(file: FileHandle, place: Uint8Array): Promise<number> {
  const filling = fillWhole(file, place);
  filling.catch(() => undefined);
  return filling;
}

/** Fills a place from where the file was read to; less than the whole place is the end of the file. */
async function fillWhole(file: FileHandle, place: Uint8Array): Promise<number> {
  let filled = 0;
  // A disk may give less than it is asked for.
  while (filled < place.length) {
    const { bytesRead } = await file.read(place, filled, place.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

function readWith(
  path: string,
  name: string,
  chunksOf: (file: FileHandle) => AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      let file: FileHandle | undefined;
      try {
        file = await open(path);
        const before = await file.stat();
        if (before.isDirectory()) throw Object.assign(new Error("it is a folder"), { code: "EISDIR" });
        yield* chunksOf(file);
        const after = await file.stat();
        if (after.isFile() && (after.size !== before.size || after.mtimeMs !== before.mtimeMs)) {
          throw Object.assign(new Error("it was changed while it was read"), { code: CHANGED });
        }
      } catch (cause) {
        throw unreadable(path, name, cause);
      } finally {
        await file?.close();
      }
    },
  };
}

const CHANGED = "CHANGED";

const REASONS: Readonly<Record<string, readonly [detail: string, hint: string]>> = {
  [CHANGED]: ["it was changed while it was read", "Wait until the export has ended, and run again."],
  EACCES: ["permission is denied", "Look who may read the file."],
  EISDIR: ["it is a folder", "Name the files in it."],
  EIO: ["the disk gave an error", "Copy the file to another disk, or export again."],
  ENOENT: ["there is no such file", "Look at the spelling of the path."],
};

function unreadable(path: string, name: string, cause: unknown): InputError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const [reason, hint] = ownValue(REASONS, code) ?? [cause instanceof Error ? cause.message : String(cause), undefined];
  return new InputError("unreadable", {
    source: name,
    detail: name === path ? reason : `${reason} (${path})`,
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}
