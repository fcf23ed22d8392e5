import { readUserBatches } from "../formats/reading/read-users.ts";
import type { ReadOptions, ReadProgress } from "../formats/reading/reading-options.ts";
import type { ReadItem, Source, SourceSummary, UserSink } from "../formats/reading/source.ts";
import { fillView, UserView } from "../model/user-view.ts";
import { Repeats } from "./repeats.ts";
import type { PackedReading } from "./separate-source.ts";
import { UserTable } from "./user-table.ts";

/** One source as it was read: its objects, and what became of it. */
export interface PartReading {
  readonly table: UserTable;
  readonly summary: SourceSummary;
  /** Whether an object of it occurs twice, or may; not looked at if there are other sources of its side. */
  readonly hasRepeats: boolean;
}

/** Reads the users of a source into a sink, as `readUserBatches` does. */
export type UserReader = (source: Source, options: ReadOptions, sink: UserSink) => AsyncIterable<readonly ReadItem[]>;

/** Reads one source; `isAlone` says that it is the only one of its side, and `read` reads it by other means. */
export async function readPart(
  source: Source,
  options: ReadOptions,
  isAlone: boolean,
  read: UserReader = readUserBatches,
): Promise<PartReading> {
  const table = new UserTable();
  const repeats = new Repeats(false);
  const sink = viewSink((view) => {
    if (isAlone) repeats.note(view);
    table.add(view);
  });
  const onProgress = (progress: ReadProgress): void => {
    const { bytesRead, bytesTotal = 0 } = progress;
    if (bytesRead > 0 && bytesRead < bytesTotal) table.addresses.expect(bytesRead / bytesTotal);
    options.onProgress?.(progress);
  };
  for await (const batch of read(source, { ...options, onProgress }, sink)) {
    for (const item of batch) {
      if (item.type === "summary") return { table, summary: item.summary, hasRepeats: repeats.hasSome };
    }
  }
  throw new Error("reading ended without a summary");
}

/** Makes a sink of what takes views, which are good until it returns. */
export function viewSink(addView: (view: UserView) => void): UserSink {
  const scratch = new UserView();
  return {
    addUser: (user) => {
      fillView(scratch, user);
      addView(scratch);
    },
    addView,
  };
}

/** Makes plain data of a reading, which is not to be used any more. */
export function packReading({ table, ...reading }: PartReading): PackedReading {
  return { ...reading, table: table.pack() };
}

/** Makes a reading of plain data, without copying its objects. */
export function unpackReading({ table, ...reading }: PackedReading): PartReading {
  return { ...reading, table: UserTable.unpack(table) };
}

/** Lists the memory that a packed reading consists of: what is handed to another thread instead of being copied. */
export function memoryOf({ table: { store, rows, counts, addresses } }: PackedReading): readonly ArrayBuffer[] {
  const { texts, keys } = addresses;
  const all = [...store.segments, ...rows, counts, ...texts.store.segments, keys.slots, ...keys.records];
  return all.map(({ buffer }) => buffer);
}
