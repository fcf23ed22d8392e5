import { existsSync } from "node:fs";
import { basename } from "node:path";
import { formats } from "../formats/index.ts";
import type { Source } from "../formats/reading/source.ts";
import { UsageError } from "../model/errors.ts";
import { fileSize, openFile } from "../node.ts";

/** A file as it is named on the command line: `FILE`, `FILE:FORMAT`, `FILE:PART` or `FILE:PART:FORMAT`. */
interface NamedFile {
  readonly path: string;
  readonly format?: string;
  readonly part?: string;
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
    files.map(async ({ path, ...choice }) => {
      const chosen = { ...choice, ...(encoding === undefined ? {} : { encoding }) };
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

/** What follows the last colon is a format if there is one of that name; what is left behind the name of a file is a part of it. */
function takeName(name: string): NamedFile {
  const colon = name.lastIndexOf(":");
  if (colon <= 0 || existsSync(name)) return { path: name };
  const last = name.slice(colon + 1);
  const isFormat = formats.some((candidate) => candidate.name === last);
  const rest = isFormat ? name.slice(0, colon) : name;
  const format = isFormat ? { format: last } : {};
  if (existsSync(rest)) return { path: rest, ...format };
  for (let at = rest.lastIndexOf(":"); at > 0; at = rest.lastIndexOf(":", at - 1)) {
    const path = rest.slice(0, at);
    if (path === "-" || existsSync(path)) return { path, part: rest.slice(at + 1), ...format };
  }
  return { path: rest, ...format };
}

function shortName(path: string, all: readonly string[]): string {
  const name = basename(path);
  return all.filter((other) => basename(other) === name).length === 1 ? name : path;
}
