import { workerData } from "node:worker_threads";
import { viewSink } from "../directory/read-part.ts";
import { ViewBatch } from "../directory/view-batch.ts";
import { readUserBatches } from "../formats/reading/read-users.ts";
import type { ReadProgress } from "../formats/reading/reading-options.ts";
import { toPlainError } from "../model/errors.ts";
import { readFileInPlace } from "./files.ts";
import type { ThreadTask } from "./read-apart.ts";
import type { ScanAnswer } from "./scanned-users.ts";

/** A thread that finds the users of one file, and hands them to the thread that keeps them as it finds them. */

/** How many batches may wait for whoever takes them. */
const MOST_WAITING = 32;
const PLACE_SIZE = 128 * 1024;

type Place = Uint8Array<SharedArrayBuffer>;

const { path, source, options, port } = workerData as ThreadTask;
const batch = new ViewBatch();
/** The places of batches that wait, in their order, and those that may be used again. */
const waiting: Place[] = [];
const free: Place[] = [];
let wake: (() => void) | undefined;
let progress: ReadProgress | undefined;

function answer(message: ScanAnswer): void {
  port?.postMessage(message);
}

port?.on("message", () => {
  const place = waiting.shift();
  if (place !== undefined) free.push(place);
  wake?.();
});

/**
 * Hands over what was found, when there is room for it. The memory is shared and not moved: where a buffer was once taken
 * from a thread, that thread looks for it at every access to any other one from then on.
 */
async function giveUsers(): Promise<void> {
  const { bytes, length } = batch;
  if (length === 0) return;
  while (waiting.length >= MOST_WAITING) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  let place = free.pop();
  if (place === undefined || place.length < length) {
    place = new Uint8Array(new SharedArrayBuffer(Math.max(PLACE_SIZE, length)));
  }
  place.set(bytes.subarray(0, length));
  waiting.push(place);
  answer({ type: "users", bytes: place, length, progress });
  batch.clear();
}

try {
  const data = readFileInPlace(path, source.name);
  const onProgress = (latest: ReadProgress): void => {
    progress = latest;
  };
  const sink = viewSink((view) => batch.add(view));
  for await (const items of readUserBatches({ ...source, data }, { ...options, onProgress }, sink)) {
    await giveUsers();
    for (const item of items) if (item.type === "summary") answer({ type: "read", summary: item.summary, progress });
  }
} catch (error) {
  answer({ type: "failed", error: toPlainError(error) });
}
