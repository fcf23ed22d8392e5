import { READ_APART, type SeparateSource } from "./directory/separate-source.ts";
import { SHOW_HEAD, type ShownSource } from "./formats/reading/part.ts";
import type { Source } from "./formats/reading/source.ts";
import { readFile, showHead } from "./node/files.ts";
import { readApartFrom } from "./node/read-apart.ts";

export { fileSize } from "./node/files.ts";

/** How to open a file. */
export interface OpenFileOptions {
  /** The name for messages and reports; default the path as given. */
  readonly name?: string;
  /** The name of a format, where detection is to be overruled. */
  readonly format?: string;
  /** The part to read of an archive or a workbook: the name of a file in it or of a sheet; all that are exports if absent. */
  readonly part?: string;
}

/**
 * Makes a source of a file. The file is opened when it is read, streamed in chunks of 256 KiB, and never written. A large file
 * is read in a thread of its own, unless `concurrency` is 1.
 *
 * Reading it throws InputError `unreadable` if the file is missing, a folder, or may not be read.
 */
export function openFile(path: string, { name = path, format, part }: OpenFileOptions = {}): Source {
  const source: SeparateSource & ShownSource = {
    name,
    data: readFile(path, name),
    [READ_APART]: readApartFrom(path),
    [SHOW_HEAD]: () => showHead(path),
  };
  return { ...source, ...(format === undefined ? {} : { format }), ...(part === undefined ? {} : { part }) };
}
