import type { ReadProgress } from "../formats/reading/source.ts";
import { visible } from "../text/fault.ts";

/** How often the line is drawn at most, in milliseconds. */
const INTERVAL = 100;

/** Shows on a terminal how far reading has come; silent elsewhere. */
export function showProgress(quiet: boolean): {
  readonly update: (progress: ReadProgress) => void;
  readonly end: () => void;
} {
  const stream = process.stderr;
  if (quiet || !stream.isTTY) return { update: () => undefined, end: () => undefined };
  let last = 0;
  return {
    update: ({ source, bytesRead, bytesTotal, users }) => {
      const now = performance.now();
      if (now - last < INTERVAL) return;
      last = now;
      const share = bytesTotal === undefined ? "" : ` ${Math.floor((100 * bytesRead) / Math.max(1, bytesTotal))} %`;
      stream.write(`\r\u001b[Kreading ${visible(source)}${share}, ${users} users`);
    },
    end: () => {
      if (last > 0) stream.write("\r\u001b[K");
    },
  };
}
