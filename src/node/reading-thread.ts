import { parentPort, workerData } from "node:worker_threads";
import { memoryOf, packReading, readPart } from "../directory/read-part.ts";
import type { ReadProgress } from "../formats/reading/reading-options.ts";
import { toPlainError } from "../model/errors.ts";
import { readFileInPlace } from "./files.ts";
import type { ThreadAnswer, ThreadTask } from "./read-apart.ts";
import { usersFrom } from "./scanned-users.ts";

/** A thread that reads one file, or takes its users from the thread that does, hands over what it read, and ends. */

/** How often progress is told at most, in milliseconds. */
const INTERVAL = 50;

const { path, source, options, isAlone, port } = workerData as ThreadTask;
let toldAt = 0;

function answer(message: ThreadAnswer, memory: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, memory);
}

function tellProgress(progress: ReadProgress): void {
  const now = performance.now();
  if (now - toldAt < INTERVAL && progress.bytesRead !== progress.bytesTotal) return;
  toldAt = now;
  answer({ type: "progress", progress });
}

try {
  const data = readFileInPlace(path, source.name);
  const read = port === undefined ? undefined : usersFrom(port);
  const part = await readPart({ ...source, data }, { ...options, onProgress: tellProgress }, isAlone, read);
  const reading = packReading(part);
  answer({ type: "read", reading }, memoryOf(reading));
} catch (error) {
  answer({ type: "failed", error: toPlainError(error) });
}
