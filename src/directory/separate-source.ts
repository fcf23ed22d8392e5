import type { ReadOptions } from "../formats/reading/reading-options.ts";
import type { Source, SourceSummary } from "../formats/reading/source.ts";
import { tool } from "../model/tool.ts";
import type { PackedUsers } from "./user-table.ts";

/** A reading of a source as plain data: what a thread hands over. */
export interface PackedReading {
  readonly table: PackedUsers;
  readonly summary: SourceSummary;
  readonly hasRepeats: boolean;
}

/** Reads a source by its own means, in a thread of its own; gives nothing if it is better read here. */
export type ReadApart = (source: Source, options: ReadOptions, isAlone: boolean) => Promise<PackedReading | undefined>;

/**
 * Under this name a source brings a {@link ReadApart}. Two copies of the library in one program know each other's, if they
 * are of one version: what is handed over is plain data.
 */
export const READ_APART: unique symbol = Symbol.for(`${tool.name} ${tool.version} read apart`) as never;

/** A source that can be read in a thread of its own. */
export interface SeparateSource extends Source {
  readonly [READ_APART]: ReadApart;
}
