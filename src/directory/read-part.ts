import { readUserBatches } from "../formats/reading/read-users.ts";
import type { ReadOptions, Source, SourceSummary, UserSink } from "../formats/reading/source.ts";
import { UserView } from "../model/user-view.ts";
import { AddressIndex } from "./address-index.ts";
import { lookAtObjects, type PartAlone } from "./directory.ts";
import type { PackedReading } from "./separate-source.ts";
import { UserTable } from "./user-table.ts";

/** One source as it was read: its objects, and what became of it. */
export interface PartReading {
  readonly table: UserTable;
  readonly summary: SourceSummary;
  /** What was found out about its objects, if it is the only source of its side. */
  readonly alone: PartAlone | undefined;
}

/** Reads one source; `isAlone` says that it is the only one of its side. */
export async function readPart(source: Source, options: ReadOptions, isAlone: boolean): Promise<PartReading> {
  const table = new UserTable();
  const scratch = new UserView();
  const sink: UserSink = {
    addUser: (user) => table.addUser(user, 0, scratch),
    addView: (view) => table.add(view),
  };
  for await (const batch of readUserBatches(source, options, sink)) {
    for (const item of batch) {
      if (item.type === "summary")
        return { table, summary: item.summary, alone: isAlone ? lookAtObjects(table, false) : undefined };
    }
  }
  throw new Error("reading ended without a summary");
}

/** Makes plain data of a reading, which is not to be used any more. */
export function packReading({ table, summary, alone }: PartReading): PackedReading {
  return { table: table.pack(), summary, alone: alone && { addresses: alone.addresses?.pack() } };
}

/** Makes a reading of plain data, without copying its objects. */
export function unpackReading({ table: packed, summary, alone }: PackedReading): PartReading {
  const table = UserTable.unpack(packed);
  const { addresses } = alone ?? {};
  return {
    table,
    summary,
    alone: alone && { addresses: addresses && AddressIndex.unpack(table, addresses) },
  };
}

/** Lists the memory that a packed reading consists of: what is handed to another thread instead of being copied. */
export function memoryOf({ table, alone }: PackedReading): readonly ArrayBuffer[] {
  const { keys } = alone?.addresses ?? {};
  const indexed = keys === undefined ? [] : [keys.slots, keys.records];
  return [...table.segments, table.rows, table.counts, ...indexed].map(({ buffer }) => buffer);
}
