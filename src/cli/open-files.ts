import { existsSync } from "node:fs";
import { basename } from "node:path";
import { formats } from "../formats/index.ts";
import type { Source } from "../formats/reading/source.ts";
import { UsageError } from "../model/errors.ts";
import { fileSize, openFile } from "../node.ts";

/** A file as it is named on the command line: `FILE` or `FILE:FORMAT`. */
interface NamedFile {
  readonly path: string;
  readonly format?: string;
}

/** Opens the files that options name, under the shortest names that tell them apart. */
export async function openFiles(
  names: readonly string[],
  { others = [], encoding }: { readonly others?: readonly string[]; readonly encoding?: string | undefined } = {},
): Promise<Source[]> {
  const files = names.map(takeName);
  const paths = [...files, ...others.map(takeName)].map(({ path }) => path);
  if (paths.filter((path) => path === "-").length > 1)
    throw new UsageError("- (standard input) can be given only once");
  return Promise.all(
    files.map(async ({ path, format }) => {
      const chosen = { ...(format === undefined ? {} : { format }), ...(encoding === undefined ? {} : { encoding }) };
      if (path === "-") return { name: "standard input", data: process.stdin as AsyncIterable<Uint8Array>, ...chosen };
      const size = await fileSize(path);
      const source = { ...openFile(path, { name: shortName(path, paths) }), ...chosen };
      return size === undefined ? source : { ...source, size };
    }),
  );
}

/** The path of an export that an option names as `FILE` or `FILE:FORMAT`. */
export function pathOfExport(name: string): string {
  return takeName(name).path;
}

/** What follows the last colon is a format if there is one of that name, and no file of the whole name. */
function takeName(name: string): NamedFile {
  const colon = name.lastIndexOf(":");
  if (colon <= 0 || existsSync(name)) return { path: name };
  const path = name.slice(0, colon);
  const format = name.slice(colon + 1);
  if (formats.some((candidate) => candidate.name === format)) return { path, format };
  if (path !== "-" && !existsSync(path)) return { path: name };
  const known = formats.map((candidate) => candidate.name).join(", ");
  throw new UsageError(`${name}: there is no format "${format}"; use one of: ${known}`);
}

function shortName(path: string, all: readonly string[]): string {
  const name = basename(path);
  return all.filter((other) => basename(other) === name).length === 1 ? name : path;
}
