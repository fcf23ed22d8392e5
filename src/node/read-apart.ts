import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { PackedReading, ReadApart } from "../directory/separate-source.ts";
import type { ReadOptions, ReadProgress, Source } from "../formats/reading/source.ts";
import { InputError, type PlainError, toError } from "../model/errors.ts";
import { fileSize } from "./files.ts";

/** What a thread is to read. */
export interface ThreadTask {
  readonly path: string;
  readonly source: Omit<Source, "data">;
  readonly options: Pick<ReadOptions, "includeSystemObjects" | "sourceAnchor" | "maxBytes">;
  readonly isAlone: boolean;
}

/** What a thread tells: how far it has come, and at the end what it read or why it failed. */
export type ThreadAnswer =
  | { readonly type: "progress"; readonly progress: ReadProgress }
  | { readonly type: "read"; readonly reading: PackedReading }
  | { readonly type: "failed"; readonly error: PlainError };

/** Smaller files are read sooner than a thread has warmed up for them, in bytes. */
const WORTH_A_THREAD = 32 * 1024 * 1024;
/** Whoever asks for threads gets one for files from this size on. */
const WORTH_IF_ASKED = 1024 * 1024;

/** How many threads this process has that read. */
let running = 0;

/** Gives what reads a file in a thread of its own, if it is large and there is a processor for it. */
export function readApartFrom(path: string): ReadApart {
  return async (source, options, isAlone) => {
    const script = fileURLToPath(new URL("./reading-thread.js", import.meta.url));
    const least = options.concurrency === undefined ? WORTH_A_THREAD : WORTH_IF_ASKED;
    const size = await fileSize(path);
    if (size === undefined || size < least || !existsSync(script)) return undefined;
    if (availableParallelism() < 2 || running >= availableParallelism()) return undefined;
    running++;
    try {
      return await runThread(script, path, { size, ...source }, options, isAlone);
    } finally {
      running--;
    }
  };
}

async function runThread(
  script: string,
  path: string,
  source: Source,
  { signal, onProgress, includeSystemObjects, sourceAnchor, maxBytes }: ReadOptions,
  isAlone: boolean,
): Promise<PackedReading | undefined> {
  const { name, format, encoding, size } = source;
  // Only what is set: a caller's options may hold anything else.
  const described = { name, ...given({ format, encoding, size }) };
  const options = given({ includeSystemObjects, sourceAnchor, maxBytes });
  const workerData: ThreadTask = { path, source: described, options, isAlone };
  // The caller may have stopped while the file was looked at: a signal tells it once only.
  signal?.throwIfAborted();
  let thread: Worker;
  try {
    thread = new Worker(script, { workerData, name: `reads ${source.name}` });
  } catch (error) {
    // Node's permission model may forbid threads: then it is read here.
    if (error instanceof Error && "code" in error && error.code === "ERR_ACCESS_DENIED") return undefined;
    throw error;
  }
  let giveUp: (() => void) | undefined;
  try {
    return await new Promise<PackedReading>((resolve, reject) => {
      giveUp = () => reject(signal?.reason);
      signal?.addEventListener("abort", giveUp);
      thread.on("message", (answer: ThreadAnswer) => {
        if (answer.type === "progress") onProgress?.(answer.progress);
        else if (answer.type === "read") resolve(answer.reading);
        else reject(toError(answer.error));
      });
      thread.on("error", (cause) => reject(deadThread(source, cause)));
      thread.on("exit", () => reject(deadThread(source)));
    });
  } finally {
    if (giveUp !== undefined) signal?.removeEventListener("abort", giveUp);
    await thread.terminate();
  }
}

/** The properties that are not undefined. */
function given<Properties extends object>(
  properties: Properties,
): { [Key in keyof Properties]?: NonNullable<Properties[Key]> } {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as never;
}

function deadThread({ name }: Source, cause?: unknown): InputError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const isMemory = code === "ERR_WORKER_OUT_OF_MEMORY";
  const said = cause instanceof Error ? `: ${cause.message}` : "";
  return new InputError("unreadable", {
    source: name,
    detail: isMemory ? "the thread that read it ran out of memory" : `the thread that read it has ended${said}`,
    hint: isMemory
      ? "Give Node more memory (NODE_OPTIONS=--max-old-space-size=8192), or read one file after the other (--concurrency 1)."
      : "Read one file after the other (--concurrency 1), and report this.",
    cause,
  });
}
