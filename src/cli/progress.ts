import type { ReadProgress } from "../formats/reading/reading-options.ts";
import { padTo, shortenTo } from "../reports/style.ts";
import { countOf, formatNumber } from "../text/count.ts";
import { visible } from "../text/fault.ts";

/** How often the line is drawn at most, in milliseconds. */
const INTERVAL = 100;
const BAR_WIDTH = 20;
const NAME_WIDTH = 24;
const MEGABYTE = 1_000_000;

/** Shows on a terminal how far reading has come: a line for each file that is read, and one for those being read; silent elsewhere. */
export function showProgress(quiet: boolean): {
  readonly update: (progress: ReadProgress) => void;
  readonly end: () => void;
} {
  const stream = process.stderr;
  if (quiet || !stream.isTTY) return { update: () => undefined, end: () => undefined };
  const current = new Map<string, { readonly progress: ReadProgress; readonly started: number }>();
  let drawn = 0;
  const draw = (progress: ReadProgress, started: number, end = ""): void => {
    drawn = performance.now();
    const line = describeProgress(progress, (drawn - started) / 1000);
    stream.write(`\r\u001b[K${shortenTo(line, (stream.columns || 80) - 1)}${end}`);
  };
  return {
    update: (progress) => {
      const now = performance.now();
      const { source, bytesRead, bytesTotal } = progress;
      const started = current.get(source)?.started ?? now;
      current.set(source, { progress, started });
      if (bytesRead === bytesTotal) {
        // What is done stays: its line tells how much it was.
        draw(progress, started, "\n");
        current.delete(source);
      } else if (now - drawn >= INTERVAL) {
        const all = [...current.values()];
        draw(
          sumProgress(all.map((one) => one.progress)),
          all.reduce((first, one) => Math.min(first, one.started), now),
        );
      }
    },
    end: () => {
      for (const { progress, started } of current.values()) draw(progress, started, "\n");
      current.clear();
    },
  };
}

/** Makes one progress of those of all files that are being read at once. */
export function sumProgress(all: readonly ReadProgress[]): ReadProgress {
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only;
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const totals = all.map(({ bytesTotal }) => bytesTotal);
  return {
    source: countOf(all.length, "file", "files"),
    bytesRead: sum(all.map(({ bytesRead }) => bytesRead)),
    bytesTotal: totals.some((total) => total === undefined) ? undefined : sum(totals.map((total) => total ?? 0)),
    users: sum(all.map(({ users }) => users)),
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
