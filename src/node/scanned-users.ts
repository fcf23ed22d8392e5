import { on } from "node:events";
import type { MessagePort } from "node:worker_threads";
import type { UserReader } from "../directory/read-part.ts";
import { showViews } from "../directory/view-batch.ts";
import type { ReadProgress } from "../formats/reading/reading-options.ts";
import type { SourceSummary } from "../formats/reading/source.ts";
import { type PlainError, toError } from "../model/errors.ts";
import { UserView } from "../model/user-view.ts";

/** What a scanning thread tells: users, as a batch that stays until it hears of it, and at the end what became of the source. */
export type ScanAnswer =
  | {
      readonly type: "users";
      readonly bytes: Uint8Array<SharedArrayBuffer>;
      readonly length: number;
      readonly progress: ReadProgress | undefined;
    }
  | { readonly type: "read"; readonly summary: SourceSummary; readonly progress: ReadProgress | undefined }
  | { readonly type: "failed"; readonly error: PlainError };

/** Takes the users of a source from the port to which a scanning thread gives them. */
export function usersFrom(port: MessagePort): UserReader {
  return async function* (_, { onProgress }, sink) {
    const view = new UserView();
    for await (const [answer] of on(port, "message") as AsyncIterable<readonly [ScanAnswer]>) {
      if (answer.type === "failed") throw toError(answer.error);
      if (answer.type === "users") {
        // Shared memory is not for everybody: a decoder may refuse it.
        const users = answer.bytes.slice(0, answer.length);
        port.postMessage("taken");
        showViews(users, view, sink.addView);
      }
      if (answer.progress !== undefined) onProgress?.(answer.progress);
      yield answer.type === "read" ? [{ type: "summary", summary: answer.summary }] : [];
    }
  };
}
