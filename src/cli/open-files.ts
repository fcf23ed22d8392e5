import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { formats } from "../formats/index.ts";
import type { Source } from "../formats/reading/source.ts";
import { InputError, UsageError } from "../model/errors.ts";
import { fileSize, openFile } from "../node.ts";
import { closestName } from "../text/closest-name.ts";
import { visible } from "../text/fault.ts";
import { identityOf } from "./output-place.ts";

/** A file as it is named on the command line: `FILE`, `FILE:FORMAT`, `FILE:PART` or `FILE:PART:FORMAT`. */
interface NamedFile {
  readonly path: string;
  readonly format?: string;
  readonly part?: string;
}

/** Opens the files that a command is given, under the shortest names that tell them apart; `all` are those of all its options. */
export async function openFiles(
  names: readonly string[],
  { all = names, encoding }: { readonly all?: readonly string[]; readonly encoding?: string | undefined } = {},
): Promise<Source[]> {
  const files = names.map(takeName);
  const paths = all.map(takeName).map(({ path }) => path);
  if (paths.filter((path) => path === "-").length > 1)
    throw new UsageError("- (standard input) can be given only once");
  return Promise.all(
    files.map(async ({ path, ...choice }) => {
      const chosen = { ...choice, ...(encoding === undefined ? {} : { encoding }) };
      if (path === "-") return { name: "standard input", data: process.stdin as AsyncIterable<Uint8Array>, ...chosen };
      refuseMissing(path);
      const size = await fileSize(path);
      const source = { ...openFile(path, { name: shortName(path, paths) }), ...chosen };
      return size === undefined ? source : { ...source, size };
    }),
  );
}

/**
 * Refuses one file that is given twice, by whatever names.
 *
 * @throws UsageError
 */
export function refuseRepeated(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const { path } = takeName(name);
    const identity = path === "-" ? undefined : identityOf(path, false);
    const earlier = identity === undefined ? undefined : seen.get(identity);
    if (earlier !== undefined) {
      const both = earlier === name ? name : `${earlier} and ${name}`;
      throw new UsageError(`${both}: the same file, given twice; give each export once`);
    }
    if (identity !== undefined) seen.set(identity, name);
  }
}

/** Whether there is a file; where Node's permission model lets nobody look, `otherwise`. */
export function isThere(path: string, otherwise: boolean): boolean {
  try {
    return existsSync(path);
  } catch {
    return otherwise;
  }
}

/** Of a file that is not there, says which one beside it may be meant. */
function refuseMissing(path: string): void {
  // Of what nobody may look at the reader says so.
  const meant = isThere(path, true) ? undefined : meantPath(path);
  if (meant === undefined) return;
  throw new InputError("unreadable", {
    source: path,
    detail: "there is no such file",
    hint: `Did you mean ${visible(meant)}?`,
  });
}

/** The file or folder whose name is nearly the one given, in the place that was given; no other place is looked at. */
function meantPath(path: string): string | undefined {
  try {
    const name = closestName(basename(path), readdirSync(dirname(path)));
    return name === undefined ? undefined : join(path.slice(0, path.length - basename(path).length), name);
  } catch {
    return undefined; // There is no such place, or nobody may look.
  }
}

/** The path of an export that an option names as `FILE` or `FILE:FORMAT`. */
export function pathOfExport(name: string): string {
  return takeName(name).path;
}

/** What follows the last colon is a format if there is one of that name; what is left behind the name of a file is a part of it. */
function takeName(name: string): NamedFile {
  const colon = name.lastIndexOf(":");
  if (colon <= 0 || isThere(name, false)) return { path: name };
  const last = name.slice(colon + 1);
  const isFormat = formats.some((candidate) => candidate.name === last);
  const rest = isFormat ? name.slice(0, colon) : name;
  const format = isFormat ? { format: last } : {};
  if (isThere(rest, false)) return { path: rest, ...format };
  for (let at = rest.lastIndexOf(":"); at > 0; at = rest.lastIndexOf(":", at - 1)) {
    const path = rest.slice(0, at);
    if (path === "-" || isThere(path, false)) return { path, part: rest.slice(at + 1), ...format };
  }
  return { path: rest, ...format };
}

function shortName(path: string, all: readonly string[]): string {
  const name = basename(path);
  return all.filter((other) => basename(other) === name).length === 1 ? name : path;
}
