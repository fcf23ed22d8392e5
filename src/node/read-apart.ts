import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { PackedReading, ReadApart } from "../directory/separate-source.ts";
import {
  type ReadingSettings,
  type ReadOptions,
  type ReadProgress,
  readingOptions,
} from "../formats/reading/reading-options.ts";
import type { Source } from "../formats/reading/source.ts";
import { InputError, type PlainError, toError } from "../model/errors.ts";
import { settle } from "../model/option.ts";
import { fileSize } from "./files.ts";

/** What a thread is to read. */
export interface ThreadTask {
  readonly path: string;
  readonly source: Omit<Source, "data">;
  readonly options: ReadingSettings;
  readonly isAlone: boolean;
  /** Joins the thread that scans the file with the one that keeps its users, if they are two. */
  readonly port?: MessagePort;
}

/** What a thread tells: how far it has come, and at the end what it read or why it failed. */
export type ThreadAnswer =
  | { readonly type: "progress"; readonly progress: ReadProgress }
  | { readonly type: "read"; readonly reading: PackedReading }
  | { readonly type: "failed"; readonly error: PlainError };

/** Smaller files are read sooner than a thread has warmed up for them, in bytes. */
const WORTH_THREADS = 32 * 1024 * 1024;
/** Whoever asks for threads gets them for files from this size on. */
const WORTH_IF_ASKED = 1024 * 1024;

/** How many files this process reads in threads. */
let running = 0;
/** The sizes of the files that are to be read in threads, or are not yet known to be too small. */
const sizes = new Set<Promise<number | undefined>>();

/** Gives what reads a file in threads of its own, if it is large and there is a processor for it. */
export function readApartFrom(path: string): ReadApart {
  return async (source, options, isAlone) => {
    const worth = options.concurrency === undefined ? WORTH_THREADS : WORTH_IF_ASKED;
    const sizing = fileSize(path);
    sizes.add(sizing);
    try {
      const size = await sizing;
      if (size === undefined || size < worth || !existsSync(fileURLToPath(SCRIPTS.reading))) return undefined;
      const inTwo = await hasProcessorsToSpare(worth);
      if (availableParallelism() < 2 || running >= availableParallelism()) return undefined;
      running++;
      try {
        return await readInThreads(path, { size, ...source }, options, { isAlone, inTwo });
      } finally {
        running--;
      }
    } finally {
      sizes.delete(sizing);
    }
  };
}

/** Whether there are two processors for each of the files of at least such a size. */
async function hasProcessorsToSpare(least: number): Promise<boolean> {
  const large = (await Promise.all(sizes)).filter((size = 0) => size >= least);
  return availableParallelism() >= 2 * large.length;
}

const SCRIPTS = {
  reading: new URL("./reading-thread.js", import.meta.url),
  scanning: new URL("./scanning-thread.js", import.meta.url),
};

async function readInThreads(
  path: string,
  source: Source,
  readOptions: ReadOptions,
  { isAlone, inTwo }: { readonly isAlone: boolean; readonly inTwo: boolean },
): Promise<PackedReading | undefined> {
  const { signal, onProgress } = readOptions;
  const { name, format, encoding, side, size } = source;
  // Only what is set: a caller's options may hold anything else.
  const described = { name, ...given({ format, encoding, side, size }) };
  const options = settle(readingOptions, readOptions);
  // The caller may have stopped while the file was looked at: a signal tells it once only.
  signal?.throwIfAborted();
  const threads = startThreads({ path, source: described, options, isAlone }, inTwo);
  if (threads === undefined) return undefined;
  let giveUp: (() => void) | undefined;
  try {
    return await new Promise<PackedReading>((resolve, reject) => {
      giveUp = () => reject(signal?.reason);
      signal?.addEventListener("abort", giveUp);
      for (const thread of threads) {
        thread.on("message", (answer: ThreadAnswer) => {
          if (answer.type === "progress") onProgress?.(answer.progress);
          else if (answer.type === "read") resolve(answer.reading);
          else reject(toError(answer.error));
        });
        thread.on("error", (cause) => reject(deadThread(source, cause)));
        thread.on("exit", () => reject(deadThread(source)));
      }
    });
  } finally {
    if (giveUp !== undefined) signal?.removeEventListener("abort", giveUp);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Starts the thread of a task, or two of them that share it; gives none where Node's permission model forbids threads. */
function startThreads(task: ThreadTask, inTwo: boolean): readonly Worker[] | undefined {
  const { name } = task.source;
  try {
    if (!inTwo) return [new Worker(SCRIPTS.reading, { workerData: task, name: `reads ${name}` })];
    const { port1, port2 } = new MessageChannel();
    return [
      [SCRIPTS.scanning, `scans ${name}`, port1] as const,
      [SCRIPTS.reading, `keeps ${name}`, port2] as const,
    ].map(
      ([script, called, port]) =>
        new Worker(script, { workerData: { ...task, port }, transferList: [port], name: called }),
    );
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_ACCESS_DENIED") return undefined;
    throw error;
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
