import type { Diagnostic } from "../../model/diagnostic.ts";
import type { SourceData } from "../../text/bytes.ts";
import type { Source } from "./source.ts";

/** Under this name a source shows its first bytes without being consumed; it gives nothing where it cannot. */
export const SHOW_HEAD: unique symbol = Symbol.for("dirsync-preflight show head") as never;

/** A source that can be looked at without being read. */
export interface ShownSource extends Source {
  readonly [SHOW_HEAD]: () => Promise<Uint8Array | undefined>;
}

const PART: unique symbol = Symbol.for("dirsync-preflight part") as never;

/** What is told while a part is read. */
export interface PartTeller {
  readonly damaged: () => void;
  readonly diagnose: (diagnostic: Diagnostic) => void;
}

/** Opens a part of an archive or a workbook: from its beginning each time. */
export type OpenPart = (tell: PartTeller) => Iterable<Uint8Array>;

interface Part {
  readonly open: OpenPart;
  /** What is to be said of the container. */
  readonly notes: readonly Diagnostic[];
}

/** A source that is a part of another one. */
export interface PartSource extends Source {
  readonly [PART]: Part;
}

/** Makes a source of a part. */
export function makePart(source: Omit<Source, "data">, open: OpenPart, notes: readonly Diagnostic[] = []): PartSource {
  const nobody = { damaged: () => undefined, diagnose: () => undefined };
  const data = { [Symbol.iterator]: () => open(nobody)[Symbol.iterator]() };
  return { ...source, data, [PART]: { open, notes } };
}

/** Gives the bytes of a source, and tells what is wrong with the container it comes from. */
export function dataOf(source: Source, tell: PartTeller): SourceData {
  if (!isPart(source)) return source.data;
  for (const note of source[PART].notes) tell.diagnose(note);
  return source[PART].open(tell);
}

function isPart(source: Source): source is PartSource {
  return PART in source;
}
