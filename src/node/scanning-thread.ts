import { workerData } from "node:worker_threads";
import { viewSink } from "../directory/read-part.ts";
import { ViewBatch } from "../directory/view-batch.ts";
import { readUserBatches } from "../formats/reading/read-users.ts";
import type { ReadProgress } from "../formats/reading/source.ts";
import { toPlainError } from "../model/errors.ts";
import { readFileInPlace } from "./files.ts";
import type { ThreadTask } from "./read-apart.ts";
import type { ScanAnswer } from "./scanned-users.ts";

/** A thread that finds the users of one file, and hands them to the thread that keeps them as it finds them. */

/** How many batches may wait for whoever takes them. */
const MOST_WAITING = 3;

const { path, source, options, port } = workerData as ThreadTask;
const places: Uint8Array<ArrayBuffer>[] = [];
let given = 0;
let wake: (() => void) | undefined;
let progress: ReadProgress | undefined;
let batch = new ViewBatch();

function answer(message: ScanAnswer, memory: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, memory);
}

port?.on("message", (place: Uint8Array<ArrayBuffer>) => {
  places.push(place);
  wake?.();
});

/** Hands over what was found, and waits if others wait already. */
async function giveUsers(): Promise<void> {
  if (batch.length === 0) return;
  const { bytes, length } = batch;
  answer({ type: "users", bytes, length, progress }, [bytes.buffer]);
  given++;
  if (given >= MOST_WAITING && places.length === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  batch = new ViewBatch(places.pop());
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
