import { content as workerScript } from "inline:worker-script";
import type { Answer, Request } from "./protocol.ts";

/** A worker of the page. */
export interface Background {
  readonly ask: (request: Request) => void;
  /** Ends it at once, whatever it does; what it said before and nobody has heard yet is not heard any more. */
  readonly stop: () => void;
}

const address = URL.createObjectURL(new Blob([workerScript], { type: "text/javascript" }));

/** Starts a worker, and hears its answers until it is stopped. */
export function startBackground(hear: (answer: Answer) => void): Background {
  const worker = new Worker(address);
  const heard = new AbortController();
  const { signal } = heard;
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => hear(data), { signal });
  worker.addEventListener("error", ({ message }) => hear({ type: "failed", message, hint: "" }), { signal });
  return {
    ask: (request) => worker.postMessage(request),
    stop: () => {
      heard.abort();
      worker.terminate();
    },
  };
}
