import type { ReadProgress } from "../formats/reading/source.ts";
import { padTo, shortenTo } from "../reports/style.ts";
import { formatNumber } from "../text/count.ts";
import { visible } from "../text/fault.ts";

/** How often the line is drawn at most, in milliseconds. */
const INTERVAL = 100;
const BAR_WIDTH = 20;
const NAME_WIDTH = 24;
const MEGABYTE = 1_000_000;

/** Shows on a terminal how far reading has come, a line for each file; silent elsewhere. */
export function showProgress(quiet: boolean): {
  readonly update: (progress: ReadProgress) => void;
  readonly end: () => void;
} {
  const stream = process.stderr;
  if (quiet || !stream.isTTY) return { update: () => undefined, end: () => undefined };
  let current: { readonly progress: ReadProgress; readonly started: number } | undefined;
  let drawn = 0;
  const draw = (now: number): void => {
    if (current === undefined) return;
    const line = describeProgress(current.progress, (now - current.started) / 1000);
    stream.write(`\r\u001b[K${shortenTo(line, (stream.columns || 80) - 1)}`);
    drawn = now;
  };
  return {
    update: (progress) => {
      const now = performance.now();
      if (current?.progress.source !== progress.source) {
        // What is done stays: its last line tells how much it was.
        if (current !== undefined) {
          draw(now);
          stream.write("\n");
        }
        current = { progress, started: now };
      } else current = { progress, started: current.started };
      if (now - drawn >= INTERVAL) draw(now);
    },
    end: () => {
      if (current === undefined) return;
      draw(performance.now());
      stream.write("\n");
      current = undefined;
    },
  };
}

/** Writes how far the reading of one file has come: bar, bytes, users and rate. */
export function describeProgress({ source, bytesRead, bytesTotal, users }: ReadProgress, seconds: number): string {
  const share = bytesTotal === undefined || bytesTotal === 0 ? undefined : Math.min(1, bytesRead / bytesTotal);
  const filled = Math.round((share ?? 0) * BAR_WIDTH);
  const bar =
    share === undefined
      ? ""
      : `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ${String(Math.floor(share * 100)).padStart(3)} %  `;
  const total = bytesTotal === undefined ? "" : ` of ${(bytesTotal / MEGABYTE).toFixed(1)}`;
  const rate = seconds > 0 ? `  ${(bytesRead / MEGABYTE / seconds).toFixed(0)} MB/s` : "";
  return `${padTo(shortenTo(visible(source), NAME_WIDTH), NAME_WIDTH)} ${bar}${(bytesRead / MEGABYTE).toFixed(1)}${total} MB  ${formatNumber(users)} people${rate}`;
}
