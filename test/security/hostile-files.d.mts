/** A file that would fill the memory or take for ever. */
export interface HostileFile {
  readonly side: "onPremises" | "online";
  /** How many users are read of it. */
  readonly users: number;
  /** Diagnostics that must be told, each with its line. */
  readonly faults: readonly string[];
}

export const hostileFiles: Readonly<Record<string, HostileFile>>;
export function goodRecord(name: string): string;
export function goodRow(name: string): string;
/** Gives a file in pieces of about a megabyte; `scale` 1 is the size that is promised. */
export function piecesOf(file: HostileFile, scale: number): Iterable<Buffer>;
