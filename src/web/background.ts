import { content as workerScript } from "inline:worker-script";
import type { Answer, Request } from "./protocol.ts";

/** A worker of the page. */
export interface Background {
  readonly ask: (request: Request) => void;
  /** Ends it at once, whatever it does; what it said before and nobody has heard yet is not heard any more. */
  readonly stop: () => void;
}

/** Where the script of the worker is, which the page carries compressed. */
const address = unpack(workerScript).then((script) =>
  URL.createObjectURL(new Blob([script], { type: "text/javascript" })),
);

function unpack(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/** Starts a worker, and hears its answers until it is stopped. */
export function startBackground(hear: (answer: Answer) => void): Background {
  const heard = new AbortController();
  const { signal } = heard;
  const fail = (message: string): void => hear({ type: "failed", message, hint: "" });
  const worker = address.then((url) => {
    const started = new Worker(url);
    started.addEventListener("message", ({ data }: MessageEvent<Answer>) => hear(data), { signal });
    started.addEventListener("error", ({ message }) => fail(message), { signal });
    return started;
  });
  return {
    ask: (request) => {
      worker.then(
        (started) => started.postMessage(request),
        (reason: unknown) => fail(String(reason)),
      );
    },
    stop: () => {
      heard.abort();
      worker.then(
        (started) => started.terminate(),
        () => undefined,
      );
    },
  };
}
